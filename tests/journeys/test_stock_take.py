"""A warehouse keeper counts at the keyboard and from a sheet, and books what differs."""

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.journeys.conftest import desktop, left
from tests.journeys.pages import sign_in_to_console
from tests.journeys.system import System


@pytest_asyncio.fixture(loop_scope="session")
async def keeper(browser: Browser, system: System) -> AsyncIterator[Page]:
    context, opened = await desktop(browser, system)
    await sign_in_to_console(opened, "warehouse")
    yield opened
    await left(opened)
    await context.close()


async def _begins_with_the_last_two(keeper: Page) -> None:
    await keeper.goto("/console/#/stock")
    rows = keeper.locator("[data-test='row']")
    await expect(rows.first).to_be_visible()
    for no in (-1, -2):
        await rows.nth(no).locator("[data-test='choose']").click()
    await keeper.locator("[data-test='take-chosen']").click()
    await keeper.locator(".t-dialog__confirm:visible").click()
    await expect(keeper.locator("[data-test='take-status']")).to_have_text("盘点中")


async def test_what_a_keeper_counts_is_booked_and_stands_in_the_journal(keeper: Page) -> None:
    await _begins_with_the_last_two(keeper)
    rows, cells = keeper.locator("[data-test='row']"), keeper.locator("[data-test='count']")
    await expect(cells).to_have_count(2)
    books = [int(await rows.nth(no).locator("td").nth(1).inner_text()) for no in range(2)]

    await cells.first.fill("三件")
    await cells.first.press("Enter")
    await expect(cells.first).to_have_attribute("aria-invalid", "true")
    await cells.first.fill(str(books[0] + 1))
    await cells.first.press("Enter")
    await expect(cells.nth(1)).to_be_focused()
    await expect(rows.first.locator("[data-test='difference']")).to_have_text("+1")

    name = (await rows.nth(1).locator(".clip").inner_text()).strip()
    spec = (await rows.nth(1).locator(".muted.small").first.inner_text()).strip()
    await keeper.locator("[data-test='read-sheet']").click()
    await keeper.locator("[data-test='sheet-text'] textarea").fill(
        f"{name}\t{spec}\t{books[1]}\n没有这个商品\tM\t3"
    )
    confirm = keeper.locator(".t-dialog__confirm:visible")
    await confirm.click()
    await expect(keeper.locator("[data-test='sheet-read']")).to_contain_text("1 行可以填入")
    await expect(keeper.locator("[data-test='sheet-read']")).to_contain_text("第 2 行")
    await confirm.click()
    await expect(keeper.locator("[data-test='take-已盘 / 规格']")).to_have_text("2 / 2")

    await keeper.locator("[data-test='confirm-take']").click()
    await confirm.click()
    await expect(keeper.locator("[data-test='take-status']")).to_have_text("已确认")
    await keeper.get_by_role("link", name="库存流水").last.click()
    await expect(keeper.locator("h2")).to_have_text("库存流水")
    await expect(rows).to_have_count(2)
    await expect(rows.first).to_contain_text("盘点")


async def test_a_limit_is_set_for_what_was_chosen(keeper: Page) -> None:
    await keeper.goto("/console/#/stock")
    row = keeper.locator("[data-test='row']").last
    await row.locator("[data-test='choose']").click()
    await keeper.locator("[data-test='set-limit']").click()
    await keeper.locator(".t-dialog input:visible").last.fill("3")
    await keeper.locator(".t-dialog input:visible").last.press("Tab")
    await keeper.locator(".t-dialog__confirm:visible").click()

    await expect(row.locator("[data-test='limit']")).to_have_text("3")

"""Every page of shop and console: fit for keyboard and screen reader, true to its address."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.journeys.conftest import desktop, left, phone
from tests.journeys.pages import add_address, field, seen, sign_in_by_wechat, sign_in_to_console
from tests.journeys.system import ROOT, System

AXE = (ROOT / "clients" / "node_modules" / "axe-core" / "axe.min.js").read_text()
FAULTS = """axe.run(document, { runOnly: ['wcag2a', 'wcag2aa'] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)))"""
POLICIES = {"user_agreement": "用户协议", "privacy_policy": "隐私政策"}
VISITOR = ("pages/hall", "pages/category", "pages/cart", "pages/me", "pages/sign-in", "pages/lost")
BUYER = (
    "pages/cart",
    "pages/me",
    "pages/profile",
    "pages-order/list",
    "pages-order/confirm",
    "pages-order/address",
    "pages-order/addresses",
    "pages-affiliate/home",
    "pages-affiliate/apply",
    "pages-affiliate/promote",
    "pages-affiliate/statement",
    "pages-affiliate/withdraw",
)
CONSOLE = (
    "/",
    "/rooms",
    "/products",
    "/products/new",
    "/bulk-changes",
    "/bulk-changes/new",
    "/categories",
    "/stock",
    "/stock-journal",
    "/stock-takes",
    "/stock-turnover",
    "/orders",
    "/after-sales",
    "/affiliates",
    "/withdrawals",
    "/reports",
    "/staff",
    "/audit",
    *(f"/settings?tab={tab}" for tab in ("shop", "trade", "live", "affiliate", "policies")),
    "/nowhere",
)


@dataclass(frozen=True)
class Goods:
    """What the demo shop sells first, and where it is live."""

    products: list[dict[str, Any]]
    room_id: str


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def goods(system: System) -> Goods:
    async with httpx.AsyncClient(base_url=f"{system.url}/api/buyer", trust_env=False) as http:
        products = (await http.get("/products")).json()["items"]
        hall = (await http.get("/hall")).json()
    return Goods(products, (hall["live"] + hall["upcoming"])[0]["id"])


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, system: System) -> AsyncIterator[Page]:
    context, opened = await phone(browser, system)
    yield opened
    await left(opened)
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def console(browser: Browser, system: System) -> AsyncIterator[Page]:
    context, opened = await desktop(browser, system)
    yield opened
    await left(opened)
    await context.close()


async def _faults(page: Page, address: str) -> list[str]:
    """What axe finds once the page has stopped asking the server."""
    await page.goto("about:blank")
    await page.goto(address, wait_until="networkidle")
    await page.evaluate(AXE)
    return [f"{address} {fault}" for fault in await page.evaluate(FAULTS)]


async def test_every_page_of_the_shop_passes_axe(page: Page, goods: Goods) -> None:
    addresses = [f"/#/{name}/index" for name in VISITOR]
    addresses += [f"/#/pages/policy/index?name={name}" for name in POLICIES]
    addresses += [f"/#/pages/product/index?id={goods.products[0]['id']}"]
    addresses += [f"/#/pages-live/room/index?id={goods.room_id}"]
    faults = [fault for address in addresses for fault in await _faults(page, address)]
    await sign_in_by_wechat(page, "李雷")
    for name in BUYER:
        faults += await _faults(page, f"/#/{name}/index")

    assert faults == []


async def test_every_page_of_the_console_passes_axe(console: Page, goods: Goods) -> None:
    faults = await _faults(console, "/console/#/sign-in")
    await sign_in_to_console(console, "owner")
    addresses = (*CONSOLE, f"/products/{goods.products[0]['id']}", f"/rooms/{goods.room_id}")
    for address in addresses:
        faults += await _faults(console, f"/console/#{address}")
        if focused := await console.evaluate("document.activeElement.className"):
            faults.append(f"{address} opens with the focus on what nobody sees: {focused}")

    assert faults == []


async def test_the_shop_is_walked_by_keyboard(page: Page) -> None:
    await page.goto("/#/pages/category/index")
    await seen(page, ".t-product").wait_for()
    for _ in range(30):
        await page.keyboard.press("Tab")
        if await page.locator(".t-product:focus").count():
            break
    title = await page.locator(".t-product:focus").get_attribute("data-title")
    assert title
    ring = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile("pages/product/index"))
    await expect(seen(page, ".product")).to_contain_text(title)


async def test_a_picker_is_opened_and_answered_by_keyboard(console: Page) -> None:
    await sign_in_by_wechat(console, "李雷")
    await console.goto("/#/pages-affiliate/promote/index")
    await seen(console, ".t-target").focus()
    await console.keyboard.press("Enter")
    option = console.locator(".uni-picker-toggle [role=option]").nth(1)
    title = await option.inner_text()
    await option.focus()
    await console.keyboard.press("Enter")
    await expect(seen(console, ".t-target")).to_contain_text(title)


async def test_who_is_no_affiliate_is_taken_to_the_application(page: Page) -> None:
    await sign_in_by_wechat(page, "韩梅梅")
    for name in ("promote", "statement", "withdraw"):
        await page.goto(f"/#/pages-affiliate/{name}/index")
        await expect(seen(page, ".t-real-name")).to_be_visible()


async def test_a_second_link_in_the_same_tab_shows_its_own_product(
    page: Page, goods: Goods
) -> None:
    first, second = goods.products[:2]
    await page.goto(f"/#/pages/product/index?id={first['id']}")
    await expect(seen(page, ".product .title")).to_have_text(first["title"])
    await page.evaluate(f"location.hash = '#/pages/product/index?id={second['id']}'")
    await expect(seen(page, ".product .title")).to_have_text(second["title"])
    await page.evaluate("location.hash = '#/pages/product/index?id=nothing'")
    await expect(seen(page, ".t-error")).to_be_visible()


async def test_what_is_agreed_to_can_be_read_before_signing_in(page: Page) -> None:
    for start in ("sign-in", "me"):
        await page.goto(f"/#/pages/{start}/index")
        for name, title in POLICIES.items():
            await seen(page, f".t-{name}").click()
            await expect(seen(page, ".t-policy .title")).to_have_text(title)
            await expect(seen(page, ".t-policy .text")).to_contain_text("本店")
            await page.go_back()
            await expect(seen(page, f".page.{start}")).to_be_visible()


async def test_an_unknown_address_has_a_way_home(page: Page) -> None:
    await page.goto("/#/no/such/page")
    await seen(page, ".t-lost .button").click()
    await expect(seen(page, ".hall")).to_be_visible()
    await page.evaluate("location.hash = '#/another/one'")
    await expect(seen(page, ".t-lost")).to_be_visible()


async def test_a_choice_outlives_the_sign_in_and_the_reload(page: Page, goods: Goods) -> None:
    await page.goto(f"/#/pages/product/index?id={goods.products[0]['id']}")
    await seen(page, ".t-open-picker").click()
    await seen(page, ".t-sku-picker").wait_for()
    values = seen(page, ".t-sku-picker").locator(".values")
    for at in range(await values.count()):
        await values.nth(at).locator(".t-option:not(.off)").first.click()
    await seen(page, ".t-buy").click()
    await seen(page, ".t-agree").click()
    await seen(page, ".t-wechat").click()
    await page.locator(".person", has_text="韩梅梅").click()
    await expect(page).to_have_url(re.compile("pages-order/confirm"))
    await expect(seen(page, ".confirm")).to_contain_text(goods.products[0]["title"])
    await page.reload()
    await add_address(page)
    await seen(page, ".t-place").click()
    await expect(seen(page, ".t-pay")).to_be_visible()


async def test_a_list_keeps_its_filters_in_the_address(console: Page, goods: Goods) -> None:
    title = goods.products[0]["title"]
    await sign_in_to_console(console, "owner")
    await console.goto("/console/#/products")
    await console.locator("[data-test='search'] input").fill(title)
    await console.keyboard.press("Enter")
    rows = console.locator("[data-test='row']")
    await expect(rows).to_have_count(1)
    await console.locator("[data-test='edit']").click()
    await expect(console.locator("[data-test='title'] input")).to_have_value(title)
    await console.go_back()
    await expect(console.locator("[data-test='search'] input")).to_have_value(title)
    await expect(rows).to_have_count(1)
    await console.reload()
    await expect(rows).to_have_count(1)


async def test_a_page_that_is_not_ours_says_so(console: Page) -> None:
    await sign_in_to_console(console, "warehouse")
    await expect(console.locator("[data-test='menu-products']")).to_have_count(0)
    await console.goto("/console/#/products")
    await expect(console.locator("[data-test='no-permission']")).to_contain_text("商品")


async def test_two_who_change_a_setting_lose_nothing_of_what_they_typed(
    console: Page, system: System, browser: Browser
) -> None:
    context, other = await desktop(browser, system)
    for page in (console, other):
        await sign_in_to_console(page, "owner")
        await page.goto("/console/#/settings?tab=trade")
    late = console.locator("[data-test='trade-pay_within_min'] input")
    await late.fill("25")
    await other.locator("[data-test='trade-pay_within_min'] input").fill("20")
    await other.locator("[data-test='group-trade'] [data-test='save']").click()
    await expect(other.get_by_text("已保存")).to_be_visible()
    await console.locator("[data-test='group-trade'] [data-test='save']").click()
    await expect(console.locator("[data-test='conflict']")).to_be_visible()
    await expect(late).to_have_value("25")
    await console.locator("[data-test='group-trade'] [data-test='save']").click()
    await expect(console.get_by_text("已保存")).to_be_visible()
    await console.locator("[data-test='group-trade'] [data-test='history']").click()
    newest = console.locator("[data-test='version']").first
    await expect(newest).to_contain_text("20 分钟 → 25 分钟")
    await context.close()


async def test_saving_a_product_keeps_the_picture_of_each_sku(console: Page, goods: Goods) -> None:
    await sign_in_to_console(console, "owner")
    await console.goto(f"/console/#/products/{goods.products[0]['id']}")
    pictures = console.locator("[data-test='sku-picture']")
    await expect(console.locator("[data-test='sku']").first).to_be_visible()
    await console.locator("[data-test='sku'] input[type=file]").first.set_input_files(
        ROOT / "docs" / "pictures" / "hall.png"
    )
    await expect(pictures).to_have_count(1)
    for _ in range(2):
        await console.locator("[data-test='save']").click()
        await expect(console).to_have_url(re.compile("#/products$"))
        await console.goto(f"/console/#/products/{goods.products[0]['id']}")
        await expect(pictures).to_have_count(1)


async def test_a_bulk_change_is_seen_first_then_made_and_undone(console: Page) -> None:
    await sign_in_to_console(console, "owner")
    await console.goto("/console/#/products")
    boxes = console.locator("[data-test='choose']")
    for box in (boxes.nth(0), boxes.nth(1)):
        await box.click()
    await expect(console.locator("[data-test='chosen']")).to_have_text("已选 2 件")
    await console.locator("[data-test='bulk-price']").click()
    await console.locator("[data-test='pricing']").get_by_text("按比例涨").click()
    await field(console, "amount").fill("5")
    await console.keyboard.press("Enter")
    lines = console.locator("[data-test='bulk-line']")
    await expect(lines).to_have_count(2)
    await console.locator("[data-test='confirm']").click()
    await expect(console.get_by_role("heading", name="批量涨价 5%")).to_be_visible()
    await console.locator("[data-test='undo']").click()
    await console.get_by_role("button", name="确认").click()
    await expect(console.locator("[data-test='undone']")).to_contain_text("恢复 2 件")


async def test_a_version_is_compared_and_restored(console: Page, goods: Goods) -> None:
    product = goods.products[1]
    await sign_in_to_console(console, "owner")
    await console.goto(f"/console/#/products/{product['id']}")
    await field(console, "title").fill(f"{product['title']}（新）")
    await console.locator("[data-test='save']").click()
    await expect(console).to_have_url(re.compile("#/products$"))
    await console.goto(f"/console/#/products/{product['id']}")
    await console.locator("[data-test='history']").click()
    versions = console.locator("[data-test='product-version']")
    await versions.first.locator("[data-test='compare']").click()
    told = f"{product['title']} → {product['title']}（新）"
    await expect(versions.first.locator("[data-test='differences']")).to_contain_text(told)
    await versions.nth(1).locator("[data-test='restore']").click()
    await console.get_by_role("button", name="恢复", exact=True).click()
    await expect(field(console, "title")).to_have_value(product["title"])

"""The shop and the console as people use them: what they press, fill in and see."""

import asyncio
import re

from playwright.async_api import Locator, Page, expect

from bofen.runtime.demo.seed import PASSWORD

RECEIVER = {"name": "王小明", "phone": "13800138000", "detail": "文三路 1 号 2 幢"}
REGION = ("浙江省", "杭州市", "西湖区")
PASTED = "王小明 13800138000 浙江省杭州市西湖区文三路 1 号 2 幢"
SCREEN = ".live-screen video"


def seen(page: Page, selector: str) -> Locator:
    """On the page in front; the shop keeps the pages below it in the document."""
    return page.locator(f"{selector}:visible").first


def field(page: Page, name: str) -> Locator:
    """The input with this `data-test`, whether the library puts it on the input or around it."""
    return page.locator(f"[data-test='{name}'] input, input[data-test='{name}']").first


async def sign_in_by_wechat(page: Page, person: str) -> None:
    """Through the sandbox's authorize page; ends where the sign-in page was opened from."""
    await page.goto("/#/pages/sign-in/index")
    await seen(page, ".t-agree").click()
    await seen(page, ".t-wechat").click()
    async with page.expect_response("**/api/buyer/sessions"):
        await page.locator(".person", has_text=person).click()
    await expect(page).not_to_have_url(re.compile("sign-in|code="))
    await page.goto("/#/pages/me/index")
    await expect(seen(page, ".t-sign-out")).to_be_visible()


async def sign_in_by_phone(page: Page, number: str, sandbox_url: str) -> None:
    await page.goto("/#/pages/sign-in/index")
    await seen(page, ".t-agree").click()
    await seen(page, ".t-phone input").fill(number)
    await seen(page, ".t-send-code").click()
    await expect(seen(page, ".t-send-code")).to_contain_text("秒后重发")
    sent = await (await page.request.get(f"{sandbox_url}/sms?phone={number}")).json()
    await seen(page, ".t-code input").fill(sent[0]["code"])
    await seen(page, ".t-by-phone").click()
    await expect(seen(page, ".t-sign-out")).to_be_visible()


async def sign_in_to_console(page: Page, login: str) -> None:
    await page.goto("/console/")
    await field(page, "login").fill(login)
    await field(page, "password").fill(PASSWORD)
    await page.locator("[data-test='sign-in']").click()
    await expect(page.get_by_role("heading", name="你好")).to_be_visible()


async def add_address(page: Page) -> None:
    """On the page that confirms an order, from text as people send it to each other."""
    await seen(page, ".t-address").click()
    await seen(page, ".t-paste textarea").fill(PASTED)
    await seen(page, ".t-parse").click()
    await expect(seen(page, ".t-region-field")).to_contain_text(" ".join(REGION))
    await seen(page, ".t-save").click()
    await expect(seen(page, ".t-address")).to_contain_text(RECEIVER["name"])


async def plays_beyond(page: Page, video: str, second: float, within_s: float = 15) -> float:
    """Where `video` is once its clock is beyond `second`.

    Asked again and again from here: Playwright's own waiting makes code of text within the page,
    which our content policy refuses.
    """
    clock = "video => document.querySelector(video)?.currentTime ?? 0"
    async with asyncio.timeout(within_s):
        while (at := float(await page.evaluate(clock, video))) <= second:
            await asyncio.sleep(0.1)
    return at


async def video_plays(page: Page) -> None:
    """The clock of the picture goes on, and the picture is not black."""
    started = await plays_beyond(page, SCREEN, 0.5, within_s=30)
    await plays_beyond(page, SCREEN, started + 1)
    light = await page.evaluate(
        """() => {
          const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 36 })
          const picture = canvas.getContext('2d')
          picture.drawImage(document.querySelector('.live-screen video'), 0, 0, 64, 36)
          const { data } = picture.getImageData(0, 0, 64, 36)
          const sum = data.reduce((sum, value, at) => (at % 4 === 3 ? sum : sum + value), 0)
          return sum / (64 * 36 * 3)
        }"""
    )
    assert light > 20, light

"""Steps 4 and 5 of the story in the compiled mini program, on WeChat's own component framework.

What only WeChat itself can prove stays unproved here: its sign-in sheet, its cashier, the picture
of `live-player`, and its review.
"""

import subprocess
from pathlib import Path

import httpx
from playwright.async_api import Browser, Locator, Page, Route, expect

from tests.journeys.conftest import left, phone
from tests.journeys.pages import PASTED, REGION
from tests.journeys.system import ROOT, System, running

MP = ROOT / "tests" / "mp"
COMPILED = ROOT / "clients" / "shop" / "dist" / "build" / "mp-weixin"
BUILT_FOR = "http://127.0.0.1:8000"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}


def _built(out: Path) -> Path:
    command = ["node", "build.mjs", str(COMPILED), str(out)]
    subprocess.run(command, cwd=MP, check=True)
    return out


async def _served(page: Page, system: System, folder: Path) -> None:
    """The mini program as if uploaded for this system's address, under its origin."""

    async def answer(route: Route) -> None:
        name = route.request.url.partition("?")[0].rpartition("/")[2] or "index.html"
        text = (folder / name).read_text().replace(BUILT_FOR, system.url)
        await route.fulfill(body=text, content_type=TYPES[Path(name).suffix])

    await page.route("**/mini-program/*", answer)


def _on(page: Page, selector: str) -> Locator:
    return page.locator(f".wx-page:not(.wx-hidden) {selector}").first


async def test_a_viewer_buys_in_the_mini_program(browser: Browser, tmp_path: Path) -> None:
    folder = _built(tmp_path / "mp")
    async with running("--demo", "--demo-stream") as system:
        context, page = await phone(browser, system)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        await _served(page, system, folder)
        await page.goto("/mini-program/?person=sandbox-3")
        try:
            await _signs_in(page)
            await _takes_part(page)
            await _buys(page)
            assert await page.evaluate("[...mp.missing]") == []
        finally:
            await left(page)
            assert faults == []
            await context.close()


async def _signs_in(page: Page) -> None:
    await page.locator(".mp-tab div", has_text="我的").click()
    await page.get_by_text("点击登录").click()
    await _on(page, ".t-agree").click()
    await _on(page, ".t-wechat").click()
    await expect(_on(page, ".t-sign-out")).to_be_visible()
    await page.locator(".mp-tab:visible div", has_text="直播").click()


async def _takes_part(page: Page) -> None:
    await expect(_on(page, ".t-room")).to_contain_text("直播中", timeout=45_000)
    await _on(page, ".t-room").click()
    source = await _on(page, "live-player").get_attribute("src")
    assert source
    assert await _first_bytes(source) == b"FLV\x01"
    await _on(page, ".t-say").fill("小程序里也能说话")
    await _on(page, ".t-send").click()
    await expect(_on(page, ".t-messages")).to_contain_text("小程序里也能说话")
    before = int(await _on(page, ".t-likes").inner_text())
    for _ in range(3):
        await _on(page, ".t-like").click()
    await expect(_on(page, ".t-likes")).to_have_text(str(before + 3))


async def _first_bytes(address: str) -> bytes:
    async with (
        httpx.AsyncClient(trust_env=False, timeout=10) as client,
        client.stream("GET", address) as answer,
    ):
        assert answer.status_code == 200
        async for part in answer.aiter_bytes():
            return part[:4]
    return b""


async def _buys(page: Page) -> None:
    await _on(page, ".t-shelf").click()
    await _on(page, ".t-shelf-item").click()
    picker = _on(page, ".t-sku-picker")
    await expect(picker).to_be_visible()
    groups = picker.locator(".values")
    for at in range(await groups.count()):
        await groups.nth(at).locator(".t-option:not(.off)").first.click()
    await _on(page, ".t-buy").click()
    await _on(page, ".t-address").click()
    await _on(page, ".t-paste").fill(PASTED)
    await _on(page, ".t-parse").click()
    await _on(page, ".t-region-field").click()
    for part in REGION:
        await page.locator(".wx-page:not(.wx-hidden) .t-region", has_text=part).first.click()
    await _on(page, ".t-save").click()
    await expect(_on(page, ".t-address")).to_contain_text("王小明")
    await _on(page, ".t-place").click()
    await _on(page, ".t-pay").click()
    await expect(_on(page, ".t-paid")).to_contain_text("支付成功")
    await _on(page, ".t-to-order").click()
    await expect(_on(page, ".t-shown")).to_have_text("待发货")

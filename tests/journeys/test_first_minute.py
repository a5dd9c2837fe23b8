"""What a newcomer sees after `make run`: a room that is live, and the console beside it."""

import httpx
from playwright.async_api import Browser, expect

from tests.journeys.conftest import desktop, phone, picture
from tests.journeys.pages import (
    plays_beyond,
    seen,
    sign_in_by_wechat,
    sign_in_to_console,
    video_plays,
)
from tests.journeys.system import System, running


async def _first_list(system: System) -> int:
    """What the first viewer's first request for the picture is answered."""
    assert any(line.startswith("✓ demo room on air") for line in system.lines), system.lines
    async with httpx.AsyncClient(base_url=system.url, trust_env=False, timeout=30) as http:
        (room,) = (await http.get("/api/buyer/hall")).json()["live"]
        assert room["status"] == "live"
        found = (await http.get(f"/api/buyer/rooms/{room['id']}/play")).json()["endpoints"]
        url = next(way["url"] for way in found if way["kind"] == "hls")
        return (await http.get(url)).status_code


_REFUSING = """
  let isTouched = false
  addEventListener('click', ({ isTrusted }) => { isTouched ||= isTrusted }, true)
  const play = HTMLMediaElement.prototype.play
  HTMLMediaElement.prototype.play = function () {
    if (isTouched) return play.call(this)
    return Promise.reject(new DOMException('not without a tap', 'NotAllowedError'))
  }
  Object.defineProperty(HTMLMediaElement.prototype, 'autoplay', { set() {}, get: () => false })
"""
"""A browser that plays nothing, not even without sound, before the page was touched.

Not `navigator.userActivation`: each look of Playwright's at the page counts as a gesture there.
"""


async def _plays_after_a_tap(browser: Browser, system: System) -> None:
    async with httpx.AsyncClient(base_url=system.url, trust_env=False) as http:
        (room,) = (await http.get("/api/buyer/hall")).json()["live"]
    context, page = await phone(browser, system)
    await page.add_init_script(_REFUSING)
    await page.goto(f"/#/pages-live/room/index?id={room['id']}")
    await expect(seen(page, ".t-tap")).to_contain_text("点击播放", timeout=15_000)
    await picture(page, "tap-to-play")
    await seen(page, ".t-tap").click()
    await video_plays(page)
    await expect(page.locator(".t-tap")).to_have_count(0)
    await context.close()


async def test_a_newcomer_sees_a_live_room_in_the_first_minute(browser: Browser) -> None:
    async with running("--demo", "--demo-stream") as system:
        assert await _first_list(system) == 200, "the table is printed when there is a picture"
        context, page = await phone(browser, system)
        await page.goto("/")
        await expect(seen(page, ".t-room")).to_contain_text("直播中")
        await picture(page, "hall")
        await seen(page, ".t-room").click()
        await video_plays(page)
        await page.go_back()
        await sign_in_by_wechat(page, "韩梅梅")
        await page.goto("/")
        await seen(page, ".t-room").click()
        for said in ("刚进来，这件多少钱？", "已经下单啦"):
            await seen(page, ".t-say input").fill(said)
            await seen(page, ".t-send").click()
            await expect(seen(page, ".t-messages")).to_contain_text(said)
        office, console = await desktop(browser, system)
        await sign_in_to_console(console, "host")
        await console.goto("/console/#/rooms")
        await console.locator("[data-test='control']").first.click()
        await expect(console.locator("[data-test='status']")).to_have_text("直播中")
        await console.locator("[data-test='pin']").first.click()
        await seen(page, ".t-pin").wait_for()
        await video_plays(page)
        await plays_beyond(console, "[data-test=preview]", 1)
        await picture(page, "room")
        await picture(console, "control-room")
        await office.close()
        await context.close()
        await _plays_after_a_tap(browser, system)

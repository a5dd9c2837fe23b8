"""What a newcomer sees after `make run`: a room that is live, and the console beside it."""

import time

from playwright.async_api import Browser, expect

from tests.journeys.conftest import desktop, phone, picture
from tests.journeys.pages import (
    plays_beyond,
    seen,
    sign_in_by_wechat,
    sign_in_to_console,
    video_plays,
)
from tests.journeys.system import running


async def test_a_newcomer_sees_a_live_room_in_the_first_minute(browser: Browser) -> None:
    started = time.monotonic()
    async with running("--demo", "--demo-stream") as system:
        context, page = await phone(browser, system)
        await page.goto("/")
        await expect(seen(page, ".t-room")).to_contain_text("直播中", timeout=45_000)
        await picture(page, "hall")
        await seen(page, ".t-room").click()
        await video_plays(page)
        assert time.monotonic() - started < 60
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

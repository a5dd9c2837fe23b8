"""One broadcast from the new product to the paid affiliate, all of it in the browser."""

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest_asyncio
import zxingcpp
from PIL import Image, ImageDraw
from playwright.async_api import Browser, Page, expect

from tests.journeys.conftest import desktop, left, phone, picture
from tests.journeys.pages import (
    add_address,
    field,
    seen,
    sign_in_by_phone,
    sign_in_by_wechat,
    sign_in_to_console,
    video_plays,
)
from tests.journeys.system import System, running
from tests.journeys.test_protocol_story import DAY, _verifies, until
from tests.media.conftest import FFMPEG

TITLE = "故事里的云朵卫衣"
ROOM = "故事直播间"
CAMERA = (
    "-re -f lavfi -i testsrc2=s=1280x720:r=30 -f lavfi -i sine=f=440:r=44100 -c:v libx264"
    " -preset ultrafast -g 60 -pix_fmt yuv420p -threads 1 -c:a aac -f flv"
)


@dataclass(frozen=True)
class Cast:
    system: System
    owner: Page
    affiliate: Page
    buyer: Page
    viewer: Page


@pytest_asyncio.fixture(loop_scope="session")
async def cast(browser: Browser) -> AsyncIterator[Cast]:
    async with running("--demo") as system:
        contexts = []
        pages = []
        for window in (desktop, phone, phone, phone):
            context, page = await window(browser, system)
            contexts.append(context)
            pages.append(page)
        yield Cast(system, *pages)
        for page in pages:
            await left(page)
        for context in contexts:
            await context.close()


async def test_a_broadcast_sells_through_an_affiliate(cast: Cast, tmp_path: Path) -> None:
    await sign_in_to_console(cast.owner, "owner")
    before = await _sold_live(cast)
    await _lists_a_product(cast.owner, tmp_path)
    await _becomes_an_affiliate(cast)
    await _plans_a_broadcast(cast.owner)
    url, key = await _push_address(cast.owner)
    assert await _camera_exit_code(url, key.replace("key=", "key=x")) != 0, (
        "a wrong key is refused at the door"
    )
    await expect(cast.owner.locator("[data-test='status']")).to_have_text("待开播")
    async with _camera(url, key):
        await expect(cast.owner.locator("[data-test='status']")).to_have_text(
            "直播中", timeout=30_000
        )
        link = await _shares_the_room(cast)
        await _two_viewers_take_part(cast, link)
        await _buys_three_from_the_card(cast)
    await _is_shipped_and_confirmed(cast)
    await _returns_one(cast)
    await _is_paid_to_the_fen(cast)
    await _reads_the_reports(cast.owner, before)
    await _verifies(cast.system)


async def _lists_a_product(owner: Page, folder: Path) -> None:
    drawing = Image.new("RGB", (900, 900), "#cfe3f5")
    ImageDraw.Draw(drawing).ellipse((200, 250, 700, 700), fill="#5f8fc0")
    drawing.save(folder / "hoodie.png")
    await owner.goto("/console/#/products/new")
    await field(owner, "title").fill(TITLE)
    await field(owner, "subtitle").fill("软得像云")
    await owner.locator("[data-test='category']").click()
    await owner.locator(".t-select-option", has_text="服装").click()
    await field(owner, "tags").fill("新品")
    await field(owner, "tags").press("Enter")
    await owner.locator("[data-test='pictures']").set_input_files(folder / "hoodie.png")
    await expect(owner.locator(".picture img")).to_have_count(1)
    for at, (name, values) in enumerate((("颜色", ("雾蓝", "米白")), ("尺码", ("M", "L")))):
        if at:
            await owner.locator("[data-test='add-option']").click()
        await field(owner, f"option-{at}").fill(name)
        for value in values:
            await field(owner, f"values-{at}").fill(value)
            await field(owner, f"values-{at}").press("Enter")
    rows = owner.locator("[data-test='sku']")
    await expect(rows).to_have_count(4)
    await field(owner, "batch-price").fill("89.90")
    await field(owner, "batch-stock").fill("20")
    await field(owner, "batch-stock").press("Tab")
    await owner.locator("[data-test='fill']").click()
    await rows.last.locator("input").last.fill("0")
    await rows.last.locator("input").last.press("Tab")
    await owner.locator("[data-test='save-and-list']").click()
    await expect(owner.locator("[data-test='row']", has_text=TITLE)).to_contain_text("在售")
    await owner.goto("/console/#/stock")
    await (
        owner.locator("[data-test='row']", has_text=TITLE)
        .last.locator("[data-test='journal']")
        .click()
    )
    await expect(owner.locator("[data-test='narrowed']")).to_contain_text(TITLE)
    await expect(owner.locator("[data-test='row']").first).to_contain_text("入库")


async def _becomes_an_affiliate(cast: Cast) -> None:
    page = cast.affiliate
    await sign_in_by_wechat(page, "王芳")
    await seen(page, ".t-affiliate").click()
    await seen(page, ".t-real-name input").fill("王芳")
    await seen(page, ".t-introduction input").fill("朋友圈分享")
    await seen(page, ".t-agree").click()
    await seen(page, ".t-apply").click()
    await expect(seen(page, ".t-application")).to_contain_text("审核中")
    await cast.owner.goto("/console/#/affiliates")
    row = cast.owner.locator("[data-test='row']", has_text="王*")
    await row.locator("[data-test='approve']").click()
    await cast.owner.locator(".t-dialog__confirm:visible").click()
    await expect(row).to_contain_text("已通过")
    await page.goto("/#/pages/me/index")
    await page.reload()
    await seen(page, ".t-affiliate").click()
    await expect(seen(page, ".t-available")).to_have_text("0.00")


async def _plans_a_broadcast(owner: Page) -> None:
    await owner.goto("/console/#/rooms")
    await owner.locator("[data-test='new-room']").click()
    await field(owner, "room-title").fill(ROOM)
    await field(owner, "host-name").fill("阿芳")
    await owner.get_by_role("button", name="保存").click()
    await (
        owner.locator("[data-test='room']", has_text=ROOM).locator("[data-test='control']").click()
    )
    await owner.locator("[data-test='plan']").click()
    await field(owner, "session-title").fill("云朵专场")
    await owner.locator(".t-dialog__confirm:visible").click()
    await expect(owner.locator("[data-test='session']")).to_contain_text("云朵专场")
    await owner.locator("[data-test='edit-shelf']").click()
    await owner.locator("[data-test='candidate']", has_text=TITLE).get_by_role("button").click()
    await owner.locator(".t-drawer").get_by_role("button", name="保存").click()
    await expect(owner.locator("[data-test='shelf-item']")).to_contain_text(TITLE)


async def _push_address(owner: Page) -> tuple[str, str]:
    await owner.locator("[data-test='push-address']").click()
    await expect(owner.locator("[data-test='push-url']")).to_contain_text("rtmp://")
    url = await owner.locator("[data-test='push-url']").inner_text()
    key = await owner.locator("[data-test='push-key']").inner_text()
    await owner.locator(".t-dialog__confirm:visible").click()
    return url, key


@asynccontextmanager
async def _camera(url: str, key: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(FFMPEG, "-v", "quiet", *CAMERA.split(), f"{url}/{key}"),
        stdin=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _camera_exit_code(url: str, key: str) -> int:
    async with _camera(url, key) as process, asyncio.timeout(20):
        return await process.wait()


async def _shares_the_room(cast: Cast) -> str:
    page = cast.affiliate
    await seen(page, ".t-promote").click()
    await seen(page, ".t-target").wait_for()
    await expect(seen(page, ".t-target")).to_contain_text(ROOM)
    link = await seen(page, ".t-link").inner_text()
    poster = seen(page, ".t-poster img")
    address = await poster.get_attribute("src")
    assert address
    data = await (await page.request.get(address)).body()
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(data)))
    assert code.text == link
    await picture(page, "affiliate")
    return link


async def _two_viewers_take_part(cast: Cast, link: str) -> None:
    buyer, viewer = cast.buyer, cast.viewer
    await sign_in_by_phone(viewer, "13900139000", cast.system.sandbox_url)
    await sign_in_by_wechat(buyer, "李雷")
    await seen(buyer, ".t-hall, .page").wait_for()
    await buyer.goto("/#/pages/hall/index")
    await expect(buyer.get_by_text(ROOM).first).to_be_visible()
    for page in (buyer, viewer):
        await page.goto(link)
        await expect(seen(page, ".live-room")).to_contain_text(ROOM)
    await asyncio.gather(video_plays(buyer), video_plays(viewer))
    await seen(viewer, ".t-say input").fill("这件有 L 码吗？")
    await seen(viewer, ".t-send").click()
    await expect(seen(buyer, ".t-messages")).to_contain_text("这件有 L 码吗？")
    for page in (buyer, viewer):
        for _ in range(3):
            await seen(page, ".t-like").click(position={"x": 12, "y": 28})
    await expect(cast.owner.locator("[data-test='likes']")).to_have_text("6")
    await cast.owner.locator("[data-test='pin']").first.click()
    for page in (buyer, viewer):
        await expect(seen(page, ".t-pin")).to_contain_text(TITLE)
    await viewer.reload()
    await expect(seen(viewer, ".t-pin")).to_contain_text(TITLE)
    await expect(seen(viewer, ".t-messages")).to_contain_text("这件有 L 码吗？")


async def _buys_three_from_the_card(cast: Cast) -> None:
    page = cast.buyer
    await seen(page, ".t-pin").click()
    await seen(page, ".t-option[data-value='米白']").click()
    await expect(seen(page, ".t-option[data-value='L']")).to_contain_class("off")
    await seen(page, ".t-option[data-value='雾蓝']").click()
    await seen(page, ".t-option[data-value='L']").click()
    more = seen(page, ".t-sku-picker").locator(".wd-input-number__action").last
    await more.click()
    await more.click()
    await seen(page, ".t-buy").click()
    await add_address(page)
    await expect(seen(page, ".t-total")).to_have_text("¥269.70")
    await seen(page, ".t-place").click()
    await seen(page, ".t-pay").click()
    await expect(seen(page, ".t-paid")).to_contain_text("支付成功")
    await expect(cast.owner.locator("[data-test='orders']")).to_have_text("1", timeout=20_000)


async def _is_shipped_and_confirmed(cast: Cast) -> None:
    owner, page = cast.owner, cast.buyer
    await owner.goto("/console/#/orders")
    await owner.locator("[data-test='open']").first.click()
    await expect(owner.locator("[data-test='address']")).to_contain_text("138****8000")
    await owner.locator("[data-test='accept']").click()
    await owner.locator("[data-test='ship']").click()
    await field(owner, "tracking-no").fill("SF1020304050")
    await owner.locator(".t-dialog__confirm:visible").click()
    await expect(owner.locator("[data-test='shown']")).to_have_text("已发货")
    await seen(page, ".t-to-order").click()
    await _courier_delivers(cast)
    await expect(seen(page, ".t-tracking")).to_contain_text("SF1020304050")
    await seen(page, ".t-confirm").click()
    await page.locator(".uni-modal__btn_primary").click()
    await expect(seen(page, ".t-confirm")).to_be_hidden()


async def _courier_delivers(cast: Cast) -> None:
    """Step by step, each pushed to us; the buyer sees the parcel under way and then signed."""
    page, sandbox = cast.buyer, cast.system.sandbox_url

    async def parcel() -> Any:
        state = await (await page.request.get(f"{sandbox}/state")).json()
        return state["parcels"].get("SF1020304050")

    await until(parcel, lambda known: known and known.get("callbackurl"))
    for text, shown in (
        ("已揽收", "运输中"),
        ("转运中心", "运输中"),
        ("正在派件", "运输中"),
        ("已签收", "已签收"),
    ):
        answer = await page.request.post(f"{sandbox}/tracks/SF1020304050/next", data={})
        assert answer.ok
        await _reloaded_until(page, ".trace.first", text)
        await expect(seen(page, ".t-shown")).to_have_text(shown)


async def _reloaded_until(page: Page, selector: str, text: str) -> None:
    """What comes by another way than this page's is there after a reload, sooner or later."""
    async with asyncio.timeout(30):
        while True:
            await page.reload()
            await seen(page, ".card").wait_for()
            if await page.locator(selector, has_text=text).count():
                return


async def _returns_one(cast: Cast) -> None:
    owner, page = cast.owner, cast.buyer
    await seen(page, ".t-ask-after-sale").click()
    await seen(page, ".t-quantity").locator(".wd-input-number__action").last.click()
    await seen(page, ".t-apply").click()
    await expect(seen(page, ".t-after-sale")).to_contain_text("等待商家处理")
    await owner.goto("/console/#/after-sales")
    mine = owner.locator("[data-test='row']", has_text=TITLE)
    await mine.locator("[data-test='approve']").click()
    await owner.locator(".t-dialog__confirm:visible").click()
    await expect(mine.locator("[data-test='received']")).to_have_count(1)
    await page.reload()
    await page.get_by_text("查看 / 处理").click()
    await seen(page, ".t-return-no input").fill("YT9988776655")
    await seen(page, ".t-send-back").click()
    await expect(page.get_by_text("退货已寄出，等待商家验收").last).to_be_visible()
    await mine.locator("[data-test='received']").click()
    await owner.locator(".t-dialog__confirm:visible").click()
    await expect(owner.get_by_text("已验收，退款处理中")).to_be_visible()
    await page.goto("/#/pages-order/list/index")
    await seen(page, ".t-order").click()
    await _reloaded_until(page, ".t-refunded", "¥89.90")


async def _is_paid_to_the_fen(cast: Cast) -> None:
    """10 % of what stayed: 269.70 − 89.90 = 179.80 yuan."""
    page = cast.affiliate
    await page.goto("/#/pages-affiliate/home/index")
    await _reloaded_until(page, ".t-expected, .figure", "17.98")
    await expect(seen(page, ".t-available")).to_have_text("0.00")
    cast.system.move_clock(8 * DAY)
    await _reloaded_until(page, ".t-available", "17.98")
    await seen(page, ".t-withdraw").click()
    await seen(page, ".t-all").click()
    await seen(page, ".t-ask").click()
    await _reloaded_until(page, ".t-withdrawal[data-status='waiting_user']", "17.98")
    await seen(page, ".t-confirm-transfer").click()
    await _reloaded_until(page, ".t-withdrawal[data-status='paid']", "17.98")
    await page.goto("/#/pages-affiliate/home/index")
    await expect(seen(page, ".t-available")).to_have_text("0.00")
    await seen(page, ".t-statement").click()
    kinds = page.locator(".t-entry:visible")
    await expect(kinds).to_have_count(5)
    await seen(page, ".t-entry[data-kind='accrued']").click()
    await expect(seen(page, ".t-why")).to_contain_text("10%")


@dataclass(frozen=True)
class Sold:
    """What broadcasts sold in these days: orders, those with an affiliate, and net yuan."""

    days: str
    orders: int
    shared: int
    net: Decimal


async def _sold_live(cast: Cast) -> Sold:
    """Of the demo's past, which is written by now and is not added to."""
    await cast.system.has_past()
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    days = f"from={today - timedelta(days=29)}&to={today + timedelta(days=1)}"
    await cast.owner.goto(f"/console/#/reports?{days}")
    cells = cast.owner.locator("[data-test='source']", has_text="直播").locator("td")
    orders, shared, net = [await cells.nth(i).inner_text() for i in (1, 2, 3)]
    return Sold(days, int(orders), int(shared), Decimal(net.strip("¥").replace(",", "")))


async def _reads_the_reports(owner: Page, before: Sold) -> None:
    """Eight days on, a member of staff has to sign in again."""
    await sign_in_to_console(owner, "owner")
    await owner.goto(f"/console/#/reports?{before.days}")
    await expect(owner.locator("[data-test='chart'] canvas")).to_be_visible()
    source = owner.locator("[data-test='source']", has_text="直播")
    await expect(source.locator("td").nth(1)).to_have_text(str(before.orders + 1))
    await expect(source.locator("td").nth(2)).to_have_text(str(before.shared + 1))
    await expect(source).to_contain_text(f"¥{before.net + Decimal('179.80'):,}")
    best = owner.locator("[data-test='product']", has_text=TITLE)
    await expect(best).to_contain_text("¥179.80")
    async with owner.expect_download() as download:
        await owner.locator("[data-test='export']").click()
    assert "269.70" in await asyncio.to_thread(
        Path(await (await download.value).path()).read_text, "utf-8-sig"
    )

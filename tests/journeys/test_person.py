"""A person and his phone: its clock is wrong, he gives himself a name, a face and a number."""

import io
import re
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, expect

from tests.journeys.conftest import phone
from tests.journeys.pages import add_address, seen, sign_in_by_wechat
from tests.journeys.system import System

AHEAD = """
const Real = Date
const off = 20 * 60 * 1000
window.Date = class extends Real {
  constructor(...given) { given.length ? super(...given) : super(Real.now() + off) }
  static now() { return Real.now() + off }
}
"""


async def test_a_device_clock_twenty_minutes_ahead_still_pays(
    browser: Browser, system: System
) -> None:
    context, page = await phone(browser, system)
    await context.add_init_script(AHEAD)
    await sign_in_by_wechat(page, "陈晨")
    found = await (await page.request.get("/api/buyer/products?q=板栗仁")).json()
    await page.goto(f"/#/pages/product/index?id={found['items'][0]['id']}")
    await seen(page, ".t-open-picker").click()
    await seen(page, ".t-buy").click()
    await add_address(page)
    await seen(page, ".t-place").click()

    # A quarter of an hour, or the 25 minutes that the journey through the settings made of it.
    await expect(seen(page, ".t-left")).to_contain_text(re.compile("请在 [12]4:"))
    await seen(page, ".t-pay").click()
    await expect(seen(page, ".t-paid")).to_contain_text("支付成功")
    await context.close()


async def test_a_person_has_a_name_a_face_and_a_number(
    browser: Browser, system: System, tmp_path: Path
) -> None:
    context, page = await phone(browser, system)
    await sign_in_by_wechat(page, "王芳")
    await expect(seen(page, ".t-nickname")).to_have_text("王芳")
    drawn = io.BytesIO()
    Image.new("RGB", (500, 800), "#3a7bd5").save(drawn, "PNG")
    (tmp_path / "face.png").write_bytes(drawn.getvalue())
    await seen(page, ".t-profile").click()

    async with page.expect_file_chooser() as chooser:
        await seen(page, ".t-avatar").click()
    await (await chooser.value).set_files(tmp_path / "face.png")
    await expect(page.get_by_text("头像已更换")).to_be_visible()
    await seen(page, ".t-nickname input").fill("芳芳🌸")
    await seen(page, ".t-rename").click()
    await expect(page.get_by_text("昵称已保存")).to_be_visible()
    await seen(page, ".t-bind").click()
    await seen(page, ".t-phone input").fill("13700137000")
    await seen(page, ".t-send-code").click()
    await expect(seen(page, ".t-send-code")).to_contain_text("秒后重发")
    sms = await (await page.request.get(f"{system.sandbox_url}/sms?phone=13700137000")).json()
    await seen(page, ".t-code input").fill(sms[0]["code"])
    await seen(page, ".t-keep-phone").click()
    await expect(seen(page, ".t-phone-masked")).to_have_text("137****7000")

    await page.goto("/#/pages/me/index")
    await expect(seen(page, ".t-nickname")).to_have_text("芳芳🌸")
    await expect(seen(page, ".t-profile img")).to_be_visible()
    await context.close()

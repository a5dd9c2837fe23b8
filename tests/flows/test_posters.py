"""Posters carry a code that leads back, the word 广告, and are drawn once."""

import io
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from bofen.affiliates import lettering, poster
from bofen.affiliates.lettering import Lettering, drawable
from bofen.affiliates.links import Target
from bofen.affiliates.poster import SIZE, Poster
from bofen.affiliates.rules import TargetKind
from bofen.flows import posters, share
from bofen.kit.db import Database
from bofen.kit.money import Fen
from tests.conftest import NOON
from tests.flows.affiliates_given import an_affiliate, services
from tests.outside import MemoryStorage

PRODUCT = Poster(
    "product",
    "云南高原蓝莓 当季现摘现发 大果 125g×6 盒装 顺丰冷链直达，坏果包赔，放心下单，假一赔十",
    "今天下单，明天到家",
    "https://shop.example.com/s/Ab3dE9xZ",
    "小**",
    "播分好物",
    Fen(9_990),
    price_is_from=True,
)
ROOM = Poster(
    "room",
    "周五晚八点 · 初夏好物专场",
    "主播 阿沅",
    "https://shop.example.com/s/R00mZ9xZ",
    "小**",
    "播分好物",
    badge="直播中",
)


def a_picture(size: tuple[int, int] = (600, 400)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (90, 140, 220)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("wanted", [PRODUCT, ROOM], ids=["product", "room"])
@pytest.mark.parametrize("picture", [a_picture(), a_picture((40, 900)), None])
def test_a_poster_s_code_leads_to_the_link(wanted: Poster, picture: bytes | None) -> None:
    drawn = Image.open(io.BytesIO(poster.draw(wanted, picture)))

    assert drawn.size == SIZE
    assert [code.text for code in zxingcpp.read_barcodes(drawn)] == [wanted.url]


def test_a_code_survives_a_small_bad_photo() -> None:
    drawn = Image.open(io.BytesIO(poster.draw(PRODUCT, a_picture()))).convert("RGB")
    photo = io.BytesIO()
    drawn.rotate(4, expand=True).resize((480, 820)).save(photo, "JPEG", quality=35)

    assert [code.text for code in zxingcpp.read_barcodes(Image.open(photo))] == [PRODUCT.url]


@pytest.mark.parametrize("title", ["", "。", "A" * 200, "很" * 200, "😀👍🏽 إعلان"])
def test_any_title_can_be_drawn(title: str) -> None:
    for wanted in (PRODUCT, ROOM):
        assert poster.draw(replace(wanted, title=title, subtitle=title), None)


@pytest.mark.parametrize(
    ("title", "drawn"),
    [
        ("🔥爆款🔥", "爆款"),
        ("👨‍👩‍👧 家庭装", "家庭装"),
        ("𠮷野㛃的店", "𠮷野㛃的店"),
        ("한국 화장품 ไทย 面膜", "한국 화장품 面膜"),
        ("カタカナ 臺灣 ①", "カタカナ 臺灣 ①"),
        ("🩷", ""),
    ],
)
def test_what_no_font_has_is_left_out(title: str, drawn: str) -> None:
    assert drawable(title) == drawn
    for wanted in (PRODUCT, ROOM):
        names = {"title": title, "subtitle": title, "affiliate_name": title, "shop_name": title}
        clean = dict.fromkeys(names, drawn)
        assert poster.draw(replace(wanted, **names), None) == poster.draw(
            replace(wanted, **clean), None
        )


@pytest.mark.parametrize("text", ["𠮷", "㛃", "한", "ツ", "臺"])
def test_a_character_that_is_kept_is_not_a_box(text: str) -> None:
    sheets = [Image.new("L", (80, 80)) for _ in range(2)]
    Lettering(60, 400).draw(ImageDraw.Draw(sheets[0]), (0, 0), text, 255)
    box = lettering._cut(0, 60, 400)
    ImageDraw.Draw(sheets[1]).text((0, 0), "\ufffe", font=box, fill=255)

    assert sheets[0].getbbox()
    assert sheets[0].tobytes() != sheets[1].tobytes()


def test_equal_posters_are_equal_pictures() -> None:
    assert poster.draw(PRODUCT, a_picture()) == poster.draw(PRODUCT, a_picture())


async def a_product(db: Database, price: int = 9_990) -> UUID:
    product_id, category_id = uuid4(), uuid4()
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO catalog_category (id, name, position) VALUES ($1, $2, 0)",
            category_id,
            str(category_id),
        )
        await tx.fetch(
            "INSERT INTO catalog_product (id, title, subtitle, category_id, brand, tags,"
            " detail_html, pictures, options, price_min_fen, price_max_fen, created_at,"
            " updated_at, text, terms, status, version, sold_count) VALUES ($1, '长绒棉 T 恤',"
            " '洗了不变形', $2, '', '[]', '', '[\"pictures/a.png\"]', '[]', $3, $3, $4, $4, '',"
            " '', 'listed', 1, 0)",
            product_id,
            category_id,
            price,
            NOON,
        )
    return product_id


async def test_the_same_poster_is_drawn_once_and_a_new_price_draws_another(db: Database) -> None:
    storage = MemoryStorage()
    storage.files["pictures/a.png"] = a_picture()
    shop = replace(services(db), storage=storage)
    affiliate_id, product_id = await an_affiliate(db), await a_product(db)
    target = Target(TargetKind.product, str(product_id))
    async with db.transaction() as tx:
        link = await share.make_link(tx, affiliate_id, target, "", NOON)
        again = await share.make_link(tx, affiliate_id, target, "", NOON)
        other = await share.make_link(tx, affiliate_id, target, "抖音", NOON)

    first = await posters.poster_of(shop, link.token, NOON)
    second = await posters.poster_of(shop, link.token, NOON)
    kept = [key for key in storage.files if key.startswith("posters/")]
    async with db.transaction() as tx:
        await tx.fetch("UPDATE catalog_product SET price_min_fen = 8800 WHERE id = $1", product_id)
    third = await posters.poster_of(shop, link.token, NOON)

    assert link.token == again.token != other.token
    assert len(link.token) <= 12
    assert first == second != third
    assert len(kept) == 1
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(first)))
    assert [code.text for code in read] == [f"http://shop.test/s/{link.token}"]

"""Search finds what people mean, and nothing that a reader of every title would find is missed."""

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofen.catalog import words


def found(query: str, text: str) -> bool:
    """As PostgreSQL does it: every term of the query among the terms, every run in the text."""
    search = words.search_for(query)
    if search is None:
        return False
    terms = words.terms_of(text)
    for asked in search.query.split(" & "):
        if not any(_has(terms, each) for each in asked.strip("()").split(" | ")):
            return False
    return all(run in words.fold(text) for run in search.runs)


def _has(terms: list[str], asked: str) -> bool:
    term = asked.removesuffix(":*").strip("'")
    if asked.endswith(":*"):
        return any(each.startswith(term) for each in terms)
    return term in terms


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("iphone15", "苹果 iPhone 15 Pro Max"),
        ("iPhone 15", "苹果iPhone15Pro手机壳"),
        ("15 iphone", "iPhone15Pro"),
        ("iphone15pro", "iPhone 15 128G Pro"),
        ("iphone15p", "iPhone15Pro"),
        ("500g", "秦岭土蜂蜜 500 g"),
        ("500 g", "秦岭土蜂蜜500g"),
        ("５００Ｇ", "秦岭土蜂蜜 500 g"),
        ("500ml", "身体乳 500 ML"),
        ("3.5g", "口红 3.5 g"),
        ("wh-1000xm4", "索尼 WH1000XM4 耳机"),
        ("WH1000XM4", "索尼 WH-1000XM4 耳机"),
        ("wifi", "Wi-Fi 6 路由器"),
        ("Wi-Fi", "WIFI 6 路由器"),
        ("tshirt", "纯棉 T Shirt"),
        ("t恤", "长绒棉圆领 T 恤"),
        ("T 恤 圆领", "长绒棉圆领T恤"),
        ("衬衫 男 棉", "男士纯棉衬衫"),
        ("纯棉男衬衫", "男士长袖纯棉衬衫"),
        ("连衣裙碎花", "法式碎花收腰连衣裙"),
        ("蜂蜜土", "秦岭土蜂蜜"),
        ("襯衫", "纯棉衬衫"),
        ("衬衫", "純棉襯衫"),
        ("內衣", "无痕内衣"),
        ("台湾凤梨酥", "臺灣鳳梨酥"),
        ("臺灣鳳梨酥", "台湾凤梨酥"),
        ("口紅", "哑光口红"),
        ("運動鞋", "缓震运动鞋"),
        ("羽絨服", "轻薄羽绒服"),
        ("後髮", "后发护理"),
        ("乾", "乾隆御茶"),
        ("乾隆", "干隆"),
        ("绿萝", "懒人水培绿萝"),
        ("鞋", "运动鞋"),
        ("连衣", "连衣裙"),
        ("𠮷野", "𠮷野家 牛肉饭"),
        ("Ｔ恤", "t恤"),
        ("café", "CAFÉ 咖啡"),
        ("iph", "iPhone"),
        ("air pods", "AirPods Pro"),
        ("AirPods", "Air Pods 3"),
        ("AirPods", "airpods"),
        ("air pods", "airpods 耳机"),
        ("pods", "AirPods"),
        ("mac book", "MacBook Air"),
        ("macbook air", "Mac Book Air"),
        ("mac book air", "macbookair"),
        ("MacBookAir", "MacBook Air"),
        ("MacBookAir", "mac book air"),
        ("xs max", "iPhoneXSMax"),
        ("iphone xs max", "iPhoneXSMax"),
        ("iPhoneXS", "iPhone XS"),
        ("男士衬衫", "男 衬衫"),
        ("男 衬衫", "男士衬衫"),
        ("女款风衣", "女式风衣"),
        ("著色", "着色口红"),
        ("着色", "著色口紅"),
    ],
)
def test_what_people_mean_is_found(query: str, text: str) -> None:
    assert found(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("iphone15", "iPhone 14"),
        ("15", "身体乳 150 ml"),
        ("运动鞋", "鞋子 适合运动"),
        ("绿萝", "萝卜 绿色"),
        ("50g", "500 g"),
        ("air pods", "Air 耳机"),
        ("女士衬衫", "男士衬衫"),
        ("!!!", "什么都有"),
        ("", "什么都有"),
    ],
)
def test_what_nobody_means_is_not_found(query: str, text: str) -> None:
    assert not found(query, text)


pieces = st.sampled_from(
    [
        "iphone",
        "15",
        "Pro",
        "500",
        "g",
        "纯棉",
        "男",
        "衬衫",
        "襯衫",
        "臺灣",
        "鳳梨酥",
        "T",
        "恤",
        "XL",
        "ml",
    ]
)
titles = st.lists(st.tuples(pieces, st.sampled_from(["", " ", "　", "·", "/", "-"])), max_size=8)


@given(titles, st.randoms())
def test_the_pieces_of_a_title_find_it_in_any_order(
    title: list[tuple[str, str]], chance: Random
) -> None:
    text = "".join(piece + gap for piece, gap in title)
    asked = re.findall(r"[A-Za-z]+|\d+|[^\W\dA-Za-z]+", text)
    chance.shuffle(asked)

    assert not asked or found(" ".join(asked), text)


@given(
    st.text(st.sampled_from("纯棉男女衬衫襯臺灣台湾鳳凤梨酥鞋运动"), min_size=1, max_size=12),
    st.data(),
)
def test_every_part_of_a_chinese_text_finds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]

    assert found(part, text)


@given(
    st.lists(st.text(st.sampled_from("棉男女衬衫鞋运动装"), min_size=2, max_size=8), max_size=6),
    st.data(),
)
def test_search_finds_what_reading_every_text_finds(texts: list[str], data: st.DataObject) -> None:
    query = data.draw(st.text(st.sampled_from("棉男女衬衫鞋运动装"), min_size=1, max_size=4))
    search = words.search_for(query)
    assert search is not None
    asked = list(words._words(query))

    by_reading = [text for text in texts if all(word in text for word in asked)]

    assert [text for text in texts if found(query, text)] == by_reading

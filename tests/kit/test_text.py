"""Text that people type: whatever they can see stays, whatever they cannot see goes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bofen.kit.text import (
    UnfitText,
    clean_line,
    clean_lines,
    is_clean,
    plain_code,
    plain_digits,
    plain_phone,
)

ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
typed = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\u200b\u200c\u200d\ufe0f\ufeff\u2067\u2069\U000e0067\U000e007f"),
        st.sampled_from("👩🏽🚀❤🔥1中a\u0915\u094d🏴 \n"),
    ),
    max_size=30,
)


@pytest.mark.parametrize(
    "text",
    [
        "🩷",  # Unicode 15
        "🫨",
        "\U0001faea",  # Unicode 17
        "\U0001fc50",  # a place kept for later emoji
        "\U000323c0",  # ideographs that this Python does not know
        ENGLAND,
        "🇨🇳",
        "👨‍👩‍👧‍👦",
        "👩🏽‍🚀",
        "⛹🏽‍♀️",
        "❤️‍🔥",
        "🏳️‍🌈",
        "1️⃣",
        "𠮷野㛃",
        "䶮",
        "葛\U000e0100城",
        "क्‍ष",
        "می‌خواهم",
        "한국어",
        "ไทย",
        "A　B",
    ],
)
def test_what_people_see_stays_as_it_is(text: str) -> None:
    assert clean_line(text) == text
    assert is_clean(text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  小米\u3000", "小米"),
        ("小米\n", "小米"),
        ("小\u200b米\ufeff", "小米"),
        ("小\u200d米", "小米"),
        ("a\u200c b", "a b"),
        ("\u200e13800138000\u200f", "13800138000"),
        ("\u2067小米\u2069", "小米"),
        ("\u202a小米\u202c", "小米"),
        ("深\u00ad圳", "深圳"),
        ("a\u00a0b", "a b"),
        ("小\u3164米", "小米"),
        ("👩\u200b\u200d🚀", "👩🚀"),
        ("\u200d👩\u200d", "👩"),
        ("x\U000e0067\U000e007f", "x"),
        ("\ufe0f红", "红"),
        ("红\ufe0f\ufe0f", "红\ufe0f"),
        ("e\u0301", "é"),
        ("\u2800", ""),
        ("\u200b", ""),
    ],
)
def test_what_nobody_sees_is_taken_away(text: str, cleaned: str) -> None:
    assert clean_line(text) == cleaned
    assert not is_clean(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a\x00b", "control"),
        ("a\x1bb", "control"),
        ("a\x7fb", "control"),
        ("a\x85b", "control"),
        ("a\nb", "control"),
        ("a\tb", "control"),
        ("a\u2028b", "control"),
        ("a\u202eb", "direction"),
        ("a\u202db", "direction"),
        ("a\ud83d", "broken"),
        ("a\ufdd0", "broken"),
        ("a\uffff", "broken"),
        ("a\U0010fffe", "broken"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(UnfitText) as refused:
        clean_line(text)

    assert refused.value.reason == reason
    assert not is_clean(text)


def test_lines_end_in_one_way() -> None:
    assert clean_lines(" 一\r\n二\r三\u2028四\t五\n") == "一\n二\n三\n四\t五"
    with pytest.raises(UnfitText):
        clean_lines("一\x0b二")


@given(typed)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    try:
        cleaned = clean_lines(text)
    except UnfitText:
        return

    assert clean_lines(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not set(cleaned) & set("\u200b\ufeff\u202e\u2067\u2069\x00")
    cleaned.encode()


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "+86 138-1234-5678",
        "0086 13812345678",
        "86 138 1234 5678",
        "8613812345678",
        "(+86)13812345678",
        "+86（138）12345678",
        "１３８ １２３４ ５６７８",
        "＋８６１３８１２３４５６７８",
        "138–1234–5678",
        "138.1234.5678",
        "\u202d138\u00a01234\u00a05678\u202c",  # as a phone's address book copies it
        "\u200e+86\u2009138 1234 5678\u200f",
        " 138\u200b12345678\n",
        "١٣٨١٢٣٤٥٦٧٨",
    ],
)
def test_a_phone_number_is_its_eleven_digits(text: str) -> None:
    assert plain_phone(text) == "13812345678"


@pytest.mark.parametrize("text", ["1381234567", "+852 13812345678", "a13812345678", "186", ""])
def test_another_number_stays_another_number(text: str) -> None:
    assert plain_phone(text) != "13812345678"


def test_a_code_is_digits() -> None:
    assert plain_digits(" １２３ 456\u200b") == "123456"


@pytest.mark.parametrize(
    "typed",
    ["yt1234567890", " YT 1234 567890 ", "ＹＴ１２３４５６７８９０", "YT123456\u200b7890\u00a0"],
)
def test_a_tracking_number_is_the_same_however_it_was_pasted(typed: str) -> None:
    assert plain_code(typed) == "YT1234567890"

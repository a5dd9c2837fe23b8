"""Text that people type: whatever they can see stays, whatever they cannot see goes."""

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from bofen.identity.rules import is_phone
from bofen.kit.text import (
    UnfitText,
    clean_line,
    clean_lines,
    is_clean,
    plain_code,
    plain_digits,
    plain_phone,
    shortened,
)
from bofen.web.shapes import TrackingNo

TYPED = json.loads((Path(__file__).parent / "examples/typed.json").read_text())
"""What forms and server read alike: `clients/api/tests/phone.test.ts` reads the same file."""
TRACKING_NO: TypeAdapter[str] = TypeAdapter(TrackingNo)


def meant_by(kind: str) -> list[tuple[str, str]]:
    return [(each, meant) for meant, typed in TYPED[kind].items() for each in typed]


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


@pytest.mark.parametrize(("typed", "meant"), meant_by("phone"))
def test_a_phone_number_is_its_eleven_digits(typed: str, meant: str) -> None:
    assert plain_phone(typed) == meant
    assert is_phone(plain_phone(typed))


@pytest.mark.parametrize("typed", TYPED["no_phone"])
def test_another_number_is_no_phone_number(typed: str) -> None:
    assert not is_phone(plain_phone(typed))


@pytest.mark.parametrize(("typed", "meant"), meant_by("code"))
def test_a_code_is_digits(typed: str, meant: str) -> None:
    assert plain_digits(typed) == meant


@pytest.mark.parametrize(("typed", "meant"), meant_by("tracking_no"))
def test_a_tracking_number_is_the_same_however_it_was_pasted(typed: str, meant: str) -> None:
    assert plain_code(typed) == meant
    assert TRACKING_NO.validate_python(typed) == meant


@pytest.mark.parametrize("typed", TYPED["no_tracking_no"])
def test_another_number_is_no_tracking_number(typed: str) -> None:
    with pytest.raises(ValidationError):
        TRACKING_NO.validate_python(typed)


def test_a_text_is_shortened_between_what_a_reader_counts_as_characters() -> None:
    family = "👨‍👩‍👧"  # five code points, one picture

    assert shortened(f"春{family}", 5) == "春"
    assert shortened(f"春{family}", 6) == f"春{family}"
    assert shortened("春日好物", 2) == "春日"

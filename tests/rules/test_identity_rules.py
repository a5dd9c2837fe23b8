"""Who may do what, and which names and addresses pass."""

from hypothesis import given
from hypothesis import strategies as st

from bofen.identity.rules import (
    NICKNAME_MAX,
    PERMISSIONS,
    Permission,
    Role,
    is_local_path,
    is_nickname,
    is_phone,
    is_printable,
    may,
)


def test_only_the_owner_keeps_staff_and_settings() -> None:
    for permission in (Permission.staff_manage, Permission.settings_write):
        assert [role for role in Role if may(role, permission)] == [Role.owner]


def test_the_owner_may_everything_and_every_right_has_somebody_else_or_is_his() -> None:
    assert PERMISSIONS[Role.owner] == set(Permission)
    assert PERMISSIONS.keys() == set(Role)


def test_who_sends_goods_does_not_pay_money_out() -> None:
    for role in Role:
        if role is not Role.owner:
            assert not (
                may(role, Permission.orders_ship) and may(role, Permission.withdrawals_approve)
            )


@given(st.text(max_size=40))
def test_a_nickname_is_short_and_can_be_seen(text: str) -> None:
    if is_nickname(text):
        assert 0 < len(text) <= NICKNAME_MAX
        assert text.strip()
        assert not any(ord(c) < 32 for c in text)
        assert not set(text) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u200f\ufeff\u2028")


@given(st.text(max_size=20))
def test_what_can_be_printed_can_be_stored(text: str) -> None:
    if is_printable(text):
        assert "\x00" not in text
        text.encode()


@given(st.from_regex(r"/[a-zA-Z0-9/#?=&._-]*", fullmatch=True))
def test_a_local_path_stays_here(path: str) -> None:
    assert is_local_path(path) == (not path.startswith("//"))


def test_paths_that_lead_away_do_not_pass() -> None:
    for path in ("", "x", "//x", "/\\x", "https://x", "/a b", "/a\nb", "/" + "a" * 300):
        assert not is_local_path(path)


def test_phone_numbers_are_eleven_plain_digits() -> None:
    assert is_phone("13812345678")
    for text in (
        "12812345678",
        "1381234567",
        "138123456789",
        "１３８１２３４５６７８",
        "13812345678\n",
    ):
        assert not is_phone(text)

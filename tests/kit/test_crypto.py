import os

import pytest

from bofen.kit.crypto import Vault, hash_password, is_password, mask_name, mask_phone
from bofen.kit.log import redacted

VAULT = Vault(os.urandom(32))


def test_what_is_sealed_opens_again_and_never_looks_the_same() -> None:
    first, second = VAULT.seal("13800001234"), VAULT.seal("13800001234")

    assert VAULT.open(first) == VAULT.open(second) == "13800001234"
    assert first != second
    assert b"13800001234" not in first


@pytest.mark.parametrize("at", [0, 5, 20, -1])
def test_an_altered_seal_does_not_open(at: int) -> None:
    sealed = bytearray(VAULT.seal("张小米"))
    sealed[at] ^= 1

    with pytest.raises(ValueError, match="altered"):
        VAULT.open(bytes(sealed))


def test_a_blind_index_finds_equal_texts_of_one_shop_only() -> None:
    assert VAULT.blind_index("1") == VAULT.blind_index("1") != VAULT.blind_index("2")
    assert Vault(os.urandom(32)).blind_index("1") != VAULT.blind_index("1")


def test_passwords() -> None:
    hashed = hash_password("correct horse")

    assert is_password("correct horse", hashed)
    assert not is_password("Correct horse", hashed)


def test_masks_show_little() -> None:
    assert mask_phone("13812341234") == "138****1234"
    assert mask_name("张小米") == mask_name("张三") == "张**"
    assert mask_name("🇨🇳小米") == "🇨🇳**"
    assert mask_name("❤️小米") == "❤️**"
    assert mask_name("") == "**"


def test_logs_lose_secrets_and_phones() -> None:
    line = "GET /live/a.flv?key=abc123&x=1 by 13812341234"

    assert redacted(line) == "GET /live/a.flv?key=…&x=1 by 138****1234"

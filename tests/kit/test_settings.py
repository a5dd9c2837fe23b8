import secrets

import pytest
from pydantic import ValidationError

from bofen.kit.settings import _NEEDED, Settings
from bofen.runtime.environment import environment_of, read_settings
from bofen.runtime.errors import CannotStart


def complete() -> dict[str, str]:
    return {name: secrets.token_hex(24) for name in _NEEDED}


def test_a_complete_production_starts() -> None:
    assert Settings(production=True, **complete()).production  # type: ignore[arg-type]


@pytest.mark.parametrize("name", _NEEDED)
@pytest.mark.parametrize("value", ["", "changeme-changeme-changeme-changeme", "sample-" * 8])
def test_a_production_refuses_missing_and_sample_values(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match=f"BOFEN_{name.upper()}"):
        Settings(production=True, **(complete() | {name: value}))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["master_key", "media_secret"])
def test_a_short_secret_is_refused_everywhere(name: str) -> None:
    with pytest.raises(ValidationError, match="too short"):
        Settings(**{name: "k" * 31})


def test_a_production_cannot_move_its_clock() -> None:
    with pytest.raises(ValidationError, match="MOVABLE_CLOCK"):
        Settings(production=True, movable_clock=True, **complete())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("public_url", "https://example-shop.com"),
        ("public_url", "https://test-kitchen.cn"),
        ("wechat_pay_private_key", "-----BEGIN PRIVATE KEY-----\nMIItestSECRETxxxx0123456789abc\n"),
        ("wechat_pay_public_key", "-----BEGIN PUBLIC KEY-----\nMIIBxxxxPasswordSample\n"),
        ("wechat_pay_v3_key", "Sample8f3kTestq0ZchangemeY71vWa2"),
    ],
)
def test_a_real_value_may_hold_a_word_of_a_sample(name: str, value: str) -> None:
    given = complete() | {name: value}

    assert getattr(Settings(production=True, **given), name)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("wechat_secret", "ab"),
        ("sms_secret", "ab"),
        ("kuaidi100_key", "ab"),
        ("wechat_pay_v3_key", "k" * 32),
        ("master_key", "ab" * 22),
        ("media_secret", "your-secret-key-your-secret-key-1"),
        ("wechat_secret", "Change-Me-Change-Me"),
        ("sms_secret", "0123456789012345678901234567890"),
        ("wechat_appid", "xxxxxxxxxxxx"),
    ],
)
def test_a_typed_secret_is_refused(name: str, value: str) -> None:
    with pytest.raises(ValidationError, match=f"BOFEN_{name.upper()}"):
        Settings(production=True, **(complete() | {name: value}))  # type: ignore[arg-type]


def test_no_random_key_is_taken_for_a_sample() -> None:
    for _ in range(300):
        Settings(production=True, **complete())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "proxies"),
    [
        ("127.0.0.1", ("127.0.0.1",)),
        ("10.0.0.0/8, ::1", ("10.0.0.0/8", "::1")),
        ('["127.0.0.1", "10.0.0.0/8"]', ("127.0.0.1", "10.0.0.0/8")),
        ("", ()),
    ],
)
def test_proxies_are_written_with_commas(
    monkeypatch: pytest.MonkeyPatch, value: str, proxies: tuple[str, ...]
) -> None:
    monkeypatch.setenv("BOFEN_TRUSTED_PROXIES", value)

    assert Settings().trusted_proxies == proxies


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BOFEN_TRUSTED_PROXIES", "my proxy"),
        ("BOFEN_DATABASE_URL", "mysql://root@localhost/shop"),
        ("BOFEN_DATABASE_URL", "shop.db"),
        ("BOFEN_REDIS_URL", "localhost:6379"),
        ("BOFEN_PORT", "many"),
        ("BOFEN_WECHAT_PAY_OTHER_KEYS", "-----BEGIN"),
        ("BOFEN_WECHAT_PAY_OTHER_KEYS", "[7]"),
        ("BOFEN_MASTER_KEY", "few-letters"),
    ],
)
def test_a_wrong_value_is_named_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(CannotStart) as refused:
        read_settings()

    assert variable in str(refused.value)
    assert value not in str(refused.value)


def test_a_child_reads_what_its_parent_was_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Settings(
        trusted_proxies=("127.0.0.1", "10.0.0.0/8"),
        wechat_pay_other_keys={"PUB_KEY_ID_2": '-----BEGIN "KEY"-----\nMII\n', "5F": "it's"},
    )
    for variable, value in environment_of(told).items():
        monkeypatch.setenv(variable, value)

    assert read_settings() == told


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_database_address_needs_no_driver(scheme: str) -> None:
    found = Settings(database_url=f"{scheme}://bofen@db/shop").database_url

    assert found == "postgresql+asyncpg://bofen@db/shop"

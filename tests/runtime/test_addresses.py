"""How people and our own parts reach each part, from what somebody typed."""

import asyncio
import socket
from pathlib import Path

import pytest

from bofen.kit.addresses import Doorman, Proxies, place_of, url_of
from bofen.kit.settings import Settings
from bofen.runtime import ports
from bofen.runtime.environment import completed
from bofen.runtime.errors import CannotStart
from bofen.runtime.home import Home
from tests.kit.test_settings import complete


def _production(home: Path, **given: str) -> Settings:
    settings = Settings(production=True, home=home, **(complete() | given))  # type: ignore[arg-type]
    return completed(settings, Home(home), "postgresql+asyncpg://db/shop")


def test_behind_a_proxy_every_part_has_the_shop_s_address(tmp_path: Path) -> None:
    made = _production(tmp_path, public_url="https://shop.example.com/")

    assert (made.shop_url, made.rooms_url, made.media_url, made.rtmp_url) == (
        "https://shop.example.com",
        "wss://shop.example.com",
        "https://shop.example.com",
        "rtmp://shop.example.com:1935/live",
    )
    assert made.internal_shop_url == "http://127.0.0.1:8000"
    assert made.internal_media_url == "http://127.0.0.1:8002"


def test_without_a_proxy_the_ports_are_beside_the_shop_s(tmp_path: Path) -> None:
    made = _production(tmp_path, public_url="http://[2001:db8::7]:8000", host="::")

    assert (made.rooms_url, made.media_url, made.rtmp_url) == (
        "ws://[2001:db8::7]:8001",
        "http://[2001:db8::7]:8002",
        "rtmp://[2001:db8::7]:1935/live",
    )
    assert made.internal_media_url == "http://[::1]:8002"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("public_url", "http://127.0.0.1:8000"),
        ("public_url", "https://localhost"),
        ("public_url", "http://0.0.0.0"),
        ("public_url", "shop.example.com"),
        ("rooms_url", "ws://127.0.0.1:8001"),
        ("media_url", "http://[::1]:8002"),
        ("rtmp_url", "rtmp://0.0.0.0/live"),
    ],
)
def test_a_production_refuses_addresses_that_nobody_reaches(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(CannotStart, match=f"BOFEN_{name.upper()}"):
        _production(tmp_path, **({"public_url": "https://shop.example.com"} | {name: value}))


def test_on_one_machine_everything_is_its_own(tmp_path: Path) -> None:
    everywhere = "0.0.0.0"  # noqa: S104 - what people type
    for host, shown in ((everywhere, "127.0.0.1"), ("::1", "[::1]"), ("192.0.2.7", "192.0.2.7")):
        made = completed(Settings(home=tmp_path, host=host), Home(tmp_path), "")
        assert made.public_url == f"http://{shown}:8000"
        assert made.rooms_url == f"ws://{shown}:8001"
        assert made.wechat_url == "http://127.0.0.1:8010"
        assert made.sandbox_page_url == "http://127.0.0.1:8013"
        assert made.sandbox_cashier_url == "http://127.0.0.1:8013"
    real = made.model_copy(update={"wechat_pay_url": "https://api.mch.weixin.qq.com"})
    assert real.sandbox_cashier_url is None


def test_a_door_that_cannot_be_opened_says_why() -> None:
    with ports.listen("127.0.0.1", 0, "BOFEN_PORT") as held:
        port = held.getsockname()[1]
        assert "busy" in str(ports.fault_of("127.0.0.1", port, "BOFEN_PORT"))
    assert ports.fault_of("127.0.0.1", port, "BOFEN_PORT") is None
    assert "BOFEN_HOST=192.0.2.1" in str(ports.fault_of("192.0.2.1", port, "BOFEN_PORT"))
    assert "BOFEN_HOST=no such name" in str(ports.fault_of("no such name", port, "BOFEN_PORT"))


def test_the_sandbox_s_doors_are_looked_at_where_it_listens(tmp_path: Path) -> None:
    looked_at = ports.doors(Settings(home=tmp_path, host="192.0.2.7"))

    assert {host for host, _, name in looked_at if name == "BOFEN_SANDBOX_PORT"} == {"127.0.0.1"}
    assert {host for host, _, name in looked_at if name == "BOFEN_RTMP_PORT"} == {"192.0.2.7"}


async def test_a_door_is_open_once_somebody_answers_there() -> None:
    everywhere = "0.0.0.0"  # noqa: S104 - what people type
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        waiting = asyncio.create_task(ports.until_open(everywhere, held.getsockname()[1]))
        await asyncio.sleep(0.2)
        assert not waiting.done()
        held.listen()
        await asyncio.wait_for(waiting, 5)


def test_an_ipv6_address_can_be_listened_on() -> None:
    with ports.listen("::1", 0, "BOFEN_PORT") as held:
        assert held.getsockname()[0] == "::1"
    assert url_of("http", "::1", 8000, "/healthz") == "http://[::1]:8000/healthz"


def test_only_a_trusted_proxy_speaks_for_others() -> None:
    proxies = Proxies(["127.0.0.1", "10.0.0.0/8"])

    assert proxies.client("127.0.0.1", "6.6.6.6, 203.0.113.7, 10.1.2.3") == "203.0.113.7"
    assert proxies.client("203.0.113.7", "6.6.6.6") == "203.0.113.7"
    assert proxies.client("127.0.0.1", "") == "127.0.0.1"
    assert proxies.client("127.0.0.1", "nonsense") == "nonsense"


def test_an_ipv6_line_is_one_place() -> None:
    assert place_of("2001:db8::1") == place_of("2001:db8::ffff:1") == "2001:db8::/64"
    assert place_of("2001:db8:0:1::1") != place_of("2001:db8::1")
    assert place_of("::ffff:203.0.113.7") == place_of("203.0.113.7") == "203.0.113.7"


def test_a_full_place_is_not_a_full_house() -> None:
    doorman = Doorman(of_a_place_max=2, all_max=3)

    assert [doorman.admit("one") for _ in range(3)] == [True, True, False]
    assert [doorman.admit("proxy", is_proxy=True) for _ in range(2)] == [True, False]
    doorman.leave("one")
    assert [doorman.admit("other"), doorman.admit("other")] == [True, False]

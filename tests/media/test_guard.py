"""How many connections one address may hold on the media port."""

import asyncio
from typing import Any, cast

import pytest

from bofen.media.addresses import Trusted
from bofen.media.guard import Counter, HttpLimits


class Line:
    """A transport as far as counting goes."""

    def __init__(self, address: str) -> None:
        self._address = address
        self.is_over = False

    def get_extra_info(self, name: str) -> Any:
        return (self._address, 1) if name == "peername" else None

    def is_closing(self) -> bool:
        return self.is_over


def entered(counter: Counter, line: Line) -> bool:
    return counter.enter(cast("asyncio.Transport", line))


def test_one_address_has_its_share_and_gets_it_back() -> None:
    counter = Counter(HttpLimits(per_address=2), Trusted(()))
    lines = [Line("203.0.113.7") for _ in range(3)]

    assert [entered(counter, line) for line in lines] == [True, True, False]
    assert entered(counter, Line("198.51.100.1"))
    lines[0].is_over = True
    assert entered(counter, Line("203.0.113.7"))


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "10.1.2.3"])
def test_what_stands_in_front_is_not_counted(address: str) -> None:
    counter = Counter(HttpLimits(per_address=1), Trusted(("10.0.0.0/8",)))

    assert all(entered(counter, Line(address)) for _ in range(5))


def test_all_together_have_an_end_too() -> None:
    counter = Counter(HttpLimits(connections_max=2), Trusted(()))
    lines = [Line("127.0.0.1"), Line("127.0.0.1")]

    assert all(entered(counter, line) for line in lines)
    assert not entered(counter, Line("127.0.0.1"))
    lines[1].is_over = True
    assert entered(counter, Line("127.0.0.1"))


def test_what_is_no_address_is_trusted_by_nobody() -> None:
    with pytest.raises(ValueError, match="does not appear"):
        Trusted(("proxy.example.com",))
    assert not Trusted(()).holds("")

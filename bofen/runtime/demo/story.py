"""Invents the demo's past: who broadcast, bought, sent back and when. Pure; the same every time.

Hours are of the shop's calendar and count from the day's midnight, so that a day may be laid down
by itself, in any order and again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from bofen.kit.days import midnight
from bofen.runtime.demo.goods import GOODS
from bofen.runtime.demo.people import NICKNAMES, REASONS, SAYINGS, TITLES

DAYS = 60
SEED = 20_260_601
_SHOW_ON = frozenset({1, 3, 5, 6})
"""Days of the week with a broadcast in the evening: Tuesday, Thursday, Saturday, Sunday."""
_BY_THEMSELVES = 2
"""Of five buyers so many never open a share link: nobody earns on them."""
_SLOTS = (10.4, 15.2, 21.6)
"""Hours at which the shop's own orders come in, a few together."""


class Fate(StrEnum):
    """What becomes of an order."""

    unpaid = "unpaid"
    kept = "kept"
    cancelled = "cancelled"
    """Paid, and given back before it was sent."""
    returned = "returned"
    part_returned = "part_returned"
    refused = "refused"
    """Its buyer wants to send it back, and staff say no."""


_FATES = {
    Fate.kept: 79,
    Fate.unpaid: 6,
    Fate.cancelled: 4,
    Fate.returned: 5,
    Fate.part_returned: 4,
    Fate.refused: 2,
}


@dataclass(frozen=True)
class Sale:
    """One order, from the click to its end. `lines` are (goods, which SKU of it, pieces)."""

    no: int
    at: datetime
    buyer: int
    lines: tuple[tuple[int, int, int], ...]
    affiliate: int | None
    fate: Fate
    reason: str
    ship_at: datetime
    second_parcel_at: datetime | None
    carrier: int
    signed_at: datetime
    confirm_at: datetime | None
    """None: receipt is assumed when the days have passed."""
    media_ms: int | None = None

    @property
    def id(self) -> UUID:
        """The order's id: whoever lays the day down again finds it there."""
        return named(f"order {self.no}")

    @property
    def paid_at(self) -> datetime:
        """Most people pay within minutes."""
        return self.at + timedelta(seconds=40 + self.no * 37 % 400)

    @property
    def asked_back_at(self) -> datetime:
        """When its buyer asks for his money, if that is its fate."""
        if self.fate is Fate.cancelled:
            return self.paid_at + timedelta(hours=2)
        return self.signed_at + timedelta(hours=20)


@dataclass(frozen=True)
class Said:
    """A danmaku, so many milliseconds into the broadcast."""

    at: datetime
    buyer: int
    text: str
    media_ms: int


@dataclass(frozen=True)
class Show:
    """A broadcast: what was shown when, said when and bought when."""

    no: int
    title: str
    began_at: datetime
    ended_at: datetime
    pins: tuple[tuple[datetime, int], ...]
    said: tuple[Said, ...]
    sales: tuple[Sale, ...]
    likes: int


@dataclass(frozen=True)
class Day:
    """What one day of the shop's calendar brought."""

    on: date
    no: int
    show: Show | None
    sales: tuple[Sale, ...]
    """Those outside of the broadcast, in the order of the day."""


def named(what: str) -> UUID:
    """The id of a thing of the past: a client makes ids, and this one remembers them."""
    return uuid5(NAMESPACE_URL, f"bofen demo {what}")


def story(last_on: date) -> list[Day]:
    """The days up to and with `last_on`, oldest first."""
    days = []
    for no in range(DAYS + 1):
        on = last_on - timedelta(days=DAYS - no)
        chance = Random(f"{SEED} {no}")  # noqa: S311 - a story, no secret
        show = _show(chance, on, no) if on.weekday() in _SHOW_ON else None
        days.append(Day(on, no, show, tuple(_of_the_shop(chance, on, no))))
    return days


def _clock(on: date, hours: float) -> datetime:
    return midnight(on) + timedelta(hours=hours)


def _of_the_shop(chance: Random, on: date, no: int) -> Iterator[Sale]:
    busy = 0.7 + no / DAYS + (0.4 if on.weekday() >= 5 else 0.0)
    for slot, hours in enumerate(_SLOTS):
        for place in range(round(chance.random() * busy)):
            affiliate = chance.choices((None, 0, 1, 2, 3), (8, 28, 48, 11, 5))[0]
            at = _clock(on, hours)
            yield _sale(chance, no * 100 + slot * 10 + place, at, affiliate)


def _show(chance: Random, on: date, no: int) -> Show:
    began_at = _clock(on, 19.5 + chance.choice((0, 0.25, 0.5)))
    minutes = chance.randint(70, 110)
    shown = chance.sample(range(len(GOODS)), 5)
    part = minutes // len(shown)
    pins = tuple((began_at + timedelta(minutes=3 + i * part), g) for i, g in enumerate(shown))
    sales: list[Sale] = []
    for i, (pinned_at, goods) in enumerate(pins):
        at = pinned_at + timedelta(minutes=chance.randint(2, max(3, part - 4)))
        for place in range(chance.choices((0, 1, 2, 3), (32, 42, 19, 7))[0]):
            affiliate = chance.choices((None, 0, 1, 2), (20, 26, 44, 10))[0]
            made = _sale(chance, no * 100 + 40 + i * 10 + place, at, affiliate, goods)
            sales.append(replace(made, media_ms=_ms(at - began_at)))
    return Show(
        no,
        TITLES[no % len(TITLES)],
        began_at,
        began_at + timedelta(minutes=minutes),
        pins,
        tuple(_said(chance, began_at, minutes)),
        tuple(sales),
        chance.randint(180, 900),
    )


def _said(chance: Random, began_at: datetime, minutes: int) -> Iterator[Said]:
    for minute in sorted(chance.sample(range(2, minutes - 1), 8)):
        at = began_at + timedelta(minutes=minute)
        for buyer in chance.sample(range(len(NICKNAMES)), chance.randint(1, 4)):
            media_ms = _ms(at - began_at) - chance.randint(900, 9_000)
            yield Said(at, buyer, chance.choice(SAYINGS), media_ms)


def _ms(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


def _sale(
    chance: Random, no: int, at: datetime, affiliate: int | None, goods: int | None = None
) -> Sale:
    first = chance.randrange(len(GOODS)) if goods is None else goods
    lines = [(first, chance.randrange(24), chance.choices((1, 2, 3), (74, 20, 6))[0])]
    if chance.random() < 0.24:
        other = (first + chance.randrange(1, len(GOODS))) % len(GOODS)
        lines.append((other, chance.randrange(24), 1))
    fate = chance.choices(list(_FATES), list(_FATES.values()))[0]
    ship_at = at + timedelta(hours=chance.uniform(5, 34))
    signed_at = ship_at + timedelta(hours=chance.uniform(34, 88))
    is_split = len(lines) > 1 and chance.random() < 0.3
    is_confirmed = chance.random() < 0.6
    buyer = chance.randrange(len(NICKNAMES) + 1)
    return Sale(
        no=no,
        at=at,
        buyer=buyer,
        lines=tuple(lines),
        affiliate=None if buyer % 5 < _BY_THEMSELVES else affiliate,
        fate=fate,
        reason=chance.choice(REASONS),
        ship_at=ship_at,
        second_parcel_at=ship_at + timedelta(hours=20) if is_split else None,
        carrier=chance.randrange(4),
        signed_at=signed_at,
        confirm_at=signed_at + timedelta(hours=chance.uniform(3, 60)) if is_confirmed else None,
    )


def all_sales(days: Sequence[Day]) -> list[Sale]:
    """Of shop and broadcasts, in the order of their moments."""
    found = [sale for day in days for sale in (*day.sales, *(day.show.sales if day.show else ()))]
    return sorted(found, key=lambda sale: (sale.at, sale.no))

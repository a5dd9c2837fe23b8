"""Finding orders by what staff typed: numbers, people, parcels, and titles as they were sold."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    String,
    and_,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from bofen.catalog import words
from bofen.catalog.models import Title
from bofen.catalog.words import Search
from bofen.identity.models import Person
from bofen.identity.rules import is_phone
from bofen.kit.crypto import Vault
from bofen.kit.days import SHOP_ZONE, day_of, midnight
from bofen.kit.db import Tx
from bofen.kit.text import UnfitText, clean_line, plain_code, plain_phone
from bofen.orders.models import AfterSale, Order, OrderLine
from bofen.orders.recipients import name_index, phone_index
from bofen.shipping.models import Shipment

NAMED_MAX = 2_000
"""Orders that are named one by one. Of more, a page of the newest orders is soon found."""

_LOOKED_AT, _OFTEN = 1_000, 5
"""So many with a title among the newest so many: then a page of them is found in thousands."""

_NUMBER = re.compile("[0-9]{1,6}|[0-9]{6}[0-9A-HJKMNP-TV-Z]{1,10}")
_TAIL = re.compile("[0-9A-Z]{4,15}")
"""The end of an order number, as people read it out."""
_TRACKING_NO = re.compile("[0-9A-Z-]{6,32}")
_AFTER_ALL = chr(0x10FFFF)
"""Comes after every character."""


async def matching(tx: Tx, vault: Vault, text: str) -> ColumnElement[bool]:
    """Orders with such a number (its beginning, or four signs of its end), receiver's phone or
    whole name, buyer's nickname (its beginning), parcel, or title.

    A title matches as in the catalog's search, also one that the product has no more.
    """
    try:
        typed = clean_line(text)
    except UnfitText:
        return false()
    found: list[ColumnElement[bool]] = []
    if typed and (
        named := set(await tx.scalars(union_all(*_named(vault, typed)).limit(NAMED_MAX)))
    ):
        found.append(Order.id.in_(named))
    if _NUMBER.fullmatch(code := plain_code(typed)):
        found.append(_numbered(code))
    search = words.search_for(typed)
    titled = await _titled(tx, search) if search else None
    if titled is not None:
        found.append(titled)
    return or_(*found) if found else false()


def _named(vault: Vault, typed: str) -> Iterator[Select[UUID]]:
    """Questions that an index answers, each for the ids of orders."""
    ids, code = select(Order.id), plain_code(typed)
    yield ids.where(Order.name_index == name_index(vault, typed))
    if is_phone(phone := plain_phone(typed)):
        yield ids.where(Order.phone_index == phone_index(vault, phone))
    called = _begins(func.lower(Person.nickname), typed.lower())
    yield ids.where(Order.buyer_id.in_(select(Person.id).where(called).limit(NAMED_MAX)))
    if _TAIL.fullmatch(code):
        yield ids.where(_begins(func.reverse(Order.order_no), code[::-1]))
    if _TRACKING_NO.fullmatch(code):
        yield select(Shipment.order_id).where(Shipment.tracking_no == code)
        yield select(AfterSale.order_id).where(AfterSale.return_tracking_no == code)


def _begins(text: SQLColumnExpression[str], beginning: str) -> ColumnElement[bool]:
    """By bytes, whatever the database's collation.

    `LIKE` would say the same, but PostgreSQL looks into its pattern only while it plans: a
    statement that is planned once for all patterns reads the whole table.
    """
    return and_(text.op("~>=~")(beginning), text.op("~<~")(beginning + _AFTER_ALL))


def _numbered(beginning: str) -> ColumnElement[bool]:
    """A number begins with the day of its order."""
    found = _begins(Order.order_no, beginning)
    if day := _day(beginning[:6]):
        next_day = midnight(day_of(day) + timedelta(days=1))
        return and_(found, Order.placed_at >= day, Order.placed_at < next_day)
    return found


def _day(digits: str) -> datetime | None:
    """None for fewer than six digits: they begin the numbers of many days."""
    if len(digits) < len("yymmdd"):
        return None
    try:
        return datetime.strptime(digits, "%y%m%d").replace(tzinfo=SHOP_ZONE)
    except ValueError:
        return None


async def _titled(tx: Tx, search: Search) -> ColumnElement[bool] | None:
    """None where no line has such a title: an empty list would be looked for in every order."""
    query = cast(literal(search.query, String), TSQUERY)
    is_asked = and_(
        Title.terms.op("@@")(query),
        *(Title.text.contains(run, autoescape=True) for run in search.runs),
    )
    sold_as = and_(Title.product_id == OrderLine.product_id, Title.title == OrderLine.title)
    lines = select(OrderLine.order_id).join(Title, sold_as).where(is_asked)
    named = list(await tx.scalars(lines.limit(NAMED_MAX + 1)))
    if not named:
        return None
    if len(named) <= NAMED_MAX:
        return Order.id.in_(set(named))

    # Of what sells now a page is soon found among the newest orders, asked one by one: OFFSET makes
    # PostgreSQL do so. Of what sold long ago all lines are looked up at once.
    def of(order_id: SQLColumnExpression[UUID]) -> Select[UUID]:
        return select(OrderLine.order_id).where(OrderLine.order_id == order_id, sold_as, is_asked)

    by_age = select(Order.id).order_by(Order.placed_at.desc(), Order.id.desc())
    newest = by_age.limit(_LOOKED_AT).subquery()
    often = select(func.count()).select_from(newest).where(exists(of(newest.c.id).offset(0)))
    sells_now = (await tx.scalar(often) or 0) >= _OFTEN
    return exists(of(Order.id).offset(0)) if sells_now else exists(of(Order.id))

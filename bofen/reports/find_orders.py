"""Finding orders by what staff typed: a question over the orders and the titles of the catalog."""

import re
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, and_, cast, exists, false, literal, or_, select
from sqlalchemy.dialects.postgresql import TSQUERY

from bofen.catalog import words
from bofen.catalog.models import Title
from bofen.catalog.words import Search
from bofen.kit.days import SHOP_ZONE, day_of, midnight
from bofen.kit.db import Tx
from bofen.orders.models import Order, OrderLine

NAMED_MAX = 2_000
"""Lines whose orders are named one by one. Of more, a page of the newest orders is soon found."""

_NUMBER = re.compile("[0-9]{1,6}|[0-9]{6}[0-9A-HJKMNP-TV-Z]{1,10}")
_AFTER_ALL = "~"
"""Comes after every character of an order number."""


async def matching(tx: Tx, text: str) -> ColumnElement[bool]:
    """Orders whose number begins with `text`, or that hold a product under such a title.

    A title matches as in the catalog's search, also one that the product has no more.
    """
    found = []
    if _NUMBER.fullmatch(text.strip().upper()):
        found.append(_numbered(text.strip().upper()))
    search = words.search_for(text)
    titled = await _titled(tx, search) if search else None
    if titled is not None:
        found.append(titled)
    return or_(*found) if found else false()


def _numbered(beginning: str) -> ColumnElement[bool]:
    """By bytes, whatever the database's collation; a number begins with the day of its order."""
    number = Order.order_no
    between: list[ColumnElement[bool]] = [
        number.op("~>=~")(beginning),
        number.op("~<~")(beginning + _AFTER_ALL),
    ]
    if day := _day(beginning[:6]):
        next_day = midnight(day_of(day + timedelta(hours=36)))
        between += [Order.placed_at >= day, Order.placed_at < next_day]
    return and_(*between)


def _day(digits: str) -> datetime | None:
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
    return exists().where(OrderLine.order_id == Order.id, sold_as, is_asked)

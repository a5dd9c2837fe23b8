"""How fast stock sells and what has to be ordered; on the page and as a purchase list."""

from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from bofen.flows.services import Services
from bofen.gateways.storage.addresses import picture_url
from bofen.kit.clock import now
from bofen.kit.days import day_of
from bofen.reports import export, turnover
from bofen.reports.turnover import Turnover
from bofen.web.csv_files import as_file
from bofen.web.deps import StaffMayWriteStock, Svc
from bofen.web.shapes import DEFAULT_LIMIT, Cursor, Limit, Listed, Shape

router = APIRouter(prefix="/stock", tags=["stock"])


class TurnoverRow(Shape):
    """How one SKU sold in the last thirty days: `sold` pieces less refunds, on `sale_days` days.

    `days_left` and `to_order` are None where sales on fewer than seven days foretell nothing.
    `to_order`: what is missing for another thirty days.
    """

    sku_id: UUID
    product_id: UUID
    title: str
    spec: str
    picture: str | None
    on_hand: int
    available: int
    low_below: int
    sold: int
    sale_days: int
    days_left: int | None
    to_order: int | None


@router.get("/turnover")
async def turnover_list(
    _: StaffMayWriteStock, svc: Svc, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Listed[TurnoverRow]:
    """Listed SKUs, what runs out first in front."""
    async with svc.db.reporting() as tx:
        page = await turnover.page(tx, now(), limit, cursor)
    return Listed(items=[_row(row) for row in page.items], next=page.next)


def _row(row: Turnover) -> TurnoverRow:
    given = asdict(row)
    picture = picture_url(given.pop("picture_key"))
    return TurnoverRow(**given, picture=picture)


@router.get("/purchase-list.csv", response_class=StreamingResponse)
async def purchase_list(_: StaffMayWriteStock, svc: Svc) -> StreamingResponse:
    """What will not last another thirty days, and how much of it to order."""
    at = now()
    return await as_file(_content(svc, at), f"bofen-purchase-list-{day_of(at)}.csv")


async def _content(svc: Services, at: datetime) -> AsyncIterator[bytes]:
    async with svc.db.reporting() as tx:
        yield export.heading(Turnover)
        async for batch in turnover.to_order(tx, at):
            yield export.lines(batch, Turnover)

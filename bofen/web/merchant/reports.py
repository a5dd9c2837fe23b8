"""Sales reports, on the page and as CSV."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from bofen.flows.services import Services
from bofen.kit.clock import now
from bofen.kit.days import day_of
from bofen.kit.errors import InvalidRequest
from bofen.reports import export, sales
from bofen.reports.days import Range
from bofen.reports.errors import ReportRangeTooLong
from bofen.reports.sales import DaySales, ProductSales, SourceSales, TotalSales
from bofen.web.csv_files import FIRST_DAY, LAST_DAY, as_file
from bofen.web.deps import StaffMayReadReports, Svc
from bofen.web.shapes import Listed
from bofen.web.wrong_fields import wrong_fields

router = APIRouter(prefix="/reports", tags=["reports"])

DAYS_MAX = 366
_DAYS = 30


async def _range(
    first_on: Annotated[date | None, Query(alias="from", ge=FIRST_DAY, le=LAST_DAY)] = None,
    last_on: Annotated[date | None, Query(alias="to", ge=FIRST_DAY, le=LAST_DAY)] = None,
) -> Range:
    """Days of the shop's calendar, both included; without them the last thirty."""
    last = last_on or day_of(now())
    first = first_on or last - timedelta(days=_DAYS - 1)
    if first > last:
        raise InvalidRequest(wrong_fields([{"loc": ("query", "to"), "type": "before_first"}]))
    if (last - first).days >= DAYS_MAX:
        raise ReportRangeTooLong(DAYS_MAX)
    return Range(first, last)


Asked = Annotated[Range, Depends(_range)]


class DailyOut(Listed[DaySales]):
    """Each day of a range, and all of them together."""

    total: TotalSales


@router.get("/daily")
async def daily(_: StaffMayReadReports, svc: Svc, asked: Asked) -> DailyOut:
    """Every day of the range, also those without a sale."""
    async with svc.db.reporting() as tx:
        days = await sales.daily(tx, asked)
    return DailyOut(items=days, total=sales.total(days))


@router.get("/sources")
async def sources(_: StaffMayReadReports, svc: Svc, asked: Asked) -> Listed[SourceSales]:
    """Where paid orders came from; the sources exclude each other."""
    async with svc.db.reporting() as tx:
        return Listed(items=await sales.sources(tx, asked))


@router.get("/products")
async def products(_: StaffMayReadReports, svc: Svc, asked: Asked) -> Listed[ProductSales]:
    """The best-selling products of the range, by net sales."""
    async with svc.db.reporting() as tx:
        return Listed(items=await sales.products(tx, asked))


class Exported(StrEnum):
    """The reports that can be had as a file."""

    daily = "daily"
    sources = "sources"
    products = "products"


@router.get("/export.csv", response_class=StreamingResponse)
async def export_csv(
    _: StaffMayReadReports, svc: Svc, asked: Asked, report: Exported
) -> StreamingResponse:
    """One report, whole, as a file that a spreadsheet opens without running anything in it."""
    name = f"bofen-{report}-{asked.first_on}-{asked.last_on}.csv"
    return await as_file(_content(svc, asked, report), name)


async def _content(svc: Services, asked: Range, report: Exported) -> AsyncIterator[bytes]:
    """The heading with the first lines, then more lines: a part is some hundred of them."""
    async with svc.db.reporting() as tx:
        if report is Exported.daily:
            yield export.heading(DaySales) + export.lines(await sales.daily(tx, asked), DaySales)
        elif report is Exported.sources:
            found = await sales.sources(tx, asked)
            yield export.heading(SourceSales) + export.lines(found, SourceSales)
        else:
            before = export.heading(ProductSales)
            async for batch in sales.all_products(tx, asked):
                yield before + export.lines(batch, ProductSales)
                before = b""
            if before:
                yield before

"""The first page of the console."""

from dataclasses import asdict

from fastapi import APIRouter

from bofen.identity.rules import Permission
from bofen.kit.clock import now
from bofen.reports import overview
from bofen.web.deps import CurrentStaff, Svc
from bofen.web.shapes import Shape

router = APIRouter(tags=["overview"])


class TodayOut(Shape):
    """Money is shown only to staff who may read reports."""

    sales_fen: int | None
    orders: int
    refunds_fen: int | None
    viewers: int


class ToDoOut(Shape):
    """How many things wait for this member of staff; a thousand means a thousand or more.

    None for what is not his to do.
    """

    ship: int | None
    after_sales: int | None
    refunds: int | None
    affiliates: int | None
    withdrawals: int | None
    low_stock: int | None
    held_jobs: int | None


_WHOSE = {
    "ship": Permission.orders_ship,
    "after_sales": Permission.orders_refund,
    "refunds": Permission.orders_refund,
    "affiliates": Permission.affiliates_review,
    "withdrawals": Permission.withdrawals_approve,
    "low_stock": Permission.stock_write,
    "held_jobs": Permission.settings_write,
}


class OverviewOut(Shape):
    """The console's first page."""

    today: TodayOut
    to_do: ToDoOut


@router.get("/overview")
async def read_overview(staff: CurrentStaff, svc: Svc) -> OverviewOut:
    """How today goes and what waits, as far as this role may see it."""
    may_see_money = Permission.reports_read in staff.permissions
    async with svc.db.reading() as tx:
        sold = await overview.today(tx, now())
        waiting = await overview.to_do(tx)
        viewers = await overview.viewers(tx)
    today = TodayOut(
        sales_fen=sold.sales_fen if may_see_money else None,
        orders=sold.orders,
        refunds_fen=sold.refunds_fen if may_see_money else None,
        viewers=viewers,
    )
    counts = {
        name: count if _WHOSE[name] in staff.permissions else None
        for name, count in asdict(waiting).items()
    }
    return OverviewOut(today=today, to_do=ToDoOut(**counts))

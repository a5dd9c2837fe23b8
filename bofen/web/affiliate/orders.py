"""An affiliate's orders: what was sold through him, without a word about the buyer."""

from fastapi import APIRouter

from bofen.reports import earnings
from bofen.reports.earnings import AffiliateOrder
from bofen.web.deps import CurrentAffiliate, Svc
from bofen.web.shapes import DEFAULT_LIMIT, Cursor, Limit, Listed

router = APIRouter(prefix="/orders", tags=["orders"])


@router.get("")
async def listed(
    affiliate: CurrentAffiliate, svc: Svc, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Listed[AffiliateOrder]:
    """What was sold through this affiliate, newest first."""
    async with svc.db.transaction() as tx:
        return Listed.of(await earnings.orders(tx, affiliate.id, limit, cursor))

"""The shop itself: its name, its licence, and the terms that every page tells buyers."""

from datetime import datetime

from fastapi import APIRouter

from bofen.kit import clock
from bofen.settings import policies
from bofen.settings import service as settings
from bofen.settings.policies import Policy
from bofen.web.deps import Db
from bofen.web.shapes import Shape

router = APIRouter(prefix="/shop", tags=["shop"])


class ShopOut(Shape):
    """What buyers are told of the merchant. Empty texts are not shown."""

    name: str
    company: str
    licence_no: str
    service_phone: str
    notice: str
    freight_fen: int
    freight_free_from_fen: int
    after_sale_days: int
    pay_within_min: int
    is_sold_out_hidden: bool
    """Lists hold nothing that is sold out: there is no need to ask for what is in stock."""


@router.get("")
async def the_shop(db: Db) -> ShopOut:
    """What every page tells of the merchant; read anew each time it is asked."""
    async with db.transaction() as tx:
        now = await settings.in_force(tx, clock.now())
    return ShopOut(
        name=now.shop.name,
        company=now.shop.company,
        licence_no=now.shop.licence_no,
        service_phone=now.shop.service_phone,
        notice=now.shop.notice,
        freight_fen=now.trade.freight_fen,
        freight_free_from_fen=now.trade.freight_free_from_fen,
        after_sale_days=now.trade.after_sale_days,
        pay_within_min=now.trade.pay_within_min,
        is_sold_out_hidden=now.trade.is_sold_out_hidden,
    )


class PolicyOut(Shape):
    """What a buyer agrees to, as it holds now. `from_at` is null for the text of the house."""

    version: str
    title: str
    text: str
    from_at: datetime | None


@router.get("/policies/{policy}")
async def policy_text(policy: Policy, db: Db) -> PolicyOut:
    """The user agreement or the privacy policy."""
    at = clock.now()
    async with db.transaction() as tx:
        written = await settings.policies_in_force(tx, at)
        now = await settings.in_force(tx, at)
    found = policies.text(policy, written, now)
    return PolicyOut(
        version=found.version, title=found.title, text=found.text, from_at=found.from_at
    )

"""Placing, paying and following orders."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from fastapi import Request as HttpRequest
from pydantic import Field

from bofen.flows import cancel as cancelling
from bofen.flows import pay as paying
from bofen.flows.place_orders import AskedSource, PlacedOrder, PlaceOrder, place_orders
from bofen.flows.receipt import confirm_receipt
from bofen.flows.services import Services
from bofen.gateways.wechat_pay.words import NAME as WECHAT_PAY
from bofen.kit import clock
from bofen.kit.batch import Batcher
from bofen.kit.errors import Refusal
from bofen.kit.money import FEN_MAX, Fen
from bofen.kit.once import Request, fingerprint
from bofen.orders import queries
from bofen.orders import service as orders
from bofen.orders.rules import LINES_MAX, QUANTITY_MAX, Shown
from bofen.web.buyer.cart import ClaimIn
from bofen.web.buyer.quotes import AskedLine
from bofen.web.deps import CurrentBuyer, Db, Svc
from bofen.web.order_shapes import OrderOut, order_out
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Line, Listed, Shape

router = APIRouter(prefix="/orders", tags=["orders"])

Placing = Batcher[PlaceOrder, PlacedOrder]


BASKET_FEN_MAX = LINES_MAX * QUANTITY_MAX * FEN_MAX
"""The dearest basket that one can ask for. What one order may cost is told by quote and order."""


class SourceIn(ClaimIn):
    """Where the buyer came from, as the client says it."""

    share: Annotated[str | None, Field(max_length=12)] = None
    is_from_cart: bool = False
    """The lines are of the cart, which knows where each was chosen."""


class OrderIn(Body):
    """An order as the buyer confirms it; `total_fen` is the sum that he was shown."""

    lines: Annotated[list[AskedLine], Field(min_length=1, max_length=LINES_MAX)]
    address_id: UUID
    remark: Annotated[Line, Field(max_length=200)] = ""
    total_fen: Annotated[int, Field(ge=0, le=BASKET_FEN_MAX)]
    source: SourceIn = SourceIn()


class Placed(Shape):
    """The order exists. `GET /orders/{id}` tells everything else."""

    id: UUID
    order_no: str
    total_fen: int


class PaySheetOut(Shape):
    """What the client hands to the cashier (`wx.requestPayment`), and until when it is good."""

    pay_sheet: dict[str, str]
    expires_at: datetime
    sandbox_pay_url: str | None
    """Where a sandbox's cashier stands in for WeChat; null with the real WeChat Pay."""


def placing_of(services: Services) -> Placing:
    """The one place of this process where orders are gathered into batches."""

    async def run(asked: Sequence[PlaceOrder]) -> Sequence[PlacedOrder | Refusal]:
        return await services.db.run(lambda tx: place_orders(tx, asked, clock.now()))

    return Batcher(run)


async def placed(placing: Placing, buyer_id: UUID, order_id: UUID, asked: OrderIn) -> Placed:
    """The order, once the batch it came into is durable."""
    source = asked.source
    made = await placing.ask(
        PlaceOrder(
            order_id=order_id,
            request=Request(buyer_id, fingerprint(asked.model_dump_json())),
            lines=tuple((line.sku_id, line.quantity) for line in asked.lines),
            address_id=asked.address_id,
            remark=asked.remark,
            total_fen=Fen(asked.total_fen),
            source=AskedSource(
                room_id=source.room_id,
                pin_id=source.pin_id,
                media_time_ms=source.media_time_ms,
                replay_session_id=source.replay_session_id,
                share_token=source.share,
                is_from_cart=source.is_from_cart,
            ),
        )
    )
    return Placed(id=made.order_id, order_no=made.order_no, total_fen=made.total_fen)


@router.put("/{order_id}", status_code=201)
async def place(
    order_id: UUID, asked: OrderIn, buyer: CurrentBuyer, request: HttpRequest
) -> Placed:
    """Durable before answered. The same id with the same content answers the same order."""
    return await placed(request.app.state.placing, buyer.id, order_id, asked)


@router.get("")
async def my_orders(
    buyer: CurrentBuyer,
    svc: Svc,
    shown: Shown | None = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
    *,
    to_receive: bool = False,
) -> Listed[OrderOut]:
    """Newest first. `to_receive`: what has left, however far it has come."""
    wanted = queries.Wanted(buyer_id=buyer.id, shown=shown, is_to_receive=to_receive)
    async with svc.db.transaction() as tx:
        page = await queries.page(tx, wanted, cursor, limit)
    at = clock.now()
    items = [order_out(view, svc.vault, at) for view in page.items]
    return Listed(items=items, next=page.next)


@router.get("/{order_id}")
async def my_order(order_id: UUID, buyer: CurrentBuyer, svc: Svc) -> OrderOut:
    """The buyer's own; anyone else's is not found."""
    async with svc.db.transaction() as tx:
        order = await orders.of_buyer(tx, buyer.id, order_id)
        view = await queries.view(tx, order)
    return order_out(view, svc.vault, clock.now())


@router.post("/{order_id}/payment")
async def pay(order_id: UUID, buyer: CurrentBuyer, svc: Svc) -> PaySheetOut:
    """Opens the cashier of WeChat Pay; asked again, the same payment."""
    opened = await paying.pay(svc, buyer.id, order_id, WECHAT_PAY, clock.now())
    page = svc.settings.sandbox_cashier_url
    return PaySheetOut(
        pay_sheet=opened.sheet,
        expires_at=opened.expires_at,
        sandbox_pay_url=page and f"{page}/pay",
    )


@router.post("/{order_id}/payment/check")
async def check_payment(order_id: UUID, buyer: CurrentBuyer, svc: Svc) -> OrderOut:
    """Asks the provider, in case its callback got lost."""
    await paying.check_payment(svc, buyer.id, order_id, clock.now())
    return await my_order(order_id, buyer, svc)


@router.post("/{order_id}/cancel")
async def cancel(order_id: UUID, buyer: CurrentBuyer, svc: Svc) -> OrderOut:
    """Closes an unpaid order; its stock is free once no provider takes money for it any more."""
    await cancelling.cancel(svc, buyer.id, order_id, clock.now())
    return await my_order(order_id, buyer, svc)


@router.post("/{order_id}/confirm")
async def confirm(order_id: UUID, buyer: CurrentBuyer, svc: Svc, db: Db) -> OrderOut:
    """The buyer has the goods; said again, nothing changes."""
    await db.run(lambda tx: confirm_receipt(tx, buyer.id, order_id, clock.now()))
    return await my_order(order_id, buyer, svc)

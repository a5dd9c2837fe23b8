"""Orders of the demo's past from the click to the end, by the flows that people's orders take."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bofen.affiliates.bindings import Click
from bofen.flows import cancel, refunds, share
from bofen.flows.orders_paid import orders_paid
from bofen.flows.place_orders import AskedSource, PlacedOrder, PlaceOrder, place_orders
from bofen.flows.price_basket import offers, price
from bofen.flows.receipt import confirm_receipt
from bofen.flows.services import Services
from bofen.flows.ship import ShipAsked, ship
from bofen.flows.track import track_told
from bofen.gateways.couriers.kuaidi100 import CARRIERS
from bofen.gateways.couriers.protocol import Trace, Track, TrackStatus
from bofen.gateways.wechat_pay.words import NAME as WECHAT_PAY
from bofen.identity.rules import Role
from bofen.kit.db import Tx
from bofen.kit.errors import Refusal
from bofen.kit.money import Fen
from bofen.kit.once import Request, fingerprint
from bofen.orders.after_sales import ApplyAfterSale
from bofen.orders.rules import AfterSaleKind, CloseReason
from bofen.payments import service as payments
from bofen.payments.rules import Number
from bofen.payments.service import AttemptDraft, PaidNotice
from bofen.runtime.demo.cast import Cast
from bofen.runtime.demo.people import REFUSAL
from bofen.runtime.demo.story import Fate, Sale, named
from bofen.shipping import service as shipping
from bofen.shipping.rules import ParcelLine

_BEFORE = timedelta(minutes=6)
"""Between a share link that is opened and the order."""
_CARRIERS = tuple(CARRIERS)[:4]
_PREFIXES = ("SF", "YT", "ZT", "YD")
_NUMBER = 310_040_000_000


@dataclass(frozen=True)
class Stage:
    """What every event of the past is played on."""

    services: Services
    cast: Cast
    until: datetime
    """The moment at which the past ends: what would come later has not happened."""


def happened(sale: Sale, until: datetime) -> bool:
    """Whether all of its placing and paying lies in the past."""
    return max(sale.paid_at, sale.at + timedelta(minutes=20)) <= until


async def sell(tx: Tx, stage: Stage, sales: Sequence[Sale], *, is_in_room: bool) -> None:
    """These orders are placed at one moment, and paid or left to run out of time."""
    past = [sale for sale in sales if happened(sale, stage.until)]
    if not past:
        return
    at = past[0].at
    for sale in past:
        await _clicks(tx, stage.cast, sale, is_in_room=is_in_room)
    wishes = await _wishes(tx, stage.cast, past, at, is_in_room=is_in_room)
    answers = await place_orders(tx, wishes, at)
    placed = {
        sale.id: answer
        for sale, answer in zip(past, answers, strict=True)
        if isinstance(answer, PlacedOrder) and answer.is_new
    }
    notices = [
        await _notice(tx, stage.cast, sale, placed[sale.id])
        for sale in past
        if sale.id in placed and sale.fate is not Fate.unpaid
    ]
    if notices:
        await orders_paid(tx, notices, max(notice.paid_at for notice in notices))
    for sale in past:
        if sale.id in placed and sale.fate is Fate.unpaid:
            closed_at = at + timedelta(minutes=15, seconds=4)
            await cancel.close_unopened(tx, sale.id, CloseReason.timeout, closed_at)


async def _clicks(tx: Tx, cast: Cast, sale: Sale, *, is_in_room: bool) -> None:
    token = _token(cast, sale, is_in_room=is_in_room)
    if token:
        opened_at = sale.at - _BEFORE
        await share.open_share(tx, token, opened_at)
        await share.bind(tx, Click(cast.buyers[sale.buyer].person_id, token, opened_at))


def _token(cast: Cast, sale: Sale, *, is_in_room: bool) -> str | None:
    if sale.affiliate is None:
        return None
    promoter = cast.promoters[sale.affiliate]
    return promoter.room_token if is_in_room else promoter.shop_token


async def _wishes(
    tx: Tx, cast: Cast, sales: Sequence[Sale], at: datetime, *, is_in_room: bool
) -> list[PlaceOrder]:
    wanted = {
        sale.id: tuple((cast.sku(goods, which), n) for goods, which, n in sale.lines)
        for sale in sales
    }
    skus = {sku_id for lines in wanted.values() for sku_id, _ in lines}
    offered = await offers(tx, skus, at)
    wishes = []
    for sale in sales:
        quoted = price(wanted[sale.id], offered)
        buyer = cast.buyers[sale.buyer]
        source = AskedSource(
            share_token=_token(cast, sale, is_in_room=is_in_room),
            room_id=cast.room_id if is_in_room else None,
            media_time_ms=sale.media_ms,
        )
        wishes.append(
            PlaceOrder(
                order_id=sale.id,
                request=Request(buyer.person_id, fingerprint(f"demo {sale.no}")),
                lines=wanted[sale.id],
                address_id=buyer.address_id,
                remark="",
                total_fen=Fen(0) if isinstance(quoted, Refusal) else quoted.total_fen,
                source=source,
            )
        )
    return wishes


async def _notice(tx: Tx, cast: Cast, sale: Sale, placed: PlacedOrder) -> PaidNotice:
    """The payment under the order's own number, as the provider tells of it."""
    draft = AttemptDraft(
        order_id=placed.order_id,
        order_no=placed.order_no,
        provider=WECHAT_PAY,
        payer_ref=cast.buyers[sale.buyer].openid,
        amount_fen=placed.total_fen,
        expires_at=sale.at + timedelta(minutes=15),
    )
    attempt = await payments.open_attempt(tx, draft, sale.at)
    transaction_id = f"42{sale.no:026d}"
    return PaidNotice(
        WECHAT_PAY, attempt.out_trade_no, transaction_id, placed.total_fen, sale.paid_at
    )


async def send(tx: Tx, stage: Stage, sale: Sale, at: datetime) -> None:
    """A parcel leaves: with everything, or with the first line where the second follows."""
    first = (ParcelLine(1, sale.lines[0][2]),) if sale.second_parcel_at else None
    await _parcel(tx, stage, sale, 1, first, at)


async def send_second(tx: Tx, stage: Stage, sale: Sale, at: datetime) -> None:
    """What was left follows."""
    await _parcel(tx, stage, sale, 2, None, at)


async def _parcel(
    tx: Tx,
    stage: Stage,
    sale: Sale,
    no: int,
    lines: Sequence[ParcelLine] | None,
    at: datetime,
) -> None:
    carrier = _CARRIERS[sale.carrier]
    asked = ShipAsked(
        sale.id, carrier, f"{_PREFIXES[sale.carrier]}{_NUMBER + sale.no * 97 + no}", lines
    )
    by = stage.cast.staff[Role.warehouse]
    parcel = await ship(tx, stage.services.vault, asked, by, at)
    if sale.signed_at <= stage.until:
        # The courier was asked then and has told all; whatever still moves is asked for now.
        await shipping.mark_subscribed(tx, parcel.id, at)


async def deliver(tx: Tx, stage: Stage, sale: Sale, at: datetime) -> None:  # noqa: ARG001
    """What the courier has told until `at`, of every parcel of the order."""
    for parcel in await shipping.of_order(tx, sale.id):
        traces = _traces(parcel.shipped_at, sale.signed_at, at)
        if traces:
            track = Track(traces[-1].status, list(reversed(traces)))
            await track_told(tx, parcel.id, track, at)


def _traces(shipped_at: datetime, signed_at: datetime, until: datetime) -> list[Trace]:
    way = signed_at - shipped_at
    steps = (
        (0.08, "【杭州市】快递员已揽收", TrackStatus.collected, "杭州市"),
        (0.3, "【杭州转运中心】已发出，下一站【目的地转运中心】", TrackStatus.in_transit, "杭州市"),
        (0.7, "【目的地转运中心】已到达", TrackStatus.in_transit, ""),
        (0.92, "快递员正在派件，请保持电话畅通", TrackStatus.delivering, ""),
        (1.0, "已签收，签收人：本人", TrackStatus.signed, ""),
    )
    found = [
        Trace(shipped_at + way * part, text, status, place) for part, text, status, place in steps
    ]
    return [trace for trace in found if trace.at <= until]


async def confirm(tx: Tx, stage: Stage, sale: Sale, at: datetime) -> None:
    """The buyer says that he has the goods."""
    await confirm_receipt(tx, stage.cast.buyers[sale.buyer].person_id, sale.id, at)


def after_sale_id(sale: Sale) -> UUID:
    """The one after-sale that an order of the past may have."""
    return named(f"after-sale {sale.no}")


async def ask_back(tx: Tx, stage: Stage, sale: Sale, at: datetime) -> None:
    """The buyer wants his money: for all of it, or for one piece."""
    pieces = [(no, n) for no, (_, _, n) in enumerate(sale.lines, 1)]
    lines = ((1, 1),) if sale.fate is Fate.part_returned else tuple(pieces)
    kind = AfterSaleKind.refund if sale.fate is Fate.cancelled else AfterSaleKind.return_and_refund
    buyer = stage.cast.buyers[sale.buyer]
    request = Request(buyer.person_id, fingerprint(f"demo back {sale.no}"))
    wish = ApplyAfterSale(after_sale_id(sale), sale.id, kind, sale.reason, lines, request)
    await refunds.apply_after_sale(tx, wish, at)


async def decide(tx: Tx, stage: Stage, sale: Sale, at: datetime) -> None:
    """Staff agree or say no. What was never sent is paid back at once."""
    by = stage.cast.staff[Role.operator]
    if sale.fate is Fate.refused:
        await refunds.refuse(tx, after_sale_id(sale), REFUSAL, by, at)
        return
    await refunds.approve(tx, after_sale_id(sale), by, at)
    if sale.fate is Fate.cancelled:
        await _paid_back(tx, sale, at)


async def send_back(tx: Tx, stage: Stage, sale: Sale, at: datetime) -> None:  # noqa: ARG001
    """The buyer's parcel is on its way."""
    buyer_id = stage.cast.buyers[sale.buyer].person_id
    number = f"SF{_NUMBER + sale.no * 97 + 9}"
    await refunds.goods_sent_back(tx, buyer_id, after_sale_id(sale), "shunfeng", number)


async def inspect(tx: Tx, stage: Stage, sale: Sale, at: datetime) -> None:
    """The goods are back and go on the shelf; the money reaches the buyer minutes later."""
    by = stage.cast.staff[Role.warehouse]
    await refunds.goods_inspected(tx, after_sale_id(sale), by, at, is_restocked=True)
    await _paid_back(tx, sale, at)


async def _paid_back(tx: Tx, sale: Sale, at: datetime) -> None:
    number = Number(WECHAT_PAY, f"R{after_sale_id(sale).hex}")
    await refunds.refund_succeeded(tx, number, at + timedelta(minutes=2))

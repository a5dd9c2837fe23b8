"""Many buyers place orders at once: each priced, held and written, or refused, in one transaction.

A fixed number of statements serves the whole batch (docs/decisions/0003-batch-first.md). One
refusal never spoils its neighbours. Lock order: order ids → stock by SKU id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.affiliates import attribution
from bofen.affiliates.rules import Attribution
from bofen.catalog import service as catalog
from bofen.catalog.rules import Sellable
from bofen.inventory import service as inventory
from bofen.inventory.rules import HoldAsked
from bofen.kit.db import Tx
from bofen.kit.errors import IdReused, NotFound, Refusal
from bofen.kit.money import Fen
from bofen.orders import placing
from bofen.orders.errors import DuplicateLine, NotSold, PriceChanged, TooManyOpenOrders
from bofen.orders.rules import (
    OPEN_ORDERS_MAX,
    DraftLine,
    DraftOrder,
    Recipient,
    new_order_no,
    source_of,
)
from bofen.pricing.rules import PricedLine, Quote, quote
from bofen.settings import service as settings


@dataclass(frozen=True)
class AskedSource:
    """Where the buyer came from, as the client says it. The server decides what it is worth."""

    share_token: str | None = None
    room_id: UUID | None = None
    pin_id: UUID | None = None
    media_time_ms: int | None = None


@dataclass(frozen=True)
class PlaceOrder:
    """One buyer's wish. `asked` is the fingerprint of the request as it came."""

    order_id: UUID
    buyer_id: UUID
    lines: tuple[tuple[UUID, int], ...]
    address_id: UUID
    remark: str
    total_fen: Fen
    source: AskedSource
    asked: str


@dataclass(frozen=True)
class PlacedOrder:
    order_id: UUID
    order_no: str
    total_fen: Fen
    is_new: bool


@dataclass(frozen=True)
class _OnAir:
    """What goes on in a room right now."""

    session_id: UUID
    host_affiliate_id: UUID | None
    pin_id: UUID | None


@dataclass(frozen=True)
class _Known:
    """Everything that was read for a batch; from here on the decisions are pure."""

    sellable: Mapping[UUID, Sellable]
    recipients: Mapping[tuple[UUID, UUID], Recipient]
    open_orders: Mapping[UUID, int]
    on_air: Mapping[UUID, _OnAir]
    attributions: Mapping[UUID, Attribution]


async def place_orders(
    tx: Tx, asked: Sequence[PlaceOrder], at: datetime
) -> list[PlacedOrder | Refusal]:
    """The answers, in the order of asking. First come, first served."""
    answers: dict[int, PlacedOrder | Refusal] = {}
    earlier = await _earlier(tx, [one.order_id for one in asked])
    fresh: dict[UUID, PlaceOrder] = {}
    repeats: list[int] = []
    for i, one in enumerate(asked):
        if one.order_id in earlier:
            answers[i] = _repeated(one, earlier[one.order_id])
        elif one.order_id in fresh:
            repeats.append(i)
        else:
            fresh[one.order_id] = one
    decided = await _place(tx, list(fresh.values()), at)
    for i, one in enumerate(asked):
        if i in repeats:
            first, answer = fresh[one.order_id], decided[one.order_id]
            is_same = (first.buyer_id, first.asked) == (one.buyer_id, one.asked)
            answers[i] = answer if is_same else IdReused(str(one.order_id))
        elif i not in answers:
            answers[i] = decided[one.order_id]
    return [answers[i] for i in range(len(asked))]


async def _place(
    tx: Tx, fresh: Sequence[PlaceOrder], at: datetime
) -> dict[UUID, PlacedOrder | Refusal]:
    decided: dict[UUID, PlacedOrder | Refusal] = {}
    known = await _read(tx, fresh, at)
    opened = dict(known.open_orders)
    drafts: list[DraftOrder] = []
    for one in fresh:
        draft = _draft(one, known, opened.get(one.buyer_id, 0), at)
        if isinstance(draft, Refusal):
            decided[one.order_id] = draft
        else:
            drafts.append(draft)
            opened[one.buyer_id] = opened.get(one.buyer_id, 0) + 1
    wanted = [
        HoldAsked(draft.id, tuple((line.sku_id, line.quantity) for line in draft.lines))
        for draft in drafts
    ]
    shortages = await inventory.hold(tx, wanted, at) if wanted else {}
    await placing.write(tx, [draft for draft in drafts if not shortages[draft.id]], at)
    for draft in drafts:
        decided[draft.id] = shortages[draft.id] or PlacedOrder(
            draft.id, draft.order_no, draft.total_fen, is_new=True
        )
    return decided


async def _earlier(tx: Tx, order_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Orders that exist already. Of two that place the same id at once, one waits here."""
    await tx.fetch(
        "SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) AS k",
        sorted({order_id.int % 2**63 for order_id in order_ids}),
    )
    rows = await tx.fetch(
        "SELECT id, buyer_id, asked, order_no, total_fen FROM orders_order"
        " WHERE id = ANY($1::uuid[])",
        list(order_ids),
    )
    return {row["id"]: row for row in rows}


def _repeated(one: PlaceOrder, earlier: dict[str, Any]) -> PlacedOrder | Refusal:
    if (earlier["buyer_id"], earlier["asked"]) != (one.buyer_id, one.asked):
        return IdReused(str(one.order_id))
    return PlacedOrder(one.order_id, earlier["order_no"], earlier["total_fen"], is_new=False)


async def _read(tx: Tx, fresh: Sequence[PlaceOrder], at: datetime) -> _Known:
    sellable = await catalog.sellable(tx, {sku_id for one in fresh for sku_id, _ in one.lines})
    on_air = await _on_air(tx, {one.source.room_id for one in fresh if one.source.room_id})
    binding = (await settings.in_force(tx, at)).binding
    asked = [
        attribution.AttributionAsked(
            one.order_id,
            one.buyer_id,
            one.source.share_token,
            here.host_affiliate_id
            if one.source.room_id and (here := on_air.get(one.source.room_id))
            else None,
            at,
        )
        for one in fresh
    ]
    return _Known(
        sellable,
        await _recipients(tx, fresh),
        await _open_orders(tx, {one.buyer_id for one in fresh}),
        on_air,
        await attribution.attribute(tx, asked, binding) if asked else {},
    )


async def _recipients(tx: Tx, fresh: Sequence[PlaceOrder]) -> dict[tuple[UUID, UUID], Recipient]:
    rows = await tx.fetch(
        "SELECT id, person_id, province, city, district, name_sealed, phone_sealed, detail_sealed"
        " FROM identity_address WHERE id = ANY($1::uuid[])",
        list({one.address_id for one in fresh}),
    )
    return {(row.pop("person_id"), row.pop("id")): Recipient(**row) for row in rows}


async def _open_orders(tx: Tx, buyer_ids: set[UUID]) -> dict[UUID, int]:
    rows = await tx.fetch(
        "SELECT buyer_id, count(*) AS n FROM orders_order"
        " WHERE buyer_id = ANY($1::uuid[]) AND status = 'placed' GROUP BY buyer_id",
        list(buyer_ids),
    )
    return {row["buyer_id"]: row["n"] for row in rows}


async def _on_air(tx: Tx, room_ids: set[UUID]) -> dict[UUID, _OnAir]:
    """The broadcast that runs in each room now; a room that is silent has none."""
    if not room_ids:
        return {}
    rows = await tx.fetch(
        "SELECT s.room_id, s.id AS session_id, r.host_affiliate_id, p.id AS pin_id"
        " FROM live_session s JOIN live_room r ON r.id = s.room_id"
        " LEFT JOIN live_pin p ON p.session_id = s.id AND p.ended_at IS NULL"
        " WHERE s.room_id = ANY($1::uuid[]) AND s.status IN ('live', 'interrupted')",
        list(room_ids),
    )
    return {row.pop("room_id"): _OnAir(**row) for row in rows}


def _draft(one: PlaceOrder, known: _Known, open_orders: int, at: datetime) -> DraftOrder | Refusal:
    """The order as it would be written, or why not. Stock is not asked here."""
    recipient = known.recipients.get((one.buyer_id, one.address_id))
    if recipient is None:
        return NotFound("address")
    if open_orders >= OPEN_ORDERS_MAX:
        return TooManyOpenOrders(OPEN_ORDERS_MAX)
    priced = price(one.lines, known.sellable)
    if isinstance(priced, Refusal):
        return priced
    if priced.total_fen != one.total_fen:
        return PriceChanged(priced.to_json())
    return _filled(one, priced, recipient, known, at)


def _filled(
    one: PlaceOrder, priced: Quote, recipient: Recipient, known: _Known, at: datetime
) -> DraftOrder:
    room_id = one.source.room_id if one.source.room_id in known.on_air else None
    here = known.on_air[room_id] if room_id else None
    earns = known.attributions[one.order_id]
    source, tags = source_of(
        is_in_room=here is not None, has_affiliate=earns.affiliate_id is not None
    )
    return DraftOrder(
        id=one.order_id,
        order_no=new_order_no(at),
        buyer_id=one.buyer_id,
        asked=one.asked,
        lines=_lines(priced, known.sellable),
        goods_fen=priced.goods_fen,
        discount_fen=priced.discount_fen,
        freight_fen=priced.freight_fen,
        total_fen=priced.total_fen,
        remark=one.remark,
        recipient=recipient,
        source=source,
        source_tags=tags,
        room_id=room_id,
        session_id=here.session_id if here else None,
        pin_id=here.pin_id if here else None,
        media_time_ms=one.source.media_time_ms if here else None,
        affiliate_id=earns.affiliate_id,
        attribution=earns.to_json(),
    )


def price(lines: Sequence[tuple[UUID, int]], sellable: Mapping[UUID, Sellable]) -> Quote | Refusal:
    """Today's quote for these SKUs; the client's prices are never asked."""
    seen: set[UUID] = set()
    for sku_id, _ in lines:
        if sku_id in seen:
            return DuplicateLine(sku_id)
        seen.add(sku_id)
        if sku_id not in sellable or not sellable[sku_id].is_listed:
            return NotSold(sku_id)
    return quote([PricedLine(sku_id, sellable[sku_id].price_fen, n) for sku_id, n in lines])


def _lines(priced: Quote, sellable: Mapping[UUID, Sellable]) -> tuple[DraftLine, ...]:
    return tuple(
        DraftLine(
            sku_id=line.sku_id,
            product_id=(sku := sellable[line.sku_id]).product_id,
            category_id=sku.category_id,
            title=sku.title,
            spec=sku.spec,
            picture_key=sku.picture_key,
            unit_fen=line.unit_fen,
            quantity=line.quantity,
            goods_fen=line.goods_fen,
            discount_fen=line.discount_fen,
            paid_fen=line.paid_fen,
            cost_fen=sku.cost_fen,
        )
        for line in priced.lines
    )

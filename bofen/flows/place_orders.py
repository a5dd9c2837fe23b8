"""Many buyers place orders at once: each priced, held and written, or refused, in one transaction.

A fixed number of statements serves the whole batch (docs/decisions/0003-batch-first.md). One
refusal never spoils its neighbours. Lock order: order ids → stock by SKU id.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from bofen.affiliates import attribution
from bofen.affiliates.rules import Attribution
from bofen.flows.fill_cart import chosen_before
from bofen.flows.moments import Broadcasts, Chosen, Claim, broadcasts
from bofen.flows.price_basket import Offers, offers, price
from bofen.identity import addresses
from bofen.identity.rules import Recipient
from bofen.inventory import service as inventory
from bofen.inventory.rules import HoldAsked
from bofen.kit.db import Tx
from bofen.kit.errors import IdReused, NotFound, Refusal
from bofen.kit.money import Fen
from bofen.kit.once import Request
from bofen.kit.once import earlier as other_than_before
from bofen.orders import placing
from bofen.orders.errors import PriceChanged, TooManyOpenOrders
from bofen.orders.placing import EarlierOrder
from bofen.orders.rules import DraftLine, DraftOrder, LineSource, TermsOfSale, source_of
from bofen.pricing.rules import Quote
from bofen.settings.rules import Trade


@dataclass(frozen=True)
class AskedSource(Claim):
    """Where the buyer came from, as the client says it. The server decides what it is worth."""

    share_token: str | None = None
    is_from_cart: bool = False
    """The lines are of his cart, which knows where each was chosen."""


Asked = tuple[tuple[UUID, int], ...]
"""What a buyer wants: SKUs with quantities."""


@dataclass(frozen=True)
class PlaceOrder:
    """One buyer's wish. `total_fen` is what he has seen."""

    order_id: UUID
    request: Request
    lines: Asked
    address_id: UUID
    remark: str
    total_fen: Fen
    source: AskedSource

    @property
    def buyer_id(self) -> UUID:
        """Whoever asks is who buys."""
        return self.request.by


@dataclass(frozen=True)
class PlacedOrder:
    """An order that is written. `is_new` False: it answers a repeat."""

    order_id: UUID
    order_no: str
    total_fen: Fen
    is_new: bool


@dataclass(frozen=True)
class _Known:
    """Everything that was read for a batch; from here on the decisions are pure."""

    offers: Offers
    recipients: Mapping[tuple[UUID, UUID], Recipient]
    open_orders: Mapping[UUID, int]
    chosen: Mapping[UUID, Mapping[UUID, Chosen]]
    """By order and SKU: in which broadcast, if in one."""
    whole: Mapping[UUID, Chosen]
    """By order, what stands for all of it."""
    attributions: Mapping[UUID, Attribution]
    baskets: dict[Asked, "_Basket | Refusal"] = field(default_factory=dict)

    def basket(self, asked: Asked) -> "_Basket | Refusal":
        """A crowd asks for the same things: each basket is priced once."""
        if asked not in self.baskets:
            self.baskets[asked] = _basket(asked, self.offers)
        return self.baskets[asked]


@dataclass(frozen=True)
class _Basket:
    quote: Quote
    lines: tuple[DraftLine, ...]


def _basket(asked: Asked, offered: Offers) -> _Basket | Refusal:
    quoted = price(asked, offered)
    return quoted if isinstance(quoted, Refusal) else _Basket(quoted, _lines(quoted, offered))


async def place_orders(
    tx: Tx, asked: Sequence[PlaceOrder], at: datetime
) -> list[PlacedOrder | Refusal]:
    """The answers, in the order of asking. First come, first served."""
    earlier = await placing.earlier(tx, [wish.order_id for wish in asked])
    first: dict[UUID, PlaceOrder] = {}
    for wish in asked:
        if wish.order_id not in earlier:
            first.setdefault(wish.order_id, wish)
    decided = await _place(tx, list(first.values()), at)
    return [
        _repeated(wish, earlier[wish.order_id])
        if wish.order_id in earlier
        else _same(wish, first[wish.order_id]) or decided[wish.order_id]
        for wish in asked
    ]


def _repeated(wish: PlaceOrder, earlier: EarlierOrder) -> PlacedOrder | Refusal:
    return other_than_before(wish.order_id, earlier.made, wish.request) or PlacedOrder(
        wish.order_id, earlier.order_no, earlier.total_fen, is_new=False
    )


def _same(wish: PlaceOrder, first: PlaceOrder) -> IdReused | None:
    """Two wishes of one batch under one id: a nervous thumb, or two different things."""
    return other_than_before(wish.order_id, first.request, wish.request)


async def _place(
    tx: Tx, fresh: Sequence[PlaceOrder], at: datetime
) -> dict[UUID, PlacedOrder | Refusal]:
    decided: dict[UUID, PlacedOrder | Refusal] = {}
    known = await _read(tx, fresh, at)
    opened = dict(known.open_orders)
    drafts: list[DraftOrder] = []
    for wish in fresh:
        draft = _draft(wish, known, opened.get(wish.buyer_id, 0), at)
        if isinstance(draft, Refusal):
            decided[wish.order_id] = draft
        else:
            drafts.append(draft)
            opened[wish.buyer_id] = opened.get(wish.buyer_id, 0) + 1
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


async def _read(tx: Tx, fresh: Sequence[PlaceOrder], at: datetime) -> _Known:
    """A statement or two of each room, however many wishes."""
    offered = await offers(tx, {sku_id for wish in fresh for sku_id, _ in wish.lines}, at)
    seen = await broadcasts(tx, [wish.source for wish in fresh])
    filling = {wish.buyer_id for wish in fresh if wish.source.is_from_cart}
    before = await chosen_before(tx, filling, offered.binding.share_days, at)
    chosen = {wish.order_id: _chosen(wish, seen, before, at) for wish in fresh}
    whole = {order_id: _whole(choices) for order_id, choices in chosen.items()}
    asked = [
        attribution.AttributionAsked(
            wish.order_id,
            wish.buyer_id,
            wish.source.share_token,
            whole[wish.order_id].host_affiliate_id,
            at,
        )
        for wish in fresh
    ]
    return _Known(
        offered,
        await addresses.recipients(tx, {wish.address_id for wish in fresh}),
        await placing.open_counts(tx, {wish.buyer_id for wish in fresh}),
        chosen,
        whole,
        await attribution.attribute(tx, asked, offered.binding) if asked else {},
    )


def _chosen(
    wish: PlaceOrder, seen: Broadcasts, before: Mapping[tuple[UUID, UUID], Chosen], at: datetime
) -> dict[UUID, Chosen]:
    """Where each SKU was chosen: where the buyer is now, or where he put it in his cart."""
    here = seen.chosen(wish.source, at)
    if not wish.source.is_from_cart:
        return {sku_id: here for sku_id, _ in wish.lines}
    return {sku_id: before.get((wish.buyer_id, sku_id), here) for sku_id, _ in wish.lines}


def _whole(chosen: Mapping[UUID, Chosen]) -> Chosen:
    """What stands for the whole order: the newest choice in a broadcast, live before replay."""
    in_broadcasts = [choice for choice in chosen.values() if choice.broadcast]
    return max(in_broadcasts, key=lambda choice: choice.weight, default=Chosen())


def _draft(wish: PlaceOrder, known: _Known, open_orders: int, at: datetime) -> DraftOrder | Refusal:
    """The order as it would be written, or why not. Stock is not asked here."""
    recipient = known.recipients.get((wish.buyer_id, wish.address_id))
    if recipient is None:
        return NotFound("address")
    open_max = known.offers.trade.open_orders_max
    if open_orders >= open_max:
        return TooManyOpenOrders(open_max)
    basket = known.basket(wish.lines)
    if isinstance(basket, Refusal):
        return basket
    if basket.quote.total_fen != wish.total_fen:
        return PriceChanged(basket.quote.to_json())
    return _filled(wish, basket, recipient, known, at)


def _filled(
    wish: PlaceOrder, basket: _Basket, recipient: Recipient, known: _Known, at: datetime
) -> DraftOrder:
    quoted = basket.quote
    earns = known.attributions[wish.order_id]
    chosen = known.chosen[wish.order_id]
    whole = known.whole[wish.order_id]
    has_affiliate = earns.affiliate_id is not None
    source, tags = source_of(whole.broadcast, has_affiliate=has_affiliate)
    return DraftOrder(
        id=wish.order_id,
        order_no=placing.new_order_no(at),
        buyer_id=wish.buyer_id,
        asked=wish.request.asked,
        lines=basket.lines,
        line_sources=tuple(
            _line_source(chosen[line.sku_id], has_affiliate=has_affiliate) for line in basket.lines
        ),
        goods_fen=quoted.goods_fen,
        discount_fen=quoted.discount_fen,
        freight_fen=quoted.freight_fen,
        total_fen=quoted.total_fen,
        remark=wish.remark,
        recipient=recipient,
        terms=_terms(known.offers.trade, at),
        source=source,
        source_tags=tags,
        moment=whole.moment,
        affiliate_id=earns.affiliate_id,
        attribution=earns.to_json(),
    )


def _terms(trade: Trade, at: datetime) -> TermsOfSale:
    return TermsOfSale(
        pay_by=at + timedelta(minutes=trade.pay_within_min),
        after_sale_days=trade.after_sale_days,
        confirm_after_shipped_days=trade.confirm_after_shipped_days,
        confirm_after_signed_days=trade.confirm_after_signed_days,
    )


def _lines(priced: Quote, offered: Offers) -> tuple[DraftLine, ...]:
    return tuple(
        DraftLine(
            sku_id=line.sku_id,
            product_id=(sku := offered.sellable[line.sku_id]).product_id,
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


def _line_source(chosen: Chosen, *, has_affiliate: bool) -> LineSource:
    source, _ = source_of(chosen.broadcast, has_affiliate=has_affiliate)
    return LineSource(source, chosen.moment)

"""What a basket costs now: the same answer, and the same refusals, for a quote and for an order."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.catalog import service as catalog
from bofen.catalog.rules import Sellable
from bofen.kit.db import Tx
from bofen.kit.errors import Refusal
from bofen.kit.money import FEN_MAX
from bofen.orders.errors import BasketTooDear, DuplicateLine, NotSold
from bofen.pricing.rules import FreightRule, PricedLine, Quote, quote
from bofen.settings import service as settings
from bofen.settings.rules import Binding, Trade


@dataclass(frozen=True)
class Offers:
    """What the shop offers at one moment, read once for a batch: SKUs, terms, who earns."""

    sellable: Mapping[UUID, Sellable]
    trade: Trade
    binding: Binding


async def offers(tx: Tx, sku_ids: Collection[UUID], at: datetime) -> Offers:
    """Two statements, however many SKUs."""
    decided = await settings.in_force(tx, at)
    return Offers(await catalog.sellable(tx, sku_ids), decided.trade, decided.binding)


def price(lines: Sequence[tuple[UUID, int]], offered: Offers) -> Quote | Refusal:
    """Today's quote for these (SKU, quantity) pairs; the client's prices are never asked."""
    seen: set[UUID] = set()
    for sku_id, _ in lines:
        if sku_id in seen:
            return DuplicateLine(sku_id)
        seen.add(sku_id)
        if sku_id not in offered.sellable or not offered.sellable[sku_id].is_listed:
            return NotSold(sku_id)
    freight = FreightRule(offered.trade.freight_fen, offered.trade.freight_free_from_fen)
    priced = [PricedLine(sku_id, offered.sellable[sku_id].price_fen, n) for sku_id, n in lines]
    quoted = quote(priced, freight)
    return quoted if quoted.total_fen <= FEN_MAX else BasketTooDear(FEN_MAX)

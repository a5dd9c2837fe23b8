"""What a basket costs: unit price → threshold → coupon → points → freight, exact to the fen.

Each step apportions over the lines by largest remainder. Today's shop has no promotion running, so
`discount_fen` is what the steps between price and freight took off together.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from bofen.kit.money import Fen, apportion


@dataclass(frozen=True)
class PricedLine:
    sku_id: UUID
    unit_fen: Fen
    quantity: int


@dataclass(frozen=True)
class FreightRule:
    """A flat fee, waived from `free_from_fen` of goods after discounts."""

    fee_fen: Fen = Fen(800)
    free_from_fen: Fen = Fen(9_900)


@dataclass(frozen=True)
class QuotedLine:
    """`paid_fen` is what the buyer pays for the line: the base of refunds and commissions."""

    sku_id: UUID
    unit_fen: Fen
    quantity: int
    goods_fen: Fen
    discount_fen: Fen
    paid_fen: Fen


@dataclass(frozen=True)
class Quote:
    lines: tuple[QuotedLine, ...]
    goods_fen: Fen
    discount_fen: Fen
    freight_fen: Fen
    total_fen: Fen

    def to_json(self) -> dict[str, Any]:
        """Plain values, ids as strings."""
        plain = asdict(self)
        plain["lines"] = [line | {"sku_id": str(line["sku_id"])} for line in plain["lines"]]
        return plain


FREIGHT = FreightRule()


def quote(
    lines: Sequence[PricedLine], discount_fen: Fen = Fen(0), freight: FreightRule = FREIGHT
) -> Quote:
    """Prices a basket. A discount is shared by the lines and never exceeds the goods."""
    goods = [line.unit_fen * line.quantity for line in lines]
    goods_fen = Fen(sum(goods))
    discount_fen = min(discount_fen, goods_fen)
    shares = apportion(discount_fen, goods) if discount_fen else [Fen(0)] * len(goods)
    freight_fen = _freight(Fen(goods_fen - discount_fen), freight)
    quoted = tuple(
        QuotedLine(line.sku_id, line.unit_fen, line.quantity, Fen(amount), part, Fen(amount - part))
        for line, amount, part in zip(lines, goods, shares, strict=True)
    )
    total_fen = Fen(goods_fen - discount_fen + freight_fen)
    return Quote(quoted, goods_fen, discount_fen, freight_fen, total_fen)


def _freight(paid_for_goods: Fen, rule: FreightRule) -> Fen:
    return Fen(0) if paid_for_goods >= rule.free_from_fen else rule.fee_fen

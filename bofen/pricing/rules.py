"""What a basket costs: unit prices, then freight. Exact to the fen, whatever the quantities."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from bofen.kit.money import Fen


@dataclass(frozen=True)
class PricedLine:
    """A SKU at today's price of one piece."""

    sku_id: UUID
    unit_fen: Fen
    quantity: int


@dataclass(frozen=True)
class FreightRule:
    """A flat fee, waived from `free_from_fen` of goods; from 0 everything ships free."""

    fee_fen: Fen
    free_from_fen: Fen

    def of(self, goods_fen: Fen) -> Fen:
        """The freight of a basket whose goods cost this much."""
        return Fen(0) if goods_fen >= self.free_from_fen else self.fee_fen


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
    """`total_fen` = goods - discount + freight. The shop runs no promotion: the discount is 0."""

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


def quote(lines: Sequence[PricedLine], freight: FreightRule) -> Quote:
    """Prices a basket."""
    quoted = tuple(_quoted(line) for line in lines)
    goods_fen = Fen(sum(line.goods_fen for line in quoted))
    freight_fen = freight.of(goods_fen)
    return Quote(quoted, goods_fen, Fen(0), freight_fen, Fen(goods_fen + freight_fen))


def _quoted(line: PricedLine) -> QuotedLine:
    goods_fen = Fen(line.unit_fen * line.quantity)
    return QuotedLine(line.sku_id, line.unit_fen, line.quantity, goods_fen, Fen(0), goods_fen)

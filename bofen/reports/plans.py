"""The rates of a commission plan with the names of what they are for."""

from dataclasses import dataclass

from bofen.affiliates.rates import RateKind
from bofen.kit.db import Tx
from bofen.kit.money import BasisPoints


@dataclass(frozen=True)
class NamedRate:
    """One rate; `name` is the tier's, the category's or the product's, empty when that is gone."""

    kind: RateKind
    subject_id: str
    name: str
    rate_bp: BasisPoints


_RATES = """
SELECT rate.kind, rate.subject_id, rate.rate_bp,
  coalesce(tier.name, category.name, product.title, '') AS name
FROM affiliates_plan_rate rate
LEFT JOIN affiliates_tier tier ON rate.kind = 'tier' AND tier.code = rate.subject_id
LEFT JOIN catalog_category category
  ON category.id = CASE WHEN rate.kind = 'category' THEN rate.subject_id::uuid END
LEFT JOIN catalog_product product
  ON product.id = CASE WHEN rate.kind = 'product' THEN rate.subject_id::uuid END
WHERE rate.version = $1
ORDER BY rate.kind DESC, tier.position, name, rate.subject_id
"""


async def rates(tx: Tx, version: int) -> list[NamedRate]:
    """Every rate of one version: tiers, then products, then categories."""
    return await tx.rows(NamedRate, _RATES, version)

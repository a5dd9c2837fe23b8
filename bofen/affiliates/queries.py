"""Reading affiliates: the plan in force, who somebody is, what he earned."""

import json
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.affiliates.rules import Terms
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.money import BasisPoints
from bofen.kit.paging import Page, page_of, read_cursor, read_id, read_time


def loaded(value: Any) -> Any:
    """JSON from a raw statement, whether or not the driver has read it already."""
    return json.loads(value) if isinstance(value, str) else value


async def newest_terms(tx: Tx) -> Terms:
    """The commission plan in force; the defaults, as version 0, until somebody changes them."""
    rows = await tx.fetch(
        "SELECT version, terms FROM affiliates_terms ORDER BY version DESC LIMIT 1"
    )
    return Terms.from_json(rows[0]["version"], loaded(rows[0]["terms"])) if rows else Terms()


@dataclass(frozen=True)
class AffiliateRow:
    """An affiliate without anything sealed."""

    id: UUID
    person_id: UUID
    status: str
    tier: str
    rate_bp: BasisPoints | None
    real_name_masked: str
    introduction: str
    agreement_version: str
    agreed_at: datetime
    applied_at: datetime
    decided_at: datetime | None
    decision_reason: str | None


_COLUMNS = ", ".join(field.name for field in fields(AffiliateRow))


async def of_person(tx: Tx, person_id: UUID) -> AffiliateRow | None:
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM affiliates_affiliate WHERE person_id = $1",  # noqa: S608
        person_id,
    )
    return AffiliateRow(**rows[0]) if rows else None


async def one(tx: Tx, affiliate_id: UUID) -> AffiliateRow:
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM affiliates_affiliate WHERE id = $1",  # noqa: S608
        affiliate_id,
    )
    if not rows:
        raise NotFound("affiliate")
    return AffiliateRow(**rows[0])


async def listed(tx: Tx, status: str | None, limit: int, cursor: str | None) -> Page[AffiliateRow]:
    """Newest applications first."""
    before_at, before_id = read_cursor(cursor, read_time, read_id) if cursor else (None, None)
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM affiliates_affiliate"  # noqa: S608
        " WHERE ($1::text IS NULL OR status = $1) AND ($2::timestamptz IS NULL"
        "  OR (applied_at, id) < ($2::timestamptz, $3::uuid))"
        " ORDER BY applied_at DESC, id DESC LIMIT $4",
        status,
        before_at,
        before_id,
        limit + 1,
    )
    return page_of(
        [AffiliateRow(**row) for row in rows], limit, lambda row: (row.applied_at, row.id)
    )


async def effective_rate_bp(tx: Tx, affiliate: AffiliateRow) -> BasisPoints:
    """The rate of a product that has none of its own."""
    terms = await newest_terms(tx)
    own = affiliate.rate_bp
    return own if own is not None else terms.tiers_bp.get(affiliate.tier, terms.shop_bp)


async def masked_names(tx: Tx, affiliate_ids: Collection[UUID]) -> dict[UUID, str]:
    rows = await tx.fetch(
        "SELECT id, real_name_masked FROM affiliates_affiliate WHERE id = ANY($1::uuid[])",
        list(affiliate_ids),
    )
    return {row["id"]: row["real_name_masked"] for row in rows}

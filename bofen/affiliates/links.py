"""Share links: a short random token that stands for (affiliate, target, campaign)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bofen.affiliates.rules import TargetKind
from bofen.kit.db import Tx
from bofen.kit.ids import short_token
from bofen.kit.paging import Page, page_of, read_cursor, read_text, read_time


@dataclass(frozen=True)
class Target:
    """What is shared; the shop itself has no id."""

    kind: TargetKind
    id: str = ""


@dataclass(frozen=True)
class Link:
    """A share link, and how often it was opened."""

    token: str
    affiliate_id: UUID
    target: Target
    campaign: str
    created_at: datetime
    clicks: int = 0


def _link(row: Mapping[str, Any]) -> Link:
    return Link(
        row["token"],
        row["affiliate_id"],
        Target(TargetKind(row["target_kind"]), row["target_id"]),
        row["campaign"],
        row["created_at"],
        row.get("clicks", 0),
    )


async def make(tx: Tx, affiliate_id: UUID, target: Target, campaign: str, at: datetime) -> Link:
    """The affiliate's link to this target under this campaign; asked again, the same one."""
    while True:
        await tx.fetch(
            "INSERT INTO affiliates_link"
            " (token, affiliate_id, target_kind, target_id, campaign, created_at)"
            " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
            short_token(),
            affiliate_id,
            target.kind,
            target.id,
            campaign,
            at,
        )
        rows = await tx.fetch(
            "SELECT token, affiliate_id, target_kind, target_id, campaign, created_at"
            " FROM affiliates_link WHERE affiliate_id = $1 AND target_kind = $2"
            " AND target_id = $3 AND campaign = $4",
            affiliate_id,
            target.kind,
            target.id,
            campaign,
        )
        if rows:  # None only when the random token belonged to another link
            return _link(rows[0])


async def of_token(tx: Tx, token: str) -> tuple[Link, UUID] | None:
    """The link, and the person of its affiliate."""
    rows = await tx.fetch(
        "SELECT token, affiliate_id, target_kind, target_id, campaign, created_at, person_id"
        " FROM affiliates_link link"
        " JOIN affiliates_affiliate affiliate ON affiliate.id = link.affiliate_id"
        " WHERE token = $1",
        token,
    )
    return (_link(rows[0]), rows[0]["person_id"]) if rows else None


async def count_opening(tx: Tx, token: str, on: date) -> None:
    """One more opening on this day of the shop's calendar."""
    await tx.fetch(
        'INSERT INTO affiliates_link_day (token, "on", clicks) VALUES ($1, $2, 1)'
        ' ON CONFLICT (token, "on") DO UPDATE SET clicks = affiliates_link_day.clicks + 1',
        token,
        on,
    )


async def clicks_on(tx: Tx, affiliate_id: UUID, on: date) -> int:
    """Openings of all links of one affiliate on one day."""
    rows = await tx.fetch(
        "SELECT coalesce(sum(day.clicks), 0)::bigint AS clicks FROM affiliates_link link"
        ' JOIN affiliates_link_day day ON day.token = link.token AND day."on" = $2'
        " WHERE link.affiliate_id = $1",
        affiliate_id,
        on,
    )
    return int(rows[0]["clicks"])


async def of_affiliate(tx: Tx, affiliate_id: UUID, limit: int, cursor: str | None) -> Page[Link]:
    """Newest first, with how often each was opened."""
    before_at, before_token = read_cursor(cursor, read_time, read_text) if cursor else (None, None)
    rows = await tx.fetch(
        "SELECT token, affiliate_id, target_kind, target_id, campaign, created_at, ("
        "  SELECT coalesce(sum(clicks), 0)::bigint FROM affiliates_link_day day"
        "  WHERE day.token = link.token) AS clicks"
        " FROM affiliates_link link WHERE affiliate_id = $1 AND ($2::timestamptz IS NULL"
        "  OR (created_at, token) < ($2::timestamptz, $3::text))"
        " ORDER BY created_at DESC, token DESC LIMIT $4",
        affiliate_id,
        before_at,
        before_token,
        limit + 1,
    )
    return page_of([_link(row) for row in rows], limit, lambda link: (link.created_at, link.token))

"""What staff did that somebody may ask about later: written by the verb that does it, read here."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from bofen.identity.rules import StaffMember
from bofen.kit.db import Tx, plain
from bofen.kit.ids import new_id
from bofen.kit.paging import Page, page_of, read_cursor, read_id


class Deed(StrEnum):
    """Every kind of thing that is written down. The console has a word for each."""

    signed_in = "signed_in"
    staff_hired = "staff_hired"
    staff_changed = "staff_changed"
    staff_linked = "staff_linked"
    password_changed = "password_changed"  # noqa: S105 - the name of a deed
    settings_changed = "settings_changed"
    product_added = "product_added"
    product_changed = "product_changed"
    product_listed = "product_listed"
    product_delisted = "product_delisted"
    products_changed = "products_changed"
    products_put_back = "products_put_back"
    category_written = "category_written"
    category_removed = "category_removed"
    stock_received = "stock_received"
    stock_written_off = "stock_written_off"
    stock_taken = "stock_taken"
    stock_take_begun = "stock_take_begun"
    stock_take_confirmed = "stock_take_confirmed"
    stock_take_cancelled = "stock_take_cancelled"
    stock_limit_changed = "stock_limit_changed"
    order_accepted = "order_accepted"
    order_address_revealed = "order_address_revealed"
    parcel_sent = "parcel_sent"
    tracking_corrected = "tracking_corrected"
    after_sale_approved = "after_sale_approved"
    after_sale_refused = "after_sale_refused"
    goods_inspected = "goods_inspected"
    refund_sent_again = "refund_sent_again"
    refund_settlement_asked = "refund_settlement_asked"
    refund_settled_by_hand = "refund_settled_by_hand"
    affiliate_decided = "affiliate_decided"
    affiliate_promoted = "affiliate_promoted"
    tier_written = "tier_written"
    tier_removed = "tier_removed"
    plan_changed = "plan_changed"
    debt_written_off = "debt_written_off"
    withdrawal_approved = "withdrawal_approved"
    withdrawal_refused = "withdrawal_refused"
    room_opened = "room_opened"
    room_changed = "room_changed"
    session_scheduled = "session_scheduled"
    push_key_issued = "push_key_issued"
    session_ended = "session_ended"
    product_pinned = "product_pinned"
    product_unpinned = "product_unpinned"
    shelf_arranged = "shelf_arranged"
    message_retracted = "message_retracted"
    message_approved = "message_approved"
    message_refused = "message_refused"
    person_muted = "person_muted"
    person_unmuted = "person_unmuted"
    job_run_again = "job_run_again"
    job_dropped = "job_dropped"


async def record(
    tx: Tx, by: StaffMember, deed: Deed, subject: str, at: datetime, **facts: Any
) -> None:
    """Write one deed down, in the transaction that does it.

    `subject` names the thing, as `order:<id>`. `facts` never hold secrets or a person's data.
    """
    await record_each(tx, by, deed, {subject: facts}, at)


async def record_each(
    tx: Tx, by: StaffMember, deed: Deed, facts: Mapping[str, Mapping[str, Any]], at: datetime
) -> None:
    """The same deed done to many things at once, with the facts of each subject."""
    await tx.fetch(
        "INSERT INTO identity_audit (id, staff_id, action, subject, facts, at)"
        " SELECT id, $2::uuid, $3::text, subject, facts::jsonb, $6::timestamptz"
        " FROM unnest($1::uuid[], $4::text[], $5::text[]) AS done (id, subject, facts)",
        [new_id() for _ in facts],
        by.id,
        deed.value,
        list(facts),
        [json.dumps(each, ensure_ascii=False, default=plain) for each in facts.values()],
        at,
    )


@dataclass(frozen=True)
class Recorded:
    """One deed, with the name of who did it."""

    id: UUID
    by_name: str
    deed: Deed
    subject: str
    facts: dict[str, Any]
    at: datetime


async def page(
    tx: Tx, *, subject: str | None, staff_id: UUID | None, limit: int, cursor: str | None
) -> Page[Recorded]:
    """Newest first; of one subject or one member of staff where that is asked."""
    (before,) = read_cursor(cursor, read_id) if cursor else (UUID(int=2**128 - 1),)
    rows = await tx.rows(
        Recorded,
        "SELECT a.id, s.name AS by_name, a.action AS deed, a.subject, a.facts, a.at"
        " FROM identity_audit a JOIN identity_staff s ON s.id = a.staff_id"
        " WHERE a.id < $1 AND ($2::text IS NULL OR a.subject = $2)"
        " AND ($3::uuid IS NULL OR a.staff_id = $3) ORDER BY a.id DESC LIMIT $4",
        before,
        subject,
        staff_id,
        limit + 1,
    )
    return page_of(rows, limit, lambda row: (row.id,))

"""What is kept for a time only goes when its time is over, and nothing else does."""

import json
from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

import pytest

from bofen.flows import forget as flow
from bofen.flows.forget import forget
from bofen.kit.db import Database
from bofen.kit.ids import new_id
from bofen.settings.rules import Settings
from tests.conftest import NOON
from tests.flows.affiliates_given import services
from tests.given import a_clerk

ROWS: Mapping[str, tuple[str, timedelta]] = {
    "identity_session": (
        (
            "INSERT INTO identity_session (token_hash, created_at, expires_at, staff_id)"
            " VALUES (uuid_send($1::uuid), $2, $2, $3)"
        ),
        flow.SESSIONS_KEPT,
    ),
    "identity_phone_code": (
        (
            "INSERT INTO identity_phone_code (phone_index, code_hash, sent_at, expires_at, tries)"
            " SELECT uuid_send($1::uuid), '', $2, $2, 0 WHERE $3::uuid IS NOT NULL"
        ),
        flow.CODES_KEPT,
    ),
    "identity_audit": (
        (
            "INSERT INTO identity_audit (id, at, staff_id, action, subject, facts)"
            " VALUES ($1, $2, $3, '', '', '{}')"
        ),
        flow.DEEDS_KEPT,
    ),
    "affiliates_click": (
        (
            "INSERT INTO affiliates_click (buyer_id, token, affiliate_id, outcome, at)"
            " VALUES ($1, '', $3, 'bound', $2)"
        ),
        timedelta(days=Settings().binding.clicks_kept_days),
    ),
    "live_message": (
        (
            "INSERT INTO live_message (id, room_id, person_id, client_id, nickname, text, status,"
            " at) SELECT $1, id, $3, gen_random_uuid(), '', '', 'shown', $2 FROM live_room"
        ),
        timedelta(days=Settings().live.messages_kept_days),
    ),
    "live_notice": (
        (
            "INSERT INTO live_notice (id, session_id, push_id, code, at, value)"
            " SELECT $1, id, $1::uuid::text, $3::uuid::text, $2, 0 FROM live_session"
        ),
        flow.PUSH_NOTICES_KEPT,
    ),
    "payments_notice": (
        (
            "INSERT INTO payments_notice (provider, id, event_type, at)"
            " SELECT 'p', $1::uuid::text, '', $2 WHERE $3::uuid IS NOT NULL"
        ),
        flow.PAYMENT_NOTICES_KEPT,
    ),
    "pgqueuer_log": (
        (
            "INSERT INTO pgqueuer_log (created, job_id, status, priority, entrypoint)"
            " SELECT $2, abs(hashtext($1::uuid::text)), 'successful', 0, $3::uuid::text"
        ),
        flow.JOB_HISTORY_KEPT,
    ),
}
SECOND = timedelta(seconds=1)


async def _count(db: Database, table: str) -> int:
    async with db.transaction() as tx:
        return int((await tx.fetch(f"SELECT count(*) AS n FROM {table}"))[0]["n"])  # noqa: S608


@pytest.mark.parametrize("table", ROWS)
async def test_each_kind_is_kept_for_its_term_and_goes_in_small_batches(
    own: Database, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    monkeypatch.setattr(flow, "BATCH", 2)
    insert, kept = ROWS[table]
    async with own.transaction() as tx:
        by = await a_clerk(tx)
        await tx.fetch(
            "INSERT INTO live_room (id, title, host_name, created_at, epoch, seq, likes, viewers,"
            " slow_mode_s) VALUES ($1, '', '', $2, 1, 0, 0, 0, 0)",
            *(uuid4(), NOON),
        )
        await tx.fetch(
            "INSERT INTO live_session (id, room_id, title, scheduled_at, provider, stream_name,"
            " status) SELECT id, id, '', $1, '', '', 'ended' FROM live_room",
            NOON,
        )
        ids = sorted(new_id() for _ in range(8))  # In life older rows have smaller ones.
        for n, row_id in enumerate(ids):
            at = NOON - kept - max(5 - n, 0) * SECOND
            await tx.fetch(insert, row_id, at, by.id)
    before = await _count(own, table)

    gone = await forget(services(own), NOON)

    assert (gone, await _count(own, table)) == (5, before - 5)
    assert await forget(services(own), NOON) == 0


async def test_the_reason_of_a_held_job_is_kept_as_long_as_the_job(own: Database) -> None:
    old = NOON - 2 * flow.JOB_HISTORY_KEPT
    async with own.transaction() as tx:
        job = await tx.fetch(
            "INSERT INTO pgqueuer (priority, created, updated, heartbeat, execute_after, status,"
            " entrypoint) VALUES (0, $1, $1, $1, $1, 'failed', 'x') RETURNING id",
            old,
        )
        await tx.fetch(
            "INSERT INTO pgqueuer_log (created, job_id, status, priority, entrypoint)"
            " VALUES ($1, $2, 'exception', 0, 'x')",
            *(old, job[0]["id"]),
        )

    assert await forget(services(own), NOON) == 0
    async with own.transaction() as tx:
        await tx.fetch("DELETE FROM pgqueuer")
    assert await forget(services(own), NOON) >= 1


async def test_of_a_parcel_signed_long_ago_only_the_last_word_stays(
    own: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "BATCH", 2)
    kept = timedelta(days=Settings().trade.traces_kept_days)
    way = [{"at": "2026-06-01T04:00:00+00:00", "status": "signed", "text": x} for x in "三二一"]
    signed = [NOON - kept - SECOND] * 3 + [NOON - kept + SECOND, None]
    async with own.transaction() as tx:
        for at in signed:
            await tx.fetch(
                "INSERT INTO shipping_shipment (id, order_id, carrier, tracking_no, lines, salt,"
                " phone_tail_sealed, staff_id, shipped_at, polled_at, status, traces, signed_at)"
                " VALUES ($1, $1, 'yunda', $1::uuid::text, '[]', '', '', $1, $2, $2, 'signed',"
                " $3::jsonb, $4)",
                *(new_id(), NOON, json.dumps(way), at),
            )

    assert await forget(services(own), NOON) == 3
    assert await forget(services(own), NOON) == 0

    async with own.transaction() as tx:
        rows = await tx.fetch("SELECT traces FROM shipping_shipment ORDER BY signed_at NULLS LAST")
    assert [row["traces"] for row in rows] == [way[:1]] * 3 + [way] * 2

"""Balances and statements read from a closing say what all entries say."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

import pytest

from bofen.flows.close_ledger import close_ledger
from bofen.kit.db import Database
from bofen.kit.ids import new_id
from bofen.kit.money import Fen
from bofen.ledger import closing, queries, service
from bofen.ledger.queries import StatementLine
from bofen.ledger.rules import Account, Balances, Reason, Transfer
from bofen.reports.verify import verify
from tests.conftest import NOON
from tests.flows.affiliates_given import services

A = Account
STEPS: Mapping[Reason, tuple[Account, Account]] = {
    Reason.accrued: (A.commission_expense, A.commission_pending),
    Reason.released: (A.commission_pending, A.commission_payable),
    Reason.withdrawal_held: (A.commission_payable, A.withdrawal_in_transit),
    Reason.withdrawal_paid: (A.withdrawal_in_transit, A.paid_out),
}


async def post(db: Database, owner_id: UUID, reason: Reason, amount_fen: int) -> None:
    moved = Transfer(reason, str(new_id()), new_id(), owner_id, *STEPS[reason], Fen(amount_fen))
    async with db.transaction() as tx:
        await service.post(tx, [moved], NOON)


async def history(db: Database, owner_id: UUID, rounds: int) -> None:
    for n in range(1, rounds + 1):
        for reason, amount in zip(STEPS, (100 * n, 60 * n, 50 * n, 50 * n), strict=True):
            await post(db, owner_id, reason, amount)


async def balance(db: Database, owner_id: UUID) -> Balances:
    async with db.reading() as tx:
        return (await queries.balances(tx, [owner_id]))[owner_id]


async def lines(db: Database, owner_id: UUID, limit: int) -> list[StatementLine]:
    found: list[StatementLine] = []
    cursor = None
    while True:
        async with db.reading() as tx:
            page = await queries.statement(tx, owner_id, limit, cursor)
        found += page.items
        cursor = page.next
        if cursor is None:
            return found


async def test_each_line_has_the_balances_after_it_whatever_the_page_and_the_closing(
    own: Database,
) -> None:
    owner_id = new_id()
    await history(own, owner_id, 3)
    await close_ledger(services(own), NOON)
    await history(own, owner_id, 2)

    whole = await lines(own, owner_id, 50)

    assert [line.reason for line in reversed(whole)] == [*STEPS] * 5
    available = expected = 0
    for line in reversed(whole):
        n = abs(line.amount_fen)
        expected += {Reason.accrued: n, Reason.released: -n}.get(line.reason, 0)
        available += {Reason.released: n, Reason.withdrawal_held: -n}.get(line.reason, 0)
        assert (line.available_after_fen, line.expected_after_fen) == (available, expected)
    for limit in (1, 3, 7):
        assert await lines(own, owner_id, limit) == whole


async def test_transfers_written_at_once_are_each_shown_once(own: Database) -> None:
    """Their entries' numbers mix: one transfer's lower half stands below another's."""
    owner_id = new_id()
    async with own.transaction() as tx:
        for (source, account, amount), _ in zip(
            [("a", A.commission_expense, -5), ("b", A.commission_expense, -7),
             ("a", A.commission_pending, 5), ("b", A.commission_pending, 7)],
            range(4), strict=True,
        ):  # fmt: skip
            await tx.fetch("SET LOCAL session_replication_role = replica")
            await tx.fetch(
                "INSERT INTO ledger_entry (reason, source, subject_id, owner_id, account,"
                " amount_fen, at) VALUES ('accrued', $1, $2, $3, $4, $5, $6)",
                *(source, new_id(), owner_id, account.value, amount, NOON),
            )

    for limit in (1, 2, 5):
        seen = [
            (each.amount_fen, each.expected_after_fen) for each in await lines(own, owner_id, limit)
        ]
        assert seen == [(7, 12), (5, 5)]


async def test_closing_changes_no_balance_and_a_repeat_adds_nothing(own: Database) -> None:
    owners = [new_id() for _ in range(3)]
    for owner_id in owners:
        await history(own, owner_id, 2)
    before = [await balance(own, owner_id) for owner_id in owners]

    for _ in range(2):
        assert await close_ledger(services(own), NOON)
    async with own.transaction() as tx:
        until = await closing.whole_until(tx)
    await asyncio.gather(*(_close(own, until) for _ in range(4)))

    assert [await balance(own, owner_id) for owner_id in owners] == before
    await post(own, owners[0], Reason.accrued, 9)
    assert (await balance(own, owners[0])).pending_fen == before[0].pending_fen + 9
    assert await _broken(own) == []


async def _close(db: Database, until: int) -> None:
    async with db.transaction() as tx:
        await closing.close(tx, until, NOON)


async def _broken(db: Database) -> list[str]:
    async with db.reading() as tx:
        return [one.promise for one in await verify(tx) if "closing" in one.promise]


@pytest.mark.parametrize("is_guarded", [True, False])
async def test_a_closing_waits_for_smaller_numbers_that_are_still_being_written(
    own: Database, is_guarded: bool
) -> None:
    """The control takes the largest number there is, and loses what is committed after it."""
    owner_id = new_id()
    moved = [
        Transfer(Reason.accrued, s, new_id(), owner_id, *STEPS[Reason.accrued], Fen(5))
        for s in "ab"
    ]
    async with own.transaction() as tx:
        await service.post(tx, moved[:1], NOON)
        async with own.transaction() as other:
            await service.post(other, moved[1:], NOON)
        if is_guarded:
            assert not await close_ledger(services(own), NOON)
        else:
            async with own.transaction() as hasty:
                rows = await hasty.fetch("SELECT max(id) AS id FROM ledger_entry")
                await closing.close(hasty, rows[0]["id"], NOON)

    assert await close_ledger(services(own), NOON)
    assert (await balance(own, owner_id)).pending_fen == (10 if is_guarded else 5)
    assert bool(await _broken(own)) is not is_guarded


async def test_verify_finds_a_closing_that_lies(own: Database) -> None:
    await history(own, new_id(), 1)
    await close_ledger(services(own), NOON)
    async with own.transaction() as tx:
        await tx.fetch("UPDATE ledger_closing SET amount_fen = amount_fen + 1")

    assert await _broken(own) != []

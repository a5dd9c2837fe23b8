"""Debts: commission that was paid out and then taken back, and what the owner gives up of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.affiliates.errors import DebtChanged
from bofen.affiliates.models import Affiliate, WriteOff
from bofen.affiliates.settlements import in_turn
from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit import once
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.money import Fen
from bofen.kit.once import Request, fingerprint
from bofen.ledger import queries as balances
from bofen.ledger import service as ledger
from bofen.ledger.rules import Account, Reason, Transfer


@dataclass(frozen=True)
class WriteOffAsked:
    """A debt that shall not be worked off. `id` is the client's, `amount_fen` the whole debt."""

    id: UUID
    affiliate_id: UUID
    amount_fen: Fen
    reason: str


async def write_off(tx: Tx, asked: WriteOffAsked, by: StaffMember, at: datetime) -> None:
    """The shop bears the debt: what is available rises to nothing, and he may withdraw again.

    Written once, however often asked. Raises `DebtChanged` when the debt is no longer the one
    that was shown: a refund or new commission has come between.
    """
    await in_turn(tx)  # a release between reading the debt and posting would leave money over
    affiliate = await tx.get(
        Affiliate, asked.affiliate_id, with_for_update=True, populate_existing=True
    )
    if affiliate is None:
        raise NotFound("affiliate")
    request = Request(asked.affiliate_id, fingerprint([asked.amount_fen, asked.reason]))
    found = await tx.get(WriteOff, asked.id)
    if found:
        if refusal := once.earlier(asked.id, Request(found.affiliate_id, found.asked), request):
            raise refusal
        return
    held = await balances.balances(tx, [asked.affiliate_id])
    debt_fen = held[asked.affiliate_id].debt_fen
    if debt_fen != asked.amount_fen:
        raise DebtChanged(debt_fen)
    tx.add(
        WriteOff(
            id=asked.id,
            affiliate_id=asked.affiliate_id,
            amount_fen=asked.amount_fen,
            reason=asked.reason,
            asked=request.asked,
            by_staff_id=by.id,
            at=at,
        )
    )
    await tx.flush()
    await ledger.post(tx, [_transfer(asked)], at)
    await audit.record(
        tx,
        by,
        Deed.debt_written_off,
        f"affiliate:{asked.affiliate_id}",
        at,
        amount_fen=asked.amount_fen,
        reason=asked.reason,
    )


def _transfer(asked: WriteOffAsked) -> Transfer:
    return Transfer(
        Reason.written_off,
        str(asked.id),
        asked.id,
        asked.affiliate_id,
        Account.commission_expense,
        Account.commission_payable,
        asked.amount_fen,
    )

"""Who holds what in the affiliate ledger, and what one transfer is."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bofen.kit.money import Fen


class Account(StrEnum):
    """Where an affiliate's money stands. Every entry names the affiliate it is about."""

    commission_expense = "commission_expense"
    """What the shop has spent: minus the commission that still stands."""
    commission_pending = "commission_pending"
    commission_payable = "commission_payable"
    """May be negative: a refund after the pay-out is a debt."""
    withdrawal_in_transit = "withdrawal_in_transit"
    paid_out = "paid_out"


class Reason(StrEnum):
    """Why money moved between accounts."""

    accrued = "accrued"
    reversed = "reversed"
    released = "released"
    withdrawal_held = "withdrawal_held"
    withdrawal_paid = "withdrawal_paid"
    withdrawal_returned = "withdrawal_returned"
    written_off = "written_off"


@dataclass(frozen=True)
class Transfer:
    """An amount that leaves one account and enters another; unique by (reason, source, owner)."""

    reason: Reason
    source: str
    subject_id: UUID
    """The commission, settlement or withdrawal that a person looks up to understand it."""
    owner_id: UUID
    leaves: Account
    enters: Account
    amount_fen: Fen


_NOTHING = Fen(0)


@dataclass(frozen=True)
class Balances:
    """What the entries of one affiliate add up to."""

    pending_fen: Fen = _NOTHING
    payable_fen: Fen = _NOTHING
    in_transit_fen: Fen = _NOTHING
    paid_out_fen: Fen = _NOTHING

    @property
    def debt_fen(self) -> Fen:
        """What he owes after refunds of commission that was paid out; 0 for most."""
        return Fen(max(0, -self.payable_fen))

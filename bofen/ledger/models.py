from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bofen.kit.db import Model
from bofen.kit.money import Fen
from bofen.ledger.rules import Account, Reason

_ACCOUNTS = ", ".join(f"'{account}'" for account in Account)
_REASONS = ", ".join(f"'{reason}'" for reason in Reason)


class Entry(Model):
    """One side of a transfer. Never changed, never deleted: migration 0001's triggers see to it."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint(f"account IN ({_ACCOUNTS})", name="account"),
        CheckConstraint(f"reason IN ({_REASONS})", name="reason"),
        CheckConstraint("amount_fen <> 0", name="amount"),
        UniqueConstraint("source", "reason", "owner_id", "account"),
        Index(
            "ix_ledger_entry_owner",
            "owner_id",
            "id",
            postgresql_include=["account", "amount_fen"],
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True, init=False)
    reason: Mapped[str]
    source: Mapped[str]
    subject_id: Mapped[UUID]
    owner_id: Mapped[UUID]
    account: Mapped[str]
    amount_fen: Mapped[Fen]
    at: Mapped[datetime]

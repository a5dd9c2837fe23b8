from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Identity, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bofen.kit.model import Model, one_of
from bofen.kit.money import Fen
from bofen.ledger.rules import Account, Reason


class Entry(Model):
    """One side of a transfer. Never changed, never deleted: migration 0001's triggers see to it."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint(one_of("account", Account), name="account"),
        CheckConstraint(one_of("reason", Reason), name="reason"),
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


class Closing(Model):
    """What an owner's entries up to the last `Closed` came to: a short cut, never the truth."""

    __tablename__ = "ledger_closing"

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    amount_fen: Mapped[Fen]


class Closed(Model):
    """Until which entry all owners were added up; the newest one counts."""

    __tablename__ = "ledger_closed"

    until_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime]

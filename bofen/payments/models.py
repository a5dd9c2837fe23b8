from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bofen.kit.db import Model
from bofen.kit.money import Fen


class Attempt(Model):
    """One payment number at the provider, committed before the provider hears of it."""

    __tablename__ = "payments_attempt"
    __table_args__ = (
        CheckConstraint("status IN ('open', 'succeeded', 'closed')", name="status"),
        CheckConstraint("amount_fen > 0", name="amount"),
        CheckConstraint(
            "(status = 'succeeded') = (transaction_id IS NOT NULL)", name="transaction"
        ),
        Index("ix_payments_attempt_open", "created_at", postgresql_where=text("status = 'open'")),
    )

    out_trade_no: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[UUID] = mapped_column(unique=True)
    openid: Mapped[str]
    amount_fen: Mapped[Fen]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default="open")
    prepay_id: Mapped[str | None] = mapped_column(default=None)
    transaction_id: Mapped[str | None] = mapped_column(unique=True, default=None)
    paid_at: Mapped[datetime | None] = mapped_column(default=None)


class Refund(Model):
    """One refund number at the provider. Its number never changes, whatever the outcome."""

    __tablename__ = "payments_refund"
    __table_args__ = (
        CheckConstraint(
            "status IN ('asked', 'sent', 'succeeded', 'abnormal', 'closed')", name="status"
        ),
        CheckConstraint("amount_fen > 0", name="amount"),
        Index(
            "ix_payments_refund_open",
            "asked_at",
            postgresql_where=text("status IN ('asked', 'sent')"),
        ),
    )

    out_refund_no: Mapped[str] = mapped_column(primary_key=True)
    out_trade_no: Mapped[str] = mapped_column(
        ForeignKey("payments_attempt.out_trade_no"), index=True
    )
    amount_fen: Mapped[Fen]
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    after_sale_id: Mapped[UUID | None] = mapped_column(unique=True, default=None)
    status: Mapped[str] = mapped_column(default="asked")
    called_at: Mapped[datetime | None] = mapped_column(default=None)
    succeeded_at: Mapped[datetime | None] = mapped_column(default=None)


class Notice(Model):
    """A notice that was acted on; the same one again changes nothing."""

    __tablename__ = "payments_notice"

    provider: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    event_type: Mapped[str]
    at: Mapped[datetime]

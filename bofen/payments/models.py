from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bofen.kit.model import Model, one_of
from bofen.kit.money import Fen
from bofen.payments.errors import AttemptImpossible, RefundImpossible
from bofen.payments.rules import (
    IN_DOUBT,
    AttemptStatus,
    Number,
    RefundStatus,
    attempt_may_become,
    refund_may_become,
)


class Attempt(Model):
    """One payment number at a provider, committed before the provider hears of it."""

    __tablename__ = "payments_attempt"
    __table_args__ = (
        CheckConstraint(one_of("status", AttemptStatus), name="status"),
        CheckConstraint("amount_fen > 0", name="amount"),
        CheckConstraint(
            "(status = 'succeeded') = (transaction_id IS NOT NULL)", name="transaction"
        ),
        UniqueConstraint("provider", "transaction_id"),
        Index("ix_payments_attempt_open", "created_at", postgresql_where=text("status = 'open'")),
        Index("ix_payments_attempt_order", "order_id"),
        Index(
            "uq_payments_attempt_order_open",
            "order_id",
            "provider",
            unique=True,
            postgresql_where=text("status = 'open'"),
        ),
    )

    provider: Mapped[str] = mapped_column(primary_key=True)
    out_trade_no: Mapped[str] = mapped_column(primary_key=True)
    order_id: Mapped[UUID]
    payer_ref: Mapped[str | None]
    """How the provider knows the payer (WeChat: his openid), where it needs to."""
    amount_fen: Mapped[Fen]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(default=AttemptStatus.open.value)
    cashier_ref: Mapped[str | None] = mapped_column(default=None)
    """What the provider's cashier is opened with (WeChat: the prepay id)."""
    transaction_id: Mapped[str | None] = mapped_column(default=None)
    polled_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the sweep last asked the provider about it."""
    paid_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def number(self) -> Number:
        """The provider and the number it knows this payment by."""
        return Number(self.provider, self.out_trade_no)

    def become(self, status: AttemptStatus) -> None:
        """Raises `AttemptImpossible` when there is no such step."""
        if not attempt_may_become(AttemptStatus(self.status), status):
            raise AttemptImpossible(self.out_trade_no, AttemptStatus(self.status), status)
        self.status = status.value


class Refund(Model):
    """One refund number at a provider. It never changes; only a closed one gets a successor."""

    __tablename__ = "payments_refund"
    __table_args__ = (
        CheckConstraint(one_of("status", RefundStatus), name="status"),
        CheckConstraint("amount_fen > 0", name="amount"),
        CheckConstraint(
            "(status = 'settled') = (settled_by IS NOT NULL) AND settled_by <> settle_asked_by",
            name="two_persons",
        ),
        ForeignKeyConstraint(
            ["provider", "out_trade_no"],
            ["payments_attempt.provider", "payments_attempt.out_trade_no"],
            name="fk_payments_refund_attempt",
        ),
        Index("ix_payments_refund_attempt", "provider", "out_trade_no"),
        Index(
            "ix_payments_refund_open",
            "asked_at",
            postgresql_where=text("status IN ('asked', 'sent')"),
        ),
        Index(
            "ix_payments_refund_in_doubt",
            "asked_at",
            postgresql_where=text(one_of("status", IN_DOUBT)),
        ),
        Index(
            "uq_payments_refund_after_sale",
            "after_sale_id",
            unique=True,
            postgresql_where=text("status <> 'closed'"),
        ),
    )

    provider: Mapped[str] = mapped_column(primary_key=True)
    out_refund_no: Mapped[str] = mapped_column(primary_key=True)
    out_trade_no: Mapped[str]
    amount_fen: Mapped[Fen]
    reason: Mapped[str]
    asked_at: Mapped[datetime]
    after_sale_id: Mapped[UUID | None] = mapped_column(default=None)
    """None: the money came too late for its order and all of it goes back."""
    status: Mapped[str] = mapped_column(default=RefundStatus.asked.value)
    called_at: Mapped[datetime | None] = mapped_column(default=None)
    polled_at: Mapped[datetime | None] = mapped_column(default=None)
    """When the sweep last asked the provider about it."""
    succeeded_at: Mapped[datetime | None] = mapped_column(default=None)
    replaced_by: Mapped[str | None] = mapped_column(default=None)
    """The refund number that followed this one, which the provider had closed."""
    settle_reason: Mapped[str | None] = mapped_column(default=None)
    """How the money went back another way, in the words of who did it."""
    settle_asked_by: Mapped[UUID | None] = mapped_column(default=None)
    settle_asked_at: Mapped[datetime | None] = mapped_column(default=None)
    settled_by: Mapped[UUID | None] = mapped_column(default=None)
    settled_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def number(self) -> Number:
        """The provider and the number it knows this refund by."""
        return Number(self.provider, self.out_refund_no)

    def become(self, status: RefundStatus) -> None:
        """Raises `RefundImpossible` when there is no such step."""
        if not refund_may_become(RefundStatus(self.status), status):
            raise RefundImpossible(self.out_refund_no, RefundStatus(self.status), status)
        self.status = status.value


class Notice(Model):
    """A notice that was acted on; the same one again changes nothing."""

    __tablename__ = "payments_notice"
    __table_args__ = (Index("ix_payments_notice_at", "at"),)

    provider: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    event_type: Mapped[str]
    at: Mapped[datetime]

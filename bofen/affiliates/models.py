from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bofen.affiliates.errors import AffiliateCannotBecome, WithdrawalCannotBecome
from bofen.affiliates.rates import RateKind
from bofen.affiliates.rules import (
    LEVELS_MAX,
    WITHDRAWAL_MAY_BECOME,
    AffiliateStatus,
    CommissionStatus,
    TargetKind,
    Touch,
    WithdrawalStatus,
    may_become,
)
from bofen.kit.ids import new_id
from bofen.kit.model import Model, one_of
from bofen.kit.money import BasisPoints, Fen


class Affiliate(Model):
    """A person who recommends, or asked to; one row a person."""

    __tablename__ = "affiliates_affiliate"
    __table_args__ = (
        CheckConstraint(one_of("status", AffiliateStatus), name="status"),
        Index("ix_affiliates_affiliate_status_applied_at", "status", "applied_at", "id"),
        Index("ix_affiliates_affiliate_applied_at", "applied_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    person_id: Mapped[UUID] = mapped_column(unique=True)
    status: Mapped[str]
    real_name_sealed: Mapped[bytes]
    real_name_masked: Mapped[str]
    introduction: Mapped[str]
    agreement_version: Mapped[str]
    agreed_at: Mapped[datetime]
    applied_at: Mapped[datetime]
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decided_by: Mapped[UUID | None] = mapped_column(default=None)
    decision_reason: Mapped[str | None] = mapped_column(default=None)

    def become(self, then: AffiliateStatus) -> None:
        """Raises `AffiliateCannotBecome` for a step that the rules do not know."""
        if not may_become(AffiliateStatus(self.status), then):
            raise AffiliateCannotBecome(self.status, then.value)
        self.status = then.value


class Tier(Model):
    """A step of the affiliates' ladder. Its rate, if it has one, is part of the plan."""

    __tablename__ = "affiliates_tier"
    __table_args__ = (CheckConstraint("code ~ '^[0-9a-z_]{1,20}$'", name="code"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]


class Standing(Model):
    """The tier of an affiliate, and perhaps a rate of his own, from a moment on.

    Rows are added, never changed: a payment that is learned of late has the rate of its own day.
    """

    __tablename__ = "affiliates_standing"
    __table_args__ = (CheckConstraint("rate_bp BETWEEN 0 AND 10000", name="rate_bp"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True, init=False)
    affiliate_id: Mapped[UUID] = mapped_column(index=True)
    tier: Mapped[str] = mapped_column(ForeignKey("affiliates_tier.code"))
    rate_bp: Mapped[BasisPoints | None]
    """Comes before the tier's; None: the tier's applies."""
    from_at: Mapped[datetime]
    by_staff_id: Mapped[UUID | None]


class Plan(Model):
    """One version of the commission plan. Versions are added, never changed.

    In force at a moment is the version written last among those whose time has come. Version 0
    is what a new shop starts with; nobody wrote it.
    """

    __tablename__ = "affiliates_plan"
    __table_args__ = (
        CheckConstraint("shop_bp BETWEEN 0 AND 5000", name="shop_bp"),
        CheckConstraint("cap_bp BETWEEN 0 AND 5000", name="cap_bp"),
    )

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    from_at: Mapped[datetime]
    shop_bp: Mapped[BasisPoints]
    cap_bp: Mapped[BasisPoints]
    made_at: Mapped[datetime]
    made_by: Mapped[UUID | None]


class PlanRate(Model):
    """One rate of a version: of a tier (by code), a category or a product (by id)."""

    __tablename__ = "affiliates_plan_rate"
    __table_args__ = (
        CheckConstraint(one_of("kind", RateKind), name="kind"),
        CheckConstraint("rate_bp BETWEEN 0 AND 5000", name="rate_bp"),
    )

    version: Mapped[int] = mapped_column(
        ForeignKey("affiliates_plan.version"), primary_key=True, autoincrement=False
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[str] = mapped_column(primary_key=True)
    rate_bp: Mapped[BasisPoints]


class Link(Model):
    """A short random token that stands for (affiliate, target, campaign)."""

    __tablename__ = "affiliates_link"
    __table_args__ = (
        UniqueConstraint("affiliate_id", "target_kind", "target_id", "campaign"),
        CheckConstraint(one_of("target_kind", TargetKind), name="target_kind"),
        CheckConstraint("length(token) <= 12", name="token"),
    )

    token: Mapped[str] = mapped_column(primary_key=True)
    affiliate_id: Mapped[UUID]
    target_kind: Mapped[str]
    target_id: Mapped[str]
    """Empty for the shop itself."""
    campaign: Mapped[str]
    created_at: Mapped[datetime]


class LinkDay(Model):
    """How often a link was opened on one day of the shop's calendar."""

    __tablename__ = "affiliates_link_day"

    token: Mapped[str] = mapped_column(primary_key=True)
    on: Mapped[date] = mapped_column(primary_key=True)
    clicks: Mapped[int] = mapped_column(default=0)


class Click(Model):
    """A signed-in person opened a share link; refused clicks stay with the reason."""

    __tablename__ = "affiliates_click"
    __table_args__ = (
        CheckConstraint(one_of("outcome", Touch), name="outcome"),
        Index("ix_affiliates_click_buyer_token", "buyer_id", "token", "at"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True, init=False)
    buyer_id: Mapped[UUID]
    token: Mapped[str]
    affiliate_id: Mapped[UUID] = mapped_column(index=True)
    outcome: Mapped[str]
    at: Mapped[datetime]


class Binding(Model):
    """A buyer belongs to an affiliate for a while. Rows are only ended, never rewritten."""

    __tablename__ = "affiliates_binding"
    __table_args__ = (
        Index(
            "uq_affiliates_binding_active",
            "buyer_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
        CheckConstraint(one_of("reason", Touch), name="reason"),
        CheckConstraint("ended_reason IN ('renewed', 'replaced', 'expired')", name="ended_reason"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True, init=False)
    buyer_id: Mapped[UUID] = mapped_column(index=True)
    affiliate_id: Mapped[UUID] = mapped_column(index=True)
    bound_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    reason: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_reason: Mapped[str | None] = mapped_column(default=None)


class Commission(Model):
    """What one affiliate earns on one order line; `snapshot` says why, for ever."""

    __tablename__ = "affiliates_commission"
    __table_args__ = (
        UniqueConstraint("order_id", "line_no", "level"),
        Index("ix_affiliates_commission_affiliate", "affiliate_id", "paid_at", "id"),
        Index(
            "ix_affiliates_commission_due",
            "release_at",
            "id",
            postgresql_where=text("status = 'pending' AND blocks = 0"),
        ),
        Index(
            "ix_affiliates_commission_coming",
            "affiliate_id",
            "release_at",
            postgresql_where=text("status = 'pending' AND blocks = 0"),
        ),
        Index("ix_affiliates_commission_settlement", "settlement_id"),
        Index(
            "ix_affiliates_commission_blocked",
            "affiliate_id",
            postgresql_where=text("status = 'pending' AND blocks > 0"),
        ),
        Index(
            "ix_affiliates_commission_reversed",
            "affiliate_id",
            postgresql_include=["reversed_fen"],
            postgresql_where=text("reversed_fen > 0"),
        ),
        CheckConstraint(f"level BETWEEN 1 AND {LEVELS_MAX}", name="level"),
        CheckConstraint("rate_bp BETWEEN 0 AND 10000", name="rate_bp"),
        CheckConstraint("reversed_fen BETWEEN 0 AND amount_fen", name="reversed_fen"),
        CheckConstraint("amount_fen BETWEEN 0 AND base_fen", name="amount_fen"),
        CheckConstraint("blocks >= 0", name="blocks"),
        CheckConstraint(one_of("status", CommissionStatus), name="status"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    order_id: Mapped[UUID]
    line_no: Mapped[int] = mapped_column(SmallInteger)
    level: Mapped[int] = mapped_column(SmallInteger)
    affiliate_id: Mapped[UUID]
    product_id: Mapped[UUID]
    base_fen: Mapped[Fen]
    rate_bp: Mapped[BasisPoints]
    plan_version: Mapped[int]
    amount_fen: Mapped[Fen]
    snapshot: Mapped[dict[str, Any]]
    paid_at: Mapped[datetime]
    """When the buyer paid: its rate and its day are those of this moment."""
    accrued_at: Mapped[datetime]
    """When the payment was learned of and the commission written."""
    status: Mapped[str] = mapped_column(default=CommissionStatus.pending)
    refunded_base_fen: Mapped[Fen] = mapped_column(default=Fen(0))
    reversed_fen: Mapped[Fen] = mapped_column(default=Fen(0))
    blocks: Mapped[int] = mapped_column(SmallInteger, default=0)
    """How many after-sales are open on the order."""
    release_at: Mapped[datetime | None] = mapped_column(default=None)
    """Not released before; moved on by the end of an after-sale or of a freeze."""
    settlement_id: Mapped[UUID | None] = mapped_column(default=None)


class Reversal(Model):
    """What one refund took back of one commission."""

    __tablename__ = "affiliates_reversal"
    __table_args__ = (UniqueConstraint("commission_id", "refunded_base_fen"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    commission_id: Mapped[UUID]
    refund_id: Mapped[UUID]
    refunded_base_fen: Mapped[Fen]
    """Of the line, in total, with this refund."""
    amount_fen: Mapped[Fen]
    was_released: Mapped[bool]
    at: Mapped[datetime]


class Settlement(Model):
    """What became available to one affiliate in one run."""

    __tablename__ = "affiliates_settlement"
    __table_args__ = (UniqueConstraint("affiliate_id", "period_on", "part"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    affiliate_id: Mapped[UUID]
    period_on: Mapped[date]
    part: Mapped[int]
    lines: Mapped[int]
    amount_fen: Mapped[Fen]
    at: Mapped[datetime]


class Withdrawal(Model):
    """Money on its way to an affiliate. `out_bill_no` is our number at the provider, for ever."""

    __tablename__ = "affiliates_withdrawal"
    __table_args__ = (
        Index(
            "uq_affiliates_withdrawal_open",
            "affiliate_id",
            unique=True,
            postgresql_where=text("status IN ('requested', 'approved', 'waiting_user')"),
        ),
        Index("ix_affiliates_withdrawal_affiliate", "affiliate_id", "created_at", "id"),
        Index("ix_affiliates_withdrawal_status", "status", "created_at", "id"),
        Index("ix_affiliates_withdrawal_created_at", "created_at", "id"),
        CheckConstraint("amount_fen > 0", name="amount_fen"),
        CheckConstraint("out_bill_no ~ '^[0-9A-Za-z]{1,32}$'", name="out_bill_no"),
        CheckConstraint(one_of("status", WithdrawalStatus), name="status"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    affiliate_id: Mapped[UUID]
    amount_fen: Mapped[Fen]
    out_bill_no: Mapped[str] = mapped_column(unique=True)
    provider: Mapped[str]
    payee_ref: Mapped[str]
    """What the provider calls the payee: at WeChat Pay his openid."""
    status: Mapped[str]
    asked: Mapped[str]
    created_at: Mapped[datetime]
    needs_approval: Mapped[bool]
    confirm_token: Mapped[str | None] = mapped_column(default=None)
    """Opens the payee's confirmation, while the transfer waits for it."""
    provider_state: Mapped[str | None] = mapped_column(default=None)
    polled_at: Mapped[datetime | None] = mapped_column(default=None)
    finished_at: Mapped[datetime | None] = mapped_column(default=None)
    fail_reason: Mapped[str | None] = mapped_column(default=None)

    def become(self, then: WithdrawalStatus) -> None:
        """Raises `WithdrawalCannotBecome` for a step that the rules do not know."""
        if then not in WITHDRAWAL_MAY_BECOME[WithdrawalStatus(self.status)]:
            raise WithdrawalCannotBecome(self.status, then.value)
        self.status = then.value


class Approval(Model):
    """One person's yes to a withdrawal above the automatic limit."""

    __tablename__ = "affiliates_approval"
    __table_args__ = (UniqueConstraint("withdrawal_id", "person_id"),)

    withdrawal_id: Mapped[UUID] = mapped_column(
        ForeignKey("affiliates_withdrawal.id"), primary_key=True
    )
    staff_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID | None]
    """Who the member of staff is; None: given before staff were linked to persons."""
    at: Mapped[datetime]


class WriteOff(Model):
    """A debt of an affiliate that the shop bears, decided by the owner, with the reason."""

    __tablename__ = "affiliates_write_off"
    __table_args__ = (CheckConstraint("amount_fen > 0", name="amount_fen"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    affiliate_id: Mapped[UUID] = mapped_column(index=True)
    amount_fen: Mapped[Fen]
    reason: Mapped[str]
    asked: Mapped[str]
    by_staff_id: Mapped[UUID]
    at: Mapped[datetime]

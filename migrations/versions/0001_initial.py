"""The first shape of the database: every domain's tables, the job queue, the ledger's guards.

Frozen: what is written here has run on merchants' machines. A change is a new file.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "affiliates_affiliate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("real_name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("real_name_masked", sa.Text(), nullable=False),
        sa.Column("introduction", sa.Text(), nullable=False),
        sa.Column("agreement_version", sa.Text(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("rate_bp", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "status IN ('pending', 'approved', 'refused', 'frozen', 'closed')",
            name=op.f("ck_affiliates_affiliate_status"),
        ),
        sa.CheckConstraint(
            "tier IN ('standard', 'gold', 'diamond')", name=op.f("ck_affiliates_affiliate_tier")
        ),
        sa.CheckConstraint(
            "rate_bp BETWEEN 0 AND 10000", name=op.f("ck_affiliates_affiliate_rate_bp")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliates_affiliate")),
        sa.UniqueConstraint("person_id", name=op.f("uq_affiliates_affiliate_person_id")),
    )
    op.create_index(
        "ix_affiliates_affiliate_status_applied_at",
        "affiliates_affiliate",
        ["status", "applied_at", "id"],
        unique=False,
    )
    op.create_table(
        "affiliates_binding",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("buyer_id", sa.Uuid(), nullable=False),
        sa.Column("affiliate_id", sa.Uuid(), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "ended_reason IN ('renewed', 'replaced', 'expired')",
            name=op.f("ck_affiliates_binding_ended_reason"),
        ),
        sa.CheckConstraint(
            "reason IN ('bound', 'renewed', 'protected', 'self_click', 'not_active')",
            name=op.f("ck_affiliates_binding_reason"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliates_binding")),
    )
    op.create_index(
        op.f("ix_affiliates_binding_affiliate_id"),
        "affiliates_binding",
        ["affiliate_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_affiliates_binding_buyer_id"), "affiliates_binding", ["buyer_id"], unique=False
    )
    op.create_index(
        "uq_affiliates_binding_active",
        "affiliates_binding",
        ["buyer_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "affiliates_click",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("buyer_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("affiliate_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('bound', 'renewed', 'protected', 'self_click', 'not_active')",
            name=op.f("ck_affiliates_click_outcome"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliates_click")),
    )
    op.create_index(
        op.f("ix_affiliates_click_affiliate_id"), "affiliates_click", ["affiliate_id"], unique=False
    )
    op.create_index(
        "ix_affiliates_click_buyer_token",
        "affiliates_click",
        ["buyer_id", "token", "at"],
        unique=False,
    )
    op.create_table(
        "affiliates_commission",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line_no", sa.SmallInteger(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=False),
        sa.Column("affiliate_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("base_fen", sa.BigInteger(), nullable=False),
        sa.Column("rate_bp", sa.BigInteger(), nullable=False),
        sa.Column("plan_version", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("snapshot", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("accrued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("refunded_base_fen", sa.BigInteger(), nullable=False),
        sa.Column("reversed_fen", sa.BigInteger(), nullable=False),
        sa.Column("blocks", sa.SmallInteger(), nullable=False),
        sa.Column("release_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settlement_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "status IN ('pending', 'released', 'reversed')",
            name=op.f("ck_affiliates_commission_status"),
        ),
        sa.CheckConstraint(
            "amount_fen BETWEEN 0 AND base_fen", name=op.f("ck_affiliates_commission_amount_fen")
        ),
        sa.CheckConstraint("blocks >= 0", name=op.f("ck_affiliates_commission_blocks")),
        sa.CheckConstraint("level BETWEEN 1 AND 3", name=op.f("ck_affiliates_commission_level")),
        sa.CheckConstraint(
            "rate_bp BETWEEN 0 AND 10000", name=op.f("ck_affiliates_commission_rate_bp")
        ),
        sa.CheckConstraint(
            "reversed_fen BETWEEN 0 AND amount_fen",
            name=op.f("ck_affiliates_commission_reversed_fen"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliates_commission")),
        sa.UniqueConstraint(
            "order_id",
            "line_no",
            "level",
            name=op.f("uq_affiliates_commission_order_id_line_no_level"),
        ),
    )
    op.create_index(
        "ix_affiliates_commission_affiliate",
        "affiliates_commission",
        ["affiliate_id", "accrued_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_affiliates_commission_due",
        "affiliates_commission",
        ["release_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'pending' AND blocks = 0"),
    )
    op.create_index(
        "ix_affiliates_commission_settlement",
        "affiliates_commission",
        ["settlement_id"],
        unique=False,
    )
    op.create_table(
        "affiliates_link",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("affiliate_id", sa.Uuid(), nullable=False),
        sa.Column("target_kind", sa.Text(), nullable=False),
        sa.Column("target_id", sa.Text(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "target_kind IN ('product', 'room', 'shop')",
            name=op.f("ck_affiliates_link_target_kind"),
        ),
        sa.CheckConstraint("length(token) <= 12", name=op.f("ck_affiliates_link_token")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_affiliates_link")),
        sa.UniqueConstraint(
            "affiliate_id",
            "target_kind",
            "target_id",
            "campaign",
            name=op.f("uq_affiliates_link_affiliate_id_target_kind_target_id_campaign"),
        ),
    )
    op.create_table(
        "affiliates_link_day",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("clicks", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("token", "on", name=op.f("pk_affiliates_link_day")),
    )
    op.create_table(
        "affiliates_reversal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commission_id", sa.Uuid(), nullable=False),
        sa.Column("refund_id", sa.Uuid(), nullable=False),
        sa.Column("refunded_base_fen", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("was_released", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliates_reversal")),
        sa.UniqueConstraint(
            "commission_id",
            "refunded_base_fen",
            name=op.f("uq_affiliates_reversal_commission_id_refunded_base_fen"),
        ),
    )
    op.create_table(
        "affiliates_settlement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("affiliate_id", sa.Uuid(), nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliates_settlement")),
        sa.UniqueConstraint(
            "affiliate_id",
            "period_on",
            "part",
            name=op.f("uq_affiliates_settlement_affiliate_id_period_on_part"),
        ),
    )
    op.create_table(
        "affiliates_terms",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("terms", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_affiliates_terms")),
    )
    op.create_table(
        "affiliates_withdrawal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("affiliate_id", sa.Uuid(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("out_bill_no", sa.Text(), nullable=False),
        sa.Column("openid", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("package_info", sa.Text(), nullable=True),
        sa.Column("provider_state", sa.Text(), nullable=True),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("fail_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "out_bill_no ~ '^[0-9A-Za-z]{1,32}$'", name=op.f("ck_affiliates_withdrawal_out_bill_no")
        ),
        sa.CheckConstraint(
            "status IN ('requested', 'approved', 'waiting_user', 'paid', 'failed', 'refused')",
            name=op.f("ck_affiliates_withdrawal_status"),
        ),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_affiliates_withdrawal_amount_fen")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliates_withdrawal")),
        sa.UniqueConstraint("out_bill_no", name=op.f("uq_affiliates_withdrawal_out_bill_no")),
    )
    op.create_index(
        "ix_affiliates_withdrawal_affiliate",
        "affiliates_withdrawal",
        ["affiliate_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_affiliates_withdrawal_status",
        "affiliates_withdrawal",
        ["status", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_affiliates_withdrawal_open",
        "affiliates_withdrawal",
        ["affiliate_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('requested', 'approved', 'waiting_user')"),
    )
    op.create_table(
        "catalog_category",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("picture_key", sa.Text(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["catalog_category.id"], name=op.f("fk_catalog_category_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_category")),
        sa.UniqueConstraint(
            "parent_id",
            "name",
            name=op.f("uq_catalog_category_parent_id_name"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(
        op.f("ix_catalog_category_parent_id"), "catalog_category", ["parent_id"], unique=False
    )
    op.create_table(
        "identity_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("nickname", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("avatar_key", sa.Text(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_person")),
        sa.UniqueConstraint("phone_index", name=op.f("uq_identity_person_phone_index")),
    )
    op.create_table(
        "identity_phone_code",
        sa.Column("phone_index", sa.LargeBinary(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("phone_index", name=op.f("pk_identity_phone_code")),
    )
    op.create_table(
        "identity_staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "role IN ('owner', 'operator', 'warehouse', 'finance', 'reviewer', 'moderator', 'host')",
            name=op.f("ck_identity_staff_role"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_staff")),
        sa.UniqueConstraint("login", name=op.f("uq_identity_staff_login")),
    )
    op.create_table(
        "inventory_movement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("on_hand_after", sa.BigInteger(), nullable=False),
        sa.Column("held_after", sa.BigInteger(), nullable=False),
        sa.Column("reference_kind", sa.Text(), nullable=False),
        sa.Column("reference_id", sa.Uuid(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind IN ('receipt', 'hold', 'release', 'commit', 'return', 'stock_take', 'damage')",
            name=op.f("ck_inventory_movement_kind"),
        ),
        sa.CheckConstraint(
            "quantity <> 0 OR kind = 'stock_take'", name=op.f("ck_inventory_movement_quantity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inventory_movement")),
        sa.UniqueConstraint(
            "reference_id",
            "reference_kind",
            "kind",
            "sku_id",
            name=op.f("uq_inventory_movement_reference_id_reference_kind_kind_sku_id"),
        ),
    )
    op.create_index(
        "ix_inventory_movement_sku_id_id", "inventory_movement", ["sku_id", "id"], unique=False
    )
    op.create_table(
        "inventory_stock",
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("on_hand", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("low_below", sa.Integer(), server_default="10", nullable=False),
        sa.CheckConstraint(
            "0 <= held AND held <= on_hand", name=op.f("ck_inventory_stock_held_within_on_hand")
        ),
        sa.PrimaryKeyConstraint("sku_id", name=op.f("pk_inventory_stock")),
    )
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "account IN ('commission_expense', 'commission_pending', 'commission_payable', 'withdrawal_in_transit', 'paid_out')",
            name=op.f("ck_ledger_entry_account"),
        ),
        sa.CheckConstraint(
            "reason IN ('accrued', 'reversed', 'released', 'withdrawal_held', 'withdrawal_paid', 'withdrawal_returned', 'written_off')",
            name=op.f("ck_ledger_entry_reason"),
        ),
        sa.CheckConstraint("amount_fen <> 0", name=op.f("ck_ledger_entry_amount")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint(
            "source",
            "reason",
            "owner_id",
            "account",
            name=op.f("uq_ledger_entry_source_reason_owner_id_account"),
        ),
    )
    op.create_index(
        "ix_ledger_entry_owner",
        "ledger_entry",
        ["owner_id", "id"],
        unique=False,
        postgresql_include=["account", "amount_fen"],
    )
    op.create_table(
        "live_room",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("host_name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cover_key", sa.Text(), nullable=True),
        sa.Column("host_staff_id", sa.Uuid(), nullable=True),
        sa.Column("host_affiliate_id", sa.Uuid(), nullable=True),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("likes", sa.BigInteger(), nullable=False),
        sa.Column("viewers", sa.Integer(), nullable=False),
        sa.Column("slow_mode_s", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_room")),
    )
    op.create_table(
        "orders_order",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_no", sa.Text(), nullable=False),
        sa.Column("buyer_id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("goods_fen", sa.BigInteger(), nullable=False),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False),
        sa.Column("freight_fen", sa.BigInteger(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("detail_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_tags", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("attribution", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("pay_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("affiliate_id", sa.Uuid(), nullable=True),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("pin_id", sa.Uuid(), nullable=True),
        sa.Column("media_time_ms", sa.Integer(), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("in_transit_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closing_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("close_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "source IN ('live', 'affiliate', 'replay', 'shop')", name=op.f("ck_orders_order_source")
        ),
        sa.CheckConstraint(
            "status IN ('placed', 'paid', 'shipped', 'received', 'completed', 'cancelled', 'refunded')",
            name=op.f("ck_orders_order_status"),
        ),
        sa.CheckConstraint(
            "total_fen = goods_fen - discount_fen + freight_fen AND goods_fen >= discount_fen AND discount_fen >= 0 AND freight_fen >= 0",
            name=op.f("ck_orders_order_sums"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders_order")),
        sa.UniqueConstraint("order_no", name=op.f("uq_orders_order_order_no")),
    )
    op.create_index(
        "ix_orders_order_affiliate",
        "orders_order",
        ["affiliate_id", "paid_at"],
        unique=False,
        postgresql_where=sa.text("affiliate_id IS NOT NULL"),
    )
    op.create_index(
        "ix_orders_order_buyer_placed",
        "orders_order",
        ["buyer_id", "placed_at", "id"],
        unique=False,
    )
    op.create_index("ix_orders_order_paid_at", "orders_order", ["paid_at"], unique=False)
    op.create_index("ix_orders_order_placed_at", "orders_order", ["placed_at", "id"], unique=False)
    op.create_index(
        "ix_orders_order_received",
        "orders_order",
        ["received_at"],
        unique=False,
        postgresql_where=sa.text("status = 'received'"),
    )
    op.create_index(
        "ix_orders_order_session",
        "orders_order",
        ["session_id"],
        unique=False,
        postgresql_where=sa.text("session_id IS NOT NULL"),
    )
    op.create_index(
        "ix_orders_order_shipped",
        "orders_order",
        ["shipped_at"],
        unique=False,
        postgresql_where=sa.text("status = 'shipped'"),
    )
    op.create_index(
        "ix_orders_order_unpaid",
        "orders_order",
        ["pay_by"],
        unique=False,
        postgresql_where=sa.text("status = 'placed'"),
    )
    op.create_table(
        "payments_attempt",
        sa.Column("out_trade_no", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("openid", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("prepay_id", sa.Text(), nullable=True),
        sa.Column("transaction_id", sa.Text(), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(status = 'succeeded') = (transaction_id IS NOT NULL)",
            name=op.f("ck_payments_attempt_transaction"),
        ),
        sa.CheckConstraint(
            "status IN ('open', 'succeeded', 'closed')", name=op.f("ck_payments_attempt_status")
        ),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_payments_attempt_amount")),
        sa.PrimaryKeyConstraint("out_trade_no", name=op.f("pk_payments_attempt")),
        sa.UniqueConstraint("order_id", name=op.f("uq_payments_attempt_order_id")),
        sa.UniqueConstraint("transaction_id", name=op.f("uq_payments_attempt_transaction_id")),
    )
    op.create_index(
        "ix_payments_attempt_open",
        "payments_attempt",
        ["created_at"],
        unique=False,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "payments_notice",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("provider", "id", name=op.f("pk_payments_notice")),
    )
    op.create_table(
        "reports_day",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("has_affiliate", sa.Boolean(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("sales_fen", sa.BigInteger(), nullable=False),
        sa.Column("refunds", sa.Integer(), nullable=False),
        sa.Column("refunds_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("on", "source", "has_affiliate", name=op.f("pk_reports_day")),
    )
    op.create_table(
        "reports_product_day",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("sales_fen", sa.BigInteger(), nullable=False),
        sa.Column("refunded_quantity", sa.Integer(), nullable=False),
        sa.Column("refunds_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("on", "product_id", name=op.f("pk_reports_product_day")),
    )
    op.create_table(
        "reports_rolled",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("rolled_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("on", name=op.f("pk_reports_rolled")),
    )
    op.create_table(
        "shipping_shipment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("tracking_no", sa.Text(), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("salt", sa.Text(), nullable=False),
        sa.Column("phone_tail_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("shipped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("traces", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("subscribed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('no_trace', 'collected', 'in_transit', 'delivering', 'awaiting_pickup', 'signed', 'exception', 'rejected', 'returning', 'returned', 'customs', 'cancelled')",
            name=op.f("ck_shipping_shipment_status"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipping_shipment")),
        sa.UniqueConstraint(
            "order_id",
            "carrier",
            "tracking_no",
            name=op.f("uq_shipping_shipment_order_id_carrier_tracking_no"),
        ),
    )
    op.create_index(
        "ix_shipping_shipment_polled_at",
        "shipping_shipment",
        ["polled_at"],
        unique=False,
        postgresql_where=sa.text("status NOT IN ('returned', 'cancelled')"),
    )
    op.create_table(
        "catalog_product",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subtitle", sa.Text(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("tags", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("detail_html", sa.Text(), nullable=False),
        sa.Column("pictures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("price_min_fen", sa.BigInteger(), nullable=False),
        sa.Column("price_max_fen", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("terms", postgresql.TSVECTOR(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sold_count", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('draft', 'listed', 'delisted')", name=op.f("ck_catalog_product_status")
        ),
        sa.CheckConstraint("sold_count >= 0", name=op.f("ck_catalog_product_sold_count")),
        sa.ForeignKeyConstraint(
            ["category_id"], ["catalog_category.id"], name=op.f("fk_catalog_product_category_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_product")),
    )
    op.create_index(
        "ix_catalog_product_category_id_status",
        "catalog_product",
        ["category_id", "status", "id"],
        unique=False,
    )
    op.create_index(
        "ix_catalog_product_status_id", "catalog_product", ["status", "id"], unique=False
    )
    op.create_index(
        "ix_catalog_product_status_price",
        "catalog_product",
        ["status", "price_min_fen", "id"],
        unique=False,
    )
    op.create_index(
        "ix_catalog_product_status_sold_count",
        "catalog_product",
        ["status", "sold_count", "id"],
        unique=False,
    )
    op.create_index(
        "ix_catalog_product_terms",
        "catalog_product",
        ["terms"],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "identity_address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("detail_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_person.id"], name=op.f("fk_identity_address_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_address")),
    )
    op.create_index(
        op.f("ix_identity_address_person_id"), "identity_address", ["person_id"], unique=False
    )
    op.create_index(
        "uq_identity_address_default",
        "identity_address",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("is_default"),
    )
    op.create_table(
        "identity_audit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["identity_staff.id"], name=op.f("fk_identity_audit_staff_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_audit")),
    )
    op.create_index(
        op.f("ix_identity_audit_staff_id"), "identity_audit", ["staff_id"], unique=False
    )
    op.create_index(
        "ix_identity_audit_subject_at", "identity_audit", ["subject", "at"], unique=False
    )
    op.create_table(
        "identity_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(person_id, staff_id) = 1", name=op.f("ck_identity_session_one_actor")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_person.id"], name=op.f("fk_identity_session_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["identity_staff.id"], name=op.f("fk_identity_session_staff_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_identity_session")),
    )
    op.create_index(
        "ix_identity_session_expires_at", "identity_session", ["expires_at"], unique=False
    )
    op.create_index(
        op.f("ix_identity_session_person_id"), "identity_session", ["person_id"], unique=False
    )
    op.create_index(
        op.f("ix_identity_session_staff_id"), "identity_session", ["staff_id"], unique=False
    )
    op.create_table(
        "identity_wechat",
        sa.Column("appid", sa.Text(), nullable=False),
        sa.Column("openid", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("unionid", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_person.id"], name=op.f("fk_identity_wechat_person_id")
        ),
        sa.PrimaryKeyConstraint("appid", "openid", name=op.f("pk_identity_wechat")),
    )
    op.create_index(
        op.f("ix_identity_wechat_person_id"), "identity_wechat", ["person_id"], unique=False
    )
    op.create_index(
        op.f("ix_identity_wechat_unionid"), "identity_wechat", ["unionid"], unique=False
    )
    op.create_table(
        "live_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("nickname", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "status IN ('shown', 'held', 'retracted')", name=op.f("ck_live_message_status")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["live_room.id"], name=op.f("fk_live_message_room_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_message")),
        sa.UniqueConstraint(
            "person_id", "client_id", name=op.f("uq_live_message_person_id_client_id")
        ),
        sa.UniqueConstraint("room_id", "seq", name=op.f("uq_live_message_room_id_seq")),
    )
    op.create_index(
        "ix_live_message_room_person", "live_message", ["room_id", "person_id", "at"], unique=False
    )
    op.create_table(
        "live_mute",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("by_staff_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["live_room.id"], name=op.f("fk_live_mute_room_id")),
        sa.PrimaryKeyConstraint("room_id", "person_id", name=op.f("pk_live_mute")),
    )
    op.create_table(
        "live_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("scheduled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stream_name", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("push_key_hash", sa.LargeBinary(), nullable=True),
        sa.Column("push_key_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("push_id", sa.Text(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("interrupted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("recorded_ms", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status IN ('scheduled', 'live', 'interrupted', 'ended')",
            name=op.f("ck_live_session_status"),
        ),
        sa.ForeignKeyConstraint(
            ["room_id"], ["live_room.id"], name=op.f("fk_live_session_room_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_session")),
        sa.UniqueConstraint("stream_name", name=op.f("uq_live_session_stream_name")),
    )
    op.create_index(
        "ix_live_session_room_scheduled", "live_session", ["room_id", "scheduled_at"], unique=False
    )
    op.create_index(
        "uq_live_session_on_air",
        "live_session",
        ["room_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('live', 'interrupted')"),
    )
    op.create_table(
        "live_shelf",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["live_room.id"], name=op.f("fk_live_shelf_room_id")),
        sa.PrimaryKeyConstraint("room_id", "product_id", name=op.f("pk_live_shelf")),
    )
    op.create_index(op.f("ix_live_shelf_product_id"), "live_shelf", ["product_id"], unique=False)
    op.create_table(
        "orders_after_sale",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("buyer_id", sa.Uuid(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lines", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("freight_fen", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_reason", sa.Text(), nullable=True),
        sa.Column("return_carrier", sa.Text(), nullable=True),
        sa.Column("return_tracking_no", sa.Text(), nullable=True),
        sa.Column("is_restocked", sa.Boolean(), nullable=False),
        sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('refund', 'return_and_refund')", name=op.f("ck_orders_after_sale_kind")
        ),
        sa.CheckConstraint(
            "status IN ('applied', 'returning', 'returned', 'refunding', 'done', 'refused', 'withdrawn')",
            name=op.f("ck_orders_after_sale_status"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders_order.id"], name=op.f("fk_orders_after_sale_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders_after_sale")),
    )
    op.create_index(
        "ix_orders_after_sale_applied", "orders_after_sale", ["applied_at", "id"], unique=False
    )
    op.create_index(
        "ix_orders_after_sale_buyer",
        "orders_after_sale",
        ["buyer_id", "applied_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_orders_after_sale_open",
        "orders_after_sale",
        ["order_id"],
        unique=False,
        postgresql_where=sa.text("status IN ('applied', 'returning', 'returned', 'refunding')"),
    )
    op.create_index("ix_orders_after_sale_order", "orders_after_sale", ["order_id"], unique=False)
    op.create_index(
        "ix_orders_after_sale_refunded",
        "orders_after_sale",
        ["refunded_at"],
        unique=False,
        postgresql_where=sa.text("refunded_at IS NOT NULL"),
    )
    op.create_table(
        "orders_line",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("picture_key", sa.Text(), nullable=True),
        sa.Column("unit_fen", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("goods_fen", sa.BigInteger(), nullable=False),
        sa.Column("discount_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("cost_fen", sa.BigInteger(), nullable=True),
        sa.Column("refunded_quantity", sa.Integer(), server_default="0", nullable=False),
        sa.Column("refunded_fen", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "paid_fen = goods_fen - discount_fen AND paid_fen >= 0",
            name=op.f("ck_orders_line_sums"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_orders_line_quantity")),
        sa.CheckConstraint(
            "refunded_quantity BETWEEN 0 AND quantity AND refunded_fen BETWEEN 0 AND paid_fen",
            name=op.f("ck_orders_line_refunds"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders_order.id"], name=op.f("fk_orders_line_order_id")
        ),
        sa.PrimaryKeyConstraint("order_id", "no", name=op.f("pk_orders_line")),
    )
    op.create_index("ix_orders_line_product", "orders_line", ["product_id"], unique=False)
    op.create_table(
        "payments_refund",
        sa.Column("out_refund_no", sa.Text(), nullable=False),
        sa.Column("out_trade_no", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after_sale_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("succeeded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status IN ('asked', 'sent', 'succeeded', 'abnormal', 'closed')",
            name=op.f("ck_payments_refund_status"),
        ),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_payments_refund_amount")),
        sa.ForeignKeyConstraint(
            ["out_trade_no"],
            ["payments_attempt.out_trade_no"],
            name=op.f("fk_payments_refund_out_trade_no"),
        ),
        sa.PrimaryKeyConstraint("out_refund_no", name=op.f("pk_payments_refund")),
        sa.UniqueConstraint("after_sale_id", name=op.f("uq_payments_refund_after_sale_id")),
    )
    op.create_index(
        "ix_payments_refund_open",
        "payments_refund",
        ["asked_at"],
        unique=False,
        postgresql_where=sa.text("status IN ('asked', 'sent')"),
    )
    op.create_index(
        op.f("ix_payments_refund_out_trade_no"), "payments_refund", ["out_trade_no"], unique=False
    )
    op.create_table(
        "catalog_product_version",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["catalog_product.id"],
            name=op.f("fk_catalog_product_version_product_id"),
        ),
        sa.PrimaryKeyConstraint("product_id", "version", name=op.f("pk_catalog_product_version")),
    )
    op.create_table(
        "catalog_sku",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("cost_fen", sa.BigInteger(), nullable=True),
        sa.Column("strike_fen", sa.BigInteger(), nullable=True),
        sa.Column("picture_key", sa.Text(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "cost_fen BETWEEN 0 AND 10000000000", name=op.f("ck_catalog_sku_cost_fen")
        ),
        sa.CheckConstraint(
            "price_fen BETWEEN 1 AND 10000000000", name=op.f("ck_catalog_sku_price_fen")
        ),
        sa.CheckConstraint("strike_fen > price_fen", name=op.f("ck_catalog_sku_strike_fen")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalog_product.id"], name=op.f("fk_catalog_sku_product_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalog_sku")),
        sa.UniqueConstraint(
            "product_id", "options", name=op.f("uq_catalog_sku_product_id_options")
        ),
    )
    op.create_table(
        "live_pin",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("started_media_ms", sa.Integer(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_media_ms", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["room_id"], ["live_room.id"], name=op.f("fk_live_pin_room_id")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["live_session.id"], name=op.f("fk_live_pin_session_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_live_pin")),
    )
    op.create_index("ix_live_pin_session", "live_pin", ["session_id"], unique=False)
    op.create_index(
        "uq_live_pin_current",
        "live_pin",
        ["room_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "catalog_cart_line",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sku_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_catalog_cart_line_quantity")),
        sa.ForeignKeyConstraint(
            ["sku_id"], ["catalog_sku.id"], name=op.f("fk_catalog_cart_line_sku_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "sku_id", name=op.f("pk_catalog_cart_line")),
    )
    for script in (PGQUEUER, LEDGER):
        run_script(script)


def run_script(script: str) -> None:
    """Several statements at once, which only the driver itself takes."""
    connection = op.get_bind().connection.dbapi_connection
    connection.run_async(lambda driver: driver.execute(script))


PGQUEUER = r"""
-- pgqueuer 1.6.0 -- prefix='' schema=None durability=durable

CREATE TYPE pgqueuer_status AS ENUM ('queued', 'picked', 'successful', 'exception', 'canceled', 'deleted', 'failed');

CREATE TABLE pgqueuer (
    id bigserial NOT NULL PRIMARY KEY,
    priority integer NOT NULL,
    queue_manager_id uuid,
    created timestamp with time zone NOT NULL DEFAULT now(),
    updated timestamp with time zone NOT NULL DEFAULT now(),
    heartbeat timestamp with time zone NOT NULL DEFAULT now(),
    execute_after timestamp with time zone NOT NULL DEFAULT now(),
    status pgqueuer_status NOT NULL,
    entrypoint text NOT NULL,
    dedupe_key text,
    payload bytea,
    headers jsonb,
    attempts integer NOT NULL DEFAULT 0,
    slot bigint
);

CREATE TABLE pgqueuer_log (
    id bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL PRIMARY KEY,
    created timestamp with time zone NOT NULL DEFAULT now(),
    job_id bigint NOT NULL,
    status pgqueuer_status NOT NULL,
    priority integer NOT NULL,
    entrypoint text NOT NULL,
    traceback jsonb,
    aggregated boolean DEFAULT false
);

CREATE TABLE pgqueuer_schedules (
    id bigserial NOT NULL PRIMARY KEY,
    expression text NOT NULL,
    entrypoint text NOT NULL,
    heartbeat timestamp with time zone NOT NULL DEFAULT now(),
    created timestamp with time zone NOT NULL DEFAULT now(),
    updated timestamp with time zone NOT NULL DEFAULT now(),
    next_run timestamp with time zone NOT NULL DEFAULT now(),
    last_run timestamp with time zone,
    status pgqueuer_status DEFAULT 'queued'::pgqueuer_status,
    UNIQUE (expression, entrypoint)
);

CREATE TABLE pgqueuer_statistics (
    id bigserial NOT NULL PRIMARY KEY,
    created timestamp with time zone NOT NULL DEFAULT date_trunc('sec'::text, now()),
    count bigint NOT NULL,
    priority integer NOT NULL,
    status pgqueuer_status NOT NULL,
    entrypoint text NOT NULL
);

CREATE INDEX pgqueuer_ep_ea_idx ON pgqueuer USING btree (entrypoint, execute_after) WHERE (status = 'queued'::pgqueuer_status);

CREATE INDEX pgqueuer_ep_prio_id_idx ON pgqueuer USING btree (entrypoint, priority DESC, id) WHERE (status = 'queued'::pgqueuer_status);

CREATE INDEX pgqueuer_log_created ON pgqueuer_log USING btree (created);

CREATE INDEX pgqueuer_log_job_id_status ON pgqueuer_log USING btree (job_id, created DESC);

CREATE INDEX pgqueuer_log_not_aggregated ON pgqueuer_log USING btree ((1)) WHERE (NOT aggregated);

CREATE INDEX pgqueuer_log_status ON pgqueuer_log USING btree (status);

CREATE INDEX pgqueuer_picked_heartbeat_idx ON pgqueuer USING btree (heartbeat) WHERE (status = 'picked'::pgqueuer_status);

CREATE UNIQUE INDEX pgqueuer_picked_slot_idx ON pgqueuer USING btree (entrypoint, slot) WHERE ((status = 'picked'::pgqueuer_status) AND (slot IS NOT NULL));

CREATE INDEX pgqueuer_priority_id_id1_idx ON pgqueuer USING btree (priority, id DESC) INCLUDE (id) WHERE (status = 'queued'::pgqueuer_status);

CREATE INDEX pgqueuer_queue_manager_id_idx ON pgqueuer USING btree (queue_manager_id) WHERE (queue_manager_id IS NOT NULL);

CREATE UNIQUE INDEX pgqueuer_statistics_unique_count ON pgqueuer_statistics USING btree (priority, date_trunc('sec'::text, timezone('UTC'::text, created)), status, entrypoint);

CREATE UNIQUE INDEX pgqueuer_unique_dedupe_key ON pgqueuer USING btree (dedupe_key) WHERE ((status = ANY (ARRAY['queued'::pgqueuer_status, 'picked'::pgqueuer_status])) AND (dedupe_key IS NOT NULL));

CREATE INDEX pgqueuer_updated_id_id1_idx ON pgqueuer USING btree (updated, id DESC) INCLUDE (id) WHERE (status = 'picked'::pgqueuer_status);

CREATE FUNCTION fn_pgqueuer_changed() RETURNS TRIGGER AS $$
DECLARE
    to_emit BOOLEAN := false;  -- Flag to decide whether to emit a notification
BEGIN
    -- Check operation type and set the emit flag accordingly
    IF TG_OP = 'UPDATE' AND OLD IS DISTINCT FROM NEW THEN
        to_emit := true;
    ELSIF TG_OP = 'DELETE' THEN
        to_emit := true;
    ELSIF TG_OP = 'INSERT' THEN
        to_emit := true;
    ELSIF TG_OP = 'TRUNCATE' THEN
        to_emit := true;
    END IF;

    -- Perform notification if the emit flag is set
    IF to_emit THEN
        PERFORM pg_notify(
            'ch_pgqueuer',
            json_build_object(
                'channel', 'ch_pgqueuer',
                'operation', lower(TG_OP),
                'sent_at', NOW(),
                'table', TG_TABLE_NAME,
                'type', 'table_changed_event'
            )::text
        );
    END IF;

    -- Return appropriate value based on the operation
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        RETURN NEW;
    ELSIF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSE
        RETURN NULL; -- For TRUNCATE and other non-row-specific contexts
    END IF;

END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER tg_pgqueuer_changed
AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON pgqueuer
EXECUTE FUNCTION fn_pgqueuer_changed();
"""

LEDGER = r"""
-- The ledger only grows, and grows in balance. A statement writes whole transfers: the check runs
-- once for each statement, at its end, so a transfer is never seen half written.

CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger entries are never changed: write a transfer that corrects them'
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER ledger_entry_is_permanent
  BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change();

CREATE FUNCTION ledger_refuse_imbalance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM written GROUP BY reason, source, owner_id HAVING sum(amount_fen) <> 0
  ) THEN
    RAISE EXCEPTION 'a ledger transfer must sum to zero'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER ledger_entry_sums_to_zero
  AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS written
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_imbalance();
"""

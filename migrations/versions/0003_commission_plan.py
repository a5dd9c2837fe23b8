"""The commission plan: versions with their rates as rows, tiers and standings as rows.

Terms of before are carried over: rates become a plan's, the rest settings (binding, payout) unless
somebody has written those already. A commission learns when its order was paid.

A table and columns are dropped, so the version before must be stopped first: it would look for
`affiliates_terms` and an affiliate's `tier`. Locks are waited for 4 s at most (env.py). Never import
`bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_commission_plan"
down_revision = "0002_settings"
branch_labels = None
depends_on = None

_TIERS = """
INSERT INTO affiliates_tier (code, name, position)
VALUES ('normal', '普通', 0), ('gold', '金牌', 1), ('diamond', '钻石', 2)
"""
_FIRST_PLAN = """
INSERT INTO affiliates_plan (version, from_at, shop_bp, cap_bp, made_at)
VALUES (0, '2000-01-01 00:00:00+00', 1000, 5000, '2000-01-01 00:00:00+00')
"""
_PLANS = """
INSERT INTO affiliates_plan (version, from_at, shop_bp, cap_bp, made_at, made_by)
SELECT version, made_at, (terms->>'shop_bp')::bigint, (terms->>'cap_bp')::bigint, made_at, made_by
FROM affiliates_terms
"""
_RATES = """
INSERT INTO affiliates_plan_rate (version, kind, subject_id, rate_bp)
SELECT terms.version, kind.name, CASE WHEN kind.name = 'tier' AND rate.key = 'standard'
  THEN 'normal' ELSE rate.key END, rate.value::bigint
FROM affiliates_terms terms,
  (VALUES ('tier', 'tiers_bp'), ('category', 'categories_bp'), ('product', 'products_bp'))
    AS kind(name, field),
  jsonb_each_text(coalesce(terms.terms->kind.field, '{}')) AS rate
"""
_SETTINGS = """
INSERT INTO settings_setting (key, version, value, from_at, by_staff_id, written_at)
SELECT part.key, row_number() OVER (PARTITION BY part.key ORDER BY terms.version), part.value,
  terms.made_at, terms.made_by, terms.made_at
FROM affiliates_terms terms, LATERAL (VALUES
  ('binding', jsonb_build_object('binding_days', terms.terms->'binding_days',
    'protection_days', terms.terms->'protection_days', 'share_days', terms.terms->'share_days')),
  ('payout', jsonb_build_object('holding_days', terms.terms->'holding_days',
    'withdrawal_min_fen', terms.terms->'withdrawal_min_fen',
    'automatic_max_fen', terms.terms->'automatic_max_fen'))) AS part(key, value)
WHERE NOT EXISTS (SELECT FROM settings_setting setting WHERE setting.key = part.key)
"""
_STANDINGS = """
INSERT INTO affiliates_standing (affiliate_id, tier, rate_bp, from_at)
SELECT id, CASE tier WHEN 'standard' THEN 'normal' ELSE tier END, rate_bp, applied_at
FROM affiliates_affiliate WHERE tier <> 'standard' OR rate_bp IS NOT NULL
"""
_PAID_AT = """
UPDATE affiliates_commission commission SET paid_at = coalesce(
  (SELECT paid_at FROM orders_order WHERE id = commission.order_id), commission.accrued_at)
"""


def upgrade() -> None:
    _new_tables()
    for statement in (_TIERS, _FIRST_PLAN, _PLANS, _RATES, _SETTINGS, _STANDINGS):
        op.execute(statement)
    op.drop_table("affiliates_terms")
    op.drop_column("affiliates_affiliate", "tier")
    op.drop_column("affiliates_affiliate", "rate_bp")
    op.add_column(
        "affiliates_commission", sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.execute(_PAID_AT)
    op.alter_column("affiliates_commission", "paid_at", nullable=False)
    op.drop_index("ix_affiliates_commission_affiliate", table_name="affiliates_commission")
    op.create_index(
        "ix_affiliates_commission_affiliate",
        "affiliates_commission",
        ["affiliate_id", "paid_at", "id"],
    )


def _new_tables() -> None:
    op.create_table(
        "affiliates_tier",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("code ~ '^[0-9a-z_]{1,20}$'", name=op.f("ck_affiliates_tier_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_affiliates_tier")),
        sa.UniqueConstraint("name", name=op.f("uq_affiliates_tier_name")),
    )
    op.create_table(
        "affiliates_standing",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("affiliate_id", sa.Uuid(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("rate_bp", sa.BigInteger(), nullable=True),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_staff_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "rate_bp BETWEEN 0 AND 10000", name=op.f("ck_affiliates_standing_rate_bp")
        ),
        sa.ForeignKeyConstraint(
            ["tier"], ["affiliates_tier.code"], name=op.f("fk_affiliates_standing_tier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliates_standing")),
    )
    op.create_index(
        op.f("ix_affiliates_standing_affiliate_id"), "affiliates_standing", ["affiliate_id"]
    )
    op.create_table(
        "affiliates_plan",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shop_bp", sa.BigInteger(), nullable=False),
        sa.Column("cap_bp", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("shop_bp BETWEEN 0 AND 5000", name=op.f("ck_affiliates_plan_shop_bp")),
        sa.CheckConstraint("cap_bp BETWEEN 0 AND 5000", name=op.f("ck_affiliates_plan_cap_bp")),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_affiliates_plan")),
    )
    op.create_table(
        "affiliates_plan_rate",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("rate_bp", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('tier', 'category', 'product')", name=op.f("ck_affiliates_plan_rate_kind")
        ),
        sa.CheckConstraint(
            "rate_bp BETWEEN 0 AND 5000", name=op.f("ck_affiliates_plan_rate_rate_bp")
        ),
        sa.ForeignKeyConstraint(
            ["version"], ["affiliates_plan.version"], name=op.f("fk_affiliates_plan_rate_version")
        ),
        sa.PrimaryKeyConstraint("version", "kind", "subject_id", name=op.f("pk_affiliates_plan_rate")),
    )

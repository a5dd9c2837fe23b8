"""Withdrawals: two approvals by two persons, a provider, and debts that the owner writes off.

Whoever approved before keeps his approval; which person he is was not known then.

Columns are renamed and dropped, so the version before must be stopped first: it would look for
`openid` and `approved_by`. Locks are waited for 4 s at most (env.py). Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010_two_approvals"
down_revision = "0009_deeds"
branch_labels = None
depends_on = None

_APPROVALS = """
INSERT INTO affiliates_approval (withdrawal_id, staff_id, at)
SELECT id, approved_by, approved_at FROM affiliates_withdrawal
WHERE approved_by IS NOT NULL AND approved_at IS NOT NULL AND status <> 'refused'
"""


def upgrade() -> None:
    op.create_table(
        "affiliates_approval",
        sa.Column("withdrawal_id", sa.Uuid(), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["withdrawal_id"],
            ["affiliates_withdrawal.id"],
            name=op.f("fk_affiliates_approval_withdrawal_id"),
        ),
        sa.PrimaryKeyConstraint("withdrawal_id", "staff_id", name=op.f("pk_affiliates_approval")),
        sa.UniqueConstraint(
            "withdrawal_id", "person_id", name=op.f("uq_affiliates_approval_withdrawal_id_person_id")
        ),
    )
    op.execute(_APPROVALS)
    op.drop_column("affiliates_withdrawal", "approved_by")
    op.drop_column("affiliates_withdrawal", "approved_at")
    op.alter_column("affiliates_withdrawal", "openid", new_column_name="payee_ref")
    op.alter_column("affiliates_withdrawal", "package_info", new_column_name="confirm_token")
    op.add_column(
        "affiliates_withdrawal",
        sa.Column("provider", sa.Text(), nullable=False, server_default="wechat_pay"),
    )
    op.alter_column("affiliates_withdrawal", "provider", server_default=None)
    op.create_table(
        "affiliates_write_off",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("affiliate_id", sa.Uuid(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("by_staff_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_affiliates_write_off_amount_fen")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_affiliates_write_off")),
    )
    op.create_index(
        op.f("ix_affiliates_write_off_affiliate_id"), "affiliates_write_off", ["affiliate_id"]
    )
    op.add_column("identity_staff", sa.Column("person_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_identity_staff_person_id"),
        "identity_staff",
        "identity_person",
        ["person_id"],
        ["id"],
    )
    op.create_index(op.f("ix_identity_staff_person_id"), "identity_staff", ["person_id"])

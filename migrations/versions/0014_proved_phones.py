"""Phones that people have proved, and everybody whom a login was ever said to be.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014_proved_phones"
down_revision = "0013_refund_desk"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identity_phone",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("phone_index", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_person.id"], name=op.f("fk_identity_phone_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "phone_index", name=op.f("pk_identity_phone")),
    )
    op.create_table(
        "identity_staff_person",
        sa.Column("staff_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["identity_person.id"], name=op.f("fk_identity_staff_person_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["identity_staff.id"], name=op.f("fk_identity_staff_person_staff_id")
        ),
        sa.PrimaryKeyConstraint("staff_id", "person_id", name=op.f("pk_identity_staff_person")),
    )
    op.create_index(
        op.f("ix_identity_staff_person_person_id"), "identity_staff_person", ["person_id"]
    )
    op.execute(
        "INSERT INTO identity_staff_person (staff_id, person_id, at)"
        " SELECT id, person_id, now() FROM identity_staff WHERE person_id IS NOT NULL"
    )

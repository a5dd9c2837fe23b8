"""What is kept for a time only is found by its age.

Nothing but indexes. Never import `bofen` here.
"""

from alembic import op

revision = "0023_retention"
down_revision = "0022_settlements_by_affiliate"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_payments_notice_at", "payments_notice", ["at"])
    op.create_index("ix_identity_phone_code_expires_at", "identity_phone_code", ["expires_at"])

"""${message}

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}

"""Every title that a product has or had can be looked up, and so can tags and prices.

Expand, then backfill, then contract: a running old version must survive this. Locks are waited for
4 s at most (env.py); long backfills go in batches of their own. Never import `bofen` here.
"""

import re
import unicodedata
from itertools import pairwise

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018_titles"
down_revision = "0017_list_indexes"
branch_labels = None
depends_on = None

TITLES = """
SELECT id AS product_id, title, split_part(text, E'\\n', 1) AS text FROM catalog_product
UNION
SELECT version.product_id, version.content ->> 'title', NULL FROM catalog_product_version version
JOIN catalog_product product ON product.id = version.product_id
WHERE version.content ->> 'title' <> product.title
"""
"""A product keeps its own title folded; those it had before are folded here, less thoroughly."""

KEEP = """
INSERT INTO catalog_title (product_id, title, text, terms)
VALUES (:product_id, :title, :text, array_to_tsvector(CAST(:terms AS text[])))
ON CONFLICT DO NOTHING
"""
HAN = "\u3400-\u9fff\U00020000-\U0003ffff"
PART = re.compile(f"[{HAN}]+|[^\\W_{HAN}]+")


def upgrade() -> None:
    op.create_index("ix_catalog_product_price", "catalog_product", ["price_min_fen", "id"])
    op.create_index("ix_catalog_product_sold_count", "catalog_product", ["sold_count", "id"])
    op.create_index(
        "ix_catalog_product_tags",
        "catalog_product",
        ["tags"],
        postgresql_using="gin",
        postgresql_ops={"tags": "jsonb_path_ops"},
    )
    op.create_table(
        "catalog_title",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("terms", postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"], ["catalog_product.id"], name=op.f("fk_catalog_title_product_id")
        ),
        sa.PrimaryKeyConstraint("product_id", "title", name=op.f("pk_catalog_title")),
    )
    _backfill()
    op.create_index(
        "ix_catalog_title_terms", "catalog_title", ["terms"], postgresql_using="gin"
    )
    op.execute("ANALYZE catalog_title")


def _backfill() -> None:
    connection = op.get_bind()
    for rows in connection.execute(sa.text(TITLES)).mappings().partitions(1_000):
        connection.execute(sa.text(KEEP), [_kept(row) for row in rows])


def _kept(row: sa.RowMapping) -> dict[str, object]:
    text = row["text"] or unicodedata.normalize("NFKC", row["title"]).casefold()
    return {**row, "text": text, "terms": _terms(text)}


def _terms(text: str) -> list[str]:
    """Words; of Chinese runs each character and each pair."""
    found: set[str] = set()
    for part in PART.findall(text):
        if re.match(f"[{HAN}]", part):
            found |= {*part, *("".join(pair) for pair in pairwise(part))}
        else:
            found.add(part[:40])
    return sorted(found)

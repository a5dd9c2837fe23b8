from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, deferred, mapped_column

from bofen.catalog.bulk.rules import BulkKind
from bofen.catalog.rules import ProductStatus
from bofen.kit.ids import new_id
from bofen.kit.model import Model, one_of
from bofen.kit.money import FEN_MAX, Fen


class Category(Model):
    """A node of the category tree; names are one among siblings."""

    __tablename__ = "catalog_category"
    __table_args__ = (UniqueConstraint("parent_id", "name", postgresql_nulls_not_distinct=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    name: Mapped[str]
    parent_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("catalog_category.id"), index=True, default=None
    )
    picture_key: Mapped[str | None] = mapped_column(default=None)
    position: Mapped[int] = mapped_column(default=0)


class Product(Model):
    """A product as it is now. What it was at an order is kept on the order's lines."""

    __tablename__ = "catalog_product"
    __table_args__ = (
        CheckConstraint(one_of("status", ProductStatus), name="status"),
        CheckConstraint("sold_count >= 0", name="sold_count"),
        Index("ix_catalog_product_terms", "terms", postgresql_using="gin"),
        Index("ix_catalog_product_status_sold_count", "status", "sold_count", "id"),
        Index("ix_catalog_product_status_price", "status", "price_min_fen", "id"),
        Index("ix_catalog_product_status_id", "status", "id"),
        Index("ix_catalog_product_category_id_status", "category_id", "status", "id"),
        Index("ix_catalog_product_price", "price_min_fen", "id"),
        Index("ix_catalog_product_sold_count", "sold_count", "id"),
        Index(
            "ix_catalog_product_tags",
            "tags",
            postgresql_using="gin",
            postgresql_ops={"tags": "jsonb_path_ops"},
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    title: Mapped[str]
    subtitle: Mapped[str]
    category_id: Mapped[UUID] = mapped_column(ForeignKey("catalog_category.id"))
    brand: Mapped[str]
    tags: Mapped[list[Any]]
    detail_html: Mapped[str]
    pictures: Mapped[list[Any]]
    options: Mapped[list[Any]]
    price_min_fen: Mapped[Fen]
    price_max_fen: Mapped[Fen]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    text: Mapped[str]
    """Everything that is searched, folded: what the terms were made of."""
    terms: Mapped[Any] = deferred(mapped_column(TSVECTOR, init=False, nullable=False))
    status: Mapped[str] = mapped_column(default=ProductStatus.draft.value)
    version: Mapped[int] = mapped_column(default=1)
    sold_count: Mapped[int] = mapped_column(default=0)
    folding: Mapped[int] = mapped_column(default=0, server_default="0")
    """By which rules (`words.FOLDING`) `text` and `terms` were made."""


class ProductVersion(Model):
    """What a product said at each version, and who wrote it."""

    __tablename__ = "catalog_product_version"

    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog_product.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    actor: Mapped[str]
    at: Mapped[datetime]


class BulkChange(Model):
    """A bulk change as staff asked for it; its lines tell what became of each product."""

    __tablename__ = "catalog_bulk_change"
    __table_args__ = (
        CheckConstraint(one_of("kind", BulkKind), name="kind"),
        CheckConstraint("num_nulls(undone_at, undone_by_staff_id) IN (0, 2)", name="undone"),
        Index("ix_catalog_bulk_change_at", "at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    by_staff_id: Mapped[UUID]
    asked: Mapped[str]
    kind: Mapped[str]
    amount_fen: Mapped[Fen]
    change_bp: Mapped[int]
    category_id: Mapped[UUID | None]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None] = mapped_column(default=None)
    undone_by_staff_id: Mapped[UUID | None] = mapped_column(default=None)


class BulkLine(Model):
    """A product of a bulk change: how it stood, how it was left, or why it was not touched.

    `after` and `version` are null where nothing was written.
    """

    __tablename__ = "catalog_bulk_line"
    __table_args__ = (
        CheckConstraint("num_nulls(after, version) IN (0, 2)", name="written"),
        CheckConstraint("after IS NULL OR refusal IS NULL", name="refusal"),
    )

    change_id: Mapped[UUID] = mapped_column(ForeignKey("catalog_bulk_change.id"), primary_key=True)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog_product.id"), primary_key=True)
    place: Mapped[int]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any] | None]
    version: Mapped[int | None]
    refusal: Mapped[dict[str, Any] | None]
    is_put_back: Mapped[bool] = mapped_column(default=False, server_default="false")
    undo_refusal: Mapped[dict[str, Any] | None] = mapped_column(default=None)


class Sold(Model):
    """Pieces sold or (negative) given back that `sold_count` does not hold yet."""

    __tablename__ = "catalog_sold"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True, init=False)
    product_id: Mapped[UUID]
    pieces: Mapped[int]


class Title(Model):
    """A title that a product has or had: orders keep theirs and are found by it."""

    __tablename__ = "catalog_title"
    __table_args__ = (Index("ix_catalog_title_terms", "terms", postgresql_using="gin"),)

    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog_product.id"), primary_key=True)
    title: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    """The title, folded."""
    terms: Mapped[Any] = deferred(mapped_column(TSVECTOR, init=False, nullable=False))


class Sku(Model):
    """One buyable combination of a product's options. Never removed: orders point at it."""

    __tablename__ = "catalog_sku"
    __table_args__ = (
        UniqueConstraint("product_id", "options"),
        CheckConstraint(f"price_fen BETWEEN 1 AND {FEN_MAX}", name="price_fen"),
        CheckConstraint(f"cost_fen BETWEEN 0 AND {FEN_MAX}", name="cost_fen"),
        CheckConstraint("strike_fen > price_fen", name="strike_fen"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    product_id: Mapped[UUID] = mapped_column(ForeignKey("catalog_product.id"))
    options: Mapped[dict[str, Any]]
    spec: Mapped[str]
    price_fen: Mapped[Fen]
    position: Mapped[int]
    cost_fen: Mapped[Fen | None] = mapped_column(default=None)
    strike_fen: Mapped[Fen | None] = mapped_column(default=None)
    picture_key: Mapped[str | None] = mapped_column(default=None)
    is_active: Mapped[bool] = mapped_column(default=True)


class CartLine(Model):
    """What a person means to buy; its price is asked each time it is shown.

    The last six tell of the broadcast that it was last put in from.
    """

    __tablename__ = "catalog_cart_line"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("num_nulls(room_id, session_id, chosen_at) IN (0, 3)", name="moment"),
    )

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    sku_id: Mapped[UUID] = mapped_column(ForeignKey("catalog_sku.id"), primary_key=True)
    quantity: Mapped[int]
    added_at: Mapped[datetime]
    room_id: Mapped[UUID | None] = mapped_column(default=None)
    session_id: Mapped[UUID | None] = mapped_column(default=None)
    pin_id: Mapped[UUID | None] = mapped_column(default=None)
    media_time_ms: Mapped[int | None] = mapped_column(default=None)
    is_replay: Mapped[bool] = mapped_column(default=False, server_default="false")
    chosen_at: Mapped[datetime | None] = mapped_column(default=None)

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Computed,
    ForeignKey,
    Index,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bofen.inventory.rules import BY_HAND, LOW_BELOW, MovementKind, TakeStatus
from bofen.kit.ids import new_id
from bofen.kit.model import Model, one_of

SHELF_LEVEL = (
    "width_bucket(on_hand - held,"
    " ARRAY[1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 80, 100, 150, 200, 300, 500, 800, 1000, 1500, 2000,"
    " 3000, 5000, 10000, 20000, 50000, 100000, 1000000]::bigint[])"
)


class Stock(Model):
    """What lies in the warehouse, and how much of it is promised to orders."""

    __tablename__ = "inventory_stock"
    __table_args__ = (
        CheckConstraint("0 <= held AND held <= on_hand", name="held_within_on_hand"),
        # Neither changes with each piece that is sold: the row is still written in its place.
        Index("ix_inventory_stock_shelf_level", "shelf_level", "sku_id"),
        Index(
            "ix_inventory_stock_low",
            "shelf_level",
            "sku_id",
            postgresql_where=text("is_low"),
        ),
    )

    sku_id: Mapped[UUID] = mapped_column(primary_key=True)
    on_hand: Mapped[int] = mapped_column(BigInteger, default=0)
    held: Mapped[int] = mapped_column(BigInteger, default=0)
    low_below: Mapped[int] = mapped_column(default=LOW_BELOW, server_default=str(LOW_BELOW))
    shelf_level: Mapped[int] = mapped_column(Computed(SHELF_LEVEL, persisted=True), init=False)
    """Roughly how much is available: in this order, then exactly, lists are read."""
    is_low: Mapped[bool] = mapped_column(
        Computed("on_hand - held < low_below", persisted=True), init=False
    )


class Movement(Model):
    """One line of the stock journal; never changed, never removed."""

    __tablename__ = "inventory_movement"
    __table_args__ = (
        CheckConstraint(one_of("kind", MovementKind), name="kind"),
        CheckConstraint("quantity <> 0 OR kind = 'stock_take'", name="quantity"),
        UniqueConstraint("reference_id", "reference_kind", "kind", "sku_id"),
        Index("ix_inventory_movement_sku_id_id", "sku_id", "id"),
        # Of the few lines that no order wrote: what a crowd does costs no more for them.
        Index(
            "ix_inventory_movement_kind_id",
            "kind",
            "id",
            postgresql_where=text(one_of("kind", BY_HAND)),
        ),
        Index(
            "ix_inventory_movement_actor_id",
            "actor",
            "id",
            postgresql_where=text("actor LIKE 'staff:%'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)
    sku_id: Mapped[UUID]
    kind: Mapped[str]
    quantity: Mapped[int] = mapped_column(BigInteger)
    on_hand_after: Mapped[int] = mapped_column(BigInteger)
    held_after: Mapped[int] = mapped_column(BigInteger)
    reference_kind: Mapped[str]
    reference_id: Mapped[UUID]
    actor: Mapped[str]
    at: Mapped[datetime]


class Take(Model):
    """A stock-take: a count of some or all SKUs, whose differences are posted when it ends."""

    __tablename__ = "inventory_take"
    __table_args__ = (
        CheckConstraint(one_of("status", TakeStatus), name="status"),
        CheckConstraint(
            "num_nulls(ended_by, ended_at) = CASE status WHEN 'open' THEN 2 ELSE 0 END",
            name="ended",
        ),
        UniqueConstraint("number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    status: Mapped[str]
    note: Mapped[str]
    includes_unsent: Mapped[bool]
    """What is paid and not sent yet lies on the shelf and was counted too."""
    asked: Mapped[str]
    begun_by: Mapped[UUID]
    begun_at: Mapped[datetime]
    ended_by: Mapped[UUID | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class TakeLine(Model):
    """One SKU of a stock-take. Its difference is `counted` less `book`, the book of that moment."""

    __tablename__ = "inventory_take_line"
    __table_args__ = (
        CheckConstraint(
            "num_nulls(counted, book, counted_by, counted_at, entry_id) IN (0, 5)", name="counted"
        ),
        CheckConstraint("counted >= 0", name="counted_not_negative"),
        UniqueConstraint("take_id", "no"),
        # Of two open takes with one SKU each would post the same difference.
        Index(
            "uq_inventory_take_line_open",
            "sku_id",
            unique=True,
            postgresql_where=text("is_open"),
        ),
    )

    take_id: Mapped[UUID] = mapped_column(ForeignKey("inventory_take.id"), primary_key=True)
    sku_id: Mapped[UUID] = mapped_column(primary_key=True)
    no: Mapped[int]
    book_at_begin: Mapped[int] = mapped_column(BigInteger)
    is_open: Mapped[bool]
    counted: Mapped[int | None] = mapped_column(BigInteger, default=None)
    book: Mapped[int | None] = mapped_column(BigInteger, default=None)
    counted_by: Mapped[UUID | None] = mapped_column(default=None)
    counted_at: Mapped[datetime | None] = mapped_column(default=None)
    entry_id: Mapped[UUID | None] = mapped_column(default=None)
    """The entry that it came with: sent twice, it counts once."""

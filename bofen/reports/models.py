from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Identity
from sqlalchemy.orm import Mapped, mapped_column

from bofen.kit.model import Model
from bofen.kit.money import Fen


class Day(Model):
    """What a finished day came to, by source. `verify` reads it from the orders again."""

    __tablename__ = "reports_day"

    on: Mapped[date] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    has_affiliate: Mapped[bool] = mapped_column(primary_key=True)
    orders: Mapped[int]
    sales_fen: Mapped[Fen]
    refunds: Mapped[int]
    refunds_fen: Mapped[Fen]


class ProductDay(Model):
    """What a product came to on a finished day."""

    __tablename__ = "reports_product_day"

    on: Mapped[date] = mapped_column(primary_key=True)
    product_id: Mapped[UUID] = mapped_column(primary_key=True)
    quantity: Mapped[int]
    sales_fen: Mapped[Fen]
    refunded_quantity: Mapped[int]
    refunds_fen: Mapped[Fen]


class Rolled(Model):
    """The days that were added up, also those on which nothing was sold."""

    __tablename__ = "reports_rolled"

    on: Mapped[date] = mapped_column(primary_key=True)
    rolled_at: Mapped[datetime]


class KeptProof(Model):
    """That everything agreed, and from which transaction on it has to be looked at again."""

    __tablename__ = "reports_proof"

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True, init=False)
    at: Mapped[datetime]
    cluster: Mapped[int] = mapped_column(BigInteger)
    """`system_identifier` of the PostgreSQL that counted the transactions: others count anew."""
    horizon: Mapped[int] = mapped_column(BigInteger)

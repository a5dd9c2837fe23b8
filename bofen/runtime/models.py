from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bofen.kit.model import Model


class Installation(Model):
    """The one row that says which installation this database belongs to."""

    __tablename__ = "runtime_installation"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    key_fingerprint: Mapped[str]
    """Of the master key: tells keys apart and gives nothing of them away."""
    made_at: Mapped[datetime]
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)


class DemoDay(Model):
    """A day of the demo's past; a shop with goods of its own has none."""

    __tablename__ = "runtime_demo_day"

    on: Mapped[date] = mapped_column(primary_key=True)
    planned_at: Mapped[datetime]
    """When the shop was filled: its past ends there."""
    shows_at: Mapped[datetime | None] = mapped_column(default=None)
    laid_at: Mapped[datetime | None] = mapped_column(default=None)
    """The broadcast of the day, and then everything else, has been written."""

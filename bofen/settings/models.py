from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from bofen.kit.model import Model


class Setting(Model):
    """One version of one group of settings. Versions are added, never changed."""

    __tablename__ = "settings_setting"
    __table_args__ = (
        CheckConstraint("version > 0", name="version"),
        Index("ix_settings_setting_from_at", "key", "from_at"),
    )

    key: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[dict[str, Any]]
    from_at: Mapped[datetime]
    """In force from here on, until a later version is."""
    by_staff_id: Mapped[UUID]
    written_at: Mapped[datetime]

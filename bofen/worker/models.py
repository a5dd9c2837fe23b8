from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from bofen.kit.ids import new_id
from bofen.kit.model import Model


class Beat(Model):
    """A worker that lives writes here every few seconds."""

    __tablename__ = "worker_beat"

    host: Mapped[str]
    pid: Mapped[int]
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=new_id)

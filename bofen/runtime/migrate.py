"""Brings a database to this version's shape, by the migrations of the source tree."""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from alembic import command
from alembic.config import Config
from sqlalchemy import MetaData

import bofen
from bofen.kit.db import Model

_FOLDER = Path(bofen.__file__).resolve().parents[1] / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """Apply what is missing up to `revision`; two processes at once take turns.

    Blocks: call it in a thread.
    """
    command.upgrade(config(url), revision)


def config(url: str) -> Config:
    """Alembic's configuration for the database at `url`."""
    made = Config()
    made.set_main_option("script_location", str(_FOLDER))
    made.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return made


def metadata() -> MetaData:
    """Every table that the models of this version describe."""
    for module in walk_packages(bofen.__path__, "bofen."):
        if module.name.endswith(".models"):
            import_module(module.name)
    return Model.metadata

"""Brings a database to this version's shape, by the migrations of the source tree."""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import MetaData
from sqlalchemy.exc import DBAPIError

import bofen
from bofen.kit.model import Model
from bofen.runtime.errors import CannotStart

_FOLDER = Path(bofen.__file__).resolve().parents[1] / "migrations"
_NEWER = "The database was migrated by a newer Bofen"
_THEN = "Install that version, or restore a backup from before."


def upgrade(url: str, revision: str = "head") -> None:
    """Apply what is missing up to `revision`; two processes at once take turns.

    Blocks: call it in a thread. Raises CannotStart for a database that a newer version wrote.
    """
    try:
        command.upgrade(config(url), revision)
    except CommandError as error:
        text = f"{_NEWER} ({str(error).rstrip('.')}). {_THEN}"
        raise CannotStart(text) from error
    except (OSError, DBAPIError) as error:
        text = f"The database cannot be migrated: {getattr(error, 'orig', None) or error}"
        raise CannotStart(text) from error


def fault_of(revision: str | None) -> str | None:
    """What to do about a database at `revision` (None: never migrated); None when it is ours."""
    script = ScriptDirectory(str(_FOLDER))
    if revision == script.get_current_head():
        return None
    if revision is None:
        return "The database is empty. Run `bofen migrate` first."
    if revision in {each.revision for each in script.walk_revisions()}:
        return f"The database is at {revision}, an older version. Run `bofen migrate` first."
    return f"{_NEWER} (revision {revision}). {_THEN}"


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

"""The folder that belongs to one installation: its lock, its version, its secrets."""

import base64
import fcntl
import os
import secrets
import shutil
from pathlib import Path
from typing import IO

from bofen.runtime.errors import CannotStart

VERSION = 1
"""Raised when an older program could no longer read what this one writes under the home."""
_FREE_MIN = 300 * 2**20


class Home:
    """Holds the lock of `folder` for as long as the process lives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.expanduser().resolve()
        self._lock: IO[str] | None = None

    def open(self) -> None:
        """Make the folder if need be and take its lock. Refuses a newer home and a full disk."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            text = f"BOFEN_HOME {self.folder} cannot be made: {error.strerror}. Choose another one."
            raise CannotStart(text) from error
        self._check_version()
        if shutil.disk_usage(self.folder).free < _FREE_MIN:
            text = f"The disk of {self.folder} has less than {_FREE_MIN >> 20} MB free. Make room."
            raise CannotStart(text)
        self._take_lock()
        (self.folder / "version").write_text(f"{VERSION}\n")

    def close(self) -> None:
        """Give the lock back."""
        if self._lock:
            self._lock.close()

    def secret(self, name: str, *, must_exist: bool = False) -> str:
        """A random secret of this installation, base64 of 32 bytes, made on first use.

        With `must_exist` none is made: a role that is not the first would make another one than
        the others have. Raises CannotStart.
        """
        path = self.folder / "secrets" / name
        if must_exist and not path.exists():
            text = (
                f"BOFEN_{name.upper()} is not set and {path} does not exist. Set it as it is where"
                " the shop runs, or point BOFEN_HOME at that home."
            )
            raise CannotStart(text)
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            made = base64.b64encode(secrets.token_bytes(32)).decode()
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(made)
        return path.read_text()

    def _check_version(self) -> None:
        try:
            found = int((self.folder / "version").read_text())
        except FileNotFoundError:
            return
        except ValueError as error:
            text = f"{self.folder / 'version'} is not a number: is this folder a Bofen home?"
            raise CannotStart(text) from error
        if found > VERSION:
            text = (
                f"{self.folder} was written by a newer Bofen (home version {found}, "
                f"this program knows {VERSION}). Install the newer program, or use another home."
            )
            raise CannotStart(text)

    def _take_lock(self) -> None:
        self._lock = (self.folder / "lock").open("a+")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._lock.seek(0)
            owner = self._lock.read().strip() or "another process"
            self.close()
            text = f"{self.folder} is in use by process {owner}. Stop it first, or set BOFEN_HOME."
            raise CannotStart(text) from error
        self._lock.truncate(0)
        self._lock.write(str(os.getpid()))
        self._lock.flush()

"""Why the program cannot start: one clear sentence each, exit code not 0, nothing half done."""

from pathlib import Path
from typing import Self


class CannotStart(Exception):  # noqa: N818 - it is an answer to whoever typed the command
    """Its text is what the person at the terminal reads."""

    @classmethod
    def database(cls, data: Path, output: str) -> Self:
        if "No space left" in output:
            return cls(
                f"The disk is full: the database in {data} needs room. Free some, start again."
            )
        return cls(f"The database in {data} does not start. PostgreSQL says:\n{output.strip()}")


class Ended(Exception):  # noqa: N818 - a program ends; whether that is wrong, its parent knows
    """A child process ended by itself."""

    def __init__(self, program: str, code: int) -> None:
        super().__init__(f"{program} ended with code {code}")

"""The agreement an affiliate accepts: shown, versioned, and named in the application.

Each version keeps its file in `agreements/`, so what somebody agreed to can always be shown.
"""

from pathlib import Path

VERSION = "2026-01"
TITLE = "推广合作协议"

_FOLDER = Path(__file__).parent / "agreements"


def text(version: str = VERSION) -> str:
    return (_FOLDER / f"{version}.txt").read_text(encoding="utf-8")

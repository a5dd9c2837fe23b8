"""Where a client finds a stored picture: written here and nowhere else."""

from collections.abc import Sequence


def picture_url(key: str | None) -> str | None:
    """The address of a stored picture, below the shop's own host; None where there is none."""
    return f"/files/{key}" if key else None


def picture_urls(keys: Sequence[str]) -> list[str]:
    """The addresses of several, in their order."""
    return [f"/files/{key}" for key in keys]

"""Where files are kept: by a random key, in a folder or in any S3-compatible store."""

from typing import Protocol


class Storage(Protocol):
    """Where files are kept, by keys that we make."""

    async def put(self, key: str, data: bytes, content_type: str) -> None:
        """Keep `data` under `key`; what was there before is replaced."""

    async def get(self, key: str) -> bytes:
        """Raises `NotFound` when there is no such file."""

    async def exists(self, key: str) -> bool:
        """Whether something is kept under `key`."""

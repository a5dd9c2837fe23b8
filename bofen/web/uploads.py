"""Pictures that people send: read within a limit, opened two at a time."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from fastapi import UploadFile

from bofen.gateways.storage.errors import PictureUnreadable

Made = TypeVar("Made")
_decoding = asyncio.Semaphore(2)


async def opened(file: UploadFile, bytes_max: int, make: Callable[[bytes], Made]) -> Made:
    """What `make` makes of the file, in a thread. Raises `PictureUnreadable` for a larger one."""
    data = await file.read(bytes_max + 1)
    if len(data) > bytes_max:
        raise PictureUnreadable
    async with _decoding:
        return await asyncio.to_thread(make, data)

"""Rows as a file: its answer begins with the first part, and what is refused is refused whole."""

from collections.abc import AsyncIterator
from datetime import date

from fastapi.responses import StreamingResponse

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2100, 1, 1)
"""Days that a person may mean: nothing that arithmetic could run over."""


async def as_file(content: AsyncIterator[bytes], name: str) -> StreamingResponse:
    """`content` as CSV, saved as `name`. What its first part raises is raised here."""
    first = await anext(content)
    return StreamingResponse(
        _after(first, content),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _after(first: bytes, content: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for part in content:
        yield part

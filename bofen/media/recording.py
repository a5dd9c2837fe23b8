"""Keeps a stream as closed CMAF segments and a journal: whatever dies, what is written plays.

`recordings/<stream>/` holds `init1.mp4`, `s0.m4s`, … and `journal.jsonl`. A segment is in the
journal only once its file is whole. The first line of each push tells whose it is, the last line
that it was closed; a push without one was cut by a crash.
"""

import asyncio
import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bofen.kit import log
from bofen.media.playlists import Recorded

_JOURNAL = "journal.jsonl"
_CLOSED = b'{"closed": true}'
_QUEUE_MAX = 32
_CHECK_EVERY = 16
_log = log.get(__name__)


@dataclass(frozen=True)
class RecordingLimits:
    """Bytes: our quota, and the floor of free space that is left to others."""

    total_bytes_max: int = 100 << 30
    free_bytes_min: int = 2 << 30


@dataclass(frozen=True)
class Written:
    """A segment on its way to the disk."""

    payload: bytes
    header: bytes
    map_no: int
    duration_ms: int
    is_discontinuous: bool
    at: datetime


@dataclass(frozen=True)
class Journal:
    """What a recording's folder holds."""

    name: str
    push_id: str
    session: str
    is_closed: bool
    segments: tuple[Recorded, ...]
    size_bytes: int

    @property
    def duration_ms(self) -> int:
        """What can be played, pauses left out."""
        return sum(segment.duration_ms for segment in self.segments)


def read_journal(folder: Path) -> Journal | None:
    """What is surely on disk; lines that were cut are passed over. None without a recording."""
    try:
        lines = (folder / _JOURNAL).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return None
    push: dict[str, Any] = {"push_id": "", "session": ""}
    segments: list[Recorded] = []
    size, is_closed = 0, True
    for line in lines:
        try:
            entry = json.loads(line)
            if "push_id" in entry:
                push, is_closed = entry, False
            elif "closed" in entry:
                is_closed = True
            else:
                segments.append(_recorded(entry))
                size += entry["bytes"]
        except (ValueError, KeyError, TypeError):
            continue
    return Journal(folder.name, push["push_id"], push["session"], is_closed, tuple(segments), size)


def _ends_closed(journal: Path) -> bool:
    with journal.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - len(_CLOSED) - 4))
        return file.read().rstrip(b"\n").endswith(_CLOSED)


def _recorded(entry: dict[str, Any]) -> Recorded:
    at = datetime.fromtimestamp(entry["at_ms"] / 1000, UTC)
    return Recorded(entry["no"], entry["map"], entry["ms"], entry["break"], at)


class Recording:
    """Writes one push. Never makes the stream wait: what the disk cannot take is left out."""

    def __init__(self, recordings: "Recordings", folder: Path, push_id: str, session: str) -> None:
        self._recordings = recordings
        self._folder = folder
        self._push = {"push_id": push_id, "session": session}
        self._queue: asyncio.Queue[Written | None] = asyncio.Queue(_QUEUE_MAX)
        self._headers: dict[int, int] = {}
        self._breaks = False
        self._next_no = 0
        self._next_map = 1
        self._task = asyncio.create_task(self._write_all())

    def add(self, written: Written) -> None:
        """Queue a segment; returns at once."""
        if self._task.done():
            return
        try:
            self._queue.put_nowait(written)
        except asyncio.QueueFull:
            self._breaks = True
            _log.warning("recording_segment_lost", stream=self._folder.name)

    async def close(self) -> Journal | None:
        """The whole recording so far, once everything is on disk."""
        if not self._task.done():
            await self._queue.put(None)
        await self._task
        return await asyncio.to_thread(read_journal, self._folder)

    async def _write_all(self) -> None:
        try:
            await asyncio.to_thread(self._open)
            count = 0
            while (written := await self._queue.get()) is not None:
                if count % _CHECK_EVERY == 0 and not await self._recordings.has_room():
                    _log.error("recording_stopped_disk_full", stream=self._folder.name)
                    break
                await asyncio.to_thread(self._write, written)
                count += 1
            await asyncio.to_thread(self._append, {"closed": True})
        except OSError:
            _log.exception("recording_failed", stream=self._folder.name)
        while not self._queue.empty():
            self._queue.get_nowait()

    def _open(self) -> None:
        before = read_journal(self._folder)
        if before is not None and before.segments:
            self._next_no = max(s.no for s in before.segments) + 1
            self._next_map = max(s.map_no for s in before.segments) + 1
            self._breaks = True
        self._folder.mkdir(parents=True, exist_ok=True)
        self._append(self._push)

    def _write(self, written: Written) -> None:
        if written.map_no not in self._headers:
            self._headers[written.map_no] = self._next_map
            (self._folder / f"init{self._next_map}.mp4").write_bytes(written.header)
            self._next_map += 1
        (self._folder / f"s{self._next_no}.m4s").write_bytes(written.payload)
        self._append(
            {
                "no": self._next_no,
                "map": self._headers[written.map_no],
                "ms": written.duration_ms,
                "bytes": len(written.payload),
                "break": written.is_discontinuous or self._breaks,
                "at_ms": round(written.at.timestamp() * 1000),
            }
        )
        self._recordings.wrote(len(written.payload))
        self._next_no += 1
        self._breaks = False

    def _append(self, entry: dict[str, Any]) -> None:
        with (self._folder / _JOURNAL).open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(entry) + "\n")


class Recordings:
    """The folder of all recordings, its quota and the floor of free space under it."""

    def __init__(self, folder: Path, limits: RecordingLimits | None = None) -> None:
        self.folder = folder
        self._limits = limits or RecordingLimits()
        self._used: int | None = None

    async def has_room(self) -> bool:
        """Whether more may be written, by the free space and by our own quota."""
        return await asyncio.to_thread(self._has_room)

    def wrote(self, count: int) -> None:
        """So many bytes more are on disk."""
        if self._used is not None:
            self._used += count

    def begin(self, name: str, push_id: str, session: str) -> Recording:
        """Go on with the recording of this stream, for another push."""
        return Recording(self, self.folder / name, push_id, session)

    async def journal(self, name: str) -> Journal | None:
        """What is on disk of this stream; None without a recording."""
        return await asyncio.to_thread(read_journal, self.folder / name)

    async def close_cut(self) -> list[Journal]:
        """After a crash: the recordings whose push never ended, now closed."""
        return await asyncio.to_thread(self._close_cut)

    def _close_cut(self) -> list[Journal]:
        cut = []
        for path in sorted(self.folder.glob(f"*/{_JOURNAL}")):
            if _ends_closed(path):
                continue  # Nearly all of them: years of recordings are not read at each start.
            journal = read_journal(path.parent)
            if journal is not None and not journal.is_closed:
                with path.open("a", encoding="utf-8") as file:
                    file.write('\n{"closed": true}\n')  # The line before may be half a line.
                cut.append(journal)
        return cut

    def _has_room(self) -> bool:
        self.folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self.folder).free < self._limits.free_bytes_min:
            return False
        if self._used is None or self._used >= self._limits.total_bytes_max:
            self._used = sum(file.stat().st_size for file in self.folder.glob("*/*.m4s"))
        return self._used < self._limits.total_bytes_max

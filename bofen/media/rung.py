"""One quality of a stream as viewers see it: facts for its playlists, and who waits for a part.

`source` is the push itself, `480p` and the like are transcoded, `sound` is the source without
its pictures.
"""

import asyncio
import gzip
import time
from collections.abc import Callable

from typing_extensions import override

from bofen.media.packager import Packager
from bofen.media.playlists import Variant
from bofen.media.window import Part, Segment, Tracks

SOUND = "sound"
_PEAK = 1.2
"""Declared bandwidth over the highest that was seen, where no encoder of ours bounds it."""
_STARTING_S = 6.0
_BEHIND_MAX = 4
_BODIES_MAX = 64


class Rung:
    """`bandwidth` in bit/s where it is known beforehand; else it is measured."""

    def __init__(self, folder: str, packager: Packager, bandwidth: int | None = None) -> None:
        self.folder = folder
        self.packager = packager
        self.watchers = 0
        self._bandwidth = bandwidth
        self._began = time.monotonic()
        self._changed = asyncio.Event()
        self._is_ended = False
        self._bodies: dict[tuple[str, ...], tuple[bytes, bytes]] = {}
        packager.changed = self._tell

    async def until(self, msn: int, part: int | None, timeout_s: float) -> bool:
        """Wait until this part (or the whole segment) exists or never will; whether it does."""
        self.watchers += 1
        try:
            async with asyncio.timeout(timeout_s):
                while not (self._is_ended or self._has(msn, part)):
                    await self._changed.wait()
        except TimeoutError:
            return False
        finally:
            self.watchers -= 1
        return self._has(msn, part)

    async def until_whole(self, timeout_s: float) -> bool:
        """Wait for the first whole segment; whether there is one."""
        try:
            async with asyncio.timeout(timeout_s):
                while not (self._is_ended or self.is_playable()):
                    await self._changed.wait()
        except TimeoutError:
            return False
        return self.is_playable()

    def end(self) -> None:
        """Nothing more comes: whoever waits is answered."""
        self._is_ended = True
        self._tell()

    def is_playable(self) -> bool:
        """A segment of it is whole."""
        return any(s.is_done for s in self.packager.window)

    def is_listed(self) -> bool:
        """Whether `variant` has something to show, without measuring it."""
        return self._newest() is not None

    def is_starting(self) -> bool:
        """It is new and has nothing to show: worth a moment's waiting."""
        return not self.is_playable() and time.monotonic() - self._began < _STARTING_S

    def is_behind(self, source: "Rung") -> bool:
        """Its child has died or cannot keep up: players had better not choose it."""
        return self.packager.next_part()[0] + _BEHIND_MAX < source.packager.next_part()[0]

    def variant(self) -> Variant | None:
        """How the list of rungs shows this one; None until a segment of it is whole."""
        newest = self._newest()
        if newest is None:
            return None
        video, sound = newest.tracks.video, newest.tracks.audio
        measured = self.packager.window.peak_bps(lambda s: s.size)
        bandwidth = max(self._bandwidth or int(measured * _PEAK), measured)
        codecs = f"{video.codec},{sound.codec}" if sound else video.codec
        rate = self.packager.frame_rate()
        return Variant(self.folder, bandwidth, codecs, (video.width, video.height), rate)

    def header(self, map_no: int) -> bytes | None:
        """The initialisation segment of this number."""
        tracks = self.packager.window.tracks(map_no)
        return self._header(tracks) if tracks else None

    def payload(self, piece: Part | Segment) -> bytes:
        """The bytes of a part or a segment, as this rung sends them."""
        return piece.payload

    def body(self, key: tuple[str, ...], make: Callable[[], str], *, is_small: bool) -> bytes:
        """A playlist, made and compressed once for all who ask alike until the next part."""
        found = self._bodies.get(key)
        if found is None:
            if len(self._bodies) >= _BODIES_MAX:
                self._bodies.clear()
            plain = make().encode()
            found = self._bodies[key] = (plain, gzip.compress(plain, 5, mtime=0))
        return found[is_small]

    def _newest(self) -> Segment | None:
        """The newest whole segment."""
        return next((s for s in reversed(list(self.packager.window)) if s.is_done), None)

    def _header(self, tracks: Tracks) -> bytes | None:
        return tracks.header

    def _has(self, msn: int, part: int | None) -> bool:
        next_msn, next_part = self.packager.next_part()
        return msn < next_msn or (msn == next_msn and part is not None and part < next_part)

    def _tell(self) -> None:
        self._bodies.clear()
        self._changed.set()
        self._changed = asyncio.Event()


class SoundRung(Rung):
    """The same segments without their pictures, for lines too thin for any picture."""

    def __init__(self, source: Rung) -> None:
        super().__init__(SOUND, source.packager)
        self._source = source
        source.packager.changed = self._tell_both

    @override
    def variant(self) -> Variant | None:
        newest = self._newest()
        if newest is None or newest.tracks.audio is None:
            return None
        measured = self.packager.window.peak_bps(lambda s: s.sound_size)
        return Variant(SOUND, int(measured * _PEAK), newest.tracks.audio.codec)

    @override
    def payload(self, piece: Part | Segment) -> bytes:
        return piece.sound

    @override
    def _newest(self) -> Segment | None:
        """None while it is silent."""
        newest = super()._newest()
        return newest if newest and newest.tracks.audio else None

    @override
    def _header(self, tracks: Tracks) -> bytes | None:
        return tracks.sound_header

    def _tell_both(self) -> None:
        self._source._tell()  # noqa: SLF001 - its own kind
        self._tell()

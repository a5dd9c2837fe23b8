"""A broadcast without sockets: a stream fed by hand, its playlists read after every part."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bofen.media import flv
from bofen.media.packager import Packager
from bofen.media.playlists import Live, low_latency, plain
from tests.media import words
from tests.media.hls_reader import Player, Playlist

BEGAN_AT = datetime(2026, 6, 1, 4, tzinfo=UTC)
SOUND_MS = 1024 * 1000 / 48_000


@dataclass
class Kept:
    """A segment that left a list: how long it must stay, on the stream's own clock."""

    msn: int
    until_ms: float


@dataclass
class Broadcast:
    """Feeds a packager and reads its lists with three players: full, delta and plain."""

    packager: Packager = field(default_factory=lambda: Packager(7))
    full: Player = field(default_factory=Player)
    delta: Player = field(default_factory=Player)
    plain: Player = field(default_factory=Player)
    kept: list[Kept] = field(default_factory=list)
    at: int = 0
    reads: int = 0

    def __post_init__(self) -> None:
        self.packager.changed = self.look

    def live(self, *, is_ended: bool = False) -> Live:
        return Live(self.packager, BEGAN_AT, "expires=1&sign=2", is_ended)

    def look(self, *, is_ended: bool = False) -> None:
        """Read all three, as players would after each part; check that nothing vanished."""
        if not any(s.is_done for s in self.packager.window):
            return
        self.reads += 1
        live = self.live(is_ended=is_ended)
        for player in (self.full, self.plain):
            before = player.held
            text = plain(live) if player is self.plain else low_latency(live, (), skips=False)
            after = player.reload(text)
            self._remember(before, after)
        self.delta.reload(low_latency(live, (), skips=True))
        assert self.delta.held is not None
        assert self.full.held is not None
        assert self.delta.held.segments == self.full.held.segments
        for kept in self.kept:
            assert self.packager.window.get(kept.msn) is not None or self.at > kept.until_ms

    def _remember(self, before: Playlist | None, after: Playlist) -> None:
        """§6.2.2: its own duration and that of the longest list with it."""
        for segment in before.segments if before else ():
            if segment.msn < after.first_msn:
                stay_s = segment.duration + max(after.duration, before.duration if before else 0)
                self.kept.append(Kept(segment.msn, self.at + stay_s * 1000))

    def video_config(self, avcc: bytes = words.AVCC_720) -> None:
        self.packager.take(flv.Tag(flv.VIDEO, self.at, words.video_config(avcc), is_config=True))

    def audio_config(self, asc: bytes = words.ASC_48K) -> None:
        self.packager.take(flv.Tag(flv.AUDIO, self.at, b"\xaf\0" + asc, is_config=True))

    def picture(self, lasts_ms: int, *, is_key: bool, sounds: bool = True) -> None:
        payload = words.KEY_FRAME if is_key else words.FRAME
        self.packager.take(flv.Tag(flv.VIDEO, self.at, payload, is_key=is_key))
        for i in range(int(lasts_ms // SOUND_MS) if sounds else 0):
            at = self.at + int(i * SOUND_MS)
            self.packager.take(flv.Tag(flv.AUDIO, at, words.SOUND))
        self.at += lasts_ms

    def pictures(self, gaps: Iterable[int], gop: int, *, sounds: bool = True) -> None:
        """Pictures with these distances in milliseconds, a key frame each `gop` of them."""
        for i, gap in enumerate(gaps):
            self.picture(gap, is_key=i % gop == 0, sounds=sounds)

    def end(self) -> None:
        self.packager.interrupt()
        self.look(is_ended=True)

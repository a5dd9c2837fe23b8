"""Sends the tags of a stream to everybody who reads it as FLV; a slow reader harms only itself."""

from collections.abc import Callable
from typing import Protocol

from bofen.media import flv
from bofen.media.flv import Tag

Framing = Callable[[Tag], bytes]

_SKIP_ABOVE = 3 << 20
_RESUME_BELOW = 256 << 10
_CUT_ABOVE = 16 << 20
_CACHED_TAGS_MAX = 3_000
_CACHED_BYTES_MAX = 8 << 20


class Outlet(Protocol):
    """A transport: of an HTTP viewer, of a socket, of the transcoder's input."""

    def write(self, data: bytes) -> None:
        """Queue; never waits."""

    def get_write_buffer_size(self) -> int:
        """Bytes that the other side has not taken yet."""

    def is_closing(self) -> bool:
        """Whether nobody reads any more."""


class Reader:
    """One reader. Above a queue of 3 MB it skips to a later key frame; above 16 MB it is cut."""

    def __init__(self, outlet: Outlet, framing: Framing, gone: Callable[[], None]) -> None:
        self._outlet = outlet
        self._framing = framing
        self._gone = gone
        self._skips = False
        self._configs: tuple[Tag, ...] = ()

    def begin(self, configs: tuple[Tag, ...], *, waits_for_key: bool) -> None:
        """The configs that this reader was already given, and whether it has seen a key frame."""
        self._configs = configs
        self._skips = waits_for_key

    def offer(self, tag: Tag, configs: tuple[Tag, ...]) -> None:
        """The next tag, after the configs where they are new to this reader."""
        queued = self._outlet.get_write_buffer_size()
        if self._outlet.is_closing() or queued > _CUT_ABOVE:
            self._gone()
            return
        if self._skips and not (tag.is_key and queued < _RESUME_BELOW):
            return
        self._skips = queued > _SKIP_ABOVE
        if self._skips:
            return
        if configs != self._configs:
            for config in configs:
                self._outlet.write(self._framing(config))
            self._configs = configs
        self._outlet.write(self._framing(tag))

    def close(self) -> None:
        """Nothing more comes."""
        self._gone()


class Hub:
    """Remembers what a newcomer needs: metadata, configs, and everything since the key frame."""

    def __init__(self) -> None:
        self.readers: set[Reader] = set()
        self.metadata = b""
        self._configs: dict[int, Tag] = {}
        self._since_key: list[Tag] = []
        self._cached = 0
        self._is_shown = False

    def begin(self) -> None:
        """A push begins: what its forerunner left must not be shown with new configs."""
        self._configs, self._since_key = {}, []
        self._is_shown = False

    def send(self, tag: Tag) -> bool:
        """Pass the tag on to all; whether it was a config that differs from the one before."""
        if tag.is_config:
            return self._take_config(tag)
        self._is_shown |= tag.is_key
        if not self._is_shown:
            return False
        self._keep(tag)
        configs = self.configs
        for reader in tuple(self.readers):
            reader.offer(tag, configs)
        return False

    def _take_config(self, tag: Tag) -> bool:
        """What was kept for newcomers and was made with another config is of no use to them."""
        before = self._configs.get(tag.kind)
        if before is not None and before.payload == tag.payload:
            return False
        self._configs[tag.kind] = tag
        if tag.kind == flv.VIDEO:
            self._since_key, self._is_shown = [], False
        else:
            self._since_key = [kept for kept in self._since_key if kept.kind != tag.kind]
        return self._is_shown or before is not None

    def _keep(self, tag: Tag) -> None:
        if tag.is_key:
            self._since_key, self._cached = [], 0
        elif not self._since_key:
            return
        self._since_key.append(tag)
        self._cached += len(tag.payload)
        if len(self._since_key) > _CACHED_TAGS_MAX or self._cached > _CACHED_BYTES_MAX:
            self._since_key, self._cached = [], 0

    @property
    def configs(self) -> tuple[Tag, ...]:
        """The headers of pictures and sound that hold now."""
        return tuple(self._configs.values())

    def opening(self) -> bytes:
        """The header of an FLV file; the very first a newcomer reads."""
        return flv.header(has_audio=flv.AUDIO in self._configs)

    def backlog(self) -> bytes:
        """What a newcomer reads next, as plain FLV: enough to show a picture at once."""
        return self.metadata + b"".join(tag.plain for tag in (*self.configs, *self._since_key))

    def join(self, reader: Reader) -> None:
        """From the tag after `backlog()`: call both without awaiting in between."""
        reader.begin(self.configs, waits_for_key=not self._since_key)
        self.readers.add(reader)

    def leave(self, reader: Reader) -> None:
        """No more for this one, whether it was in or not."""
        self.readers.discard(reader)

    def close(self) -> None:
        """The stream is over for everybody."""
        for reader in tuple(self.readers):
            reader.close()

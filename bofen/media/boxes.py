"""Fragmented MP4 (ISO 14496-12): the header of a track pair, and one fragment of media."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from bofen.media.codecs import AudioConfig, VideoConfig

VIDEO_SCALE = 90
"""Video ticks in a millisecond."""
AAC_FRAME = 1024
"""Samples in one AAC frame."""
PICTURE_TRACK, SOUND_TRACK = 1, 2
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_KEY_FLAGS = 0x02000000
_OTHER_FLAGS = 0x01010000


@dataclass(slots=True)
class Picture:
    """One frame; `at`, `duration` and `offset` in milliseconds."""

    at: int
    offset: int
    is_key: bool
    data: bytes
    duration: int = 0


@dataclass(frozen=True, slots=True)
class Sound:
    """One AAC frame; `at` in samples of its config."""

    at: int
    data: bytes
    config: AudioConfig


def box(kind: bytes, *parts: bytes) -> bytes:
    """A box of this kind (four letters) with its length before it."""
    return struct.pack(">I", 8 + sum(map(len, parts))) + kind + b"".join(parts)


def _full(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return box(kind, struct.pack(">I", version << 24 | flags), *parts)


def header(video: VideoConfig | None, audio: AudioConfig | None) -> bytes:
    """The initialisation segment, `ftyp` and `moov`; pictures are track 1, sound is track 2."""
    tracks, extends = [], []
    if video:
        tracks.append(_video_track(video))
        extends.append(_full(b"trex", 0, 0, struct.pack(">5I", 1, 1, 0, 0, 0)))
    if audio:
        tracks.append(_audio_track(audio))
        extends.append(_full(b"trex", 0, 0, struct.pack(">5I", 2, 1, 0, 0, 0)))
    movie = _full(
        b"mvhd",
        0,
        0,
        struct.pack(">4I", 0, 0, 1000, 0),
        struct.pack(">IH", 0x10000, 0x100),
        bytes(10),
        _MATRIX,
        bytes(24),
        struct.pack(">I", 3),
    )
    kinds = box(b"ftyp", b"iso5\0\0\2\0iso5iso6mp41cmfc")
    return kinds + box(b"moov", movie, *tracks, box(b"mvex", *extends))


def _video_track(video: VideoConfig) -> bytes:
    entry = box(
        b"avc1",
        bytes(6) + b"\0\1" + bytes(16),
        struct.pack(">HHII", video.width, video.height, 0x480000, 0x480000),
        bytes(4) + b"\0\1" + bytes(32) + struct.pack(">Hh", 24, -1),
        box(b"avcC", video.avcc),
    )
    media = (b"vide", b"video", _full(b"vmhd", 0, 1, bytes(8)), entry)
    return _track(1, VIDEO_SCALE * 1000, media, (video.width, video.height))


def _audio_track(audio: AudioConfig) -> bytes:
    config = _descriptor(4, b"\x40\x15\0\0\0" + struct.pack(">II", 0, 0), _descriptor(5, audio.asc))
    stream = _full(b"esds", 0, 0, _descriptor(3, b"\0\2\0", config, _descriptor(6, b"\2")))
    shape = struct.pack(">HHHHI", audio.channels, 16, 0, 0, audio.rate << 16 & 0xFFFFFFFF)
    entry = box(b"mp4a", bytes(6) + b"\0\1" + bytes(8), shape, stream)
    return _track(2, audio.rate, (b"soun", b"sound", _full(b"smhd", 0, 0, bytes(4)), entry))


def _descriptor(tag: int, *parts: bytes) -> bytes:
    return bytes((tag, 0x80, 0x80, 0x80, sum(map(len, parts)))) + b"".join(parts)


def _track(
    number: int,
    scale: int,
    media: tuple[bytes, bytes, bytes, bytes],
    size: tuple[int, int] = (0, 0),
) -> bytes:
    handler, name, media_header, entry = media
    volume = 0x100 if handler == b"soun" else 0
    shown = _full(
        b"tkhd",
        0,
        7,
        struct.pack(">5I", 0, 0, number, 0, 0) + bytes(8),
        struct.pack(">4h", 0, 0, volume, 0),
        _MATRIX,
        struct.pack(">II", size[0] << 16, size[1] << 16),
    )
    timing = _full(b"mdhd", 0, 0, struct.pack(">4I2H", 0, 0, scale, 0, 0x55C4, 0))
    handled = _full(b"hdlr", 0, 0, bytes(4), handler, bytes(12), name + b"\0")
    where = box(b"dinf", _full(b"dref", 0, 0, struct.pack(">I", 1), _full(b"url ", 0, 1)))
    samples = box(
        b"stbl",
        _full(b"stsd", 0, 0, struct.pack(">I", 1), entry),
        _full(b"stts", 0, 0, bytes(4)),
        _full(b"stsc", 0, 0, bytes(4)),
        _full(b"stsz", 0, 0, bytes(8)),
        _full(b"stco", 0, 0, bytes(4)),
    )
    inside = box(b"minf", media_header, where, samples)
    return box(b"trak", shown, box(b"mdia", timing, handled, inside))


def fragment(number: int, pictures: Sequence[Picture], sounds: Sequence[Sound]) -> bytes:
    """`moof` and `mdat` with these frames, in decoding order; one kind may be missing."""
    size = len(_moof(number, pictures, sounds, 0))
    moof = _moof(number, pictures, sounds, size + 8)
    media = b"".join([p.data for p in pictures] + [s.data for s in sounds])
    return moof + box(b"mdat", media)


def _moof(
    number: int, pictures: Sequence[Picture], sounds: Sequence[Sound], media_at: int
) -> bytes:
    runs = [_full(b"mfhd", 0, 0, struct.pack(">I", number))]
    if pictures:
        runs.append(_video_run(pictures, media_at))
    if sounds:
        runs.append(_audio_run(sounds, media_at + sum(len(p.data) for p in pictures)))
    return box(b"moof", *runs)


def empty_fragment(number: int, track: int, at: int) -> bytes:
    """A fragment of no frames at `at` ticks of `track`: time passes, nothing new is shown.

    The Media Source byte stream format wants a `traf` with a `tfdt` in each `moof`, so it has one.
    """
    head = _full(b"tfhd", 0, 0x20000, struct.pack(">I", track))
    run = box(b"traf", head, _full(b"tfdt", 1, 0, struct.pack(">Q", at)))
    return box(b"moof", _full(b"mfhd", 0, 0, struct.pack(">I", number)), run) + box(b"mdat")


def _video_run(pictures: Sequence[Picture], media_at: int) -> bytes:
    samples = b"".join(
        struct.pack(
            ">IIIi",
            p.duration * VIDEO_SCALE,
            len(p.data),
            _KEY_FLAGS if p.is_key else _OTHER_FLAGS,
            p.offset * VIDEO_SCALE,
        )
        for p in pictures
    )
    return box(
        b"traf",
        _full(b"tfhd", 0, 0x20000, struct.pack(">I", 1)),
        _full(b"tfdt", 1, 0, struct.pack(">Q", pictures[0].at * VIDEO_SCALE)),
        _full(b"trun", 1, 0xF01, struct.pack(">Ii", len(pictures), media_at), samples),
    )


def _audio_run(sounds: Sequence[Sound], media_at: int) -> bytes:
    """Each frame lasts until the next one begins, so that gaps stay where they were."""
    ends = [s.at for s in sounds[1:]] + [sounds[-1].at + AAC_FRAME]
    samples = b"".join(
        struct.pack(">II", end - s.at, len(s.data)) for s, end in zip(sounds, ends, strict=True)
    )
    return box(
        b"traf",
        _full(b"tfhd", 0, 0x20020, struct.pack(">II", 2, _KEY_FLAGS)),
        _full(b"tfdt", 1, 0, struct.pack(">Q", sounds[0].at)),
        _full(b"trun", 0, 0x301, struct.pack(">Ii", len(sounds), media_at), samples),
    )

"""What an MP4 header must know about the pictures and the sound: read from their own configs."""

from dataclasses import dataclass

from bofen.media.errors import MalformedStream

_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_WITH_CHROMA = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128})
_SPS_BITS_MAX = 256 * 8
_ASC_BYTES_MAX = 64
_SIDE_MAX = 8192


@dataclass(frozen=True)
class VideoConfig:
    """What a push says of its pictures; `width` and `height` in pixels, after cropping."""

    avcc: bytes
    """AVCDecoderConfigurationRecord, ISO 14496-15 §5.3.3.1."""

    width: int
    height: int
    chroma: int = 1
    """`chroma_format_idc`: 1 is 4:2:0, which every player can show; 3 is 4:4:4."""

    depth: int = 8
    """Bits of a brightness sample."""

    @property
    def codec(self) -> str:
        """The name in an HLS CODECS attribute and in MIME types, RFC 6381 §3.4."""
        return f"avc1.{self.avcc[1:4].hex()}"


@dataclass(frozen=True)
class AudioConfig:
    """What a push says of its sound; `rate` in samples a second."""

    asc: bytes
    """AudioSpecificConfig, ISO 14496-3 §1.6.2.1."""

    rate: int
    channels: int

    @property
    def codec(self) -> str:
        """The name in an HLS CODECS attribute and in MIME types, RFC 6381 §3.3."""
        return f"mp4a.40.{self.asc[0] >> 3}"


def read_video_config(avcc: bytes) -> VideoConfig:
    """Raises MalformedStream when there is no readable sequence parameter set inside."""
    length = int.from_bytes(avcc[6:8], "big")
    sps = avcc[8 : 8 + length]
    if len(avcc) < 8 or avcc[0] != 1 or len(sps) < 4 or len(sps) < length:
        raise MalformedStream("the H.264 header is cut short")
    if avcc[4] & 3 != 3:
        raise MalformedStream("the H.264 header has unusual length fields")
    width, height, chroma, depth = _shape(_Bits(_without_emulation(sps[1:])))
    if not (0 < width <= _SIDE_MAX and 0 < height <= _SIDE_MAX):
        raise MalformedStream(f"a picture of {width} x {height}")
    return VideoConfig(avcc, width, height, chroma, depth)


def read_audio_config(asc: bytes) -> AudioConfig:
    """Raises MalformedStream for what is no AudioSpecificConfig."""
    if len(asc) < 2:
        raise MalformedStream("the AAC header is cut short")
    if len(asc) > _ASC_BYTES_MAX:
        raise MalformedStream("the AAC header is longer than any of its kind")
    index = (asc[0] & 7) << 1 | asc[1] >> 7
    if index >= len(_RATES):
        raise MalformedStream("the AAC header names no ordinary rate")
    return AudioConfig(asc, _RATES[index], asc[1] >> 3 & 15)


def _without_emulation(data: bytes) -> bytes:
    """The payload without the bytes that keep start codes out of it."""
    return data.replace(b"\0\0\x03", b"\0\0")


class _Bits:
    def __init__(self, data: bytes) -> None:
        self._bits = "".join(f"{byte:08b}" for byte in data[: _SPS_BITS_MAX // 8])
        self._position = 0

    def take(self, count: int) -> int:
        end = self._position + count
        if end > len(self._bits):
            raise MalformedStream("the H.264 header is cut short")
        value = int(self._bits[self._position : end] or "0", 2)
        self._position = end
        return value

    def golomb(self) -> int:
        """An unsigned Exp-Golomb number."""
        zeros = 0
        while self.take(1) == 0:
            zeros += 1
        return (1 << zeros) - 1 + self.take(zeros)

    def signed_golomb(self) -> int:
        value = self.golomb()
        return (value + 1) // 2 if value & 1 else -(value // 2)


def _shape(bits: _Bits) -> tuple[int, int, int, int]:
    """Width, height, chroma format and bit depth, from ITU-T H.264 §7.3.2.1.1."""
    profile = bits.take(8)
    bits.take(16)
    bits.golomb()
    chroma, depth = _chroma(bits) if profile in _WITH_CHROMA else (1, 8)
    bits.golomb()
    _skip_order(bits)
    bits.golomb()
    bits.take(1)
    width = (bits.golomb() + 1) * 16
    rows = bits.golomb() + 1
    is_progressive = bits.take(1)
    height = rows * 16 * (2 - is_progressive)
    bits.take(1 if is_progressive else 2)
    if bits.take(1):
        left, right, top, bottom = (bits.golomb() for _ in range(4))
        width -= (left + right) * (2 if chroma in (1, 2) else 1)
        height -= (top + bottom) * (2 if chroma == 1 else 1) * (2 - is_progressive)
    return width, height, chroma, depth


def _chroma(bits: _Bits) -> tuple[int, int]:
    """Chroma format and bit depth; the scaling lists behind them are skipped."""
    chroma = bits.golomb()
    if chroma == 3:
        bits.take(1)
    depth = 8 + bits.golomb()
    bits.golomb()
    bits.take(1)
    if bits.take(1):
        for i in range(12 if chroma == 3 else 8):
            if bits.take(1):
                _skip_scaling(bits, 16 if i < 6 else 64)
    return chroma, depth


def _skip_scaling(bits: _Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.signed_golomb() + 256) % 256
        last = following or last


def _skip_order(bits: _Bits) -> None:
    kind = bits.golomb()
    if kind == 0:
        bits.golomb()
    elif kind == 1:
        bits.take(1)
        bits.signed_golomb()
        bits.signed_golomb()
        for _ in range(min(bits.golomb(), 255)):
            bits.signed_golomb()

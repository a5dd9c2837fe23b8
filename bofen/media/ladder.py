"""Which lower qualities a stream gets, as the operator writes them: `480:800,240:240`."""

import re
from dataclasses import dataclass

_RUNG = re.compile(r"([1-9]\d{1,3}):([1-9]\d{1,4})")
_OWN_SOUND_BELOW_K = 400
_SOUND_K = 48
_PEAK = 1.25
"""x264 with a buffer of half a second stays below this over any two seconds."""
_BOXES_K = 14
"""What fMP4 adds at 30 pictures a second in parts of a quarter of a second."""
SOURCE_SOUND_K = 160


@dataclass(frozen=True)
class RungSpec:
    """One transcoded rung: the shorter side in pixels, rates in kbit/s."""

    side: int
    video_k: int

    @property
    def folder(self) -> str:
        """Its name in addresses."""
        return f"{self.side}p"

    @property
    def sound_k(self) -> int | None:
        """The rate at which sound is encoded anew; None where it is taken over as it is."""
        return _SOUND_K if self.video_k < _OWN_SOUND_BELOW_K else None

    @property
    def bandwidth(self) -> int:
        """BANDWIDTH of RFC 8216bis §4.4.6.2: an upper bound of its peak, in bit/s."""
        sound_k = self.sound_k or SOURCE_SOUND_K
        return int(self.video_k * _PEAK + sound_k + _BOXES_K) * 1000


def read_ladder(text: str) -> tuple[RungSpec, ...]:
    """`side:kbit/s` of each rung, best first; empty for none. Raises ValueError with the reason."""
    rungs = []
    for item in filter(None, (piece.strip() for piece in text.split(","))):
        found = _RUNG.fullmatch(item)
        if found is None:
            message = f"BOFEN_MEDIA_LADDER: {item!r} is not side:kbit/s such as 480:800"
            raise ValueError(message)
        rungs.append(RungSpec(int(found[1]), int(found[2])))
    if len({rung.side for rung in rungs}) < len(rungs):
        message = "BOFEN_MEDIA_LADDER names one side twice"
        raise ValueError(message)
    return tuple(rungs)

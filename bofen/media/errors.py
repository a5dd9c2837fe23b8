"""Why a push is cut or turned away. Each has a code of `RefusalCode` for the shop, and a sentence
for the streamer, which names no secret.
"""

from bofen.gateways.streams.protocol import RefusalCode


class MalformedStream(Exception):  # noqa: N818 - says what the pusher sent, not what we did wrong
    """The pusher does not speak RTMP, FLV, H.264 or AAC as we understand them."""

    def __init__(self, why: str, code: RefusalCode = "malformed") -> None:
        super().__init__(why)
        self.code: RefusalCode = code


class UnsupportedMedia(MalformedStream):
    """Well-formed, but not H.264 and AAC."""


class PushRefused(Exception):  # noqa: N818 - a refusal is an answer
    """Not admitted."""

    def __init__(self, why: str, code: RefusalCode) -> None:
        super().__init__(why)
        self.code: RefusalCode = code

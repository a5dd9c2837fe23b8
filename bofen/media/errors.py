"""Why a push is cut or turned away."""


class MalformedStream(Exception):  # noqa: N818 - says what the pusher sent, not what we did wrong
    """The pusher does not speak RTMP, FLV, H.264 or AAC as we understand them."""


class UnsupportedMedia(MalformedStream):
    """Well-formed, but not H.264 and AAC. The text is shown to the streamer."""


class PushRefused(Exception):  # noqa: N818 - a refusal is an answer
    """Not admitted. The text is shown to the streamer and names no secret."""

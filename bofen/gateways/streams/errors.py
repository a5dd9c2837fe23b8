"""Why a word from the live engine is not believed."""

from dataclasses import dataclass

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class ForgedStreamCallback(Refusal):
    """Not signed with the shared secret, too old, or not a callback at all."""

    code = "forged_stream_callback"
    status = 401

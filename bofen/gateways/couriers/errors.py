from dataclasses import dataclass

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class ForgedPush(Refusal):
    """Not signed with the salt of this parcel."""

    code = "forged_push"
    status = 401

from dataclasses import dataclass

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class PictureUnreadable(Refusal):
    """Not a picture, damaged, or more pixels than we open."""

    code = "picture_unreadable"
    status = 422

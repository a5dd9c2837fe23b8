from dataclasses import dataclass

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class PictureUnreadable(Refusal):
    """Not a picture, damaged, or more pixels than we open."""

    code = "picture_unreadable"
    status = 422


@dataclass(eq=False)
class PictureIsHeic(Refusal):
    """What iPhones keep pictures as; no browser of a buyer would need to show it."""

    code = "picture_is_heic"
    status = 422

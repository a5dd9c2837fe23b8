from dataclasses import dataclass

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class ForgedNotice(Refusal):
    """Not signed by WeChat Pay for us, altered, or too old."""

    code = "forged_notice"
    status = 401

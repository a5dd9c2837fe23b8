from dataclasses import dataclass

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class ForgedNotice(Refusal):
    """Not signed by the provider for us, altered, or too old."""

    code = "forged_notice"
    status = 401


@dataclass(eq=False)
class ForeignNotice(Refusal):
    """Rightly signed, but about another app, merchant or currency, or not to be understood."""

    code = "payment_notice_foreign"
    status = 400
    number: str

from dataclasses import dataclass

from bofen.kit.errors import Refusal
from bofen.payments.rules import AttemptStatus, RefundStatus


@dataclass(eq=False)
class UnknownPayment(Refusal):
    """A number that this shop never gave to this provider."""

    code = "payment_unknown"
    status = 404
    out_trade_no: str


@dataclass(eq=False)
class AmountDiffers(Refusal):
    """The provider says another amount was paid than was asked: a person has to look."""

    code = "payment_amount_differs"
    out_trade_no: str
    asked_fen: int
    paid_fen: int


@dataclass(eq=False)
class NoWeChatAccount(Refusal):
    """Paying needs a WeChat account; this person signed in by phone only."""

    code = "wechat_account_needed"


@dataclass(eq=False)
class AttemptImpossible(Refusal):
    """A payment cannot take this step from where it is."""

    code = "payment_impossible_transition"
    out_trade_no: str
    now: AttemptStatus
    wanted: AttemptStatus


@dataclass(eq=False)
class SettlementNotAsked(Refusal):
    """Nobody has said yet that the money went back another way."""

    code = "settlement_not_asked"
    out_refund_no: str


@dataclass(eq=False)
class OwnSettlement(Refusal):
    """Who says that the money went back another way cannot confirm it as well."""

    code = "settlement_needs_second_person"
    status = 403


@dataclass(eq=False)
class RefundImpossible(Refusal):
    """A refund cannot take this step from where it is."""

    code = "refund_impossible_transition"
    out_refund_no: str
    now: RefundStatus
    wanted: RefundStatus

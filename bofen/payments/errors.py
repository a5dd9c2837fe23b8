from dataclasses import dataclass

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class UnknownPayment(Refusal):
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
class ForeignNotice(Refusal):
    """Rightly signed, but about another app, merchant, currency or outcome."""

    code = "payment_notice_foreign"
    status = 400
    out_trade_no: str

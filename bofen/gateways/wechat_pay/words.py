"""WeChat Pay's words turned into ours: states, refusals, and what its notices are about. Pure.

Sources: merchant documents of "query order", "query refund", "query transfer" and their notices.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import httpx

from bofen.gateways.payments.errors import ForeignNotice
from bofen.gateways.payments.protocol import (
    Paid,
    PaymentOutcome,
    PaymentState,
    RefundOutcome,
    RefundState,
    State,
    TransferOutcome,
    TransferState,
)
from bofen.kit.errors import ProviderError
from bofen.kit.money import FEN_MAX, Fen

NAME = "wechat_pay"
"""The provider's name in our tables, and the key in `Services`."""

_PAYMENT: Mapping[str, PaymentOutcome] = {
    "SUCCESS": PaymentOutcome.paid,
    "REFUND": PaymentOutcome.paid,
    "NOTPAY": PaymentOutcome.open,
    "USERPAYING": PaymentOutcome.open,
    "ACCEPT": PaymentOutcome.open,
    "CLOSED": PaymentOutcome.closed,
    "REVOKED": PaymentOutcome.closed,
    "PAYERROR": PaymentOutcome.closed,
}
_REFUND: Mapping[str, RefundOutcome] = {
    "SUCCESS": RefundOutcome.succeeded,
    "PROCESSING": RefundOutcome.processing,
    "CLOSED": RefundOutcome.closed,
    "ABNORMAL": RefundOutcome.abnormal,
}
_TRANSFER: Mapping[str, TransferOutcome] = {
    "SUCCESS": TransferOutcome.paid,
    "FAIL": TransferOutcome.failed,
    "CANCELLED": TransferOutcome.failed,
    "WAIT_USER_CONFIRM": TransferOutcome.waiting_user,
}
_UNCLEAR_CODES = frozenset({"SYSTEM_ERROR", "BANKERROR", "FREQUENCY_LIMITED", "NOT_ENOUGH"})
NEVER_HEARD_OF = frozenset({"ORDER_NOT_EXIST", "ORDERNOTEXIST", "RESOURCE_NOT_EXISTS", "NOT_FOUND"})
TAKES_NO_MORE_MONEY = NEVER_HEARD_OF | {"ORDER_CLOSED"}


def payment_state(answer: Mapping[str, Any]) -> PaymentState:
    """Of a query's answer, or of a notice's resource."""
    outcome = _PAYMENT.get(answer["trade_state"], PaymentOutcome.open)
    paid = None
    if outcome is PaymentOutcome.paid:
        paid = Paid(
            answer["transaction_id"],
            Fen(answer["amount"]["total"]),
            datetime.fromisoformat(answer["success_time"]),
        )
    return PaymentState(answer["out_trade_no"], outcome, paid)


def refund_state(answer: Mapping[str, Any]) -> RefundState:
    """A notice calls the state `refund_status`, an answer calls it `status` (protocols 3.4)."""
    amount, done_at = answer.get("amount", {}), answer.get("success_time")
    word = answer["refund_status"] if "refund_status" in answer else answer["status"]
    return RefundState(
        out_refund_no=answer["out_refund_no"],
        outcome=_REFUND.get(word, RefundOutcome.processing),
        refund_id=answer.get("refund_id"),
        amount_fen=Fen(amount["refund"]) if "refund" in amount else None,
        succeeded_at=datetime.fromisoformat(done_at) if done_at else None,
    )


def transfer_state(answer: Mapping[str, Any]) -> TransferState:
    """ACCEPTED, PROCESSING, TRANSFERING and CANCELING are all `processing`."""
    amount_fen = answer.get("transfer_amount")
    return TransferState(
        out_bill_no=answer["out_bill_no"],
        outcome=_TRANSFER.get(answer["state"], TransferOutcome.processing),
        provider_state=answer["state"],
        amount_fen=None if amount_fen is None else Fen(amount_fen),
        confirm_token=answer.get("package_info"),
        fail_reason=answer.get("fail_reason"),
    )


def notice_about(kind: str, resource: Mapping[str, Any], payee: tuple[str, str]) -> State | None:
    """What an opened notice says; `payee` is our app and merchant number.

    Raises `ForeignNotice` for money that was paid to somebody else, in another currency or not at
    all, and for anything that lacks what it must have.
    """
    readers: Mapping[str, tuple[Callable[[Mapping[str, Any]], State], str]] = {
        "TRANSACTION": (lambda told: _paid(told, payee), "out_trade_no"),
        "REFUND": (_refunded, "out_refund_no"),
        "MCHTRANSFER": (_transferred, "out_bill_no"),
    }
    read, number = readers.get(kind.split(".", 1)[0], (None, ""))
    if read is None:
        return None
    try:
        _check_text(resource[number])
        return read(resource)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        named = str(resource.get(number, ""))[:64]
        raise ForeignNotice(named.encode(errors="replace").decode()) from error


def _check_text(part: object) -> None:
    """Raises TypeError or ValueError for what PostgreSQL could not even look for."""
    if not isinstance(part, str) or "\x00" in part:
        raise TypeError(part)
    part.encode()


def _check_fen(part: object) -> None:
    """Raises TypeError or ValueError for what is no sum of money."""
    if type(part) is not int:
        raise TypeError(part)
    if not 0 <= part <= FEN_MAX:
        raise ValueError(part)


def _refunded(resource: Mapping[str, Any]) -> RefundState:
    state = refund_state(resource)
    if state.amount_fen is not None or "amount" in resource:
        _check_fen(state.amount_fen)
    if state.refund_id is not None:
        _check_text(state.refund_id)
    return state


def _transferred(resource: Mapping[str, Any]) -> TransferState:
    state = transfer_state(resource)
    _check_text(state.provider_state)
    if state.amount_fen is not None:
        _check_fen(state.amount_fen)
    for told in (state.confirm_token, state.fail_reason):
        if told is not None:
            _check_text(told)
    return state


def _paid(resource: Mapping[str, Any], payee: tuple[str, str]) -> PaymentState:
    amount = resource["amount"]
    _check_fen(amount["total"])
    _check_text(resource["transaction_id"])
    is_ours = (
        (resource["appid"], resource["mchid"]) == payee
        and resource["trade_state"] == "SUCCESS"
        and amount["currency"] == "CNY"
    )
    if not is_ours:
        raise ForeignNotice(str(resource["out_trade_no"]))
    state = payment_state(resource)
    if state.paid is None or state.paid.at.tzinfo is None:
        raise ForeignNotice(state.out_trade_no)
    return state


def failure(status: int, content: Mapping[str, Any]) -> ProviderError:
    """By status and code only; the message is for people (protocols 2, error envelope).

    401 comes without a signature, so its code is not believed: it has only one.
    """
    is_stranger = status == httpx.codes.UNAUTHORIZED
    code = "SIGN_ERROR" if is_stranger else str(content.get("code", f"HTTP_{status}"))
    is_unclear = status >= httpx.codes.INTERNAL_SERVER_ERROR or status in (
        httpx.codes.TOO_MANY_REQUESTS,
        httpx.codes.REQUEST_TIMEOUT,
    )
    is_final = not is_unclear and code not in _UNCLEAR_CODES
    return ProviderError(NAME, code, str(content.get("message", "")), is_final=is_final)


def unclear(code: str, message: str) -> ProviderError:
    """Nobody knows what happened: ask again with the same number."""
    return ProviderError(NAME, code, message, is_final=False)

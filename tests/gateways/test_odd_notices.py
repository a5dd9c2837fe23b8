"""Notices that WeChat Pay signed and that hold what no notice should: refused, never a failure."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bofen.gateways.payments.protocol import Notice
from bofen.gateways.wechat_pay.signing import answer_message, private_key, seal, sign
from bofen.kit import clock
from bofen.kit.errors import Refusal
from bofen.sandbox.keys import keys_of
from tests.gateways.conftest import Beside

REFUND = {"out_refund_no": "R00000000000", "refund_status": "SUCCESS", "refund_id": "50"}
TRANSFER = {"out_bill_no": "W00000000000", "state": "SUCCESS", "transfer_amount": 100}
PAYMENT = {
    "out_trade_no": "T0000000000",
    "transaction_id": "42",
    "trade_state": "SUCCESS",
    "success_time": "2026-06-01T12:00:00+08:00",
}
ODD_NUMBERS = (1, 2**70, None, True, [], {}, "T\x00", "\x00", "T\ud800")
ODD_AMOUNTS = ("100", "\x00", 1.5, True, 2**70, -(2**70), [], None)
"""Each in place of a whole number of fen that a bigint holds."""


def signed(beside: Beside, kind: str, resource: Any) -> tuple[dict[str, str], bytes]:
    """Headers and body of a notice, sealed and signed as WeChat Pay does it."""
    keys, nonce = keys_of(beside.services.settings.home), "0123456789ab"
    sealed = {
        "nonce": nonce,
        "associated_data": "odd",
        "ciphertext": seal(keys.v3_key.encode(), nonce, "odd", json.dumps(resource)),
    }
    body = json.dumps({"id": "odd", "event_type": kind, "resource": sealed})
    at = str(int(clock.now().timestamp()))
    signature = sign(private_key(keys.provider_private), answer_message(at, nonce, body))
    headers = {
        "Wechatpay-Timestamp": at,
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Signature": signature,
        "Wechatpay-Serial": keys.provider_key_id,
    }
    return headers, body.encode()


def _odd(beside: Beside) -> list[tuple[str, Mapping[str, Any]]]:
    keys = keys_of(beside.services.settings.home)
    ours = PAYMENT | {"appid": keys.appid, "mchid": keys.mchid}
    amount = {"total": 100, "currency": "CNY"}
    whole = {
        "TRANSACTION.SUCCESS": ("out_trade_no", ours | {"amount": amount}),
        "REFUND.SUCCESS": ("out_refund_no", REFUND),
        "MCHTRANSFER.BILL.FINISHED": ("out_bill_no", TRANSFER),
    }
    empty = [(kind, {}) for kind in whole]
    numbered = [
        (kind, resource | {number: odd})
        for kind, (number, resource) in whole.items()
        for odd in ODD_NUMBERS
    ]
    amounts = [
        case
        for odd in ODD_AMOUNTS
        for case in (
            ("TRANSACTION.SUCCESS", ours | {"amount": amount | {"total": odd}}),
            ("REFUND.SUCCESS", REFUND | {"amount": {"refund": odd}}),
            ("MCHTRANSFER.BILL.FINISHED", TRANSFER | {"transfer_amount": odd}),
        )
        if odd is not None or case[0] != "MCHTRANSFER.BILL.FINISHED"  # there it may be missing
    ]
    others: list[tuple[str, Mapping[str, Any]]] = [
        ("REFUND.SUCCESS", REFUND | {"success_time": 1}),
        ("REFUND.SUCCESS", REFUND | {"refund_status": ["SUCCESS"]}),
        ("REFUND.SUCCESS", REFUND | {"refund_id": "5\x00"}),
        ("REFUND.SUCCESS", REFUND | {"amount": 1}),
        ("MCHTRANSFER.BILL.FINISHED", TRANSFER | {"state": None}),
        ("MCHTRANSFER.BILL.FINISHED", TRANSFER | {"state": ["SUCCESS"]}),
        ("MCHTRANSFER.BILL.FINISHED", TRANSFER | {"state": "FAIL", "fail_reason": "a\x00"}),
        ("MCHTRANSFER.BILL.FINISHED", TRANSFER | {"package_info": 7}),
    ]
    return [*empty, *numbered, *amounts, *others]


async def test_an_odd_notice_is_refused_and_breaks_nothing(beside: Beside) -> None:
    wrong = []
    for kind, resource in _odd(beside):
        headers, body = signed(beside, kind, resource)
        answer = await beside.http.post("/api/callbacks/wechat-pay", content=body, headers=headers)
        code = answer.json().get("code") if answer.content else ""
        if (answer.status_code, code) != (400, "payment_notice_foreign"):
            wrong.append((kind, resource, answer.status_code, code))

    assert wrong == []


@pytest.mark.parametrize("resource", [[], "SUCCESS", 1, None])
async def test_what_holds_no_object_is_no_notice(beside: Beside, resource: Any) -> None:
    headers, body = signed(beside, "REFUND.SUCCESS", resource)
    lower = {name.lower(): value for name, value in headers.items()}

    with pytest.raises(Refusal) as refused:
        _open(beside, lower, body)
    assert refused.value.code == "forged_notice"


def _open(beside: Beside, headers: Mapping[str, str], body: bytes) -> Notice:
    return beside.services.payments["wechat_pay"].open_notice(headers, body, clock.now())

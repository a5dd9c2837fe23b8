"""WeChat Pay APIv3 over HTTPS: pay, query, close, refund, transfer, and its notices."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import httpx

from bofen.gateways.wechat_pay.errors import ForgedNotice
from bofen.gateways.wechat_pay.protocol import (
    Notice,
    PaymentState,
    PrepayAsked,
    RefundAsked,
    RefundState,
    TransferAsked,
    TransferState,
)
from bofen.gateways.wechat_pay.signing import (
    BadSignature,
    Merchant,
    authorization,
    check_answer,
    encrypt_field,
    pay_message,
    sign,
    unseal,
)
from bofen.kit.errors import ProviderError
from bofen.kit.money import Fen

_PAY = "/v3/pay/transactions"
_TRANSFER = "/v3/fund-app/mch-transfer/transfer-bills"
_COMMISSION_SCENE = "1005"
_UNCLEAR_CODES = frozenset({"SYSTEM_ERROR", "BANKERROR", "FREQUENCY_LIMITED", "NOT_ENOUGH"})


class WeChatPayClient:
    """One merchant of one app. Clock, nonces and transport are handed in."""

    def __init__(
        self,
        base_url: str,
        appid: str,
        merchant: Merchant,
        http: httpx.AsyncClient,
        now: Callable[[], datetime],
        new_nonce: Callable[[], str],
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._appid = appid
        self._merchant = merchant
        self._http = http
        self._now = now
        self._new_nonce = new_nonce

    async def prepay(self, asked: PrepayAsked) -> str:
        answer = await self._call(
            "POST",
            f"{_PAY}/jsapi",
            {
                "appid": self._appid,
                "mchid": self._merchant.mchid,
                "description": asked.description[:127],
                "out_trade_no": asked.out_trade_no,
                "time_expire": asked.expires_at.replace(microsecond=0).isoformat(),
                "notify_url": asked.notify_url,
                "amount": {"total": asked.amount_fen, "currency": "CNY"},
                "payer": {"openid": asked.openid},
            },
        )
        return str(answer["prepay_id"])

    def pay_sheet(self, prepay_id: str, at: datetime) -> dict[str, str]:
        timestamp, nonce = str(int(at.timestamp())), self._new_nonce()
        package = f"prepay_id={prepay_id}"
        message = pay_message(self._appid, timestamp, nonce, package)
        return {
            "appId": self._appid,
            "timeStamp": timestamp,
            "nonceStr": nonce,
            "package": package,
            "signType": "RSA",
            "paySign": sign(self._merchant.key, message),
        }

    async def query(self, out_trade_no: str) -> PaymentState:
        path = f"{_PAY}/out-trade-no/{out_trade_no}?mchid={self._merchant.mchid}"
        answer = await self._call("GET", path)
        amount, paid_at = answer.get("amount", {}), answer.get("success_time")
        return PaymentState(
            out_trade_no=answer["out_trade_no"],
            trade_state=answer["trade_state"],
            transaction_id=answer.get("transaction_id"),
            amount_fen=Fen(amount["total"]) if "total" in amount else None,
            success_at=datetime.fromisoformat(paid_at) if paid_at else None,
            payer_openid=answer.get("payer", {}).get("openid"),
        )

    async def close(self, out_trade_no: str) -> None:
        path = f"{_PAY}/out-trade-no/{out_trade_no}/close"
        await self._call("POST", path, {"mchid": self._merchant.mchid})

    async def refund(self, asked: RefundAsked) -> RefundState:
        answer = await self._call(
            "POST",
            "/v3/refund/domestic/refunds",
            {
                "out_trade_no": asked.out_trade_no,
                "out_refund_no": asked.out_refund_no,
                "reason": asked.reason[:80],
                "notify_url": asked.notify_url,
                "amount": {
                    "refund": asked.refund_fen,
                    "total": asked.total_fen,
                    "currency": "CNY",
                },
            },
        )
        return _refund_state(answer)

    async def query_refund(self, out_refund_no: str) -> RefundState:
        return _refund_state(
            await self._call("GET", f"/v3/refund/domestic/refunds/{out_refund_no}")
        )

    async def transfer(self, asked: TransferAsked) -> TransferState:
        """Scene 1005, commission: exactly two report infos (protocols 3.5)."""
        content: dict[str, Any] = {
            "appid": self._appid,
            "out_bill_no": asked.out_bill_no,
            "transfer_scene_id": _COMMISSION_SCENE,
            "openid": asked.openid,
            "transfer_amount": asked.amount_fen,
            "transfer_remark": asked.remark[:32],
            "notify_url": asked.notify_url,
            "transfer_scene_report_infos": [
                {"info_type": "岗位类型", "info_content": "推广员"},
                {"info_type": "报酬说明", "info_content": "推广佣金"},
            ],
        }
        if asked.user_name:
            key = next(iter(self._merchant.provider_keys.values()))
            content["user_name"] = encrypt_field(key, asked.user_name)
        answer = await self._call("POST", _TRANSFER, content)
        return _transfer_state(answer)

    async def query_transfer(self, out_bill_no: str) -> TransferState:
        return _transfer_state(await self._call("GET", f"{_TRANSFER}/out-bill-no/{out_bill_no}"))

    def open_notice(self, headers: Mapping[str, str], body: bytes, at: datetime) -> Notice:
        try:
            check_answer(self._merchant, headers, body, at)
            envelope = json.loads(body)
            resource = unseal(self._merchant.v3_key, envelope["resource"])
            return Notice(str(envelope["id"]), str(envelope["event_type"]), resource)
        except (BadSignature, KeyError, TypeError, ValueError) as error:
            raise ForgedNotice from error

    async def _call(
        self, method: str, path: str, content: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """One signed request. The answer's signature is checked, also that of a refusal."""
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":")) if content else ""
        moment = (int(self._now().timestamp()), self._new_nonce())
        headers = {
            "Authorization": authorization(self._merchant, method, path, body, moment),
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "bofen",
            "Wechatpay-Serial": next(iter(self._merchant.provider_keys)),
        }
        try:
            answer = await self._http.request(
                method, self._base_url + path, content=body.encode(), headers=headers
            )
        except httpx.HTTPError as error:
            raise _unclear("NO_ANSWER", type(error).__name__) from error
        return self._read(answer)

    def _read(self, answer: httpx.Response) -> dict[str, Any]:
        try:
            check_answer(self._merchant, answer.headers, answer.content, self._now())
        except BadSignature as error:
            if answer.is_success:
                raise _unclear("BAD_SIGNATURE", "the answer is not signed by WeChat Pay") from error
        try:
            content = answer.json() if answer.content else {}
        except ValueError as error:
            raise _unclear("BAD_ANSWER", f"HTTP {answer.status_code}") from error
        if answer.is_success:
            return dict(content)
        raise _failure(answer.status_code, content)


def _failure(status: int, content: Mapping[str, Any]) -> ProviderError:
    """By status and code only; the message is for people (protocols 2, error envelope)."""
    code = str(content.get("code", f"HTTP_{status}"))
    is_unclear = status >= httpx.codes.INTERNAL_SERVER_ERROR or status in (
        httpx.codes.TOO_MANY_REQUESTS,
        httpx.codes.REQUEST_TIMEOUT,
    )
    is_final = not is_unclear and code not in _UNCLEAR_CODES
    return ProviderError("wechat_pay", code, str(content.get("message", "")), is_final=is_final)


def _unclear(code: str, message: str) -> ProviderError:
    return ProviderError("wechat_pay", code, message, is_final=False)


def _refund_state(answer: Mapping[str, Any]) -> RefundState:
    amount, done_at = answer.get("amount", {}), answer.get("success_time")
    return RefundState(
        out_refund_no=answer["out_refund_no"],
        status=answer["status"],
        refund_id=answer.get("refund_id"),
        amount_fen=Fen(amount["refund"]) if "refund" in amount else None,
        success_at=datetime.fromisoformat(done_at) if done_at else None,
    )


def _transfer_state(answer: Mapping[str, Any]) -> TransferState:
    return TransferState(
        out_bill_no=answer["out_bill_no"],
        state=answer["state"],
        package_info=answer.get("package_info"),
        fail_reason=answer.get("fail_reason"),
    )

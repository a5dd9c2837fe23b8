"""WeChat Pay APIv3 over HTTPS: pay, query, close, refund, transfer, and its notices."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import httpx

from bofen.gateways.payments.errors import ForgedNotice
from bofen.gateways.payments.protocol import (
    Notice,
    PaymentAsked,
    PaymentOutcome,
    PaymentState,
    RefundAsked,
    RefundOutcome,
    RefundState,
    TransferAsked,
    TransferOutcome,
    TransferState,
)
from bofen.gateways.wechat_pay import words
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
_NAMED_FROM_FEN = Fen(2_000_00)
DOOR = "/wechat-pay"
"""Where notices come in, under `Settings.callbacks_url`."""


@dataclass(frozen=True)
class Place:
    """Where WeChat Pay is, the app that buyers pay in, and where its notices are sent to."""

    base_url: str
    appid: str
    notify_url: str


class WeChatPayClient:
    """One merchant of one app. Clock, nonces and transport are handed in."""

    def __init__(
        self,
        place: Place,
        merchant: Merchant,
        http: httpx.AsyncClient,
        now: Callable[[], datetime],
        new_nonce: Callable[[], str],
    ) -> None:
        self._base_url = place.base_url.rstrip("/")
        self._appid = place.appid
        self._notify_url = place.notify_url
        self._merchant = merchant
        self._http = http
        self._now = now
        self._new_nonce = new_nonce

    @property
    def payer_appid(self) -> str:
        """Who pays is named as our own app names him."""
        return self._appid

    @property
    def payee_appid(self) -> str:
        """Who is paid is named as our own app names him."""
        return self._appid

    @property
    def named_from_fen(self) -> Fen:
        """From 2 000 yuan on the real name must be sent (protocols 3.5)."""
        return _NAMED_FROM_FEN

    async def open_payment(self, asked: PaymentAsked) -> str:
        """The prepay id."""
        answer = await self._call(
            "POST",
            f"{_PAY}/jsapi",
            {
                "appid": self._appid,
                "mchid": self._merchant.mchid,
                "description": asked.description[:127],
                "out_trade_no": asked.out_trade_no,
                "time_expire": asked.expires_at.replace(microsecond=0).isoformat(),
                "notify_url": self._notify_url,
                "amount": {"total": asked.amount_fen, "currency": "CNY"},
                "payer": {"openid": asked.payer_ref},
            },
        )
        return str(answer["prepay_id"])

    def pay_sheet(self, cashier_ref: str, at: datetime) -> dict[str, str]:
        """What the client hands to `wx.requestPayment`."""
        timestamp, nonce = str(int(at.timestamp())), self._new_nonce()
        package = f"prepay_id={cashier_ref}"
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
        """`GET /v3/pay/transactions/out-trade-no/{no}`; unknown numbers are an outcome."""
        path = f"{_PAY}/out-trade-no/{out_trade_no}?mchid={self._merchant.mchid}"
        answer = await self._find(path)
        if answer is None:
            return PaymentState(out_trade_no, PaymentOutcome.unknown)
        return words.payment_state(answer)

    async def close(self, out_trade_no: str) -> None:
        """A number that WeChat Pay never heard of, or closed before, is as good as closed."""
        path = f"{_PAY}/out-trade-no/{out_trade_no}/close"
        try:
            await self._call("POST", path, {"mchid": self._merchant.mchid})
        except ProviderError as error:
            if error.code not in words.TAKES_NO_MORE_MONEY:
                raise

    async def refund(self, asked: RefundAsked) -> RefundState:
        """`POST /v3/refund/domestic/refunds`; the same number answers the same refund."""
        answer = await self._call(
            "POST",
            "/v3/refund/domestic/refunds",
            {
                "out_trade_no": asked.out_trade_no,
                "out_refund_no": asked.out_refund_no,
                "reason": asked.reason[:80],
                "notify_url": self._notify_url,
                "amount": {
                    "refund": asked.refund_fen,
                    "total": asked.total_fen,
                    "currency": "CNY",
                },
            },
        )
        return words.refund_state(answer)

    async def query_refund(self, out_refund_no: str) -> RefundState:
        """`GET /v3/refund/domestic/refunds/{no}`; unknown numbers are an outcome."""
        answer = await self._find(f"/v3/refund/domestic/refunds/{out_refund_no}")
        if answer is None:
            return RefundState(out_refund_no, RefundOutcome.unknown)
        return words.refund_state(answer)

    async def transfer(self, asked: TransferAsked) -> TransferState:
        """Scene 1005, commission: exactly two report infos (protocols 3.5)."""
        content: dict[str, Any] = {
            "appid": self._appid,
            "out_bill_no": asked.out_bill_no,
            "transfer_scene_id": _COMMISSION_SCENE,
            "openid": asked.payee_ref,
            "transfer_amount": asked.amount_fen,
            "transfer_remark": asked.remark[:32],
            "notify_url": self._notify_url,
            "transfer_scene_report_infos": [
                {"info_type": "岗位类型", "info_content": "推广员"},
                {"info_type": "报酬说明", "info_content": "推广佣金"},
            ],
        }
        if asked.payee_name:
            key = next(iter(self._merchant.provider_keys.values()))
            content["user_name"] = encrypt_field(key, asked.payee_name)
        answer = await self._call("POST", _TRANSFER, content)
        return words.transfer_state(answer)

    async def query_transfer(self, out_bill_no: str) -> TransferState:
        """`GET /v3/fund-app/mch-transfer/transfer-bills/out-bill-no/{no}`."""
        answer = await self._find(f"{_TRANSFER}/out-bill-no/{out_bill_no}")
        if answer is None:
            return TransferState(out_bill_no, TransferOutcome.unknown)
        return words.transfer_state(answer)

    def open_notice(self, headers: Mapping[str, str], body: bytes, at: datetime) -> Notice:
        """Verified, decrypted and read."""
        try:
            check_answer(self._merchant, headers, body, at)
            envelope = json.loads(body)
            resource = unseal(self._merchant.v3_key, envelope["resource"])
            notice_id, kind = str(envelope["id"]), str(envelope["event_type"])
        except (BadSignature, KeyError, TypeError, ValueError) as error:
            raise ForgedNotice from error
        payee = (self._appid, self._merchant.mchid)
        return Notice(notice_id, kind, words.notice_about(kind, resource, payee))

    async def _find(self, path: str) -> dict[str, Any] | None:
        """The answer to a question about a number; None when WeChat Pay never heard of it."""
        try:
            return await self._call("GET", path)
        except ProviderError as error:
            if error.code in words.NEVER_HEARD_OF:
                return None
            raise

    async def _call(
        self, method: str, path: str, content: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """One signed request. What WeChat Pay did not sign is unclear, also a refusal."""
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
            raise words.unclear("NO_ANSWER", type(error).__name__) from error
        return self._read(answer)

    def _read(self, answer: httpx.Response) -> dict[str, Any]:
        try:
            check_answer(self._merchant, answer.headers, answer.content, self._now())
        except BadSignature as error:
            # A request that it does not know for ours is refused unsigned.
            if answer.status_code != httpx.codes.UNAUTHORIZED:
                text = "the answer is not signed by WeChat Pay"
                raise words.unclear("BAD_SIGNATURE", text) from error
        try:
            content = answer.json() if answer.content else {}
        except ValueError as error:
            raise words.unclear("BAD_ANSWER", f"HTTP {answer.status_code}") from error
        if answer.is_success:
            return dict(content)
        raise words.failure(answer.status_code, content)

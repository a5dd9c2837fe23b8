"""Sandbox of WeChat Pay APIv3: the real paths, headers, signatures, rules and refusals."""

import asyncio
import json
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from aiohttp import web

from bofen.gateways.wechat_pay.signing import (
    SKEW_S,
    BadSignature,
    public_key,
    request_message,
    verify,
)
from bofen.kit import clock
from bofen.sandbox import rules
from bofen.sandbox.notices import Notices
from bofen.sandbox.rules import Refused
from bofen.sandbox.world import World, rfc3339

_AUTHORIZATION = re.compile(
    r'WECHATPAY2-SHA256-RSA2048 mchid="(?P<mchid>[^"]+)",nonce_str="(?P<nonce>[^"]+)",'
    r'signature="(?P<signature>[^"]+)",timestamp="(?P<timestamp>\d+)",serial_no="(?P<serial>[^"]+)"'
)
_TRANSFER = "/v3/fund-app/mch-transfer/transfer-bills"
_TRANSFER_LIFE_S = 24 * 3600
_DELAY_S = 2.0
_REFUND_FAULTS = {"refund_abnormal": "ABNORMAL", "refund_closed": "CLOSED"}
"""How a refund may end without being paid."""

Answer = tuple[int, dict[str, Any] | None]


class PaySandbox:
    """WeChat Pay v3: checks signatures, keeps payments, signs its answers."""

    def __init__(self, world: World, notices: Notices) -> None:
        self._world = world
        self._notices = notices
        self._merchant_key = public_key(world.keys.merchant_public)

    def app(self) -> web.Application:
        """The server: every path of WeChat Pay v3 that the shop calls."""
        app = web.Application(middlewares=[self._guarded])
        pay, refunds = "/v3/pay/transactions", "/v3/refund/domestic/refunds"
        app.router.add_post(f"{pay}/jsapi", self._route(self.prepay))
        app.router.add_get(f"{pay}/out-trade-no/{{no}}", self._route(self.query))
        app.router.add_post(f"{pay}/out-trade-no/{{no}}/close", self._route(self.close))
        app.router.add_post(refunds, self._route(self.refund))
        app.router.add_get(f"{refunds}/{{no}}", self._route(self.query_refund))
        app.router.add_post(_TRANSFER, self._route(self.transfer))
        app.router.add_get(f"{_TRANSFER}/out-bill-no/{{no}}", self._route(self.query_transfer))
        return app

    def _route(
        self, act: Callable[[str, Mapping[str, Any]], Answer]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def answer(request: web.Request) -> web.Response:
            body = await request.text()
            status, content = act(request.match_info.get("no", ""), json.loads(body or "{}"))
            self._world.save()
            return self._signed(status, content)

        return answer

    @web.middleware
    async def _guarded(
        self,
        request: web.Request,
        handler: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Signature first, then the faults, then the act; every answer is signed."""
        fault = self._world.fault("pay", "drop_before", "drop_after", "delay", "busy", "error")
        if fault == "drop_before":
            return self._dropped(request, "dropped before")
        if fault in ("busy", "error"):
            code, status = ("FREQUENCY_LIMITED", 429) if fault == "busy" else ("SYSTEM_ERROR", 500)
            return self._signed(status, {"code": code, "message": "fault"})
        try:
            self._check_signature(request, await request.text())
            answer = await handler(request)
        except Refused as refused:
            answer = self._signed(refused.status, {"code": refused.code, "message": refused.text})
        if fault == "drop_after":
            return self._dropped(request, "dropped after")
        if fault == "delay":
            await asyncio.sleep(_DELAY_S)
        assert isinstance(answer, web.Response)
        self._world.note("pay", f"{request.method} {request.path}", str(answer.status))
        return answer

    def _dropped(self, request: web.Request, how: str) -> web.StreamResponse:
        self._world.note("pay", f"{request.method} {request.path}", how)
        if request.transport:
            request.transport.abort()
        return web.Response(status=500)

    def _check_signature(self, request: web.Request, body: str) -> None:
        found = _AUTHORIZATION.fullmatch(request.headers.get("Authorization", ""))
        keys = self._world.keys
        if not found or (found["mchid"], found["serial"]) != (keys.mchid, keys.merchant_serial):
            raise Refused(401, "SIGN_ERROR", "Authorization 不合法")
        if abs(clock.now().timestamp() - int(found["timestamp"])) > SKEW_S:
            raise Refused(401, "SIGN_ERROR", "时间戳已过期")
        message = request_message(
            request.method, request.path_qs, int(found["timestamp"]), found["nonce"], body
        )
        try:
            verify(self._merchant_key, message, found["signature"])
        except BadSignature:
            raise Refused(401, "SIGN_ERROR", "签名错误") from None

    def _signed(self, status: int, content: dict[str, Any] | None) -> web.Response:
        body = "" if content is None else json.dumps(content, ensure_ascii=False)
        headers = self._notices.headers(body) | {"Request-ID": secrets.token_hex(12)}
        return web.Response(status=status, body=body.encode(), headers=headers)

    # ---- what a merchant asks ------------------------------------------------------------------

    def prepay(self, _: str, asked: Mapping[str, Any]) -> Answer:
        """JSAPI order: the prepay id. The same number with other content is refused."""
        rules.check_prepay(asked, self._world.keys)
        number = asked["out_trade_no"]
        if payment := self._world.payments.get(number):
            if payment["asked"] != asked:
                raise Refused(403, "OUT_TRADE_NO_USED", "商户订单号重复")
            if payment["state"] != "NOTPAY":
                raise Refused(400, "ORDER_CLOSED", "订单已关闭或已支付")
        prepay_id = f"wx{secrets.token_hex(17)}"
        self._world.payments[number] = {
            "asked": dict(asked),
            "prepay_id": prepay_id,
            "state": "NOTPAY",
        }
        return 200, {"prepay_id": prepay_id}

    def query(self, number: str, _: Mapping[str, Any]) -> Answer:
        """A payment by the merchant's number, as protocols 3.3 describes it."""
        return 200, self._transaction(number)

    def close(self, number: str, asked: Mapping[str, Any]) -> Answer:
        """No more money for this number; refused once it was paid."""
        if asked.get("mchid") != self._world.keys.mchid:
            raise Refused(400, "PARAM_ERROR", "mchid 不匹配")
        payment = self._payment(number)
        if payment["state"] == "USERPAYING":
            raise Refused(429, "FREQUENCY_LIMIT_EXCEED", "用户支付中，请稍后再试")
        if payment["state"] in ("SUCCESS", "REFUND"):
            raise Refused(400, "INVALID_REQUEST", "该订单已支付")
        payment["state"] = "CLOSED"
        return 204, None

    def refund(self, _: str, asked: Mapping[str, Any]) -> Answer:
        """A refund by its own number; the same again answers the same."""
        rules.check_refund(asked)
        payment = self._payment(asked["out_trade_no"])
        number, amount = asked["out_refund_no"], asked["amount"]
        if earlier := self._world.refunds.get(number):
            if earlier["asked"] != asked:
                raise Refused(400, "INVALID_REQUEST", "退款单号重复且参数不一致")
            return 200, _refund_body(number, earlier)
        rules.check_refundable(payment, asked, self._world.refunds)
        made = {
            "asked": dict(asked),
            "refund_id": f"50{secrets.randbelow(10**26):026d}",
            "status": "PROCESSING",
            "at": rfc3339(clock.now()),
        }
        self._world.refunds[number] = made
        answer = _refund_body(number, made)
        fault = self._world.fault("pay", *_REFUND_FAULTS)
        self.finish_refund(number, _REFUND_FAULTS[fault] if fault else "SUCCESS")
        payment["state"] = "REFUND"
        assert amount["total"] == payment["asked"]["amount"]["total"]
        return 200, answer

    def query_refund(self, number: str, _: Mapping[str, Any]) -> Answer:
        """A refund by the merchant's refund number."""
        found = self._world.refunds.get(number)
        if found is None:
            raise Refused(404, "RESOURCE_NOT_EXISTS", "退款单不存在")
        return 200, _refund_body(number, found)

    def transfer(self, _: str, asked: Mapping[str, Any]) -> Answer:
        """商家转账: a bill by the merchant's number, waiting for its user."""
        rules.check_transfer(asked, self._world.keys)
        number = asked["out_bill_no"]
        if earlier := self._world.transfers.get(number):
            if _without_name(earlier["asked"]) != _without_name(asked):
                raise Refused(400, "INVALID_REQUEST", "商户单号重复且参数不一致")
            return 200, _transfer_body(number, earlier)
        self._world.transfers[number] = {
            "asked": dict(asked),
            "state": "WAIT_USER_CONFIRM",
            "transfer_bill_no": f"13{secrets.randbelow(10**28):028d}",
            "package_info": f"affffddafdfafddffda=={secrets.token_urlsafe(12)}",
            "at": rfc3339(clock.now()),
        }
        return 200, _transfer_body(number, self._world.transfers[number])

    def query_transfer(self, number: str, _: Mapping[str, Any]) -> Answer:
        """A transfer by the merchant's bill number."""
        found = self._world.transfers.get(number)
        if found is None:
            raise Refused(404, "NOT_FOUND", "记录不存在")
        made_at = datetime.fromisoformat(found["at"])
        is_old = (clock.now() - made_at).total_seconds() > _TRANSFER_LIFE_S
        if found["state"] == "WAIT_USER_CONFIRM" and is_old:
            self.finish_transfer(number, "CANCELLED", "OVERDUE_CLOSE")
        return 200, _transfer_body(number, found)

    # ---- what people do at the provider --------------------------------------------------------

    def user_pays(self, number: str) -> None:
        """A person has typed his password."""
        payment = self._payment(number)
        if payment["state"] != "NOTPAY":
            raise Refused(400, "INVALID_REQUEST", "订单状态不允许支付")
        if datetime.fromisoformat(payment["asked"]["time_expire"]) < clock.now():
            raise Refused(400, "INVALID_REQUEST", "订单已过期")
        payment |= {
            "state": "SUCCESS",
            "transaction_id": f"42{secrets.randbelow(10**26):026d}",
            "success_time": rfc3339(clock.now()),
        }
        self._notices.send(
            payment["asked"]["notify_url"],
            "TRANSACTION.SUCCESS",
            "transaction",
            self._transaction(number),
        )
        self._world.save()

    def remember(self, paid: Mapping[str, Any]) -> None:
        """A payment that was made before; one that is known already stays as it is."""
        amount = {"total": int(paid["amount_fen"]), "currency": "CNY"}
        known = {
            "asked": {"amount": amount, "payer": {"openid": str(paid["openid"])}},
            "prepay_id": f"wx{secrets.token_hex(17)}",
            "state": "SUCCESS",
            "transaction_id": str(paid["transaction_id"]),
            "success_time": rfc3339(datetime.fromisoformat(paid["paid_at"])),
        }
        self._world.payments.setdefault(str(paid["out_trade_no"]), known)

    def finish_refund(self, number: str, status: str) -> None:
        """A refund ends, well or not, and the shop is told."""
        found = self._world.refunds[number]
        found |= {"status": status, "success_time": rfc3339(clock.now())}
        body = _refund_body(number, found)
        resource = body | {"refund_status": body.pop("status"), "mchid": self._world.keys.mchid}
        if url := found["asked"].get("notify_url"):
            self._notices.send(url, f"REFUND.{status}", "refund", resource)
        self._world.save()

    def finish_transfer(self, number: str, state: str, reason: str | None = None) -> None:
        """A transfer ends, well or not, and the shop is told."""
        found = self._world.transfers.get(number)
        if found is None or found["state"] != "WAIT_USER_CONFIRM":
            raise Refused(400, "INVALID_REQUEST", "转账单状态不允许此操作")
        found |= {"state": state, "fail_reason": reason}
        resource = _transfer_body(number, found) | {
            "mch_id": self._world.keys.mchid,
            "transfer_amount": found["asked"]["transfer_amount"],
            "openid": found["asked"]["openid"],
            "update_time": rfc3339(clock.now()),
        }
        if url := found["asked"].get("notify_url"):
            self._notices.send(url, "MCHTRANSFER.BILL.FINISHED", "mch_payment", resource)
        self._world.save()

    def _payment(self, number: str) -> dict[str, Any]:
        found = self._world.payments.get(number)
        if found is None:
            raise Refused(404, "ORDER_NOT_EXIST", "订单不存在")
        return found

    def _transaction(self, number: str) -> dict[str, Any]:
        payment, keys = self._payment(number), self._world.keys
        total = payment["asked"]["amount"]["total"]
        plain: dict[str, Any] = {
            "appid": keys.appid,
            "mchid": keys.mchid,
            "out_trade_no": number,
            "trade_state": payment["state"],
            "trade_state_desc": payment["state"],
            "amount": {"total": total, "payer_total": total, "currency": "CNY"},
            "payer": payment["asked"]["payer"],
        }
        if "transaction_id" in payment:
            plain |= {
                "trade_type": "JSAPI",
                "bank_type": "OTHERS",
                "transaction_id": payment["transaction_id"],
                "success_time": payment["success_time"],
            }
        return plain


def _refund_body(number: str, found: Mapping[str, Any]) -> dict[str, Any]:
    asked = found["asked"]
    body = {
        "refund_id": found["refund_id"],
        "out_refund_no": number,
        "out_trade_no": asked["out_trade_no"],
        "channel": "ORIGINAL",
        "user_received_account": "支付用户零钱",
        "create_time": found["at"],
        "status": found["status"],
        "amount": dict(asked["amount"]),
    }
    return body | ({"success_time": found["success_time"]} if "success_time" in found else {})


def _without_name(asked: Mapping[str, Any]) -> dict[str, Any]:
    """An encrypted name looks different each time it is sent."""
    return {name: value for name, value in asked.items() if name != "user_name"}


def _transfer_body(number: str, found: Mapping[str, Any]) -> dict[str, Any]:
    body = {
        "out_bill_no": number,
        "transfer_bill_no": found["transfer_bill_no"],
        "create_time": found["at"],
        "state": found["state"],
    }
    if found["state"] == "WAIT_USER_CONFIRM":
        body["package_info"] = found["package_info"]
    if found.get("fail_reason"):
        body["fail_reason"] = found["fail_reason"]
    return body

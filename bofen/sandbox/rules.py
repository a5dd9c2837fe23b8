"""What the real WeChat Pay refuses: lengths, characters, amounts, numbers (protocols 3)."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bofen.sandbox.keys import Keys

_TRADE_NO = re.compile(r"[0-9A-Za-z_\-|*]{6,32}")
_REFUND_NO = re.compile(r"[0-9A-Za-z_\-|*@]{1,64}")
_BILL_NO = re.compile(r"[0-9A-Za-z]{1,32}")
_REFUNDS_MAX = 50
_REFUND_WITHIN = timedelta(days=365)
_TRANSFER_MIN_FEN = 10
_NAMED_FROM_FEN = 200_000
_INFOS = {"岗位类型", "报酬说明"}


class Refused(Exception):  # noqa: N818 - it is an answer
    """A refusal of the provider: status, code and a text for people."""

    def __init__(self, status: int, code: str, text: str) -> None:
        super().__init__(code)
        self.status, self.code, self.text = status, code, text


def _need(condition: object, text: str) -> None:
    if not condition:
        raise Refused(400, "PARAM_ERROR", text)


def check_prepay(asked: Mapping[str, Any], keys: Keys) -> None:
    """What WeChat Pay refuses before it makes an order."""
    is_ours = (asked.get("appid"), asked.get("mchid")) == (keys.appid, keys.mchid)
    _need(is_ours, "appid 与 mchid 不匹配")
    _need(_TRADE_NO.fullmatch(str(asked.get("out_trade_no", ""))), "out_trade_no 不合法")
    _need(0 < len(str(asked.get("description", ""))) <= 127, "description 长度不合法")
    notify_url = str(asked.get("notify_url", ""))
    _need(notify_url.startswith("http") and "?" not in notify_url, "notify_url 不合法")
    _need(len(notify_url) <= 255, "notify_url 过长")
    _need(asked.get("payer", {}).get("openid"), "payer.openid 缺失")
    _check_amount(asked.get("amount", {}), "total")
    if "time_expire" in asked:
        _need(datetime.fromisoformat(asked["time_expire"]).tzinfo, "time_expire 格式不合法")


def check_refund(asked: Mapping[str, Any]) -> None:
    """What WeChat Pay refuses before it looks at the payment."""
    _need(_REFUND_NO.fullmatch(str(asked.get("out_refund_no", ""))), "out_refund_no 不合法")
    _need(len(str(asked.get("reason", ""))) <= 80, "reason 过长")
    _check_amount(asked.get("amount", {}), "total", "refund")


def _check_amount(amount: Mapping[str, Any], *names: str) -> None:
    _need(amount.get("currency") == "CNY", "currency 不合法")
    for name in names:
        _need(type(amount.get(name)) is int and amount[name] > 0, f"amount.{name} 不合法")


def check_refundable(
    payment: Mapping[str, Any],
    asked: Mapping[str, Any],
    refunds: Mapping[str, Mapping[str, Any]],
) -> None:
    """What WeChat Pay refuses once it has looked at the payment."""
    if payment["state"] not in ("SUCCESS", "REFUND"):
        raise Refused(400, "INVALID_REQUEST", "订单未支付")
    amount, total = asked["amount"], payment["asked"]["amount"]["total"]
    others = [
        other
        for other in refunds.values()
        if other["asked"]["out_trade_no"] == asked["out_trade_no"] and other["status"] != "CLOSED"
    ]
    refunded = sum(other["asked"]["amount"]["refund"] for other in others)
    if amount["total"] != total or refunded + amount["refund"] > total:
        raise Refused(400, "INVALID_REQUEST", "订单金额或退款金额不一致")
    if len(others) >= _REFUNDS_MAX:
        raise Refused(403, "RULE_LIMIT", "单笔订单最多 50 次部分退款")


def check_transfer(asked: Mapping[str, Any], keys: Keys) -> None:
    """What WeChat Pay refuses before it makes a transfer."""
    _need(asked.get("appid") == keys.appid, "appid 不匹配")
    _need(_BILL_NO.fullmatch(str(asked.get("out_bill_no", ""))), "out_bill_no 不合法")
    _need(asked.get("openid"), "openid 缺失")
    _need(0 < len(str(asked.get("transfer_remark", ""))) <= 32, "transfer_remark 不合法")
    amount: Any = asked.get("transfer_amount", 0)
    _need(type(amount) is int and amount >= _TRANSFER_MIN_FEN, "transfer_amount 不合法")
    _need(amount < _NAMED_FROM_FEN or asked.get("user_name"), "金额大于等于 2000 元须传 user_name")
    infos = {info.get("info_type") for info in asked.get("transfer_scene_report_infos", [])}
    _need(
        asked.get("transfer_scene_id") == "1005" and infos == _INFOS,
        "未传入完整且对应的转账场景报备信息",
    )

"""Why a commission is what it is, in one sentence of each language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bofen.affiliates.rules import Attribution
from bofen.kit.money import Fen

_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Taken:
    """What one refund took back."""

    amount_fen: Fen
    refunded_base_fen: Fen
    at: datetime


@dataclass(frozen=True)
class Earned:
    """A commission with everything that made it."""

    amount_fen: Fen
    reversed_fen: Fen
    snapshot: Mapping[str, Any]
    accrued_at: datetime
    release_at: datetime | None
    status: str
    is_blocked: bool
    refunds: Sequence[Taken]


_KIND = {
    "share": ("买家打开了您的推广链接", "the buyer came by your share link"),
    "host": ("买家在您主播的直播间下单", "the buyer ordered in the room you host"),
    "binding": ("买家与您绑定", "the buyer is bound to you"),
    "none": ("没有归属", "nobody"),
}
_SOURCE = {
    "product": ("商品单独设置", "set for the product"),
    "category": ("类目设置", "set for the category"),
    "affiliate": ("您的专属比例", "your own rate"),
    "tier": ("您的等级", "your tier"),
    "shop": ("全店默认", "the shop's default"),
}
_LIMIT = {
    "cap": ("，受单件封顶限制", ", limited by the cap"),
    "margin": ("，受商品毛利限制", ", limited by the margin"),
}
_STATUS = {
    "released": ("已转为可提现", "it is available"),
    "reversed": ("已随退款全部扣回", "all of it went back with the refund"),
}


def sentences(earned: Earned) -> dict[str, str]:
    """The same account in Chinese and English; nothing in it is computed anew from today's plan."""
    snapshot = earned.snapshot
    attribution = Attribution.from_json(snapshot["attribution"])
    kind, source = _KIND[attribution.kind], _SOURCE[snapshot["rate_source"]]
    limit = _LIMIT.get(snapshot["limited_by"] or "", ("", ""))
    paid_on, refunds = _day(earned.accrued_at), earned.refunds
    zh = [f"{paid_on} 买家付款，{kind[0]}"]
    zh.append(
        f"计佣基数 {_yuan(snapshot['base_fen'])} 元（不含运费）× {_percent(snapshot['rate_bp'])}"
        f"（方案第 {snapshot['plan_version']} 版，{source[0]}{limit[0]}）"
        f"，向下取整＝{_yuan(earned.amount_fen)} 元"
    )
    en = [f"Paid on {paid_on}; {kind[1]}"]
    en.append(
        f"base ¥{_yuan(snapshot['base_fen'])} without freight × {_percent(snapshot['rate_bp'])}"
        f" (plan version {snapshot['plan_version']}, {source[1]}{limit[1]}),"
        f" rounded down: ¥{_yuan(earned.amount_fen)}"
    )
    for one in refunds:
        zh.append(f"{_day(one.at)} 退款扣回 {_yuan(one.amount_fen)} 元")
        en.append(f"¥{_yuan(one.amount_fen)} taken back for the refund of {_day(one.at)}")
    stands = earned.amount_fen - earned.reversed_fen
    if refunds:
        zh.append(f"现为 {_yuan(Fen(stands))} 元")
        en.append(f"¥{_yuan(Fen(stands))} stands")
    if attribution.losers:
        zh.append(f"另有 {len(attribution.losers)} 条线索未被采用")
        en.append(f"{len(attribution.losers)} other claims were not used")
    state = _state(earned)
    return {"zh": "；".join([*zh, state[0]]) + "。", "en": "; ".join([*en, state[1]]) + "."}


def _state(earned: Earned) -> tuple[str, str]:
    if earned.status in _STATUS:
        return _STATUS[earned.status]
    if earned.is_blocked:
        return "有售后进行中，暂不结算", "an after-sale is open, so it waits"
    if earned.release_at is None:
        return "等待买家确认收货", "it waits for the buyer to confirm receipt"
    day = _day(earned.release_at)
    return f"{day} 起可结算", f"it is settled from {day}"


def _yuan(amount: Fen) -> str:
    return f"{amount // 100:,}.{amount % 100:02d}"


def _percent(rate_bp: int) -> str:
    return f"{rate_bp / 100:g}%"


def _day(at: datetime) -> str:
    return f"{at.astimezone(_ZONE):%Y-%m-%d}"

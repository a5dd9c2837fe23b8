"""Why a commission is what it is, in one sentence of each language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bofen.affiliates.rates import RateLimit, RateSource
from bofen.affiliates.rules import Attribution, AttributionKind, CommissionStatus, available_at
from bofen.kit.days import SHOP_ZONE, day_of
from bofen.kit.money import Fen, yuan

Both = tuple[str, str]
"""The same in Chinese and in English."""


@dataclass(frozen=True)
class Taken:
    """What one refund took back; `was_released`: from what was available, not from what waited."""

    amount_fen: Fen
    refunded_base_fen: Fen
    at: datetime
    was_released: bool = False


@dataclass(frozen=True)
class Earned:
    """A commission with everything that made it."""

    amount_fen: Fen
    reversed_fen: Fen
    snapshot: Mapping[str, Any]
    paid_at: datetime
    release_at: datetime | None
    status: CommissionStatus
    is_blocked: bool
    """An after-sale is open on its order."""
    is_frozen: bool
    """Its affiliate is frozen."""
    debt_fen: Fen
    """What the affiliate owes now, all his commission together."""
    refunds: Sequence[Taken]


_KIND: Mapping[AttributionKind, Both] = {
    AttributionKind.share: ("买家打开了您的推广链接", "the buyer came by your share link"),
    AttributionKind.host: ("买家在您主播的直播间下单", "the buyer ordered in the room you host"),
    AttributionKind.binding: ("买家与您绑定", "the buyer is bound to you"),
    AttributionKind.none: ("没有归属", "nobody"),
}
_SOURCE: Mapping[RateSource, Both] = {
    RateSource.product: ("商品单独设置", "set for the product"),
    RateSource.category: ("分类设置", "set for the category"),
    RateSource.affiliate: ("您的专属比例", "your own rate"),
    RateSource.tier: ("您的等级", "your tier"),
    RateSource.shop: ("全店默认", "the shop's default"),
}
_LIMIT: Mapping[RateLimit, Both] = {
    RateLimit.cap: ("，受单件封顶限制", ", limited by the cap"),
    RateLimit.margin: ("，受商品毛利限制", ", limited by the margin"),
}


def sentences(earned: Earned) -> dict[str, str]:
    """The same account in Chinese and English; nothing in it is computed anew from today's plan."""
    parts = [*_sale(earned), *_refunds(earned), *_losers(earned), _state(earned)]
    return {
        "zh": "；".join(part[0] for part in parts) + "。",
        "en": "; ".join(part[1] for part in parts) + ".",
    }


def _sale(earned: Earned) -> list[Both]:
    snapshot = earned.snapshot
    kind = _KIND[Attribution.from_json(snapshot["attribution"]).kind]
    source = _SOURCE[RateSource(snapshot["rate_source"])]
    limited_by = snapshot["limited_by"]
    limit = _LIMIT[RateLimit(limited_by)] if limited_by else ("", "")
    paid_on, version = _day(earned.paid_at), snapshot["plan_version"]
    base, rate = yuan(snapshot["base_fen"]), f"{snapshot['rate_bp'] / 100:g}%"
    zh = (
        f"计佣基数 {base} 元（不含运费）× {rate}（方案第 {version} 版，{source[0]}{limit[0]}）"
        f"，向下取整＝{yuan(earned.amount_fen)} 元"
    )
    en = (
        f"base ¥{base} without freight × {rate} (plan version {version}, {source[1]}{limit[1]}),"
        f" rounded down: ¥{yuan(earned.amount_fen)}"
    )
    return [
        (f"{paid_on} 买家付款，{kind[0]}", f"Paid on {paid_on}; {kind[1]}"),
        (zh, en),
    ]


def _refunds(earned: Earned) -> list[Both]:
    told = [
        (
            f"{_day(refund.at)} 退款扣回 {yuan(refund.amount_fen)} 元",
            f"¥{yuan(refund.amount_fen)} taken back for the refund of {_day(refund.at)}",
        )
        for refund in earned.refunds
    ]
    if told:
        stands = yuan(Fen(earned.amount_fen - earned.reversed_fen))
        told.append((f"现为 {stands} 元", f"¥{stands} stands"))
    return told


def _losers(earned: Earned) -> list[Both]:
    count = len(Attribution.from_json(earned.snapshot["attribution"]).losers)
    return (
        [(f"另有 {count} 条线索未被采用", f"{count} other claims were not used")] if count else []
    )


def _state(earned: Earned) -> Both:
    if earned.status == CommissionStatus.reversed:
        return "已随退款全部扣回", "all of it went back with the refund"
    if earned.status == CommissionStatus.released:
        return _released(earned)
    if earned.is_frozen:
        return (
            "您的分销资格已冻结，解冻前不结算",
            "your affiliate account is frozen, so it waits",
        )
    if earned.is_blocked:
        return "有售后进行中，暂不结算", "an after-sale is open, so it waits"
    if earned.release_at is None:
        return "等待买家确认收货", "it waits for the buyer to confirm receipt"
    arrives = available_at(earned.release_at).astimezone(SHOP_ZONE)
    return (
        f"预计 {arrives:%Y-%m-%d %H:%M} 转为可提现",
        f"it becomes available at {arrives:%Y-%m-%d %H:%M}",
    )


def _released(earned: Earned) -> Both:
    clawed_back = sum(refund.amount_fen for refund in earned.refunds if refund.was_released)
    if not clawed_back:
        return "已转为可提现", "it is available"
    amount, debt = yuan(Fen(clawed_back)), yuan(earned.debt_fen)
    owed = (
        (
            f"，您目前欠款 {debt} 元，由之后的佣金抵扣",
            f"; you owe ¥{debt}, which later commission sets off",
        )
        if earned.debt_fen
        else ("", "")
    )
    return (
        f"曾转为可提现，其中 {amount} 元已因退款追回{owed[0]}",
        f"it was available, and ¥{amount} of it was taken back for refunds{owed[1]}",
    )


def _day(at: datetime) -> str:
    return day_of(at).isoformat()

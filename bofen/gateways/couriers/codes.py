"""快递100's codes and what they mean to us, each by its full code (its table of "state" values).

Basic codes have one or two digits, the advanced ones that refine them three or four. Never look at
the first digit alone: 1001 is on its way, 1 is collected.
"""

from collections.abc import Mapping

from bofen.gateways.couriers.protocol import TrackStatus

_S = TrackStatus
CODES: Mapping[str, TrackStatus] = {
    "0": _S.in_transit,  # 在途
    "1001": _S.in_transit,  # 到达派件城市
    "1002": _S.in_transit,  # 干线
    "1003": _S.in_transit,  # 转递
    "1": _S.collected,  # 揽收
    "101": _S.ordered,  # 已下单
    "102": _S.ordered,  # 待揽收
    "103": _S.collected,  # 已揽收
    "2": _S.exception,  # 疑难
    "201": _S.exception,  # 超时未签收
    "202": _S.exception,  # 超时未更新
    "203": _S.rejected,  # 拒收
    "204": _S.exception,  # 派件异常
    "205": _S.exception,  # 柜或驿站超时未取
    "206": _S.exception,  # 无法联系
    "207": _S.exception,  # 超区
    "208": _S.exception,  # 滞留
    "209": _S.exception,  # 破损
    "210": _S.cancelled,  # 销单
    "3": _S.signed,  # 签收
    "301": _S.signed,  # 本人签收
    "302": _S.signed,  # 派件异常后签收
    "303": _S.signed_by_proxy,  # 代签
    "304": _S.signed_by_proxy,  # 投柜或站签收
    "4": _S.returned,  # 退签
    "401": _S.cancelled,  # 已销单
    "5": _S.delivering,  # 派件
    "501": _S.awaiting_pickup,  # 投柜或驿站
    "6": _S.returning,  # 退回
    "7": _S.in_transit,  # 转投
    "8": _S.customs,  # 清关
    "10": _S.customs,  # 待清关
    "11": _S.customs,  # 清关中
    "12": _S.customs,  # 已清关
    "13": _S.exception,  # 清关异常
    "14": _S.rejected,  # 拒签
}

NAMES: Mapping[str, TrackStatus] = {
    "在途": _S.in_transit,
    "揽收": _S.collected,
    "疑难": _S.exception,
    "签收": _S.signed,
    "退签": _S.returned,
    "派件": _S.delivering,
    "退回": _S.returning,
    "转投": _S.in_transit,
    "清关": _S.customs,
    "拒签": _S.rejected,
}
"""The same states by name: for a row without a code."""


def status_of(code: str, name: str = "") -> TrackStatus | None:
    """What a code means: by itself, or by the basic code that it refines; else what its name says.

    An advanced code that is newer than the table is never taken for what the parcel was before.
    """
    return CODES.get(code) or CODES.get(_basic(code)) or NAMES.get(name)


def _basic(code: str) -> str:
    """Three digits refine one, four refine two; the 10xx refine 0 在途, not 10 待清关."""
    if len(code) == _FOUR:
        return "0" if code.startswith("10") else code[:2]
    return code[0] if len(code) == _THREE else ""


_THREE, _FOUR = 3, 4

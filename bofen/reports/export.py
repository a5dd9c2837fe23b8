"""Reports as CSV that a spreadsheet opens without running anything in it."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from bofen.inventory import count_sheet
from bofen.inventory.rules import MovementKind
from bofen.kit.days import SHOP_ZONE
from bofen.orders.rules import Source

SOURCES = {
    Source.live: "直播",
    Source.affiliate: "分销",
    Source.replay: "回放",
    Source.shop: "商城",
}
MOVEMENTS = {
    MovementKind.receipt: "入库",
    MovementKind.hold: "下单占用",
    MovementKind.release: "释放",
    MovementKind.commit: "售出",
    MovementKind.returned: "退货入库",
    MovementKind.stock_take: "盘点",
    MovementKind.damage: "报损",
}
"""The words of the console's pages; a test compares them."""
_WORDS: Mapping[str, Mapping[Any, str]] = {"source": SOURCES, "kind": MOVEMENTS}
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HEADINGS = {
    "on": "日期",
    "source": "来源",
    "product_id": "商品编号",
    "title": count_sheet.TITLE,
    "orders": "订单数",
    "tags": "其中经分销的订单数",
    "quantity": "件数",
    "refunded_quantity": "退款件数",
    "sales_fen": "销售额(元)",
    "refunds": "退款笔数",
    "refunds_fen": "退款额(元)",
    "net_fen": "净销售额(元)",
    "at": "时间",
    "spec": count_sheet.SPEC,
    "sku_id": count_sheet.SKU,
    "kind": "类型",
    "on_hand_after": "结余在库",
    "held_after": "结余占用",
    "available_after": "结余可售",
    "number": "单号",
    "by_name": "经手",
    "note": "备注",
    "book_at_begin": "开始时账面",
    "counted": count_sheet.COUNTED,
    "book": "盘点时账面",
    "difference": "差异",
    "value_fen": "差异金额(元)",
    "counted_by_name": "盘点人",
    "counted_at": "盘点时间",
    "on_hand": "在库",
    "available": "可售",
    "low_below": "预警值",
    "sold": "近30天售出",
    "sale_days": "有成交的天数",
    "days_left": "还能卖(天)",
    "to_order": "建议补货",
}
_SEEMS_A_NUMBER = re.compile("[0-9]+(E[0-9]+)?")
"""Text that a spreadsheet would take for one, and round."""


def heading(kind: type) -> bytes:
    """The first line of a file of `kind`: UTF-8 with a byte order mark."""
    return (_BOM + _written([[_HEADINGS[name] for name in _names(kind)]])).encode()


def lines(rows: Sequence[object], kind: type) -> bytes:
    """More lines of the file, money in yuan."""
    names = _names(kind)
    return _written([[_cell(name, getattr(row, name)) for name in names] for row in rows]).encode()


def _names(kind: type) -> list[str]:
    return [field.name for field in fields(kind) if field.name in _HEADINGS]


def _written(cells: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(cells)
    return out.getvalue()


def _cell(name: str, value: object) -> str:
    if name in _WORDS:
        return _WORDS[name][value]
    if name == "tags" and isinstance(value, Mapping):
        return str(value["affiliate"]["orders"])
    if isinstance(value, datetime):
        return f"{value.astimezone(SHOP_ZONE):%Y-%m-%d %H:%M:%S}"
    if name.endswith("_fen") and isinstance(value, int):
        sign = "-" if value < 0 else ""
        return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"
    return str(value) if isinstance(value, int) else plain_text(str(value or ""))


def plain_text(text: str) -> str:
    """`text`, never the beginning of a formula, and no number that a spreadsheet would round.

    A tab before a number keeps it as it is, and nobody sees it.
    """
    if text.startswith(_FORMULA):
        return f"'{text}"
    return f"\t{text}" if _SEEMS_A_NUMBER.fullmatch(text) else text

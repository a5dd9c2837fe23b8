"""Reports as CSV that a spreadsheet opens without running anything in it."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from bofen.orders.rules import Source

SOURCES = {
    Source.live: "直播",
    Source.affiliate: "分销",
    Source.replay: "回放",
    Source.shop: "商城",
}
"""The words of the console's pages; a test compares both."""
_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HEADINGS = {
    "on": "日期",
    "source": "来源",
    "product_id": "商品编号",
    "title": "商品",
    "orders": "订单数",
    "tags": "其中经分销的订单数",
    "quantity": "件数",
    "refunded_quantity": "退款件数",
    "sales_fen": "销售额(元)",
    "refunds": "退款笔数",
    "refunds_fen": "退款额(元)",
    "net_fen": "净销售额(元)",
}


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
    if isinstance(value, Source):
        return SOURCES[value]
    if name == "tags" and isinstance(value, Mapping):
        return str(value["affiliate"]["orders"])
    if name.endswith("_fen") and isinstance(value, int):
        sign = "-" if value < 0 else ""
        return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"
    return str(value) if isinstance(value, int) else plain_text(str(value))


def plain_text(text: str) -> str:
    """`text`, never the beginning of a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text

"""Reports as CSV that a spreadsheet opens without running anything in it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import fields

_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_HEADINGS = {
    "on": "日期",
    "source": "来源",
    "product_id": "商品编号",
    "title": "商品",
    "orders": "订单数",
    "quantity": "件数",
    "refunded_quantity": "退款件数",
    "sales_fen": "销售额(元)",
    "refunds": "退款笔数",
    "refunds_fen": "退款额(元)",
    "net_fen": "净销售额(元)",
}


def as_csv(rows: Sequence[object], kind: type) -> bytes:
    """UTF-8 with a byte order mark, money in yuan, one heading for each column."""
    names = [field.name for field in fields(kind) if field.name in _HEADINGS]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_HEADINGS[name] for name in names])
    for row in rows:
        writer.writerow([_cell(name, getattr(row, name)) for name in names])
    return (_BOM + out.getvalue()).encode()


def _cell(name: str, value: object) -> str:
    if name.endswith("_fen") and isinstance(value, int):
        sign = "-" if value < 0 else ""
        return f"{sign}{abs(value) // 100}.{abs(value) % 100:02d}"
    return str(value) if isinstance(value, int) else plain_text(str(value))


def plain_text(text: str) -> str:
    """`text`, never the beginning of a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text

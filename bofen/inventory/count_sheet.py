"""A count sheet as it comes back: rows of a spreadsheet, pasted or as CSV, read without writing."""

import csv
import io
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

COUNT_MAX = 1_000_000_000
SKU, TITLE, SPEC, COUNTED = "规格编号", "商品", "规格", "实盘"
"""The headings that are read; a sheet may have others beside them."""
_WHOLE = re.compile(r"([0-9]{1,10})(?:\.0+)?")


class SheetProblem(StrEnum):
    """Why a row cannot be counted."""

    unknown = "unknown"
    """No SKU of the stock-take is called so."""
    ambiguous = "ambiguous"
    """Several are: the row has to name the SKU's id."""
    odd_number = "odd_number"
    twice = "twice"
    """Another row of the sheet has the same SKU."""


@dataclass(frozen=True)
class KnownSku:
    """A SKU of the stock-take, as a sheet may name it."""

    sku_id: UUID
    title: str
    spec: str


@dataclass(frozen=True)
class SheetRow:
    """One row as it was read; `no` counts the lines of the sheet from 1.

    With a `problem` it cannot be counted, and `typed` says what stands there.
    """

    no: int
    typed: str
    sku_id: UUID | None = None
    quantity: int | None = None
    problem: SheetProblem | None = None


def read(text: str, known: Sequence[KnownSku]) -> list[SheetRow]:
    """The rows that hold a number, or something that should be one; empty cells are not counted.

    The first line may name the columns (`SKU`, `TITLE`, `SPEC`, `COUNTED`). Without it the last
    column is the count, and what stands before it is the id, or title and spec.
    """
    names = _Names(known)
    try:
        rows = [_row(no, cells, names) for no, cells in _cells(text)]
    except csv.Error:  # a cell that does not end
        return [SheetRow(1, text[:40], problem=SheetProblem.unknown)]
    found = [row for row in rows if row]
    often = Counter(row.sku_id for row in found if row.sku_id)
    return [
        replace(row, problem=SheetProblem.twice)
        if row.sku_id and often[row.sku_id] > 1 and not row.problem
        else row
        for row in found
    ]


def _cells(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Number of the line, and its cells by heading."""
    first, _, _ = text.partition("\n")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first else ",")
    headings: Sequence[str] = ()
    for no, line in enumerate(lines, start=1):
        cells = [_plain(cell) for cell in line]
        if no == 1 and COUNTED in cells:
            headings = cells
        elif any(cells):
            yield no, dict(zip(headings or _unnamed(len(cells)), cells, strict=False))


def _unnamed(columns: int) -> Sequence[str]:
    return (SKU, COUNTED) if columns <= len((SKU, COUNTED)) else (TITLE, SPEC, COUNTED)


def _plain(cell: str) -> str:
    """Without the tab or quote that keeps a spreadsheet from reading a number or a formula."""
    return unicodedata.normalize("NFKC", cell).strip("\ufeff \t\r\n'")


class _Names:
    """The SKUs of a stock-take by everything that a row may call them."""

    def __init__(self, known: Sequence[KnownSku]) -> None:
        self._found: dict[str, set[UUID]] = defaultdict(set)
        for sku in known:
            title, spec = _plain(sku.title), _plain(sku.spec)
            for name in (str(sku.sku_id), title, f"{title}\n{spec}"):
                self._found[name].add(sku.sku_id)

    def of(self, cells: Mapping[str, str]) -> set[UUID]:
        """Those that a row may mean: by its id where it has one, else by title and spec."""
        if name := cells.get(SKU):
            return self._found.get(name.lower(), set()) or self._found.get(name, set())
        title, spec = cells.get(TITLE, ""), cells.get(SPEC, "")
        return self._found.get(f"{title}\n{spec}" if spec else title, set())


def _row(no: int, cells: Mapping[str, str], names: _Names) -> SheetRow | None:
    counted = cells.get(COUNTED, "").replace(",", "")
    called = cells.get(SKU) or f"{cells.get(TITLE, '')} {cells.get(SPEC, '')}".strip()
    if "\n" in called:  # a quote that was not closed: rows would be lost in silence
        return SheetRow(no, called[:40], problem=SheetProblem.unknown)
    if not counted:
        return None
    found = names.of(cells)
    row = SheetRow(no, f"{called} {counted}".strip()[:200])
    if len(found) != 1:
        problem = SheetProblem.ambiguous if found else SheetProblem.unknown
        return replace(row, problem=problem)
    whole = _WHOLE.fullmatch(counted)
    row = replace(row, sku_id=next(iter(found)))
    if not whole or int(whole[1]) > COUNT_MAX:
        return replace(row, problem=SheetProblem.odd_number)
    return replace(row, quantity=int(whole[1]))

"""Count sheets as people send them back: saved by a spreadsheet, pasted, half filled, mistyped."""

from uuid import UUID

import pytest

from bofen.inventory.count_sheet import KnownSku, SheetProblem, SheetRow, read
from bofen.kit.ids import new_id

TEA, COFFEE, SMALL, LARGE = (new_id() for _ in range(4))
KNOWN = [
    KnownSku(TEA, "龙井 2026", ""),
    KnownSku(COFFEE, "咖啡, 深烘", "250g"),
    KnownSku(SMALL, "T恤", "S"),
    KnownSku(LARGE, "T恤", "L"),
]


def found(rows: list[SheetRow]) -> list[tuple[UUID | None, int | None, SheetProblem | None]]:
    return [(row.sku_id, row.quantity, row.problem) for row in rows]


def test_a_sheet_with_headings_is_read_by_them_whatever_their_order() -> None:
    text = f'\ufeff商品,实盘,规格编号,差异\r\n"咖啡, 深烘",12,{COFFEE},-1\r\n龙井 2026,0,{TEA},\r\n'

    assert found(read(text, KNOWN)) == [(COFFEE, 12, None), (TEA, 0, None)]


def test_what_is_pasted_from_a_spreadsheet_is_read_by_title_and_spec() -> None:
    text = "T恤\tS\t3\nT恤\tL\t 1,200 \n龙井 2026\t\t7"

    assert found(read(text, KNOWN)) == [(SMALL, 3, None), (LARGE, 1200, None), (TEA, 7, None)]


def test_two_columns_are_a_name_and_a_number() -> None:
    assert found(read(f"{str(SMALL).upper()},4\n龙井 2026,5.0", KNOWN)) == [
        (SMALL, 4, None),
        (TEA, 5, None),
    ]


def test_a_cell_that_is_empty_was_not_counted() -> None:
    text = f"规格编号,实盘\n{TEA},\n{SMALL},2\n,\n"

    assert found(read(text, KNOWN)) == [(SMALL, 2, None)]


def test_a_row_that_names_nothing_or_several_says_so_and_where() -> None:
    rows = read("规格编号,实盘\n没有这个,3\nT恤,4", KNOWN)

    assert [(row.no, row.problem) for row in rows] == [
        (2, SheetProblem.unknown),
        (3, SheetProblem.ambiguous),
    ]
    assert rows[0].typed == "没有这个 3"


@pytest.mark.parametrize("typed", ["-1", "3.5", "三", "1e3", "99999999999", "=1+1", "12件"])
def test_a_number_that_is_none_is_not_guessed(typed: str) -> None:
    assert [row.problem for row in read(f"{TEA},{typed}", KNOWN)] == [SheetProblem.odd_number]


def test_a_number_in_full_width_is_one() -> None:
    assert found(read(f"{TEA},１２", KNOWN)) == [(TEA, 12, None)]


def test_a_sku_that_stands_there_twice_is_counted_in_neither_row() -> None:
    text = f"{TEA},3\n{TEA},4\n{SMALL},1"

    assert [row.problem for row in read(text, KNOWN)] == [
        SheetProblem.twice,
        SheetProblem.twice,
        None,
    ]


def test_a_quote_that_is_never_closed_swallows_no_row_in_silence() -> None:
    rows = read(f'{TEA},3\n"T恤,S,4\n{SMALL},1', KNOWN)

    assert rows[0].problem is None
    assert [row.problem for row in rows[1:]] == [SheetProblem.unknown]

"""Reports as files: in the words of the pages, with all that the pages show."""

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from bofen.orders.rules import Source
from bofen.reports import export
from bofen.reports.sales import SourceSales
from tests.web.conftest import Shop

WORDS = Path(__file__).parents[2] / "clients/console/src/words.ts"
FEN = {"sales_fen": 9_990, "refunds": 1, "refunds_fen": 990, "net_fen": 9_000}


async def test_a_file_of_sources_is_in_words_and_says_what_affiliates_brought(shop: Shop) -> None:
    answer = await shop.client.get(
        "/api/merchant/reports/export.csv?report=sources", headers=await shop.staff()
    )
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))

    assert [row["来源"] for row in rows] == ["直播", "分销", "回放", "商城"]
    assert all(row["其中经分销的订单数"].isdigit() for row in rows)


def test_a_source_counts_the_orders_that_an_affiliate_brought_to_it() -> None:
    tags = {"affiliate": {"orders": 2, **FEN}}
    row = SourceSales(source=Source.live, orders=3, tags=tags, **FEN)  # type: ignore[arg-type]

    assert export.lines([row], SourceSales).decode().splitlines()[0] == (
        "直播,3,99.90,1,9.90,90.00,2"
    )


@pytest.mark.parametrize(
    ("table", "words"), [("SOURCE", export.SOURCES), ("MOVEMENT", export.MOVEMENTS)]
)
def test_files_and_pages_use_the_same_words(table: str, words: Mapping[str, str]) -> None:
    found = re.search(rf"{table}: Record<.*?> = \{{(.*?)\}}", WORDS.read_text(), re.DOTALL)

    assert found
    assert dict(re.findall(r"(\w+): '(.*?)'", found[1])) == words


def test_a_number_that_is_text_stays_text() -> None:
    """A spreadsheet reads `6901234567892` as 6.9E+12 and `2611251234E12` as infinite."""
    assert export.plain_text("6901234567892") == "\t6901234567892"
    assert export.plain_text("2611251234E12") == "\t2611251234E12"
    assert export.plain_text("261125G0AB") == "261125G0AB"
    assert export.plain_text("=1+1") == "'=1+1"

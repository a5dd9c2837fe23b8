"""Reports as files: in the words of the pages, with all that the pages show."""

import csv
import io
import re
from pathlib import Path

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


def test_files_and_pages_use_the_same_words() -> None:
    table = re.search(r"SOURCE: Record<.*?> = \{(.*?)\}", WORDS.read_text(), re.DOTALL)

    assert table
    assert dict(re.findall(r"(\w+): '(.*?)'", table[1])) == export.SOURCES

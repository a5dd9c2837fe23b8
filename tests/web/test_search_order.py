"""In which order a search shows what it found."""

from uuid import UUID

import pytest

from bofen.kit.ids import short_token
from bofen.reports import browse
from tests.web.conftest import Shop


async def _in_order(shop: Shop, word: str, monkeypatch: pytest.MonkeyPatch | None) -> list[str]:
    """Titles page by page, two at a time; with `monkeypatch` the first page is the last ranked."""
    titles: list[str] = []
    params = {"q": word, "limit": 2}
    while True:
        page = (await shop.client.get("/api/buyer/products", params=params)).json()
        titles += [item["title"] for item in page["items"]]
        if page["next"] is None:
            return titles
        params["cursor"] = page["next"]
        if monkeypatch:
            monkeypatch.setattr(browse, "RANKED_MAX", 1)


async def test_few_hits_are_ranked_by_their_title_and_many_by_what_sells(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    word = short_token(8).lower()
    sold = {f"甲 {word}": 1, f"乙 {word}": 2, "丙": 9, "丁": 8, f"戊 {word}": 0}
    for title, count in sold.items():
        made = await shop.product(title=title, subtitle=word)
        async with shop.services.db.transaction() as tx:
            await tx.fetch(
                "UPDATE catalog_product SET sold_count = $2 WHERE id = $1",
                *(UUID(made["id"]), count),
            )
    by_title = [f"乙 {word}", f"甲 {word}", f"戊 {word}", "丙", "丁"]

    assert await _in_order(shop, word, None) == by_title
    assert await _in_order(shop, word, monkeypatch) == by_title
    assert await _in_order(shop, word, None) == sorted(sold, key=lambda title: -sold[title])

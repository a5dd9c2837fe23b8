"""Words written together and apart, asked of the database itself."""

from bofen.kit.ids import short_token
from tests.web.conftest import Shop


async def _found(shop: Shop, query: str) -> list[str]:
    answer = await shop.client.get("/api/buyer/products", params={"q": query})
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


async def test_words_are_found_written_together_and_apart(shop: Shop) -> None:
    brand = short_token(8)
    titles = [f"{brand} {name}" for name in ("AirPods", "Air Pods", "airpods")]
    for title in titles:
        await shop.product(title=title)
    await shop.product(title=f"{brand} Air 耳机")

    for query in ("air pods", "AirPods", "AIRPODS", "airpods", "Air Pods"):
        assert sorted(await _found(shop, f"{brand} {query}")) == sorted(titles), query

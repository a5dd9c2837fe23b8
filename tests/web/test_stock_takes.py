"""The stock-take page: a sheet that goes out, comes back filled in, and is counted row by row."""

import csv
import io
from typing import Any

from bofen.identity.rules import Role
from bofen.kit.ids import new_id
from tests.web.conftest import Headers, Shop

TAKES = "/api/merchant/stock-takes"
Answer = dict[str, Any]


async def _begun(shop: Shop, staff: Headers, product: Answer) -> str:
    take_id = str(new_id())
    body = {"sku_ids": [sku["id"] for sku in product["skus"]], "note": "月底"}
    begun = await shop.client.put(f"{TAKES}/{take_id}", json=body, headers=staff)
    assert begun.status_code == 200, begun.text
    return take_id


async def _read(shop: Shop, staff: Headers, take_id: str, text: str) -> Answer:
    answer = await shop.client.post(
        f"{TAKES}/{take_id}/readings", json={"text": text}, headers=staff
    )
    assert answer.status_code == 200, answer.text
    read: Answer = answer.json()
    return read


async def _count(shop: Shop, staff: Headers, take_id: str, *rows: Answer) -> Answer:
    body = {"id": str(new_id()), "rows": rows}
    answer = await shop.client.post(f"{TAKES}/{take_id}/counts", json=body, headers=staff)
    assert answer.status_code == 200, answer.text
    counted: Answer = answer.json()
    return counted


async def _file(shop: Shop, staff: Headers, take_id: str) -> list[dict[str, str]]:
    file = await shop.client.get(f"{TAKES}/{take_id}/sheet.csv", headers=staff)
    assert file.status_code == 200, file.text
    return list(csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"))))


async def test_a_sheet_goes_out_comes_back_and_is_posted_under_its_number(shop: Shop) -> None:
    keeper, product = await shop.staff(Role.warehouse), await shop.product()
    take_id = await _begun(shop, keeper, product)
    sheet = await _file(shop, keeper, take_id)
    for row, counted in zip(sheet, ("4", "7"), strict=True):
        row["实盘"] = counted
    out = io.StringIO()
    writer = csv.DictWriter(out, sheet[0])
    writer.writeheader()
    writer.writerows(sheet)

    read = await _read(shop, keeper, take_id, f"\ufeff{out.getvalue()}")
    before = await shop.client.get(f"{TAKES}/{take_id}", headers=keeper)
    rows = [{key: row[key] for key in ("sku_id", "quantity", "was")} for row in read["rows"]]
    counted = await _count(shop, keeper, take_id, *rows)
    done = await shop.client.post(f"{TAKES}/{take_id}/confirm", headers=keeper)
    journal = await shop.client.get(
        "/api/merchant/stock/movements", params={"q": done.json()["number"]}, headers=keeper
    )

    assert [row["problem"] for row in read["rows"]] == [None, None]
    assert before.json()["counted"] == 0, "reading writes nothing"
    assert [line["difference"] for line in counted["lines"]] == [-1, 2]
    assert (done.json()["status"], done.json()["surplus"], done.json()["missing"]) == (
        "confirmed",
        2,
        1,
    )
    moves = {row["spec"]: (row["kind"], row["quantity"]) for row in journal.json()["items"]}
    assert moves == {"S": ("stock_take", -1), "M": ("stock_take", 2)}
    assert {row["number"] for row in journal.json()["items"]} == {done.json()["number"]}
    assert {row["note"] for row in journal.json()["items"]} == {"月底"}
    assert [row["差异"] for row in await _file(shop, keeper, take_id)] == ["-1", "2"]


async def test_a_sheet_with_mistakes_says_which_rows_and_what_would_be_overwritten(
    shop: Shop,
) -> None:
    keeper, product = await shop.staff(Role.warehouse), await shop.product()
    take_id = await _begun(shop, keeper, product)
    small, large = (sku["id"] for sku in product["skus"])
    await _count(shop, keeper, take_id, {"sku_id": small, "quantity": 5})

    read = await _read(
        shop, keeper, take_id, f"规格编号,实盘\n{small},6\n{large},两件\n{new_id()},1\n"
    )

    assert read["overwrites"] == 1
    assert [(row["no"], row["was"], row["problem"]) for row in read["rows"]] == [
        (2, 5, None),
        (3, None, "odd_number"),
        (4, None, "unknown"),
    ]


async def test_what_another_counted_meanwhile_is_not_overwritten_unseen(shop: Shop) -> None:
    keeper, product = await shop.staff(Role.warehouse), await shop.product()
    take_id = await _begun(shop, keeper, product)
    sku_id = product["skus"][0]["id"]
    await _count(shop, keeper, take_id, {"sku_id": sku_id, "quantity": 5})

    late = await _count(shop, keeper, take_id, {"sku_id": sku_id, "quantity": 3, "was": None})

    assert late["refused"] == [{"sku_id": sku_id, "problem": "counted_meanwhile"}]
    assert [line["counted"] for line in late["lines"]] == [5], "as it stands now"


async def test_what_a_difference_is_worth_is_shown_to_those_who_see_figures(shop: Shop) -> None:
    body = await shop.product_body()
    body["skus"][0]["cost_fen"] = 1_500
    owner, keeper = await shop.staff(), await shop.staff(Role.warehouse)
    made = await shop.client.post("/api/merchant/products", json=body, headers=owner)
    product = made.json()
    take_id = await _begun(shop, keeper, product)
    small, large = (sku["id"] for sku in product["skus"])
    rows = [{"sku_id": small, "quantity": 3}, {"sku_id": large, "quantity": 4}]

    seen = await _count(shop, owner, take_id, *rows)
    hidden = (await shop.client.get(f"{TAKES}/{take_id}", headers=keeper)).json()

    assert (seen["take"]["value_fen"], seen["take"]["unvalued"]) == (-3_000, 1)
    assert [line["value_fen"] for line in seen["lines"]] == [-3_000, None]
    assert (hidden["value_fen"], hidden["unvalued"]) == (None, None)
    assert [row["差异金额(元)"] for row in await _file(shop, owner, take_id)] == ["-30.00", ""]
    assert {row["差异金额(元)"] for row in await _file(shop, keeper, take_id)} == {""}


async def test_rows_are_found_by_their_state_and_title(shop: Shop) -> None:
    keeper, product = await shop.staff(Role.warehouse), await shop.product()
    take_id = await _begun(shop, keeper, product)
    small, large = (sku["id"] for sku in product["skus"])
    await _count(shop, keeper, take_id, {"sku_id": small, "quantity": 5})

    async def found(**query: str) -> list[str]:
        answer = await shop.client.get(f"{TAKES}/{take_id}/lines", params=query, headers=keeper)
        return [line["sku_id"] for line in answer.json()["items"]]

    assert await found() == [small, large]
    assert await found(rows="uncounted") == [large]
    assert await found(rows="different") == await found(rows="blocked") == []
    assert await found(q=product["title"][-6:].lower() + " m") == [large]
    assert await found(q="没有") == []


async def test_a_stock_take_of_nobody_is_not_found(shop: Shop) -> None:
    keeper, nowhere = await shop.staff(Role.warehouse), f"{TAKES}/{new_id()}"

    for method, path in (("GET", ""), ("POST", "/confirm"), ("POST", "/cancel")):
        answer = await shop.client.request(method, nowhere + path, headers=keeper)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert (await shop.client.get(f"{nowhere}/sheet.csv", headers=keeper)).status_code == 404

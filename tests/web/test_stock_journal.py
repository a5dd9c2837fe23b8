"""The journal of stock: found by what, who, when and which paper; whole as a file."""

import csv
import io
from typing import Any
from uuid import UUID

import httpx

from bofen.identity.rules import Role
from bofen.inventory import service as inventory
from bofen.inventory.rules import HoldAsked
from bofen.kit import clock
from bofen.kit.days import day_of
from bofen.kit.ids import new_id
from tests.web.conftest import Headers, Shop

STOCK = "/api/merchant/stock"
Rows = list[dict[str, Any]]


async def _books(
    shop: Shop, staff: Headers, kind: str, line: dict[str, Any], note: str = ""
) -> str:
    paper = str(new_id())
    body = {"id": paper, "lines": [line], "note": note}
    booked = await shop.client.post(f"{STOCK}/{kind}", json=body, headers=staff)
    assert booked.status_code == 200, booked.text
    return paper


async def _asks(shop: Shop, staff: Headers, **query: Any) -> httpx.Response:
    return await shop.client.get(f"{STOCK}/movements", params=query, headers=staff)


async def _finds(shop: Shop, staff: Headers, **query: Any) -> Rows:
    answer = await _asks(shop, staff, **query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def _moves(rows: Rows) -> list[tuple[str, int, int]]:
    return [(row["kind"], row["quantity"], row["on_hand_after"]) for row in rows]


async def test_a_line_says_what_moved_who_moved_it_and_why(shop: Shop) -> None:
    owner, product = await shop.staff(), await shop.product()
    sku_id = product["skus"][0]["id"]
    for kind, note in (("receipts", "六月第一批"), ("damages", "淋湿 2 件"), ("receipts", "")):
        await _books(shop, owner, kind, {"sku_id": sku_id, "quantity": 2}, note)

    rows = await _finds(shop, owner, sku_id=sku_id)

    assert _moves(rows) == [
        ("receipt", 2, 7),
        ("damage", -2, 5),
        ("receipt", 2, 7),
        ("receipt", 5, 5),
    ]
    assert [row["note"] for row in rows[:3]] == ["", "淋湿 2 件", "六月第一批"]
    assert {row["by_name"] for row in rows} == {"小店员"}
    assert {(row["title"], row["spec"]) for row in rows} == {(product["title"], "S")}
    assert all(row["available_after"] == row["on_hand_after"] - row["held_after"] for row in rows)


async def test_lines_are_found_by_product_kind_and_person(shop: Shop) -> None:
    keeper, helper = await shop.staff(Role.warehouse), await shop.staff(Role.warehouse)
    product, other = await shop.product(), await shop.product()
    small, large = (sku["id"] for sku in product["skus"])
    await _books(shop, keeper, "receipts", {"sku_id": small, "quantity": 3})
    await _books(shop, helper, "damages", {"sku_id": large, "quantity": 1})
    await _books(shop, helper, "receipts", {"sku_id": other["skus"][0]["id"], "quantity": 9})
    me = (await shop.client.get("/api/merchant/me", headers=helper)).json()

    of_product = await _finds(shop, keeper, product_id=product["id"])
    of_helper = await _finds(shop, keeper, staff_id=me["id"])
    both = await _finds(shop, keeper, staff_id=me["id"], product_id=product["id"])
    damages = await _finds(shop, keeper, product_id=product["id"], kind="damage")

    assert _moves(of_product)[:2] == [("damage", -1, 4), ("receipt", 3, 8)]
    assert len(of_product) == 4
    assert _moves(of_helper) == [("receipt", 9, 14), ("damage", -1, 4)]
    assert _moves(both) == _moves(damages) == [("damage", -1, 4)]
    movers = (await shop.client.get(f"{STOCK}/movers", headers=keeper)).json()["items"]
    assert me["id"] in {mover["id"] for mover in movers}


async def test_days_are_the_shop_s_and_both_are_included(shop: Shop) -> None:
    owner, product = await shop.staff(), await shop.product()
    today = str(day_of(clock.now()))
    here = {"product_id": product["id"]}

    assert len(await _finds(shop, owner, **here, **{"from": today, "to": today})) == 2
    assert await _finds(shop, owner, **here, to="2020-01-02") == []
    refused = await _asks(shop, owner, **{"from": "2026-02-02", "to": "2026-02-01"})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_request")


async def test_a_paper_is_found_by_its_id_and_an_order_by_its_number_or_its_end(
    shop: Shop,
) -> None:
    owner, product = await shop.staff(), await shop.product()
    sku_id = product["skus"][0]["id"]
    paper = await _books(shop, owner, "receipts", {"sku_id": sku_id, "quantity": 3})
    buyer = await shop.buyer()
    order_no, order_id = await _orders(shop, buyer, sku_id)

    assert _moves(await _finds(shop, owner, q=paper)) == [("receipt", 3, 8)]
    for typed in (order_no, order_no.lower(), f"订单号 {order_no}", order_no[-6:]):
        rows = await _finds(shop, owner, q=typed)
        assert [(row["kind"], row["order_id"], row["number"]) for row in rows] == [
            ("hold", order_id, order_no)
        ]
    assert await _finds(shop, owner, q="没有这个单号") == []


async def _orders(shop: Shop, buyer: Headers, sku_id: str) -> tuple[str, str]:
    address = {
        "name": "李雷",
        "phone": "13800138000",
        "province": "浙江省",
        "city": "杭州市",
        "district": "余杭区",
        "detail": "文一西路 969 号",
    }
    made = await shop.client.post("/api/buyer/addresses", json=address, headers=buyer)
    assert made.status_code == 201, made.text
    lines = [{"sku_id": sku_id, "quantity": 1}]
    quote = await shop.client.post("/api/buyer/quotes", json={"lines": lines}, headers=buyer)
    body = {
        "address_id": made.json()["id"],
        "lines": lines,
        "total_fen": quote.json()["total_fen"],
    }
    order_id = str(new_id())
    placed = await shop.client.put(f"/api/buyer/orders/{order_id}", json=body, headers=buyer)
    assert placed.status_code < 300, placed.text
    return placed.json()["order_no"], order_id


async def test_pages_follow_each_other_and_the_file_holds_them_all(shop: Shop) -> None:
    owner, product = await shop.staff(), await shop.product()
    sku_id = product["skus"][0]["id"]
    for quantity in range(1, 6):
        await _books(
            shop, owner, "receipts", {"sku_id": sku_id, "quantity": quantity}, f"第{quantity}箱"
        )
    asked = {"product_id": product["id"], "kind": "receipt"}

    pages: Rows = []
    cursor: str | None = ""
    while cursor is not None:
        query = asked | {"limit": 2} | ({"cursor": cursor} if cursor else {})
        answer = (await _asks(shop, owner, **query)).json()
        pages += answer["items"]
        cursor = answer["next"]
    file = await shop.client.get(f"{STOCK}/movements.csv", params=asked, headers=owner)
    rows = list(csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"))))

    assert [row["quantity"] for row in pages] == [5, 4, 3, 2, 1, 5, 5]
    assert [int(row["件数"]) for row in rows] == [row["quantity"] for row in pages]
    assert [row["规格编号"] for row in rows] == [row["sku_id"] for row in pages]
    assert rows[0]["类型"] == "入库"
    assert (rows[0]["备注"], rows[0]["经手"], rows[0]["结余在库"]) == ("第5箱", "小店员", "20")
    assert "attachment" in file.headers["content-disposition"]


async def test_the_balance_after_each_line_is_the_one_before_it_and_its_move(shop: Shop) -> None:
    """Also of orders that were placed together, whose lines are of one millisecond."""
    owner, product = await shop.staff(), await shop.product()
    sku_id = product["skus"][0]["id"]
    await _books(shop, owner, "receipts", {"sku_id": sku_id, "quantity": 40})
    await _books(shop, owner, "damages", {"sku_id": sku_id, "quantity": 2})
    crowd = [HoldAsked(new_id(), ((UUID(sku_id), 1),)) for _ in range(30)]
    async with shop.services.db.transaction() as tx:
        await inventory.hold(tx, crowd, clock.now())

    oldest_first = (await _finds(shop, owner, sku_id=sku_id, limit=100))[::-1]

    on_hand = held = 0
    for row in oldest_first:
        if row["kind"] == "hold":
            held += row["quantity"]
        else:
            on_hand += row["quantity"]
        assert (row["on_hand_after"], row["held_after"]) == (on_hand, held)
    assert (on_hand, held) == (43, 30)

"""Orders found by whatever staff have at hand: a number, a phone, a name, a parcel, a title."""

from uuid import UUID

import pytest

from bofen.catalog import words
from bofen.flows.index_recipients import index_recipients
from bofen.kit import clock
from tests.conftest import NOON
from tests.web.conftest import Headers, Shop
from tests.web.test_shipping import paid_order, send

NUMBER = "260601ABCDEFGH"
TITLE = "iPhone 15 Pro"


async def _found(shop: Shop, owner: Headers, typed: str) -> list[str]:
    answer = await shop.client.get("/api/merchant/orders", params={"q": typed}, headers=owner)
    assert answer.status_code == 200, answer.text
    return [order["id"] for order in answer.json()["items"]]


async def _two_orders(shop: Shop) -> tuple[str, str]:
    """The one that is looked for, and one of somebody else."""
    mine, buyer = await paid_order(shop)
    other, _ = await paid_order(shop)
    named = await shop.client.patch("/api/buyer/me", json={"nickname": "Amy 阿美"}, headers=buyer)
    assert named.status_code == 200, named.text
    assert (await send(shop, mine, tracking_no="SF20260601")).status_code == 201
    vault = shop.services.vault
    async with shop.services.db.transaction() as tx:
        await tx.fetch(
            "UPDATE orders_order SET order_no = $2, placed_at = $3, name_sealed = $4,"
            " phone_sealed = $5 WHERE id = $1",
            *(UUID(mine), NUMBER, NOON, vault.seal("欧阳小美"), vault.seal("13900001234")),
        )
        await tx.fetch(
            "WITH sold AS (UPDATE orders_line SET title = $2 WHERE order_id = $1"
            " RETURNING product_id, title)"
            " INSERT INTO catalog_title (product_id, title, text, terms)"
            " SELECT product_id, title, $3, array_to_tsvector($4::text[]) FROM sold",
            *(UUID(mine), TITLE, words.fold(TITLE), words.terms_of(TITLE)),
        )
    await index_recipients(shop.services, clock.now())
    return mine, other


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER,
        "260601abc",
        "EFGH",
        " efgh\u200b",
        "13900001234",
        "+86 139-0000-1234",
        "欧阳小美",
        " 欧阳小美\ufeff",
        "amy",
        "Amy 阿美",
        "SF20260601",
        "sf 2026 0601",
        "iphone15",
        "IPHONE 15",
        "15pro",
    ],
)
async def test_an_order_is_found_by_what_staff_have_at_hand(own_shop: Shop, typed: str) -> None:
    mine, _ = await _two_orders(own_shop)

    assert await _found(own_shop, await own_shop.staff(), typed) == [mine]


@pytest.mark.parametrize("typed", ["13900001235", "欧阳", "%", "_", "\\", "SF2026060", "iphone16"])
async def test_another_thing_finds_nothing(own_shop: Shop, typed: str) -> None:
    await _two_orders(own_shop)

    assert await _found(own_shop, await own_shop.staff(), typed) == []


async def test_an_order_whose_receiver_cannot_be_read_stands_in_no_way(own_shop: Shop) -> None:
    mine, _ = await paid_order(own_shop)
    lost, _ = await paid_order(own_shop)
    async with own_shop.services.db.transaction() as tx:
        await tx.fetch(
            "UPDATE orders_order SET phone_sealed = $2 WHERE id = $1", UUID(lost), b"x" * 40
        )

    await index_recipients(own_shop.services, clock.now())

    assert await _found(own_shop, await own_shop.staff(), "13812345678") == [mine]

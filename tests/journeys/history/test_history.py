"""A long random history over HTTP beside a slow model: after every stretch both say the same.

`make history STEPS=2000 SEED=7` runs a long one; the seed is in every failure.
"""

import os
import random

import httpx

from bofen.kit.ids import new_id
from tests.journeys.history.model import Model, differences
from tests.journeys.history.steps import Shop
from tests.journeys.people import address_of, buyer, staff
from tests.journeys.system import System, running
from tests.journeys.test_protocol_story import _verifies

STEPS = int(os.environ.get("STEPS", "140"))
SEED = int(os.environ.get("SEED", "1"))
REFUNDS_MAX = int(os.environ.get("REFUNDS_MAX", "1"))
LOOKED_AT_EVERY = 35
RATE_BP = 1_000
SHELF = ((1_000, 90), (3_990, 60), (9_990, 60))
"""Price in fen and pieces of each SKU: some orders pay freight, some do not."""


async def opened(system: System, http: httpx.AsyncClient) -> Shop:
    """A shop with goods of its own, one affiliate with a fixed rate, one buyer."""
    owner = await staff(http, "owner")
    affiliate = (await buyer(http, "sandbox-2")).speaking_to("affiliate")
    customer = await buyer(http, f"history-{new_id().hex[:8]}")
    found = (await owner.ask("GET", "/affiliates"))["items"]
    mine = next(one for one in found if one["nickname"] == "李雷")
    await owner.ask(
        "PUT", f"/affiliates/{mine['id']}/standing", {"tier": mine["tier"], "rate_bp": RATE_BP}
    )
    category = (await owner.ask("GET", "/categories"))["items"][0]["id"]
    picture = (await owner.ask("GET", "/products"))["items"][0]["picture"].removeprefix("/files/")
    prices, products, received = {}, {}, {}
    for price_fen, pieces in SHELF:
        body = {
            "title": f"历史商品 {price_fen}",
            "category_id": category,
            "pictures": [picture],
            "skus": [{"options": {}, "price_fen": price_fen, "stock": pieces}],
        }
        made = await owner.ask("POST", "/products", body)
        await owner.ask("POST", f"/products/{made['id']}/list")
        sku_id = made["skus"][0]["id"]
        prices[sku_id], products[sku_id], received[sku_id] = price_fen, made["id"], pieces
    await system.has_past()
    system.move_clock(60)  # providers write whole seconds: the rate stands before the first payment
    link = await affiliate.ask("POST", "/links", {"target": {"kind": "shop"}})
    await customer.ask("POST", "/bindings", {"share": link["token"]})
    return Shop(
        system=system,
        http=http,
        owner=owner,
        affiliate=affiliate,
        buyer=customer,
        address_id=await address_of(customer),
        token=link["token"],
        prices=prices,
        products=products,
        model=Model(RATE_BP, received),
        chance=random.Random(SEED),  # noqa: S311 - a history that can be told again
        refunds_max=REFUNDS_MAX,
        clock_s=60,
    )


async def test_a_random_history_is_what_the_slow_model_says() -> None:
    async with (
        running("--demo") as system,
        httpx.AsyncClient(base_url=system.url, trust_env=False, timeout=20) as http,
    ):
        shop = await opened(system, http)
        for number in range(1, STEPS + 1):
            await shop.step()
            if number % LOOKED_AT_EVERY == 0 or number == STEPS:
                await shop.settled()
                found = differences(shop.model, await shop.seen())
                assert found == [], "\n".join(
                    [f"seed {SEED}, step {number}", *found, *shop.told[-80:]]
                )
        await _verifies(system)

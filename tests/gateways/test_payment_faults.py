"""Paying through WeChat Pay's real protocol while it misbehaves: money and stock stay right."""

import pytest

from bofen.flows.cancel import close_unpaid
from bofen.flows.pay import poll_payments
from bofen.flows.send_refund import send_refund
from bofen.gateways.wechat_pay.words import NAME
from bofen.kit import clock
from bofen.kit.errors import ProviderError
from bofen.kit.ids import new_id
from tests.gateways.conftest import Beside, shown, until

FIRST_RETRY_S = 16


async def test_a_notice_pays_the_order_and_takes_the_stock_once(beside: Beside) -> None:
    buyer, order_id, sku_id = await beside.order(quantity=2)
    assert await beside.stock(sku_id) == (100, 2)

    await beside.pays(buyer, order_id)

    await shown(buyer, order_id, "paid")
    assert await beside.stock(sku_id) == (98, 0)
    assert (await beside.notices(1))[0]["outcome"] == "204"


async def test_a_notice_told_ten_times_is_heard_once(beside: Beside) -> None:
    buyer, order_id, sku_id = await beside.order()
    await beside.fault("notice", "duplicate_notice")

    await beside.pays(buyer, order_id)

    assert {entry["outcome"] for entry in await beside.notices(10)} == {"204"}
    await shown(buyer, order_id, "paid")
    assert await beside.stock(sku_id) == (99, 0)


@pytest.mark.parametrize("kind", ["tamper_notice", "old_notice", "unknown_serial", "probe_notice"])
async def test_a_notice_that_is_not_sound_is_refused_until_a_sound_one_comes(
    beside: Beside, kind: str
) -> None:
    buyer, order_id, sku_id = await beside.order()
    await beside.fault("notice", kind)

    await beside.pays(buyer, order_id)

    assert [entry["outcome"] for entry in await beside.notices(1)] == ["401"]
    assert (await buyer.ask("GET", f"/orders/{order_id}"))["shown"] == "submitted"
    assert await beside.stock(sku_id) == (100, 1)

    beside.move_clock(FIRST_RETRY_S)
    assert [entry["outcome"] for entry in await beside.notices(2)] == ["204", "401"]
    await shown(buyer, order_id, "paid")


async def test_without_a_notice_the_buyer_or_the_sweep_asks(beside: Beside) -> None:
    await beside.fault("notice", "no_notice", 2)
    asks, order_id, _ = await beside.order()
    waits, other_id, _ = await beside.order()
    await beside.pays(asks, order_id)
    await beside.pays(waits, other_id)

    checked = await asks.ask("POST", f"/orders/{order_id}/payment/check")
    assert checked["shown"] == "paid"

    beside.move_clock(30)
    await poll_payments(beside.services, clock.now())
    await shown(waits, other_id, "paid")


async def test_an_amount_that_differs_pays_nothing(beside: Beside) -> None:
    buyer, order_id, sku_id = await beside.order()
    await beside.fault("notice", "wrong_amount")

    await beside.pays(buyer, order_id)

    assert [entry["outcome"] for entry in await beside.notices(1)] == ["409"]
    assert (await buyer.ask("GET", f"/orders/{order_id}"))["shown"] == "submitted"
    assert await beside.stock(sku_id) == (100, 1)


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "busy", "error"])
async def test_a_cashier_that_does_not_open_opens_the_next_time(beside: Beside, kind: str) -> None:
    buyer, order_id, _ = await beside.order()
    await beside.fault("pay", kind)

    answer = await buyer.ask("POST", f"/orders/{order_id}/payment", status=502)
    assert answer["code"] == "provider_unavailable"

    await beside.pays(buyer, order_id)
    await shown(buyer, order_id, "paid")
    assert len((await beside.state())["payments"]) == 1


async def test_an_order_paid_at_the_last_moment_is_not_closed(beside: Beside) -> None:
    """The provider refuses to close what was paid; then we ask, and keep the order."""
    await beside.fault("notice", "no_notice")
    buyer, order_id, sku_id = await beside.order()
    await beside.pays(buyer, order_id)

    beside.move_clock(86_400)
    await close_unpaid(beside.services, clock.now())

    await shown(buyer, order_id, "paid")
    assert await beside.stock(sku_id) == (99, 0)


async def test_an_unpaid_order_is_closed_at_the_provider_before_its_stock_is_free(
    beside: Beside,
) -> None:
    buyer, order_id, sku_id = await beside.order()
    await buyer.ask("POST", f"/orders/{order_id}/payment")
    number = (await buyer.ask("GET", f"/orders/{order_id}"))["order_no"]
    beside.move_clock(86_400)

    await beside.fault("pay", "error", 2)
    await close_unpaid(beside.services, clock.now())
    assert await beside.stock(sku_id) == (100, 1), "while the provider is unclear, it stays held"

    await close_unpaid(beside.services, clock.now())
    await shown(buyer, order_id, "cancelled")
    assert await beside.stock(sku_id) == (100, 0)
    assert (await beside.state())["payments"][number]["state"] == "CLOSED"


async def test_a_refund_whose_answer_was_lost_is_paid_once(beside: Beside) -> None:
    buyer, order_id, _ = await beside.order()
    number = await beside.pays(buyer, order_id)
    await shown(buyer, order_id, "paid")
    await beside.fault("notice", "no_notice")
    after_sale = {
        "order_id": str(order_id),
        "kind": "refund",
        "reason": "不想要了",
        "lines": [{"no": 1, "quantity": 1}],
    }
    owner = await beside.owner()
    await buyer.ask("PUT", "/after-sales/01890a5d-ac96-774b-bcce-b302099a8057", after_sale)
    await owner.ask("POST", "/after-sales/01890a5d-ac96-774b-bcce-b302099a8057/approve")
    async with beside.services.db.transaction() as tx:
        (refund,) = await tx.fetch("SELECT provider, out_refund_no FROM payments_refund")
    facts = dict(refund)

    await beside.fault("pay", "drop_after")
    with pytest.raises(ProviderError) as unclear:
        await send_refund(beside.services, facts)
    assert not unclear.value.is_final
    await send_refund(beside.services, facts)

    refunds = (await beside.state())["refunds"]
    assert [r["asked"]["out_trade_no"] for r in refunds.values()] == [number]
    await until(
        lambda: buyer.ask("GET", f"/orders/{order_id}"), lambda o: o["refunded_fen"] == 9_990
    )
    await shown(buyer, order_id, "refunded")


@pytest.mark.parametrize(
    ("kind", "named"), [("refund_abnormal", "abnormal"), ("refund_closed", "closed")]
)
async def test_a_refund_that_ends_unpaid_comes_to_the_desk(
    beside: Beside, kind: str, named: str
) -> None:
    buyer, order_id, _ = await beside.order()
    await beside.pays(buyer, order_id)
    await shown(buyer, order_id, "paid")
    owner, after_sale_id = await beside.owner(), new_id()
    after_sale = {
        "order_id": str(order_id),
        "kind": "refund",
        "reason": "不想要了",
        "lines": [{"no": 1, "quantity": 1}],
    }
    await buyer.ask("PUT", f"/after-sales/{after_sale_id}", after_sale)
    await owner.ask("POST", f"/after-sales/{after_sale_id}/approve")
    await beside.fault("pay", kind)

    number = {"provider": NAME, "out_refund_no": f"R{after_sale_id.hex}"}
    await send_refund(beside.services, number)

    desk = await until(lambda: owner.ask("GET", "/refunds"), lambda found: found["items"])
    (waiting,) = desk["items"]
    assert (waiting["status"], waiting["out_refund_no"]) == (named, number["out_refund_no"])
    assert (await owner.ask("GET", "/overview"))["to_do"]["refunds"] == 1
    await owner.ask("POST", f"/refunds/{NAME}/{number['out_refund_no']}/send")
    assert (await owner.ask("GET", "/refunds"))["items"] == []
    if kind == "refund_closed":
        beside.move_clock(61)
        await send_refund(beside.services, number | {"out_refund_no": f"R{after_sale_id.hex}_2"})
        await shown(buyer, order_id, "refunded")


async def test_cancelling_while_the_provider_is_silent_says_try_again(beside: Beside) -> None:
    buyer, order_id, sku_id = await beside.order()
    await buyer.ask("POST", f"/orders/{order_id}/payment")
    await beside.fault("pay", "error", 2)

    refused = await buyer.ask("POST", f"/orders/{order_id}/cancel", status=503)

    assert refused["code"] == "order_close_unclear"
    assert "再试" in refused["message"]["zh"]
    order = await buyer.ask("GET", f"/orders/{order_id}")
    assert (order["shown"], order["can"]["cancel"]) == ("submitted", True)
    assert (order["can"]["pay"], order["pay_left_s"]) == (False, 0), "nobody begins to pay now"
    again = await buyer.ask("POST", f"/orders/{order_id}/cancel")
    assert again["shown"] == "cancelled"
    assert await beside.stock(sku_id) == (100, 0)


async def test_cancelling_what_was_paid_meanwhile_says_so(beside: Beside) -> None:
    await beside.fault("notice", "no_notice")
    buyer, order_id, _ = await beside.order()
    await beside.pays(buyer, order_id)

    refused = await buyer.ask("POST", f"/orders/{order_id}/cancel", status=409)

    assert refused["code"] == "order_not_cancellable"
    await shown(buyer, order_id, "paid")


async def test_the_seconds_left_to_pay_are_the_server_s(beside: Beside) -> None:
    buyer, order_id, _ = await beside.order()
    first = await buyer.ask("GET", f"/orders/{order_id}")
    assert 880 < first["pay_left_s"] <= 900

    beside.move_clock(600)

    assert 280 < (await buyer.ask("GET", f"/orders/{order_id}"))["pay_left_s"] <= 300
    beside.move_clock(901)
    late = await buyer.ask("GET", f"/orders/{order_id}")
    assert (late["pay_left_s"], late["can"]["pay"]) == (0, False)

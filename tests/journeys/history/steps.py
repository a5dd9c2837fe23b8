"""Random steps of people in a shop: each asked over HTTP and told to the model in the same breath.

A step that the model allows must be answered with yes; one that it forbids, with a refusal.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from bofen.kit.ids import new_id
from tests.journeys.history.model import Line, Model, Order, Piece, Request, Where
from tests.journeys.people import Caller, staff
from tests.journeys.system import System

REFUSED = (400, 404, 409, 422)
WAIT_S = 20.0
_SIGNED_IN_S = 10 * 3600
"""A session of staff lasts two hours longer."""


@dataclass
class Shop:
    """Everybody who takes part, and what has happened so far."""

    system: System
    http: httpx.AsyncClient
    owner: Caller
    affiliate: Caller
    buyer: Caller
    address_id: str
    token: str
    prices: dict[str, int]
    products: dict[str, str]
    model: Model
    chance: random.Random
    refunds_max: int
    clock_s: int = 0
    signed_in_s: int = 0
    """When the owner signed in."""
    payments: dict[str, UUID] = field(default_factory=dict)
    """Which order each payment number of the provider belongs to."""
    told: list[str] = field(default_factory=list)

    async def step(self) -> None:
        """One thing that somebody might do now."""
        kinds: list[tuple[int, Callable[[], Awaitable[None]]]] = [
            (6, self.place),
            (6, self.pay),
            (2, self.cancel),
            (5, self.ship),
            (2, self.confirm),
            (6, self.apply),
            (2, self.withdraw_request),
            (4, self.approve),
            (2, self.refuse),
            (3, self.send_back),
            (3, self.receive),
            (1, self.wait),
        ]
        weights = [weight for weight, _ in kinds]
        (_, act) = self.chance.choices(kinds, weights)[0]
        await act()

    def tell(self, what: str, order: Order, more: object = "") -> None:
        self.told.append(f"{what} {str(order.id)[-6:]} {more}")

    def any_order(self, *states: str) -> Order | None:
        found = [order for order in self.model.orders if order.state in states]
        return self.chance.choice(found) if found else None

    def any_request(self, *states: str) -> tuple[Order, Request] | None:
        found = [
            (order, request)
            for order in self.model.orders
            for request in order.requests
            if request.state in states
        ]
        return self.chance.choice(found) if found else None

    async def place(self) -> None:
        skus = self.chance.sample(list(self.prices), self.chance.choice([1, 1, 2]))
        wanted = {sku_id: self.chance.randint(1, 3) for sku_id in skus}
        is_shared = self.chance.random() < 0.7
        lines = [{"sku_id": sku_id, "quantity": n} for sku_id, n in wanted.items()]
        made = Order(
            new_id(),
            [Line(sku, [Piece(self.prices[sku]) for _ in range(n)]) for sku, n in wanted.items()],
        )
        body = {
            "lines": lines,
            "address_id": self.address_id,
            "remark": "",
            "total_fen": made.total_fen,
            "source": {"share": self.token} if is_shared else {},
        }
        enough = all(
            self.model.on_hand(sku) - self.model.held(sku) >= n for sku, n in wanted.items()
        )
        waiting = sum(order.state == "placed" for order in self.model.orders)
        is_allowed = enough and waiting < 20
        await self.buyer.ask("PUT", f"/orders/{made.id}", body, (201,) if is_allowed else REFUSED)
        if is_allowed:
            self.model.orders.append(made)
            self.tell(
                "place", made, [(i["quantity"], self.prices[str(i["sku_id"])]) for i in lines]
            )

    async def pay(self) -> None:
        order = self.any_order("placed")
        if order is None:
            return
        sheet = (await self.buyer.ask("POST", f"/orders/{order.id}/payment"))["pay_sheet"]
        prepay = sheet["package"].removeprefix("prepay_id=")
        known = (await self.http.get(f"{self.system.sandbox_url}/state")).json()["payments"]
        number = next(no for no, one in known.items() if one["prepay_id"] == prepay)
        self.payments[number] = order.id
        paid = await self.http.post(f"{self.system.sandbox_url}/pay", json={"pay_sheet": sheet})
        assert paid.status_code == 200, paid.text
        order.state = "paid"
        self.tell("pay", order)
        await self.until(order, lambda told: told["paid_at"] is not None)

    async def cancel(self) -> None:
        order = self.any_order("placed")
        if order is not None:
            await self.buyer.ask("POST", f"/orders/{order.id}/cancel")
            order.state = "cancelled"
            self.tell("cancel", order)

    async def ship(self) -> None:
        """Everything that is left, or one piece of one line."""
        order = self.any_order("paid", "shipped")
        if order is None:
            return
        left = {no: line.free(Where.house) for no, line in enumerate(order.lines, 1)}
        left = {no: pieces for no, pieces in left.items() if pieces}
        parcel = {"carrier": "yuantong", "tracking_no": f"YT{new_id().int % 10**12:012d}"}
        path = f"/orders/{order.id}/shipments"
        if not left:
            await self.owner.ask("POST", path, parcel, REFUSED)
            return
        if self.chance.random() < 0.5:
            no = self.chance.choice(list(left))
            left = {no: left[no][:1]}
            parcel |= {"lines": [{"no": no, "quantity": 1}]}
        await self.owner.ask("POST", path, parcel)
        for pieces in left.values():
            for piece in pieces:
                piece.where = Where.sent
        order.parcels.append(str(parcel["tracking_no"]))
        order.state = "shipped"
        self.tell("ship", order, {no: len(pieces) for no, pieces in left.items()})

    async def confirm(self) -> None:
        order = self.any_order("shipped")
        if order is None or any(line.free(Where.house) for line in order.lines):
            return
        is_busy = bool(order.open_requests()) or any(
            request.state == "refunding" for request in order.requests
        )
        if not is_busy:
            await self.buyer.ask("POST", f"/orders/{order.id}/confirm")
            order.state = "received"
            self.tell("confirm", order)

    async def apply(self) -> None:
        """Some pieces of one line: those in the house first, as the shop reads such a wish."""
        order = self.any_order("paid", "shipped", "received")
        if order is None or len(order.requests) >= 2 + self.refunds_max:
            return
        no = self.chance.randint(1, len(order.lines))
        line = order.lines[no - 1]
        where = Where.house if line.free(Where.house) else Where.sent
        free = line.free(where)
        if not free:
            return
        pieces = self.chance.sample(free, self.chance.randint(1, len(free)))
        is_return = where is Where.sent and self.chance.random() < 0.7
        request = Request(new_id(), is_return, {no: pieces})
        body = {
            "order_id": str(order.id),
            "kind": "return_and_refund" if is_return else "refund",
            "reason": "不合适",
            "lines": [{"no": no, "quantity": len(pieces)}],
        }
        await self.buyer.ask("PUT", f"/after-sales/{request.id}", body)
        for piece in pieces:
            piece.asked_by = request.id
        order.requests.append(request)
        self.tell("apply", order, (no, len(pieces), where.value, is_return))

    async def withdraw_request(self) -> None:
        found = self.any_request("applied", "returning")
        if found:
            order, request = found
            await self.buyer.ask("POST", f"/after-sales/{request.id}/withdraw")
            order.give_up(request, "withdrawn")
            self.tell("withdraw", order)

    async def refuse(self) -> None:
        found = self.any_request("applied")
        if found:
            order, request = found
            body = {"reason": "不符合条件"}
            await self.owner.ask("POST", f"/after-sales/{request.id}/refuse", body)
            order.give_up(request, "refused")
            self.tell("refuse", order)

    async def approve(self) -> None:
        found = self.any_request("applied")
        if found and self.may_refund(found[0]):
            order, request = found
            await self.owner.ask("POST", f"/after-sales/{request.id}/approve")
            order.approve(request)
            self.tell("approve", order, request.amount_fen)

    def may_refund(self, order: Order) -> bool:
        """The provider wants a minute between two refunds of a payment: a short run has none."""
        begun = [r for r in order.requests if r.state in {"returning", "returned", "refunding"}]
        return len(begun) < self.refunds_max

    async def send_back(self) -> None:
        found = self.any_request("returning")
        if found:
            order, request = found
            body = {"carrier": "shunfeng", "tracking_no": f"SF{new_id().int % 10**12:012d}"}
            await self.buyer.ask("POST", f"/after-sales/{request.id}/return", body)
            request.state = "returned"
            self.tell("send back", order)

    async def receive(self) -> None:
        found = self.any_request("returned")
        if found:
            order, request = found
            is_restocked = self.chance.random() < 0.6
            body = {"is_restocked": is_restocked}
            await self.owner.ask("POST", f"/after-sales/{request.id}/received", body)
            order.inspect(request, is_restocked=is_restocked)
            self.tell("receive", order, is_restocked)

    async def wait(self) -> None:
        """An hour passes: unpaid orders are closed, everything else waits for people."""
        self.clock_s += 3600
        for order in self.model.orders:
            if order.state == "placed":
                order.state = "cancelled"
        self.system.move_clock(self.clock_s)
        if self.clock_s > self.signed_in_s + _SIGNED_IN_S:  # Who signs in all the time is stopped.
            self.owner, self.signed_in_s = await staff(self.http, "owner"), self.clock_s
        await self.settled()
        self.told.append(f"wait until +{self.clock_s} s")

    async def settled(self) -> None:
        """Until nothing moves by itself: unpaid orders closed, refunds at their buyers."""
        for order in self.model.orders:
            if order.state == "cancelled":
                await self.until(order, lambda told: told["closed_at"] is not None)
            begun = {str(r.id) for r in order.requests if r.state == "refunding"}
            for after_sale_id in begun:
                await self.refunded(after_sale_id)
            for request in order.requests:
                if request.state == "refunding":
                    request.state = "done"

    async def refunded(self, after_sale_id: str) -> None:
        wait_s = WAIT_S + 61 * (self.refunds_max - 1)
        async with asyncio.timeout(wait_s):
            while True:
                told = await self.buyer.ask("GET", f"/after-sales/{after_sale_id}")
                if told["status"] == "done":
                    return
                await asyncio.sleep(0.1)

    async def until(self, order: Order, is_so: Callable[[Any], bool]) -> None:
        async with asyncio.timeout(WAIT_S):
            while not is_so(await self.buyer.ask("GET", f"/orders/{order.id}")):
                await asyncio.sleep(0.05)

    async def seen(self) -> dict[str, Any]:
        """What the shop and its provider say now, in the model's words."""
        stock = {}
        for product_id in set(self.products.values()):
            product = await self.owner.ask("GET", f"/products/{product_id}")
            for sku in product["skus"]:
                if sku["id"] in self.prices:
                    stock[sku["id"]] = (sku["on_hand"], sku["held"])
        known = (await self.http.get(f"{self.system.sandbox_url}/state")).json()["refunds"]
        refunded: dict[str, int] = {}
        for refund in known.values():
            order_id = str(self.payments[refund["asked"]["out_trade_no"]])
            amount = refund["asked"]["amount"]["refund"]
            refunded[order_id] = refunded.get(order_id, 0) + amount
        balance = (await self.affiliate.ask("GET", "/overview"))["balance"]
        names = ("expected_fen", "frozen_fen", "available_fen", "withdrawing_fen", "withdrawn_fen")
        commission_fen = sum(balance[name] for name in names)
        return {"stock": stock, "refunded": refunded, "commission_fen": commission_fen}

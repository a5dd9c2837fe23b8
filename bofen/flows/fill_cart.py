"""A cart is filled, in the shop or in a broadcast, which its lines remember until they are bought.

Nothing is promised by a cart: neither price nor stock.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from bofen.catalog import cart
from bofen.catalog.cart import CartLine
from bofen.catalog.rules import ChosenIn
from bofen.flows.moments import Chosen, Claim, broadcasts
from bofen.kit.db import Tx
from bofen.live import queries as live
from bofen.orders.rules import Moment, Source


async def put_in_cart(
    tx: Tx, person_id: UUID, wanted: tuple[UUID, int], claim: Claim, at: datetime
) -> None:
    """From now on the cart holds this SKU so many times. A claim that is wrong claims nothing."""
    found = (await broadcasts(tx, [claim])).chosen(claim, at)
    sku_id, quantity = wanted
    await cart.put(tx, CartLine(person_id, sku_id, quantity, _kept(found, at)), at)


def _kept(found: Chosen, at: datetime) -> ChosenIn | None:
    moment = found.moment
    if moment.room_id is None or moment.session_id is None:
        return None
    is_replay = found.broadcast is Source.replay
    return ChosenIn(
        moment.room_id, moment.session_id, moment.pin_id, moment.media_time_ms, is_replay, at
    )


async def chosen_before(
    tx: Tx, person_ids: Collection[UUID], days: int, at: datetime
) -> Mapping[tuple[UUID, UUID], Chosen]:
    """What the carts of these people remember of the last `days`, by person and SKU."""
    kept = await cart.chosen_in(tx, person_ids)
    counting = {key: line for key, line in kept.items() if line.counts(days, at)}
    hosts = await live.host_affiliates(tx, {line.room_id for line in counting.values()})
    return {key: _chosen(line, hosts) for key, line in counting.items()}


def _chosen(line: ChosenIn, hosts: Mapping[UUID, UUID]) -> Chosen:
    moment = Moment(line.room_id, line.session_id, line.pin_id, line.media_time_ms)
    if line.is_replay:
        return Chosen(moment, Source.replay, at=line.chosen_at)
    return Chosen(moment, Source.live, hosts.get(line.room_id), line.chosen_at)

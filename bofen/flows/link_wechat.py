"""Somebody who came by phone says which WeChat account is his: from then on he can pay with it."""

from datetime import datetime
from uuid import UUID

from bofen.affiliates import bindings
from bofen.affiliates import queries as affiliates
from bofen.catalog import cart
from bofen.gateways.wechat.protocol import WeChatIdentity
from bofen.identity import service as identity
from bofen.identity.errors import WeChatLinked, WeChatTaken
from bofen.kit.db import Tx
from bofen.orders import queries as orders


async def link_wechat(tx: Tx, person_id: UUID, account: WeChatIdentity, at: datetime) -> None:
    """Join the account to this person; said again, nothing changes.

    Whoever the account made by signing in before is joined too, when nothing would be lost: raises
    `WeChatTaken` when he has orders or is an affiliate, and `WeChatLinked` when this person has
    another account already.
    """
    other_id = await identity.owner_of_wechat(tx, account)
    if other_id == person_id:
        return
    if await identity.openid_of(tx, person_id, account.appid):
        raise WeChatLinked
    if other_id is not None and await _has_a_past(tx, other_id):
        raise WeChatTaken
    await identity.link_wechat(tx, person_id, account, other_id, at)
    if other_id is not None:
        await bindings.join(tx, other_id, person_id, at)
        await cart.join(tx, other_id, person_id)


async def _has_a_past(tx: Tx, person_id: UUID) -> bool:
    has_ordered = await orders.has_ordered(tx, person_id)
    return has_ordered or await affiliates.of_person(tx, person_id) is not None

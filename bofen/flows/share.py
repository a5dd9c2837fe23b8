"""Sharing: the short link of an affiliate for one target, and what opening it does."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.affiliates import links
from bofen.affiliates.errors import AffiliateFrozen, TargetUnknown
from bofen.affiliates.links import Link, Target
from bofen.affiliates.rules import AffiliateStatus
from bofen.identity import queries as identity
from bofen.kit.clock import SHOP_ZONE
from bofen.kit.crypto import mask_name
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound

_EXISTS = {
    "product": "SELECT 1 FROM catalog_product WHERE id = $1::text::uuid AND status = 'listed'",
    "room": "SELECT 1 FROM live_room WHERE id = $1::text::uuid",
}


async def make_link(
    tx: Tx, affiliate_id: UUID, target: Target, campaign: str, at: datetime
) -> Link:
    """The affiliate's link to a target; the same target and campaign have the same link."""
    status = await tx.fetch("SELECT status FROM affiliates_affiliate WHERE id = $1", affiliate_id)
    if status[0]["status"] != AffiliateStatus.approved:
        raise AffiliateFrozen
    question = _EXISTS.get(target.kind)
    if question and not await tx.fetch(question, target.id):
        raise TargetUnknown
    return await links.make(tx, affiliate_id, target, campaign, at)


@dataclass(frozen=True)
class OpenedShare:
    """What a visitor who came by a share link is shown."""

    target: Target
    affiliate_name: str


async def open_share(tx: Tx, token: str, at: datetime) -> OpenedShare:
    """Where a link leads, and by whose masked name. Counts one opening."""
    found = await links.of_token(tx, token)
    if found is None:
        raise NotFound("share link")
    link, person_id = found
    await links.count_opening(tx, token, at.astimezone(SHOP_ZONE).date())
    names = await identity.nicknames(tx, [person_id])
    return OpenedShare(link.target, mask_name(names.get(person_id, "")))

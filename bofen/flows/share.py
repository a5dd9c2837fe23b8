"""Sharing: the short link of an affiliate for one target, and what opening it does."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.affiliates import bindings, links, queries
from bofen.affiliates.bindings import Click
from bofen.affiliates.errors import AffiliateFrozen, TargetUnknown
from bofen.affiliates.links import Link, Target
from bofen.affiliates.rules import AffiliateStatus, TargetKind, Touch
from bofen.catalog import queries as catalog
from bofen.identity import queries as identity
from bofen.kit.crypto import mask_name
from bofen.kit.days import day_of
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.live import queries as live
from bofen.settings import service as settings


async def make_link(
    tx: Tx, affiliate_id: UUID, target: Target, campaign: str, at: datetime
) -> Link:
    """The affiliate's link to a target; the same target and campaign have the same link.

    Raises `AffiliateFrozen` for one who may not share now, `TargetUnknown` for what is not there
    or not on sale.
    """
    affiliate = await queries.affiliate(tx, affiliate_id)
    if affiliate.status != AffiliateStatus.approved:
        raise AffiliateFrozen
    if not await _can_be_shared(tx, target):
        raise TargetUnknown
    return await links.make(tx, affiliate_id, target, campaign, at)


async def _can_be_shared(tx: Tx, target: Target) -> bool:
    if target.kind == TargetKind.product:
        return await catalog.is_listed(tx, UUID(target.id))
    if target.kind == TargetKind.room:
        return await live.room_exists(tx, UUID(target.id))
    return True


@dataclass(frozen=True)
class OpenedShare:
    """What a visitor who came by a share link is shown."""

    target: Target
    affiliate_name: str
    """Masked: the visitor learns who recommends, not who that is."""


async def open_share(tx: Tx, token: str, at: datetime, *, is_first: bool = True) -> OpenedShare:
    """Where a link leads, and by whose masked name. Counts a visitor's first opening of a day."""
    found = await links.of_token(tx, token)
    if found is None:
        raise NotFound("share link")
    link, person_id = found
    if is_first:
        await links.count_opening(tx, token, day_of(at))
    names = await identity.nicknames(tx, [person_id])
    return OpenedShare(link.target, mask_name(names.get(person_id, "")))


async def bind(tx: Tx, click: Click) -> Touch:
    """A signed-in person came by a link: whom he is bound to, by the rules in force.

    Raises `NotFound` for a token that no link has.
    """
    in_force = await settings.in_force(tx, click.at)
    return await bindings.bind(tx, click, in_force.binding)

"""Who and what the demo's past is played with: found in the shop, or brought in the first day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.affiliates import agreement, applications, links
from bofen.affiliates import queries as affiliates
from bofen.affiliates.applications import Application, Decision, Standing
from bofen.affiliates.links import Target
from bofen.affiliates.queries import AffiliateRow
from bofen.affiliates.rules import AffiliateStatus, TargetKind
from bofen.flows.services import Services
from bofen.gateways.wechat.protocol import WeChatIdentity
from bofen.identity import addresses, phones
from bofen.identity import queries as staff
from bofen.identity import service as identity
from bofen.identity.rules import Role, StaffMember
from bofen.kit.db import Tx
from bofen.live import queries as live
from bofen.runtime.demo import people
from bofen.runtime.demo.goods import GOODS

_PROVED = "13800000101"


@dataclass(frozen=True)
class Buyer:
    """Somebody with an address, whom WeChat Pay knows."""

    person_id: UUID
    address_id: UUID
    openid: str


@dataclass(frozen=True)
class Promoter:
    """An affiliate with a link to the shop and one to the room."""

    id: UUID
    person_id: UUID
    shop_token: str
    room_token: str


@dataclass(frozen=True)
class Cast:
    """Everybody and everything, by the numbers that the story uses."""

    staff: Mapping[Role, StaffMember]
    room_id: UUID
    products: Sequence[UUID]
    skus: Sequence[Sequence[UUID]]
    """Of each product, in the order of their options."""
    buyers: Sequence[Buyer]
    promoters: Sequence[Promoter]

    def sku(self, goods: int, which: int) -> UUID:
        """The SKU that the story means."""
        found = self.skus[goods]
        return found[which % len(found)]


async def gather(tx: Tx, services: Services, at: datetime) -> Cast:
    """Whoever is missing joins at `at`; asked again, everybody is there."""
    hired = {role: await _first(tx, role) for role in Role}
    room_id = min(room.id for room in await live.rooms(tx))
    products, skus = await _goods(tx)
    promoters = [
        await _promoter(tx, services, hired[Role.reviewer], room_id, at, known)
        for known in people.AFFILIATES
    ]
    named = [(f"demo-buyer-{no}", name) for no, name in enumerate(people.NICKNAMES)]
    named.append(people.BUYER_OF_THE_SANDBOX)
    buyers = [
        await _buyer(tx, services, no, openid, name, at) for no, (openid, name) in enumerate(named)
    ]
    return Cast(hired, room_id, products, skus, buyers, promoters)


async def _first(tx: Tx, role: Role) -> StaffMember:
    names = await staff.staff_of_role(tx, role)
    staff_id = min(names)
    return StaffMember(staff_id, names[staff_id], role)


async def _goods(tx: Tx) -> tuple[list[UUID], list[list[UUID]]]:
    rows = await tx.fetch(
        "SELECT product.title, product.id AS product_id, sku.id FROM catalog_product product"
        " JOIN catalog_sku sku ON sku.product_id = product.id WHERE product.title = ANY($1::text[])"
        " ORDER BY product.created_at, sku.spec, sku.id",
        [goods.title for goods in GOODS],
    )
    products, skus = [], []
    for goods in GOODS:
        found = [row for row in rows if row["title"] == goods.title]
        products.append(found[0]["product_id"])
        skus.append([row["id"] for row in found if row["product_id"] == products[-1]])
    return products, skus


async def person(tx: Tx, services: Services, openid: str, name: str, at: datetime) -> UUID:
    """The person with this account of WeChat, under the name that the story gives him."""
    appid = services.settings.wechat_appid
    found = await identity.person_of_wechat(tx, WeChatIdentity(appid, openid, f"u-{openid}"), at)
    await identity.rename(tx, found.id, name)
    return found.id


async def _buyer(
    tx: Tx, services: Services, no: int, openid: str, name: str, at: datetime
) -> Buyer:
    person_id = await person(tx, services, openid, name, at)
    kept = await addresses.all_of(tx, services.vault, person_id)
    if kept:
        return Buyer(person_id, kept[0].id, openid)
    home = people.address(no)
    address_id = await addresses.add(tx, services.vault, person_id, home, at, is_default=True)
    return Buyer(person_id, address_id, openid)


async def _promoter(
    tx: Tx,
    services: Services,
    reviewer: StaffMember,
    room_id: UUID,
    at: datetime,
    known: people.Affiliate,
) -> Promoter:
    openid, name, tier, rate_bp, introduction = known
    person_id = await person(tx, services, openid, name, at)
    found = await affiliates.of_person(tx, person_id)
    if found is None:
        found = await applies(tx, services, person_id, name, introduction, at)
        approved = Decision(AffiliateStatus.approved)
        await applications.decide(tx, found.id, approved, reviewer, at)
        await applications.promote(tx, found.id, Standing(tier, rate_bp), reviewer, at)
    if rate_bp is not None:
        # Who is paid large sums has proved who he is.
        await phones.prove(tx, services.vault, person_id, _PROVED, at)
    shop = await links.make(tx, found.id, Target(TargetKind.shop), "", at)
    room = await links.make(tx, found.id, Target(TargetKind.room, str(room_id)), "", at)
    return Promoter(found.id, person_id, shop.token, room.token)


async def applies(
    tx: Tx, services: Services, person_id: UUID, name: str, introduction: str, at: datetime
) -> AffiliateRow:
    """Somebody asks to become an affiliate, under his own name."""
    asked = Application(name, introduction, agreement.VERSION)
    return await applications.apply(tx, services.vault, person_id, asked, at)

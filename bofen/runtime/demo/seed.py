"""Categories, twelve products, staff of each role, two affiliates and a room: for an empty shop."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product as combinations
from uuid import UUID

from bofen.affiliates import agreement, applications, plan
from bofen.affiliates.applications import Application, Decision, Standing
from bofen.affiliates.plan import PlanChange
from bofen.affiliates.rates import PlanDraft, PlanRate, RateKind
from bofen.affiliates.rules import AffiliateStatus
from bofen.catalog import service as catalog
from bofen.catalog.rules import Option, ProductDraft, SkuDraft
from bofen.catalog.service import CategoryDraft
from bofen.flows.control_room import arrange_shelf
from bofen.flows.edit_products import create_product
from bofen.flows.keep_rooms import open_room
from bofen.flows.services import Services
from bofen.gateways.storage.pictures import reencode
from bofen.gateways.wechat.protocol import WeChatIdentity
from bofen.identity import links
from bofen.identity import service as identity
from bofen.identity.rules import Role, StaffMember
from bofen.identity.service import StaffDraft
from bofen.kit import clock
from bofen.kit.crypto import Vault, hash_password
from bofen.kit.db import Tx
from bofen.kit.ids import new_id
from bofen.kit.money import BasisPoints, Fen
from bofen.live import service as live
from bofen.live.service import RoomDraft, SessionDraft
from bofen.runtime.demo import past
from bofen.runtime.demo.goods import CATEGORIES, GOODS, Goods
from bofen.runtime.demo.pictures import product_pictures, room_cover

PASSWORD = "bofen-demo-2026"  # noqa: S105 - printed at the start; a production has no demo
STAFF = {
    Role.owner: "店主",
    Role.operator: "运营小周",
    Role.warehouse: "仓库老吴",
    Role.finance: "财务小郑",
    Role.reviewer: "审核小孙",
    Role.moderator: "场控小冯",
    Role.host: "主播小满",
}
_AFFILIATES = (("sandbox-1", "张小米", "gold"), ("sandbox-2", "李雷", "normal"))
_TIERS_BP = {
    "normal": BasisPoints(1_000),
    "gold": BasisPoints(1_200),
    "diamond": BasisPoints(1_500),
}
_ROOM = "小满的春日好物"
_SHOW = "春日好物专场"
_TINT = ("#ff9a8b", "#ff4d5e")
_COST_PERCENT = 42
_HELD_LIKE, _HELD = "teacup-without-handle", "国家级评茶师联名 明前龙井礼盒"
"""A product that is only written: its title holds a word that keeps it from being listed."""


def accounts() -> list[tuple[str, str]]:
    """What the start table says of the demo's accounts."""
    return [
        ("staff 员工账号", " ".join(STAFF)),
        ("their password 密码", PASSWORD),
        ("buyers 买家", "sign in with WeChat in the shop and choose a sandbox person 微信登录"),
    ]


async def seed(services: Services) -> None:
    """Opens as many days ago as the past is long. Does nothing to a shop that has staff."""
    now = clock.now()
    async with services.db.transaction() as tx:
        if await tx.fetch("SELECT 1 FROM identity_staff LIMIT 1"):
            return
    drawn = await asyncio.gather(*(asyncio.to_thread(_drawn, goods) for goods in GOODS))
    cover = await asyncio.to_thread(_cover)
    keys = [[await _stored(services, *picture) for picture in pictures] for pictures in drawn]
    cover_key = await _stored(services, *cover)
    hashed = await asyncio.to_thread(hash_password, PASSWORD)
    async with services.db.transaction() as tx:
        at = await past.plan(tx, now)
        staff = await _hire(tx, services.vault, hashed, at)
        products = await _list_goods(tx, keys, staff[Role.operator], at)
        await _write_plan(tx, staff[Role.owner], at)
        await _welcome_affiliates(tx, services, staff[Role.reviewer], at)
        room_id = await _open_room(tx, cover_key, staff, at)
        await arrange_shelf(tx, room_id, products, staff[Role.host], at)
        soon = SessionDraft(_SHOW, now + timedelta(minutes=30), services.streams.chosen)
        await live.schedule(tx, room_id, soon, staff[Role.host], now)


Picture = tuple[str, bytes, str, bytes]


def _drawn(goods: Goods) -> list[Picture]:
    return [_remade(data) for data in product_pictures(goods.drawing, goods.tint)]


def _cover() -> Picture:
    return _remade(room_cover(_TINT))


def _remade(data: bytes) -> Picture:
    """Through the same door as a merchant's upload."""
    made = reencode(data)
    return made.key, made.large, made.small_key, made.small


async def _stored(services: Services, key: str, large: bytes, small_key: str, small: bytes) -> str:
    await services.storage.put(key, large, "image/webp")
    await services.storage.put(small_key, small, "image/webp")
    return key


async def _hire(tx: Tx, vault: Vault, hashed: str, at: datetime) -> dict[Role, StaffMember]:
    hired = {}
    for role, name in STAFF.items():
        staff_id = await identity.hire(tx, StaffDraft(role.value, name, role), hashed, at)
        hired[role] = StaffMember(staff_id, name, role)
    for number, member in enumerate(hired.values(), 1):
        person = await identity.person_of_phone(tx, vault, f"1380000{number:04}", at)
        await identity.rename(tx, person.id, member.name)
        await links.link_staff(tx, member.id, person.id, hired[Role.owner], at)
    return hired


async def _list_goods(tx: Tx, keys: list[list[str]], by: StaffMember, at: datetime) -> list[UUID]:
    categories = {}
    for position, name in enumerate(CATEGORIES):
        categories[name] = new_id()
        await catalog.write_category(
            tx, categories[name], CategoryDraft(name, None, position), by, at
        )
    made = []
    for goods, pictures in zip(GOODS, keys, strict=True):
        draft = _draft(goods, categories[goods.category], tuple(pictures))
        opening = [goods.stock] * len(draft.skus)
        product_id = await create_product(tx, draft, opening, by, at)
        await catalog.list_product(tx, product_id, by, at)
        made.append(product_id)
        if goods.drawing == _HELD_LIKE:
            await create_product(tx, replace(draft, title=_HELD), opening, by, at)
    return made


def _draft(goods: Goods, category_id: UUID, pictures: tuple[str, ...]) -> ProductDraft:
    return ProductDraft(
        title=goods.title,
        subtitle=goods.subtitle,
        category_id=category_id,
        brand=goods.brand,
        tags=goods.tags,
        pictures=pictures,
        detail_html=f"<p>{goods.detail}</p>",
        options=tuple(Option(name, values) for name, values in goods.options.items()),
        skus=tuple(_skus(goods)),
    )


def _skus(goods: Goods) -> Iterator[SkuDraft]:
    for values in combinations(*goods.options.values()):
        price = goods.price_fen + sum(goods.dearer.get(value, 0) for value in values)
        yield SkuDraft(
            options=dict(zip(goods.options, values, strict=True)),
            price_fen=Fen(price),
            strike_fen=goods.strike_fen,
            cost_fen=Fen(price * _COST_PERCENT // 100),
        )


async def _write_plan(tx: Tx, owner: StaffMember, at: datetime) -> None:
    """Better tiers earn more; the first goods earn what the shop gives."""
    rates = tuple(PlanRate(RateKind.tier, tier, rate_bp) for tier, rate_bp in _TIERS_BP.items())
    draft = PlanDraft(BasisPoints(1_000), BasisPoints(5_000), rates)
    await plan.write(tx, PlanChange(draft, 0, at), owner, at)


async def _welcome_affiliates(
    tx: Tx, services: Services, reviewer: StaffMember, at: datetime
) -> None:
    appid = services.settings.wechat_appid
    for openid, name, tier in _AFFILIATES:
        person = await identity.person_of_wechat(
            tx, WeChatIdentity(appid, openid, f"u-{openid}"), at
        )
        await identity.rename(tx, person.id, name)
        application = Application(name, "朋友圈与社群分享", agreement.VERSION)
        applied = await applications.apply(tx, services.vault, person.id, application, at)
        approved = Decision(AffiliateStatus.approved)
        await applications.decide(tx, applied.id, approved, reviewer, at)
        await applications.promote(tx, applied.id, Standing(tier, None), reviewer, at)


async def _open_room(tx: Tx, cover_key: str, staff: dict[Role, StaffMember], at: datetime) -> UUID:
    """The operator opens it and gives it to the host, whose room it is from then on."""
    host = staff[Role.host]
    draft = RoomDraft(_ROOM, host.name, cover_key, host_staff_id=host.id)
    return (await open_room(tx, draft, staff[Role.operator], at)).id

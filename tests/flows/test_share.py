"""One link for one target, however often and however many at once ask for it."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from bofen.affiliates import links
from bofen.affiliates.errors import AffiliateFrozen, TargetUnknown
from bofen.affiliates.links import Link, Target
from bofen.affiliates.rules import TargetKind
from bofen.flows import share
from bofen.kit.db import Database
from bofen.kit.errors import NotFound
from tests.conftest import NOON
from tests.flows.affiliates_given import an_affiliate

SHOP = Target(TargetKind.shop)


async def test_twenty_at_once_get_the_same_link(db: Database) -> None:
    affiliate_id = await an_affiliate(db)

    async def make() -> Link:
        async with db.transaction() as tx:
            return await share.make_link(tx, affiliate_id, SHOP, "", NOON)

    made = await asyncio.gather(*(make() for _ in range(20)))

    assert len({link.token for link in made}) == 1
    assert made[0].token.isalnum()


async def test_a_token_that_is_taken_is_drawn_again(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_id, second_id = await an_affiliate(db), await an_affiliate(db)
    taken, free = f"t{uuid4().hex[:7]}", f"f{uuid4().hex[:7]}"
    drawn = iter([taken, taken, free])
    monkeypatch.setattr(links, "short_token", lambda: next(drawn))

    async with db.transaction() as tx:
        first = await share.make_link(tx, first_id, SHOP, "", NOON)
        second = await share.make_link(tx, second_id, SHOP, "", NOON)

    assert (first.token, second.token) == (taken, free)


async def test_a_frozen_affiliate_makes_no_links(db: Database) -> None:
    affiliate_id = await an_affiliate(db, status="frozen")

    with pytest.raises(AffiliateFrozen):
        async with db.transaction() as tx:
            await share.make_link(tx, affiliate_id, SHOP, "", NOON)


@pytest.mark.parametrize("kind", [TargetKind.product, TargetKind.room])
async def test_what_does_not_exist_is_not_shared(db: Database, kind: TargetKind) -> None:
    affiliate_id = await an_affiliate(db)

    with pytest.raises(TargetUnknown):
        async with db.transaction() as tx:
            await share.make_link(tx, affiliate_id, Target(kind, str(uuid4())), "", NOON)


async def test_openings_are_counted_on_their_day_in_shanghai(db: Database) -> None:
    affiliate_id = await an_affiliate(db)
    async with db.transaction() as tx:
        link = await share.make_link(tx, affiliate_id, SHOP, "", NOON)
        for hours in (0, 11, 12):
            await share.open_share(tx, link.token, NOON + timedelta(hours=hours))
        opened = await share.open_share(tx, link.token, NOON)
        clicks = await links.clicks_on(tx, affiliate_id, NOON.date())
        page = await links.of_affiliate(tx, affiliate_id, 10, None)

    assert clicks == 3
    assert page.items[0].clicks == 4
    assert (opened.target, opened.affiliate_name) == (SHOP, "小**")


async def test_an_unknown_link_is_not_found(db: Database) -> None:
    with pytest.raises(NotFound):
        async with db.transaction() as tx:
            await share.open_share(tx, "nobody", NOON)

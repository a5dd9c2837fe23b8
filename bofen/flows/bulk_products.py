"""Many products changed at once: seen before it is done, done once, put back on request.

Words are judged outside the transaction, because that takes longest; they stand for the version
that was judged, and another version is refused.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bofen.catalog import contents
from bofen.catalog.bulk import queries, rules, service
from bofen.catalog.bulk.rules import PRODUCTS_MAX, BulkKind, ChangeAsked, Decided
from bofen.catalog.bulk.service import Objections
from bofen.catalog.rules import Content, ProductStatus
from bofen.catalog.service import know_category
from bofen.flows.edit_products import held_words
from bofen.gateways.words.protocol import WordGuard
from bofen.identity.rules import StaffMember
from bofen.kit.db import Database, Tx
from bofen.kit.errors import NotFound
from bofen.reports import browse
from bofen.reports.browse import Wanted


@dataclass(frozen=True)
class Preview:
    """What a change would do to each product, in the order in which they were chosen.

    `has_more`: more products match than one bulk change may touch; these are the newest of them.
    """

    decided: list[Decided]
    contents: Mapping[UUID, Content]
    has_more: bool


async def preview(
    db: Database,
    guard: WordGuard,
    chosen: Collection[UUID] | Wanted,
    asked: ChangeAsked,
) -> Preview:
    """Nothing is written. Raises `NotFound` for a product or category that is not there."""
    async with db.transaction() as tx:
        product_ids, has_more = await _product_ids(tx, chosen)
        if asked.category_id is not None:
            await know_category(tx, asked.category_id)
        found = await contents.read(tx, product_ids)
    if len(found) < len(product_ids):
        raise NotFound("product")
    objections = await _objections(guard, asked, found.values())
    decided = [rules.decide(found[each], asked, None, objections.get(each)) for each in product_ids]
    return Preview(decided, found, has_more)


async def _product_ids(tx: Tx, chosen: Collection[UUID] | Wanted) -> tuple[list[UUID], bool]:
    if not isinstance(chosen, Wanted):
        return list(dict.fromkeys(chosen)), False
    page = await browse.find(tx, replace(chosen, sort="new"), PRODUCTS_MAX, None)
    return [card.id for card in page.items], page.next is not None


async def _objections(guard: WordGuard, asked: ChangeAsked, found: Iterable[Content]) -> Objections:
    if asked.kind != BulkKind.listing:
        return {}
    return await _judged(guard, [each for each in found if each.status != ProductStatus.listed])


async def _judged(guard: WordGuard, found: Collection[Content]) -> Objections:
    """A thousand texts take a while: other requests are answered meanwhile."""

    def judge() -> Objections:
        held = {content.id: held_words(guard, content.draft) for content in found}
        return {product_id: refusal for product_id, refusal in held.items() if refusal}

    return await asyncio.to_thread(judge)


async def change(  # noqa: PLR0913 - what is done to which products, by whom, and when
    db: Database,
    guard: WordGuard,
    change_id: UUID,
    asked: ChangeAsked,
    versions: Mapping[UUID, int],
    *,
    by: StaffMember,
    at: datetime,
) -> None:
    """Do what was previewed, once for each `change_id`; see `bulk.service.make`."""
    async with db.transaction() as tx:
        found = await contents.read(tx, versions if asked.kind == BulkKind.listing else ())
    objections = await _objections(guard, asked, found.values())
    await db.run(lambda tx: service.make(tx, change_id, asked, versions, objections, by=by, at=at))


async def undo(
    db: Database, guard: WordGuard, change_id: UUID, by: StaffMember, at: datetime
) -> None:
    """Put back what nobody has written since; what is listed again is judged again."""
    async with db.transaction() as tx:
        lines = await queries.lines(tx, change_id)
        were_listed = [line.product_id for line in lines if line.is_taken_off]
        found = await contents.read(tx, were_listed)
    objections = await _judged(guard, list(found.values()))
    await db.run(lambda tx: service.undo(tx, change_id, objections, by, at))

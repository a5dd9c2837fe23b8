"""Many products changed at once: done once, told line by line, and put back where it still fits."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from bofen.catalog import contents, service
from bofen.catalog.bulk import queries
from bofen.catalog.bulk.queries import BulkLineRow
from bofen.catalog.bulk.rules import BulkKind, ChangeAsked
from bofen.catalog.rules import Content, ProductStatus
from bofen.catalog.service import CategoryDraft
from bofen.flows import bulk_products, edit_products
from bofen.identity.rules import StaffMember
from bofen.kit.db import Database, LockTimedOut
from bofen.kit.errors import IdReused, NotFound
from bofen.kit.ids import new_id, short_token
from bofen.kit.money import Fen
from bofen.reports.browse import Wanted
from tests.conftest import NOON
from tests.flows.trade_given import a_sku, staff
from tests.outside import RESTRICTED_WORD, WordList
from tests.statements import counted

LATER = NOON + timedelta(minutes=1)
DEARER = ChangeAsked(BulkKind.price_scaled, change_bp=1_000)
DELISTING = ChangeAsked(BulkKind.delisting)
LISTING = ChangeAsked(BulkKind.listing)


async def products(db: Database, count: int, *, is_listed: bool = True) -> list[UUID]:
    return [(await a_sku(db, is_listed=is_listed)).product_id for _ in range(count)]


async def now(db: Database, product_id: UUID) -> Content:
    async with db.transaction() as tx:
        return (await contents.read(tx, [product_id]))[product_id]


async def changed(
    db: Database, asked: ChangeAsked, versions: dict[UUID, int], change_id: UUID | None = None
) -> UUID:
    made, by = change_id or new_id(), await staff(db)
    await bulk_products.change(db, WordList(), made, asked, versions, by=by, at=NOON)
    return made


async def told(db: Database, change_id: UUID) -> dict[UUID, BulkLineRow]:
    async with db.transaction() as tx:
        return {line.product_id: line for line in await queries.lines(tx, change_id)}


async def edited(found: Content, db: Database, price_fen: int, by: StaffMember) -> None:
    """Somebody saves a product in the editor that was opened when it was as `found`."""
    skus = tuple(replace(sku, price_fen=Fen(price_fen)) for sku in found.draft.skus)
    async with db.transaction() as tx:
        draft = replace(found.draft, skus=skus)
        await service.edit(tx, found.id, draft, by, LATER, found.version)


async def test_a_bulk_change_reaches_every_product_and_its_history(db: Database) -> None:
    ids = await products(db, 3)

    change_id = await changed(db, DEARER, dict.fromkeys(ids, 1))

    for product_id in ids:
        product = await now(db, product_id)
        assert (product.version, product.draft.skus[0].price_fen) == (2, 10_989)
    async with db.transaction() as tx:
        kept = await tx.fetch(
            "SELECT v.content->'skus'->0->'price_fen' AS fen, p.price_min_fen, p.price_max_fen"
            " FROM catalog_product_version v JOIN catalog_product p ON p.id = v.product_id"
            " WHERE p.id = ANY($1::uuid[]) AND v.version = 2",
            ids,
        )
        deeds = await tx.fetch(
            "SELECT action, facts FROM identity_audit WHERE subject = $1",
            f"bulk_change:{change_id}",
        )
    assert [tuple(row.values()) for row in kept] == [(10_989, 10_989, 10_989)] * 3
    assert [(deed["action"], deed["facts"]) for deed in deeds] == [
        ("products_changed", {"kind": "price_scaled", "products": 3})
    ]


async def test_a_bulk_change_takes_as_many_statements_for_many_as_for_few(db: Database) -> None:
    few, many = await products(db, 2), await products(db, 12)
    counts = []
    for ids in (few, many):
        with counted(db) as seen:
            await changed(db, DEARER, dict.fromkeys(ids, 1))
        counts.append(len(seen))

    assert counts[0] == counts[1]


async def test_a_change_sent_many_times_is_made_once(db: Database) -> None:
    (product_id,) = await products(db, 1)
    by, change_id = await staff(db), new_id()

    async def send(versions: dict[UUID, int]) -> None:
        await bulk_products.change(db, WordList(), change_id, DEARER, versions, by=by, at=NOON)

    await asyncio.gather(*(send({product_id: 1}) for _ in range(6)))

    product = await now(db, product_id)
    assert (product.version, product.draft.skus[0].price_fen) == (2, 10_989)
    with pytest.raises(IdReused):
        await send({product_id: 2})


async def test_two_who_raise_a_price_at_once_raise_it_once(db: Database) -> None:
    (product_id,) = await products(db, 1)

    made = await asyncio.gather(*(changed(db, DEARER, {product_id: 1}) for _ in range(5)))

    lines = [(await told(db, change_id))[product_id] for change_id in made]
    assert sum(line.after is not None for line in lines) == 1
    assert {line.refusal["code"] for line in lines if line.refusal} == {"product_changed"}
    assert (await now(db, product_id)).draft.skus[0].price_fen == 10_989


async def test_a_change_and_an_edit_at_once_never_mix(db: Database) -> None:
    for _ in range(6):
        (product_id,) = await products(db, 1)
        opened, by = await now(db, product_id), await staff(db)
        answers = await asyncio.gather(
            changed(db, DEARER, {product_id: 1}),
            edited(opened, db, 5_000, by),
            return_exceptions=True,
        )
        product = await now(db, product_id)
        assert product.draft.skus[0].price_fen in {10_989, 5_000}
        assert isinstance(answers[0], UUID)
        is_raised = (await told(db, answers[0]))[product_id].after is not None
        assert is_raised == (product.draft.skus[0].price_fen == 10_989)
        assert product.version == 2


async def test_without_the_version_a_price_that_nobody_saw_is_raised(db: Database) -> None:
    """The control: the same two, of whom the second does not say what it has seen."""
    (product_id,) = await products(db, 1)
    shown = await bulk_products.preview(db, WordList(), [product_id], DEARER)
    await edited(await now(db, product_id), db, 5_000, await staff(db))

    unseen = (await now(db, product_id)).version
    await changed(db, DEARER, {product_id: unseen})

    assert shown.decided[0].after is not None
    assert list(shown.decided[0].after.prices.values()) == [10_989]
    assert (await now(db, product_id)).draft.skus[0].price_fen == 5_500


async def test_a_preview_writes_nothing(db: Database) -> None:
    ids = await products(db, 2)

    shown = await bulk_products.preview(db, WordList(), ids, DELISTING)

    assert [each.product_id for each in shown.decided] == ids
    assert [each.after and each.after.status for each in shown.decided] == ["delisted"] * 2
    assert {(await now(db, product_id)).status for product_id in ids} == {ProductStatus.listed}


async def test_all_that_match_can_be_chosen(db: Database) -> None:
    sku = await a_sku(db)
    category_id = (await now(db, sku.product_id)).draft.category_id
    wanted = Wanted(category_id=category_id, status=None)

    shown = await bulk_products.preview(db, WordList(), wanted, DEARER)

    assert ([each.product_id for each in shown.decided], shown.has_more) == (
        [sku.product_id],
        False,
    )


async def test_what_may_not_be_shown_is_refused_and_the_rest_is_listed(db: Database) -> None:
    good, bad = await products(db, 2, is_listed=False)
    by = await staff(db)
    product = await now(db, bad)
    async with db.transaction() as tx:
        draft = replace(product.draft, title=f"{RESTRICTED_WORD}茶")
        await edit_products.edit_product(
            tx, WordList(), bad, draft, [0], by=by, at=NOON, version=None
        )

    change_id = await changed(db, LISTING, {good: 1, bad: 2})

    lines = await told(db, change_id)
    assert (await now(db, good)).status == ProductStatus.listed
    assert (await now(db, bad)).status == ProductStatus.draft
    assert lines[bad].refusal == {
        "code": "product_words_held",
        "facts": {"field": "title", "words": [RESTRICTED_WORD]},
    }


async def test_a_change_of_a_product_or_to_a_category_that_is_not_there_is_none(
    db: Database,
) -> None:
    (product_id,) = await products(db, 1)
    nowhere = ChangeAsked(BulkKind.category, category_id=uuid4())
    for asked, versions in ((nowhere, {product_id: 1}), (DEARER, {product_id: 1, uuid4(): 1})):
        with pytest.raises(NotFound):
            await changed(db, asked, versions)

    assert (await now(db, product_id)).version == 1


async def test_undoing_puts_back_what_nobody_has_touched(db: Database) -> None:
    mine, touched = await products(db, 2)
    by = await staff(db)
    change_id = await changed(db, DEARER, {mine: 1, touched: 1})
    await edited(await now(db, touched), db, 5_000, by)

    await asyncio.gather(
        *(bulk_products.undo(db, WordList(), change_id, by, LATER) for _ in range(4))
    )

    assert [(await now(db, each)).draft.skus[0].price_fen for each in (mine, touched)] == [
        9_990,
        5_000,
    ]
    assert (await now(db, mine)).version == 3
    lines = await told(db, change_id)
    assert (lines[mine].is_put_back, lines[mine].undo_refusal) == (True, None)
    assert lines[touched].undo_refusal == {
        "code": "product_changed",
        "facts": {"product_id": str(touched), "version": 3},
    }
    async with db.transaction() as tx:
        row = await queries.change(tx, change_id)
    assert (row.changed, row.put_back, row.undone_at) == (2, 1, LATER)


async def test_a_delisting_that_somebody_decided_on_since_is_not_undone(db: Database) -> None:
    mine, decided = await products(db, 2)
    by = await staff(db)
    change_id = await changed(db, DELISTING, {mine: 1, decided: 1})
    async with db.transaction() as tx:
        await service.list_product(tx, decided, by, LATER)
        await service.delist_product(tx, decided, by, LATER)

    await bulk_products.undo(db, WordList(), change_id, by, LATER)

    assert (await now(db, mine)).status == ProductStatus.listed
    assert (await now(db, decided)).status == ProductStatus.delisted


async def test_a_category_is_changed_and_put_back(db: Database) -> None:
    (product_id,) = await products(db, 1)
    before, by, category_id = await now(db, product_id), await staff(db), new_id()
    async with db.transaction() as tx:
        await service.write_category(tx, category_id, CategoryDraft(short_token()), by, NOON)

    move = ChangeAsked(BulkKind.category, category_id=category_id)
    change_id = await changed(db, move, {product_id: 1})
    moved = await now(db, product_id)
    await bulk_products.undo(db, WordList(), change_id, by, LATER)

    assert moved.draft.category_id == category_id
    assert (await now(db, product_id)).draft == before.draft


async def test_a_category_stays_while_a_product_is_written_under_it(db: Database) -> None:
    by, category_id = await staff(db), new_id()
    async with db.transaction() as tx:
        await service.write_category(tx, category_id, CategoryDraft(short_token()), by, NOON)

    async def remove() -> None:
        async with db.transaction() as tx:
            await tx.fetch("SET LOCAL lock_timeout = '100ms'")
            await service.remove_category(tx, category_id, by, NOON)

    async with db.transaction() as tx:
        await service.know_category(tx, category_id)
        with pytest.raises(LockTimedOut):
            await remove()


async def test_a_copy_says_the_same_and_has_no_stock(db: Database) -> None:
    sku = await a_sku(db, on_hand=7)
    original, by = await now(db, sku.product_id), await staff(db)

    async with db.transaction() as tx:
        copied = await edit_products.copy_product(tx, WordList(), sku.product_id, by, NOON)

    product = await now(db, copied)
    assert product.draft == replace(original.draft, title=f"{original.draft.title} 副本")
    assert (product.status, product.version) == (ProductStatus.draft, 1)
    async with db.transaction() as tx:
        stock = await tx.fetch(
            "SELECT on_hand FROM inventory_stock WHERE sku_id = ANY($1::uuid[])",
            list(product.sku_ids),
        )
    assert [row["on_hand"] for row in stock] == [0]

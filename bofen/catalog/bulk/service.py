"""Bulk changes of products: each written once, whole, and put back when somebody asks for it.

A fixed number of statements, however many products. Products are locked by id, before anything is
decided; the decisions are pure (`rules`).
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.catalog import contents
from bofen.catalog.bulk import queries, rules
from bofen.catalog.bulk.rules import ChangeAsked, Decided, ProductState
from bofen.catalog.events import ProductUpdated
from bofen.catalog.rules import Content
from bofen.catalog.service import know_category
from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit import once
from bofen.kit.db import Tx, plain
from bofen.kit.errors import NotFound, Refusal
from bofen.kit.once import Request, fingerprint

Objections = Mapping[UUID, Refusal]
"""Why the words of a product may not be shown to buyers, for those that may not."""


async def make(  # noqa: PLR0913 - what is done to which products, by whom, and when
    tx: Tx,
    change_id: UUID,
    asked: ChangeAsked,
    versions: Mapping[UUID, int],
    objections: Objections,
    *,
    by: StaffMember,
    at: datetime,
) -> None:
    """Change the products as asked; `versions` are those that staff saw, by product.

    What does not fit is refused by itself, with its reason kept, and does not hold up the others.
    Made once, however often asked. Raises `NotFound` for a product or category that is not there.
    """
    if not await _begin(tx, change_id, asked, versions, by, at):
        return
    if asked.category_id is not None:
        await know_category(tx, asked.category_id)
    found = await contents.lock(tx, versions)
    if len(found) < len(versions):
        raise NotFound("product")
    decided = [
        rules.decide(found[product_id], asked, version, objections.get(product_id))
        for product_id, version in versions.items()
    ]
    written = await _write(tx, found, decided, by, at)
    await _keep_lines(tx, change_id, decided, written)
    await _audit(
        tx, by, Deed.products_changed, change_id, at, kind=asked.kind, products=len(written)
    )


async def _begin(
    tx: Tx,
    change_id: UUID,
    asked: ChangeAsked,
    versions: Mapping[UUID, int],
    by: StaffMember,
    at: datetime,
) -> bool:
    """Whether this change is new. Two that are sent at once wait here for each other."""
    request = Request(by.id, fingerprint([asdict(asked), *sorted(map(str, versions.items()))]))
    is_new = await tx.fetch(
        "INSERT INTO catalog_bulk_change (id, by_staff_id, asked, kind, amount_fen, change_bp,"
        " category_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        " ON CONFLICT DO NOTHING RETURNING id",
        change_id,
        by.id,
        request.asked,
        asked.kind.value,
        asked.amount_fen,
        asked.change_bp,
        asked.category_id,
        at,
    )
    if is_new:
        return True
    row = (
        await tx.fetch(
            "SELECT by_staff_id, asked FROM catalog_bulk_change WHERE id = $1", change_id
        )
    )[0]
    if refusal := once.earlier(change_id, Request(row["by_staff_id"], row["asked"]), request):
        raise refusal
    return False


async def _write(
    tx: Tx,
    found: Mapping[UUID, Content],
    decided: Sequence[Decided],
    by: StaffMember,
    at: datetime,
) -> dict[UUID, int]:
    """Write what was decided; the version of each product that was written, by its id."""
    changed = {each.product_id: each.after for each in decided if each.after}
    new = _new_contents(found, changed)
    versions = {
        product_id: found[product_id].version + (product_id in new) for product_id in changed
    }
    await tx.fetch(
        "UPDATE catalog_product p SET status = d.status, category_id = d.category_id,"
        " price_min_fen = d.price_min_fen, price_max_fen = d.price_max_fen, version = d.version,"
        " updated_at = $7"
        " FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::bigint[], $5::bigint[], $6::int[])"
        " AS d (id, status, category_id, price_min_fen, price_max_fen, version)"
        " WHERE p.id = d.id",
        list(changed),
        [after.status.value for after in changed.values()],
        [after.category_id for after in changed.values()],
        [after.range_fen[0] for after in changed.values()],
        [after.range_fen[1] for after in changed.values()],
        list(versions.values()),
        at,
    )
    prices = [pair for after in changed.values() for pair in after.prices.items()]
    await tx.fetch(
        "UPDATE catalog_sku s SET price_fen = d.price_fen"
        " FROM unnest($1::uuid[], $2::bigint[]) AS d (id, price_fen)"
        " WHERE s.id = d.id AND s.price_fen <> d.price_fen",
        [sku_id for sku_id, _ in prices],
        [price_fen for _, price_fen in prices],
    )
    await _keep_versions(tx, {id_: (versions[id_], new[id_]) for id_ in new}, by, at)
    await tx.emit(*(ProductUpdated(product_id) for product_id in changed))
    return versions


def _new_contents(
    found: Mapping[UUID, Content], changed: Mapping[UUID, ProductState]
) -> dict[UUID, dict[str, Any]]:
    """The content of each product that says something else now; being listed is none of it."""
    drafts = {
        product_id: rules.draft_after(found[product_id], after)
        for product_id, after in changed.items()
    }
    return {
        product_id: asdict(draft)
        for product_id, draft in drafts.items()
        if draft != found[product_id].draft
    }


async def _keep_versions(
    tx: Tx, new: Mapping[UUID, tuple[int, dict[str, Any]]], by: StaffMember, at: datetime
) -> None:
    await tx.fetch(
        "INSERT INTO catalog_product_version (product_id, version, content, actor, at)"
        " SELECT d.id, d.version, d.content::jsonb, $4, $5"
        " FROM unnest($1::uuid[], $2::int[], $3::text[]) AS d (id, version, content)",
        list(new),
        [version for version, _ in new.values()],
        [_as_json(content) for _, content in new.values()],
        f"staff:{by.id}",
        at,
    )


async def _keep_lines(
    tx: Tx, change_id: UUID, decided: Sequence[Decided], written: Mapping[UUID, int]
) -> None:
    await tx.fetch(
        "INSERT INTO catalog_bulk_line (change_id, product_id, place, before, after, version,"
        " refusal) SELECT $1, d.product_id, d.place, d.before::jsonb, d.after::jsonb, d.version,"
        " d.refusal::jsonb FROM unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[])"
        " WITH ORDINALITY AS d (product_id, before, after, version, refusal, place)",
        change_id,
        [each.product_id for each in decided],
        [_as_json(rules.state_as_json(each.before)) for each in decided],
        [each.after and _as_json(rules.state_as_json(each.after)) for each in decided],
        [written.get(each.product_id) for each in decided],
        [_refusal_as_json(each.refusal) for each in decided],
    )


def _refusal_as_json(refusal: Refusal | None) -> str | None:
    return _as_json({"code": refusal.code, "facts": refusal.facts()}) if refusal else None


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=plain)


async def undo(
    tx: Tx, change_id: UUID, objections: Objections, by: StaffMember, at: datetime
) -> None:
    """Put back what nobody has written since; why the others are not is kept with each.

    Done once, however often asked. Raises `NotFound`.
    """
    rows = await tx.fetch(
        "SELECT at, undone_at FROM catalog_bulk_change WHERE id = $1 FOR UPDATE", change_id
    )
    if not rows:
        raise NotFound("bulk_change")
    if rows[0]["undone_at"]:
        return
    made = [line for line in await queries.lines(tx, change_id) if line.after]
    before = {line.product_id: rules.read_state(line.before) for line in made}
    # Before the products, as everywhere: whoever removes a category looks at its products.
    categories = await _known(tx, {state.category_id for state in before.values()})
    found = await contents.lock(tx, before)
    decided = [
        rules.undo(
            found[line.product_id],
            before[line.product_id],
            (line.version or 0, rows[0]["at"]),
            categories,
            objections.get(line.product_id),
        )
        for line in made
    ]
    written = await _write(tx, found, decided, by, at)
    await _keep_undone(tx, change_id, decided, by, at)
    await _audit(tx, by, Deed.products_put_back, change_id, at, products=len(written))


async def _known(tx: Tx, category_ids: Collection[UUID]) -> set[UUID]:
    rows = await tx.fetch(
        "SELECT id FROM catalog_category WHERE id = ANY($1::uuid[]) FOR KEY SHARE",
        list(category_ids),
    )
    return {row["id"] for row in rows}


async def _keep_undone(
    tx: Tx, change_id: UUID, decided: Sequence[Decided], by: StaffMember, at: datetime
) -> None:
    await tx.fetch(
        "UPDATE catalog_bulk_line l SET is_put_back = d.refusal IS NULL,"
        " undo_refusal = d.refusal::jsonb FROM unnest($2::uuid[], $3::text[])"
        " AS d (product_id, refusal) WHERE l.change_id = $1 AND l.product_id = d.product_id",
        change_id,
        [each.product_id for each in decided],
        [_refusal_as_json(each.refusal) for each in decided],
    )
    await tx.fetch(
        "UPDATE catalog_bulk_change SET undone_at = $2, undone_by_staff_id = $3 WHERE id = $1",
        change_id,
        at,
        by.id,
    )


async def _audit(
    tx: Tx, by: StaffMember, deed: Deed, change_id: UUID, at: datetime, **facts: Any
) -> None:
    await audit.record(tx, by, deed, f"bulk_change:{change_id}", at, **facts)

"""A stock-take over catalog, orders and stock: what is on the sheet, and against what it counts."""

from datetime import datetime
from uuid import UUID

from bofen.catalog import queries as catalog
from bofen.catalog import service as skus
from bofen.identity.rules import StaffMember
from bofen.inventory import service as inventory
from bofen.inventory import takes
from bofen.inventory.rules import CountProblem
from bofen.inventory.takes import Entry, TakeDraft
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.reports import unsent


async def begin(tx: Tx, draft: TakeDraft, by: StaffMember, at: datetime) -> None:
    """Without SKUs the sheet has all that can be sold. Raises `NotFound` for an unknown SKU."""
    wanted = list(dict.fromkeys(draft.sku_ids)) or await catalog.active_sku_ids(tx)
    if not wanted or len(await skus.sellable(tx, wanted)) < len(wanted):
        raise NotFound("sku")
    left = await unsent.pieces(tx, wanted) if draft.includes_unsent else {}
    await takes.begin(tx, takes.Beginning(draft, wanted, left), by, at)


async def count(
    tx: Tx, take_id: UUID, entry: Entry, by: StaffMember, at: datetime
) -> dict[UUID, CountProblem]:
    """Each number against the book of its moment: who sells meanwhile waits, or was first.

    The stock is held before it is asked what has not left: a payment moves pieces from one to the
    other, and between two questions that would be a difference.
    """
    take = await takes.hold_open(tx, take_id)
    sku_ids = [row.sku_id for row in entry.rows]
    levels = await inventory.lock(tx, sku_ids)
    left = await unsent.pieces(tx, sku_ids) if take.includes_unsent else {}
    return await takes.count(tx, take, entry, takes.books_of(levels, sku_ids, left), by, at)

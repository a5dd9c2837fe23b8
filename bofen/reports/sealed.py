"""Can what is sealed be opened? The first and last rows of each table answer for the rest."""

from bofen.kit.crypto import Vault
from bofen.kit.db import Tx
from bofen.reports.verify import Breach

COLUMNS = {
    "identity_person": ("phone_sealed", "id"),
    "identity_address": ("detail_sealed", "id"),
    "affiliates_affiliate": ("real_name_sealed", "id"),
    "orders_order": ("detail_sealed", "id"),
    "shipping_shipment": ("phone_tail_sealed", "id"),
}
"""Of each table that has any: one sealed column, and the key."""
_LOOKED_AT = 100


async def unreadable(tx: Tx, vault: Vault) -> list[Breach]:
    """One breach for each table in which this vault cannot open some value."""
    breaches = []
    for table, (column, key) in COLUMNS.items():
        ends = [
            f"(SELECT {key}::text AS key, {column} AS sealed FROM {table}"  # noqa: S608
            f" WHERE {column} IS NOT NULL ORDER BY {key} {order} LIMIT {_LOOKED_AT})"
            for order in ("DESC", "ASC")
        ]
        rows = await tx.fetch(" UNION ".join(ends))
        closed = [row["key"] for row in rows if not _opens(vault, row["sealed"])]
        if closed:
            facts = {"table": table, "column": column, key: closed[0]}
            breaches.append(Breach("what is sealed can be opened", facts))
    return breaches


def _opens(vault: Vault, sealed: bytes) -> bool:
    try:
        vault.open(sealed)
    except ValueError:
        return False
    return True

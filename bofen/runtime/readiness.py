"""Before a role works: is the database of this version, and is the master key the one it knows?"""

from bofen.flows.services import Services
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.kit.errors import Unavailable
from bofen.reports.sealed import unreadable
from bofen.runtime import migrate
from bofen.runtime.errors import CannotStart


async def check(services: Services) -> None:
    """Raises CannotStart with what to do. The first start writes down which key this is."""
    try:
        async with services.db.transaction() as tx:
            await check_schema(tx)
            await _check_key(tx, services)
    except Unavailable as reason:
        cause = reason.__cause__
        text = f"The database does not answer: {cause}. Start it, or set BOFEN_DATABASE_URL."
        raise CannotStart(text) from reason


async def check_schema(tx: Tx) -> None:
    """Raises CannotStart unless the database was migrated to exactly this version."""
    found = await _revision(tx)
    fault = migrate.fault_of(found)
    if fault:
        raise CannotStart(fault)


async def _revision(tx: Tx) -> str | None:
    table = await tx.fetch("SELECT to_regclass('alembic_version') AS name")
    if table[0]["name"] is None:
        return None
    rows = await tx.fetch("SELECT version_num FROM alembic_version")
    return str(rows[0]["version_num"]) if rows else None


async def _check_key(tx: Tx, services: Services) -> None:
    ours = services.vault.fingerprint
    await tx.queue_up("runtime_installation")
    rows = await tx.fetch("SELECT key_fingerprint FROM runtime_installation")
    if not rows and not await unreadable(tx, services.vault):
        await tx.fetch(
            "INSERT INTO runtime_installation (id, key_fingerprint, made_at) VALUES (1, $1, $2)",
            ours,
            clock.now(),
        )
    elif not rows or rows[0]["key_fingerprint"] != ours:
        known = rows[0]["key_fingerprint"] if rows else "another"
        text = (
            f"The master key (fingerprint {ours}) is not the one this database was sealed with"
            f" ({known}). Put back BOFEN_MASTER_KEY, or the file"
            f" {services.settings.home / 'secrets' / 'master_key'}, from your backup: without it"
            " phone numbers and addresses cannot be read."
        )
        raise CannotStart(text)

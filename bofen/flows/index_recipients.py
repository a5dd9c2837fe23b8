"""New orders, and those of before an upgrade, become findable by who receives them."""

from datetime import datetime

from bofen.flows.services import Services
from bofen.orders import recipients


async def index_recipients(services: Services, _at: datetime) -> None:
    """Sweep: every order that is not indexed, batch after batch, each in its transaction."""
    count = 1
    while count:
        async with services.db.transaction() as tx:
            count = await recipients.index(tx, services.vault)

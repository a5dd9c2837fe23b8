"""Reading affiliates: the plan in force, who somebody is, what he earned."""

import json
from typing import Any

from bofen.affiliates.rules import Terms
from bofen.kit.db import Tx


def loaded(value: Any) -> Any:
    """JSON from a raw statement, whether or not the driver has read it already."""
    return json.loads(value) if isinstance(value, str) else value


async def newest_terms(tx: Tx) -> Terms:
    """The commission plan in force; the defaults, as version 0, until somebody changes them."""
    rows = await tx.fetch(
        "SELECT version, terms FROM affiliates_terms ORDER BY version DESC LIMIT 1"
    )
    return Terms.from_json(rows[0]["version"], loaded(rows[0]["terms"])) if rows else Terms()

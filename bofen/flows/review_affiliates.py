"""What staff decide about an affiliate: never about themselves."""

from datetime import datetime
from uuid import UUID

from bofen.affiliates import applications, debts, queries
from bofen.affiliates.applications import Decision, Standing
from bofen.affiliates.debts import WriteOffAsked
from bofen.affiliates.errors import OwnAffiliate
from bofen.affiliates.queries import AffiliateRow
from bofen.identity import phones
from bofen.identity.rules import StaffMember
from bofen.kit.crypto import Vault
from bofen.kit.db import Tx


async def decide(
    tx: Tx, vault: Vault, affiliate_id: UUID, decision: Decision, by: StaffMember, at: datetime
) -> AffiliateRow:
    """Raises `OwnAffiliate`, and what `applications.decide` refuses."""
    await _is_of_another(tx, vault, affiliate_id, by)
    return await applications.decide(tx, affiliate_id, decision, by, at)


async def promote(
    tx: Tx, vault: Vault, affiliate_id: UUID, standing: Standing, by: StaffMember, at: datetime
) -> AffiliateRow:
    """Raises `OwnAffiliate`, and what `applications.promote` refuses."""
    await _is_of_another(tx, vault, affiliate_id, by)
    return await applications.promote(tx, affiliate_id, standing, by, at)


async def write_off(
    tx: Tx, vault: Vault, asked: WriteOffAsked, by: StaffMember, at: datetime
) -> None:
    """Raises `OwnAffiliate`, and what `debts.write_off` refuses."""
    await _is_of_another(tx, vault, asked.affiliate_id, by)
    await debts.write_off(tx, asked, by, at)


async def _is_of_another(tx: Tx, vault: Vault, affiliate_id: UUID, by: StaffMember) -> None:
    person_id = (await queries.affiliate(tx, affiliate_id)).person_id
    if await phones.is_login_of(tx, vault, by.id, person_id):
        raise OwnAffiliate

"""Becoming an affiliate, and what staff decide about one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.affiliates import agreement, queries
from bofen.affiliates.errors import AffiliateCannotBecome, AgreementOutdated, AlreadyApplied
from bofen.affiliates.queries import AffiliateRow
from bofen.affiliates.rules import AffiliateStatus, Tier, may_become
from bofen.identity import service as identity
from bofen.kit.crypto import Vault, mask_name
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.ids import new_id
from bofen.kit.money import BasisPoints


@dataclass(frozen=True)
class Application:
    """What a person writes to become an affiliate."""

    real_name: str
    introduction: str
    agreement_version: str


async def apply(
    tx: Tx, vault: Vault, person_id: UUID, asked: Application, at: datetime
) -> AffiliateRow:
    """Ask to be an affiliate. A refused person may ask again; there is no fee and no purchase."""
    if asked.agreement_version != agreement.VERSION:
        raise AgreementOutdated(agreement.VERSION)
    rows = await tx.fetch(
        "INSERT INTO affiliates_affiliate (id, person_id, status, real_name_sealed,"
        " real_name_masked, introduction, agreement_version, agreed_at, applied_at, tier)"
        " VALUES ($1, $2, 'pending', $3, $4, $5, $6, $7, $7, $8)"
        " ON CONFLICT (person_id) DO UPDATE SET status = 'pending',"
        "  real_name_sealed = excluded.real_name_sealed,"
        "  real_name_masked = excluded.real_name_masked, introduction = excluded.introduction,"
        "  agreement_version = excluded.agreement_version, agreed_at = excluded.agreed_at,"
        "  applied_at = excluded.applied_at, decided_at = NULL, decided_by = NULL,"
        "  decision_reason = NULL"
        " WHERE affiliates_affiliate.status = 'refused' RETURNING id",
        new_id(),
        person_id,
        vault.seal(asked.real_name),
        mask_name(asked.real_name),
        asked.introduction,
        agreement.VERSION,
        at,
        Tier.standard.value,
    )
    found = await queries.of_person(tx, person_id)
    assert found
    if not rows:
        raise AlreadyApplied(found.status)
    return found


@dataclass(frozen=True)
class Decision:
    """What a member of staff decided about an affiliate, and why."""

    staff_id: UUID
    status: AffiliateStatus
    reason: str | None = None


async def decide(tx: Tx, affiliate_id: UUID, decision: Decision, at: datetime) -> AffiliateRow:
    """Approve, refuse, freeze, thaw or close. Written down with who and why."""
    rows = await tx.fetch(
        "SELECT status FROM affiliates_affiliate WHERE id = $1 FOR UPDATE", affiliate_id
    )
    if not rows:
        raise NotFound("affiliate")
    before = AffiliateStatus(rows[0]["status"])
    if not may_become(before, decision.status):
        raise AffiliateCannotBecome(before.value, decision.status.value)
    await tx.fetch(
        "UPDATE affiliates_affiliate SET status = $2, decided_at = $3, decided_by = $4,"
        " decision_reason = $5 WHERE id = $1",
        affiliate_id,
        decision.status.value,
        at,
        decision.staff_id,
        decision.reason,
    )
    facts = {"before": before.value, "after": decision.status.value, "reason": decision.reason}
    await identity.audit(
        tx, decision.staff_id, "affiliate.decided", f"affiliate:{affiliate_id}", facts, at
    )
    return await queries.one(tx, affiliate_id)


@dataclass(frozen=True)
class Standing:
    """An affiliate's tier, and a rate of his own that comes before the tier's."""

    tier: Tier
    rate_bp: BasisPoints | None


async def promote(
    tx: Tx, affiliate_id: UUID, standing: Standing, staff_id: UUID, at: datetime
) -> AffiliateRow:
    """Give an affiliate another tier or rate: it counts for what is paid from now on."""
    await tx.fetch(
        "UPDATE affiliates_affiliate SET tier = $2, rate_bp = $3 WHERE id = $1",
        affiliate_id,
        standing.tier.value,
        standing.rate_bp,
    )
    facts = {"tier": standing.tier.value, "rate_bp": standing.rate_bp}
    await identity.audit(tx, staff_id, "affiliate.promoted", f"affiliate:{affiliate_id}", facts, at)
    return await queries.one(tx, affiliate_id)

"""Becoming an affiliate, and what staff decide about one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.affiliates import agreement, commissions, queries
from bofen.affiliates.errors import AgreementOutdated, AlreadyApplied, TierUnknown
from bofen.affiliates.models import Affiliate
from bofen.affiliates.queries import AffiliateRow
from bofen.affiliates.rules import AffiliateStatus
from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
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


_APPLY = """
INSERT INTO affiliates_affiliate (id, person_id, status, real_name_sealed, real_name_masked,
  introduction, agreement_version, agreed_at, applied_at)
VALUES ($1, $2, 'pending', $3, $4, $5, $6, $7, $7)
ON CONFLICT (person_id) DO UPDATE SET status = 'pending',
  real_name_sealed = excluded.real_name_sealed, real_name_masked = excluded.real_name_masked,
  introduction = excluded.introduction, agreement_version = excluded.agreement_version,
  agreed_at = excluded.agreed_at, applied_at = excluded.applied_at, decided_at = NULL,
  decided_by = NULL, decision_reason = NULL
WHERE affiliates_affiliate.status = 'refused' RETURNING id
"""


async def apply(
    tx: Tx, vault: Vault, person_id: UUID, asked: Application, at: datetime
) -> AffiliateRow:
    """Ask to be an affiliate. A refused person may ask again; there is no fee and no purchase.

    Raises `AgreementOutdated` when the text agreed to is not the one in force, `AlreadyApplied`
    when an application waits or was accepted.
    """
    if asked.agreement_version != agreement.VERSION:
        raise AgreementOutdated(agreement.VERSION)
    rows = await tx.fetch(
        _APPLY,
        new_id(),
        person_id,
        vault.seal(asked.real_name),
        mask_name(asked.real_name),
        asked.introduction,
        agreement.VERSION,
        at,
    )
    found = await queries.of_person(tx, person_id)
    assert found
    if not rows:
        raise AlreadyApplied(found.status)
    return found


@dataclass(frozen=True)
class Decision:
    """What a member of staff decided about an affiliate, and why."""

    status: AffiliateStatus
    reason: str | None = None


async def decide(
    tx: Tx, affiliate_id: UUID, decision: Decision, by: StaffMember, at: datetime
) -> AffiliateRow:
    """Approve, refuse, freeze, thaw or close.

    Raises `AffiliateCannotBecome` for a step that does not fit. What a freeze held back goes on
    from the thaw.
    """
    affiliate = await tx.get(Affiliate, affiliate_id, with_for_update=True, populate_existing=True)
    if affiliate is None:
        raise NotFound("affiliate")
    before = affiliate.status
    affiliate.become(decision.status)
    affiliate.decided_at, affiliate.decided_by = at, by.id
    affiliate.decision_reason = decision.reason
    await tx.flush()
    if before == AffiliateStatus.frozen and decision.status == AffiliateStatus.approved:
        await commissions.thaw(tx, affiliate_id, at)
    await audit.record(
        tx,
        by,
        Deed.affiliate_decided,
        f"affiliate:{affiliate_id}",
        at,
        before=before,
        after=decision.status.value,
        reason=decision.reason,
    )
    return await queries.affiliate(tx, affiliate_id)


@dataclass(frozen=True)
class Standing:
    """An affiliate's tier, and a rate of his own that comes before the tier's."""

    tier: str
    rate_bp: BasisPoints | None


async def promote(
    tx: Tx, affiliate_id: UUID, standing: Standing, by: StaffMember, at: datetime
) -> AffiliateRow:
    """Give an affiliate another tier or rate: it counts for what is paid from now on.

    Raises `TierUnknown`.
    """
    if not await tx.fetch(
        "SELECT 1 FROM affiliates_tier WHERE code = $1 FOR KEY SHARE", standing.tier
    ):
        raise TierUnknown(standing.tier)
    await tx.fetch(
        "INSERT INTO affiliates_standing (affiliate_id, tier, rate_bp, from_at, by_staff_id)"
        " SELECT id, $2, $3, $4, $5 FROM affiliates_affiliate WHERE id = $1",
        affiliate_id,
        standing.tier,
        standing.rate_bp,
        at,
        by.id,
    )
    promoted = await queries.affiliate(tx, affiliate_id)
    await audit.record(
        tx,
        by,
        Deed.affiliate_promoted,
        f"affiliate:{affiliate_id}",
        at,
        tier=standing.tier,
        rate_bp=standing.rate_bp,
    )
    return promoted

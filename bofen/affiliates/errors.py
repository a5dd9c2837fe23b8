from dataclasses import dataclass
from datetime import datetime

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class AlreadyApplied(Refusal):
    """One person, one application; a refused one may apply again."""

    code = "already_applied"
    application_status: str


@dataclass(eq=False)
class AgreementOutdated(Refusal):
    """The person agreed to a text that is no longer in force."""

    code = "agreement_outdated"
    version: str


@dataclass(eq=False)
class AffiliateCannotBecome(Refusal):
    """The affiliate's status does not allow this step."""

    code = "affiliate_cannot_become"
    now: str
    then: str


@dataclass(eq=False)
class AffiliateFrozen(Refusal):
    """The affiliate is frozen: he may look, but neither share nor withdraw."""

    code = "affiliate_frozen"


@dataclass(eq=False)
class WithdrawalTooSmall(Refusal):
    """Less than the merchant pays out at once; `min_fen` is the least."""

    code = "withdrawal_too_small"
    min_fen: int


@dataclass(eq=False)
class BalanceTooSmall(Refusal):
    """More was asked than is available; after a refund available may even be negative."""

    code = "balance_too_small"
    available_fen: int


@dataclass(eq=False)
class WithdrawalPending(Refusal):
    """One withdrawal at a time."""

    code = "withdrawal_pending"
    since_at: datetime


@dataclass(eq=False)
class WithdrawalDecided(Refusal):
    """Somebody has already approved or refused this withdrawal."""

    code = "withdrawal_decided"
    withdrawal_status: str


@dataclass(eq=False)
class WithdrawalCannotBecome(Refusal):
    """The withdrawal's status does not allow this step."""

    code = "withdrawal_cannot_become"
    now: str
    then: str


class OwnAffiliate(Refusal):
    """Nobody decides what he earns as an affiliate himself."""

    code = "own_affiliate"
    status = 403


@dataclass(eq=False)
class OwnWithdrawal(Refusal):
    """Whoever asks for money does not approve it."""

    code = "own_withdrawal"


@dataclass(eq=False)
class ApprovedAlready(Refusal):
    """The same person has approved it: the second yes has to be somebody else's."""

    code = "approved_already"


@dataclass(eq=False)
class ApproverUnknown(Refusal):
    """Nobody knows which person this login is, and so not that it is another than the payee."""

    code = "approver_unknown"


@dataclass(eq=False)
class PayeeFrozen(Refusal):
    """Nothing is paid out to an affiliate while he is frozen."""

    code = "payee_frozen"


@dataclass(eq=False)
class DebtChanged(Refusal):
    """The debt is not the one that was shown."""

    code = "debt_changed"
    debt_fen: int


@dataclass(eq=False)
class WeChatNeeded(Refusal):
    """Commission is paid to a WeChat account, and this person has not connected one."""

    code = "wechat_needed"


@dataclass(eq=False)
class PhoneNeeded(Refusal):
    """More than `automatic_max_fen` is approved by others, so we must know whose it is."""

    code = "phone_needed"
    automatic_max_fen: int


@dataclass(eq=False)
class PayeePhoneNeeded(Refusal):
    """The payee has proved no phone, so nobody can tell that the approver is somebody else."""

    code = "payee_phone_needed"


@dataclass(eq=False)
class TargetUnknown(Refusal):
    """What should be shared does not exist, or is not for sale now."""

    code = "share_target_unknown"
    status = 404


@dataclass(eq=False)
class PlanRefused(Refusal):
    """A commission plan that breaks a limit; `field` is the part to change."""

    code = "plan_refused"
    status = 422
    field: str


@dataclass(eq=False)
class PlanChanged(Refusal):
    """Somebody else has written a plan since this one was read."""

    code = "plan_changed"
    version: int


@dataclass(eq=False)
class TierUnknown(Refusal):
    """No tier has this code, or it was removed meanwhile."""

    code = "tier_unknown"
    status = 422
    tier: str


@dataclass(eq=False)
class TierNameTaken(Refusal):
    """Two tiers of one name could not be told apart."""

    code = "tier_name_taken"
    name: str


@dataclass(eq=False)
class TierInUse(Refusal):
    """Affiliates stand on this tier, or stood on it: its name is part of their past."""

    code = "tier_in_use"
    tier: str

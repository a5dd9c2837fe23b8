"""What a buyer agrees to when he signs in: the merchant's own words, or those of the house.

Each version of the house keeps its file in `texts/`; the merchant's own are versions of a setting.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from bofen.settings.rules import Policies, Settings


class Policy(StrEnum):
    """Which of the texts; the name is that of its field in the settings."""

    user_agreement = "user_agreement"
    privacy_policy = "privacy_policy"


VERSION = "2026-11"
TITLES: Mapping[Policy, str] = {
    Policy.user_agreement: "用户协议",
    Policy.privacy_policy: "隐私政策",
}

_FOLDER = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Written:
    """The merchant's own texts as they hold: which version, and since when."""

    policies: Policies
    version: int
    from_at: datetime | None


@dataclass(frozen=True)
class PolicyText:
    """One text as a buyer reads it. The version of the merchant's own text is a plain number."""

    version: str
    title: str
    text: str
    from_at: datetime | None


def text(policy: Policy, written: Written, settings: Settings) -> PolicyText:
    """The merchant's text to the letter; else that of the house, filled from his settings."""
    own: str = getattr(written.policies, policy)
    if own:
        return PolicyText(str(written.version), TITLES[policy], own, written.from_at)
    of_the_house = (_FOLDER / f"{policy}-{VERSION}.txt").read_text(encoding="utf-8")
    shop, trade = settings.shop, settings.trade
    filled = of_the_house.format(
        name=shop.name,
        seller=shop.company or shop.name,
        contact=f"客服电话 {shop.service_phone}" if shop.service_phone else "本店在商城公示的方式",
        pay_within_min=trade.pay_within_min,
        after_sale_days=trade.after_sale_days,
    )
    return PolicyText(VERSION, TITLES[policy], filled.strip(), None)

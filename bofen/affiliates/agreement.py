"""The agreement an affiliate accepts: shown, versioned, and named in the application.

Each version keeps its file in `agreements/`. Its days and limits are those of the settings at the
time, so what somebody agreed to can be shown again from the version and the moment.
"""

from pathlib import Path

from bofen.kit.money import BasisPoints, yuan
from bofen.settings.rules import Binding, Payout

VERSION = "2026-11"
TITLE = "推广合作协议"

_FOLDER = Path(__file__).parent / "agreements"


def text(binding: Binding, payout: Payout, cap_bp: BasisPoints, version: str = VERSION) -> str:
    """The agreement in words, with the rules that hold at the moment of these settings."""
    written = (_FOLDER / f"{version}.txt").read_text(encoding="utf-8")
    return written.format(
        share_days=binding.share_days,
        binding_days=binding.binding_days,
        protection_days=binding.protection_days,
        holding_days=payout.holding_days,
        cap_percent=f"{cap_bp / 100:g}",
        withdrawal_min=yuan(payout.withdrawal_min_fen),
        automatic_max=yuan(payout.automatic_max_fen),
    )

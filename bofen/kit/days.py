"""Days of the shop's calendar: they begin at midnight in Shanghai, wherever the machine stands."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

SHOP_ZONE = ZoneInfo("Asia/Shanghai")
"""Day boundaries, cycles and reports are the merchant's."""


def day_of(at: datetime) -> date:
    """The shop's calendar day that this moment is in."""
    return at.astimezone(SHOP_ZONE).date()


def midnight(on: date) -> datetime:
    """The moment at which the day begins."""
    return datetime.combine(on, time(), SHOP_ZONE)

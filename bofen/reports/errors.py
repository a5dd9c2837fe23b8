from dataclasses import dataclass

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class ReportRangeTooLong(Refusal):
    """A report covers `days_max` days at most: ask for fewer."""

    code = "report_range_too_long"
    status = 422
    days_max: int

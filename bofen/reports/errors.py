from dataclasses import dataclass

from bofen.kit.errors import Refusal


@dataclass(eq=False)
class ReportRangeTooLong(Refusal):
    code = "report_range_too_long"
    status = 422
    days_max: int

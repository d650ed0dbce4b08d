"""Monthly reports, target populations, the totals that dashboards read, and their releases."""

from reporting.models.baselines import Baseline
from reporting.models.deadlines import Deadline, Extension, Holiday
from reporting.models.follow_ups import FollowUp, FollowUpEvent
from reporting.models.forms import FormSlot, FormVersion
from reporting.models.holders import Holder, HolderPerson, ReportApproval
from reporting.models.local import LocalIndicator
from reporting.models.meetings import Meeting
from reporting.models.needs import NeedWeights
from reporting.models.quality import Confirmation, OutsideFigure
from reporting.models.releases import Release, ReleasedFigures, ReleasedTotal
from reporting.models.reminders import Reminder
from reporting.models.reports import Report, ReportComment, ReportEvent, ReportValue
from reporting.models.targets import Target, TargetSet, Total
from reporting.models.unlocking import UnlockRequest

__all__ = [
    "Baseline",
    "Confirmation",
    "Deadline",
    "Extension",
    "FollowUp",
    "FollowUpEvent",
    "FormSlot",
    "FormVersion",
    "Holiday",
    "Holder",
    "HolderPerson",
    "LocalIndicator",
    "NeedWeights",
    "Meeting",
    "OutsideFigure",
    "Release",
    "ReleasedFigures",
    "ReleasedTotal",
    "Reminder",
    "Report",
    "ReportApproval",
    "ReportComment",
    "ReportEvent",
    "ReportValue",
    "Target",
    "TargetSet",
    "Total",
    "UnlockRequest",
]

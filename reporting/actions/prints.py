"""Who took a report or recap out of the house: it leaves a line in the audit trail."""

from __future__ import annotations

from django.db import transaction

from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.models import User
from ilp.core.weeks import Period
from reporting.models import Report


@transaction.atomic
def note_download(*, report: Report, by: User) -> None:
    """A report is downloaded as a workbook."""
    require(by, Permission.EXPORT, report.facility)
    noted = {"form": report.form_code, "month": str(report.period), "version": report.version}
    audit.record("report.downloaded", by=by, subject=report, **noted)


@transaction.atomic
def note_gathering(*, district: Facility, form: str, month: Period, by: User) -> None:
    """The recap of a district is downloaded as a workbook."""
    require(by, Permission.EXPORT, district)
    audit.record("report.gathered", by=by, subject=district, form=form, month=str(month))

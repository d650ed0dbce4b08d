"""Whether the cells of a report may be changed by a person now; if not, why and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, cast

from django.db.models import Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise, WithAnnotations

from clusters.selectors import month_held_at, month_locked_at
from facilities.access import telling
from facilities.models import Facility
from facilities.roles import Permission, roles_with
from ilp.core import formats
from ilp.core.errors import DomainError
from ilp.core.models import User
from ilp.core.months import Month
from ilp.core.weeks import Period, month_of
from ilp.core.windows import Window
from reporting.catalogue.language import Form
from reporting.models import Report
from reporting.models.reports import ReportQuerySet
from reporting.selectors import form_book
from reporting.selectors.deadlines import LastDay, due_on
from reporting.selectors.windows import rules_above, window_of
from reporting.workflow import EDITABLE, TO_THE_DINAS, Status

REMEDIES: dict[str, StrOrPromise] = {
    Status.SENT: _("Belum ada pemeriksa yang membukanya: tarik kembali bila ada yang keliru."),
    Status.VERIFIED: _("Minta Kepala Puskesmas atau Dinkes mengembalikannya bila ada yang keliru."),
    Status.APPROVED: _("Minta Dinkes mengembalikannya bila ada yang keliru."),
}
APPROVED_BELOW = _("Minta Kepala Puskesmas mengembalikannya bila ada yang keliru.")
OPENED = _("Pemeriksa sudah membukanya: minta dikembalikan bila ada yang keliru.")


class NotEditable(DomainError):
    code = "not-editable"
    text = _("Laporan berstatus “%(status)s” sehingga tidak dapat diubah. %(remedy)s")


class MonthLocked(DomainError):
    code = "report-month-locked"
    text = _(
        "Bulan %(month)s dikunci Dinas Kesehatan sejak %(day)s, jadi laporannya tidak dapat "
        "diubah. Minta %(who)s membuka kunci bulan itu."
    )


class PlaceNotOpen(DomainError):
    code = "place-not-open"
    text = _(
        "%(place)s tidak buka pada akhir %(month)s, jadi tidak melapor untuk bulan itu. Bila "
        "keliru, minta Admin Dinkes memeriksa tanggal buka dan tutupnya di menu Faskes."
    )


class MonthNotOver(DomainError):
    code = "month-not-over"
    text = _("%(month)s belum mulai, jadi belum dapat dilaporkan.")


class NotYetOpen(DomainError):
    code = "report-not-yet-open"
    text = _(
        "Laporan %(month)s baru dapat diisi mulai %(day)s menurut ketetapan Dinas Kesehatan. "
        "Kembali pada hari itu."
    )


NOT_YET = (MonthNotOver, NotYetOpen)


class NotTheFiller(DomainError):
    code = "not-the-filler"
    text = _("Anda dapat membaca laporan ini. Yang mengisinya: %(who)s di %(place)s.")


class _Told(TypedDict):
    locked_at: datetime | None
    may_fill: bool
    edition: int | None
    rules: list[dict[str, Any]]


@dataclass(frozen=True)
class Editing:
    """The report as it stands, and what keeps its cells from being changed, if anything does."""

    report: Report
    may_fill: bool
    shut: DomainError | None  # what no role and no status can change
    window: Window  # the days that it covers

    @property
    def refusal(self) -> DomainError | None:
        """Why the cells stay as they are."""
        if self.shut:
            return self.shut
        return _of_status(self.report) if self.may_fill else _of_reader(self.report)

    @property
    def is_locked(self) -> bool:
        return isinstance(self.shut, MonthLocked)

    @property
    def allowed(self) -> bool:
        return self.refusal is None

    @property
    def why(self) -> str:
        """What the page says instead of boxes."""
        return self.refusal.sentence if self.refusal else ""


def editing(
    *,
    report: int,
    by: User | None,
    reports: ReportQuerySet | None = None,
    holding: bool = False,
) -> Editing:
    """Whether the person may change cells of the report now. One query.

    `reports` is where it is looked for: the writers lock its row, and with `holding` see to it
    that its month is not locked before they are done. None is the system, which may.
    """
    asked = Report.objects.all() if reports is None else reports
    told = asked.select_related("facility").annotate(
        locked_at=month_held_at() if holding else month_locked_at(),
        may_fill=telling(by, Permission.FILL),
        edition=form_book.edition_in_use(),
        rules=rules_above(),
    )
    found = cast("WithAnnotations[Report, _Told]", told.get(pk=report))
    form_book.take(found.edition)
    shut = locked(found.month, found.locked_at) or closed(found.facility, found.month)
    return Editing(
        report=found,
        may_fill=found.may_fill,
        shut=shut,
        window=window_of(found, found.rules),
    )


def beginning(
    *, place: Facility, form: Form, period: Period, holding: bool = False
) -> DomainError | None:
    """Why the report cannot be begun at the place today; None where it can. Two queries.

    `holding` as for `editing`.
    """
    month = month_of(period)
    return _not_yet(due_on(form, place, period), period) or month_shut(
        place, month, holding=holding
    )


def _not_yet(last_day: LastDay, period: Period) -> DomainError | None:
    today, named = timezone.localdate(), formats.covered(period, last_day.window)
    if today < last_day.window.first:
        return MonthNotOver(month=named)
    if today < last_day.opens_on:
        return NotYetOpen(month=named, day=formats.day(last_day.opens_on))
    return None


def month_shut(place: Facility, month: Month, *, holding: bool = False) -> DomainError | None:
    """Why nothing can be written for the month at the place; None where it can. One query."""
    here = Facility.objects.filter(pk=place.pk)
    asked = month_held_at if holding else month_locked_at
    since = here.annotate(at=asked("pk", Value(month.first_day)))
    return locked(month, since.values_list("at", flat=True).get()) or closed(place, month)


def locked(month: Month, since: datetime | None) -> MonthLocked | None:
    """What is said of a month that is locked since a moment."""
    if since is None:
        return None
    who = _named(Permission.RELEASE)
    return MonthLocked(month=formats.month(month), day=formats.day(since), who=who)


def closed(place: Facility, month: Month) -> PlaceNotOpen | None:
    """Who reports for a month is open on its last day, as in the rates: registers.sql."""
    last = month.last_day
    if place.opened_on <= last and (place.closed_on is None or place.closed_on > last):
        return None
    return PlaceNotOpen(place=str(place), month=formats.month(month))


def _of_reader(report: Report) -> DomainError:
    return NotTheFiller(who=_named(Permission.FILL), place=str(report.facility))


def _of_status(report: Report) -> DomainError | None:
    if report.status in EDITABLE:
        return None
    seen = report.status == Status.SENT and report.opened_at is not None
    remedy = OPENED if seen else REMEDIES[report.status]
    if report.status == Status.APPROVED and report.facility.kind != TO_THE_DINAS:
        remedy = APPROVED_BELOW
    return NotEditable(status=report.get_status_display(), remedy=remedy)


def _named(permission: Permission) -> str:
    """The roles that hold it, as the office calls them."""
    return str(_(" atau ")).join(str(role.label) for role in roles_with(permission))

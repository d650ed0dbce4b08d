"""What has not been handed in: not begun, only begun, or sent back. It stays until it is sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import dropwhile
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.db.models.functions import JSONObject

from clusters.models import LockedMonth
from facilities.access import permissions
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.models import User
from ilp.core.months import Month
from ilp.core.weeks import Period, Week, month_of
from reporting.catalogue import FORMS
from reporting.catalogue.language import Form
from reporting.models import Report, ReportValue
from reporting.models.deadlines import LONGEST
from reporting.selectors.checking import typed_cells
from reporting.selectors.deadlines import Deadlines, LastDay, deadlines
from reporting.selectors.due import MONTHS_BACK, Due
from reporting.workflow import EDITABLE, Status

Begun = dict[tuple[int, str], Month]  # place and form -> the month of such a report, the first


Key = tuple[str, int, Period]  # form, place, period


@dataclass(frozen=True)
class Progress:
    """How many of a report's boxes hold what they should."""

    filled: int
    boxes: int


@dataclass(frozen=True)
class _Known:
    """What is needed to say what the places owe."""

    begun: Begun  # of those sent
    held: dict[Key, Report]  # those that can be filled in
    written: set[Key]  # of them those in which something was typed, or that came back
    handed_in: set[Key]  # those that are with somebody else
    last_days: Deadlines
    locked: set[tuple[int, Month]]
    months: list[Month] = field(default_factory=list)


def owing(*, user: User, permission: Permission, today: date) -> list[Due]:
    """What the places of the user's scope owe of periods that are over, place by place.

    What was written in, and from the first report that a place sent on a form on every gap, counts
    until it is sent, however old; of a form never sent the last period. Of a form that nobody owes
    only what was written in. A month that the Dinas locked is left out: its reports cannot be
    filled in. Four queries, however many places.
    """
    this = Month.of(today)
    places = _places(user, permission, this)
    known = _known(places, this)
    return [
        due
        for place in places
        for form in FORMS.values()
        if place.kind in form.kinds
        for due in _of_row(place, form, known, today)
    ]


def next_to_fill(*, user: User, today: date) -> list[Due]:
    """For each place and form that the user fills in: what is not sent, the oldest first.

    Reports that were sent back are among those that wait.
    """
    if Permission.FILL not in permissions(user):
        return []
    found = owing(user=user, permission=Permission.FILL, today=today)
    return [due for due in found if due.report is None or due.report.status == Status.DRAFT]


def progress(reports: Collection[Report]) -> dict[int, Progress]:
    """How far each report has been filled in, counted as on its page. One query, or none."""
    if not reports:
        return {}
    rows = ReportValue.objects.filter(report__in=[one.pk for one in reports])
    counted = rows.values_list("report_id", "element").annotate(
        kept=Count("pk"), unread=Count("pk", filter=~Q(text=""))
    )
    kept: dict[int, dict[str, tuple[int, int]]] = {one.pk: {} for one in reports}
    for pk, element, cells, unread in counted:
        kept[pk][element] = (cells, unread)
    return {one.pk: _progress(one.form, kept[one.pk]) for one in reports}


def _progress(form: Form, kept: dict[str, tuple[int, int]]) -> Progress:
    """Rows that say something by being blank are none to be filled in."""
    cells = [element for element, _part in typed_cells(form)]
    asked = [element for element in cells if not form.silence or element in kept]
    rows = [kept.get(element, (0, 0)) for element in dict.fromkeys(asked)]
    return Progress(sum(cells - unread for cells, unread in rows), len(asked))


def _places(user: User, permission: Permission, this: Month) -> list[Facility]:
    """Each with its locked months and, form by form, the first months sent and begun. One query."""
    kinds = {kind for form in FORMS.values() for kind in form.kinds if form.asks(kind)}
    free = [form.code for form in FORMS.values() if form.voluntary]
    begun = Report.objects.filter(form_code__in=free, status__in=EDITABLE).values("facility")
    locks = LockedMonth.objects.filter(
        district__below__descendant=OuterRef("pk"), district__below__valid__contains=F("month")
    )
    mine = Report.objects.filter(facility=OuterRef("pk")).order_by().values("form_code")
    sent, held = Q(sent_at__isnull=False), Q(status__in=EDITABLE) & _is_written()
    firsts = mine.annotate(
        said=JSONObject(
            form="form_code", sent=Min("month", filter=sent), held=Min("month", filter=held)
        )
    )
    seen = Facility.objects.visible_to(user, permission)
    asked = seen.filter(Q(kind__in=kinds) | Q(pk__in=begun))
    lately = asked.filter(opened_on__lte=this.last_day)
    return list(
        lately.exclude(closed_on__lte=this.plus(-1).first_day)
        .annotate(
            locked=ArraySubquery(locks.values("month")),
            firsts=ArraySubquery(firsts.values("said")),
        )
        .order_by("name", "code")
    )


def _known(places: Collection[Any], this: Month) -> _Known:
    begun, opened = _firsts(places, "sent"), _firsts(places, "held")
    locked = {(place.pk, as_month(one)) for place in places for one in place.locked}
    ids = [place.pk for place in places]
    months = min([this.plus(-MONTHS_BACK), *begun.values(), *opened.values()]).until(this)
    wanted = [m for m in months if any((pk, m) not in locked for pk in ids)]
    mine = Report.objects.filter(facility__in=ids, form_code__in=list(FORMS), month__in=wanted)
    drafts: list[Any] = list(mine.filter(status__in=EDITABLE).annotate(is_written=_is_written()))
    held: dict[Key, Report] = {(r.form_code, r.facility_id, r.period): r for r in drafts}
    written = {(r.form_code, r.facility_id, r.period) for r in drafts if r.is_written}
    named = mine.exclude(status__in=EDITABLE).values_list("form_code", "facility", "month", "week")
    handed_in = {(form, place, _period(month, week)) for form, place, month, week in named}
    last_days = deadlines(places=ids, months=wanted)
    return _Known(begun, held, written, handed_in, last_days, locked, wanted)


def _is_written() -> Q:
    """Of a draft: whether something was typed, or it came back. One begun in vain is not owed."""
    return Q(status=Status.RETURNED) | Q(Exists(ReportValue.objects.filter(report=OuterRef("pk"))))


def _firsts(places: Collection[Any], what: str) -> Begun:
    return {
        (place.pk, one["form"]): Month.of(date.fromisoformat(one[what]))
        for place in places
        for one in place.firsts
        if one[what]
    }


def _period(month: Month, week: int) -> Period:
    return Week(month.year, week) if week else month


def as_month(value: Month | date) -> Month:
    """A month of an array, which comes from the database as its first day."""
    return value if isinstance(value, Month) else Month.of(value)


def _of_row(place: Facility, form: Form, known: _Known, today: date) -> list[Due]:
    def last_day(period: Period) -> LastDay:
        return known.last_days.of(form, place, period)

    surely = today - timedelta(days=LONGEST)  # no report is asked for later after its end
    periods = [
        p
        for m in known.months
        for p in form.periods(m)
        if p.last_day < surely or last_day(p).asked_from <= today
    ]
    row = [(period, (form.code, place.pk, period)) for period in periods]
    since = known.begun.get((place.pk, form.code))
    if form.voluntary:
        due = []
    elif since is None:
        due = row[-1:] if form.asked_on(today) else []
    else:  # weeks of the first month before the first report are none that were missed
        later = [one for one in row if month_of(one[0]) >= since]
        due = list(dropwhile(lambda one: _is_before(one, since, known), later))
    asked = [one for one in row if one[1] in known.written or one in due]
    return [
        Due(place, p, known.held.get(key), last_day(p), form.code)
        for p, key in asked
        if key not in known.handed_in and _can_be_filled(place, p, known)
    ]


def _is_before(one: tuple[Period, Key], since: Month, known: _Known) -> bool:
    period, key = one
    return month_of(period) == since and key not in known.held and key not in known.handed_in


def _can_be_filled(place: Facility, period: Period, known: _Known) -> bool:
    """Open on the last day of the month, which is not locked: as `editing` says of one report."""
    month = month_of(period)
    stood = place.opened_on <= month.last_day and (
        place.closed_on is None or place.closed_on > month.last_day
    )
    return stood and (place.pk, month) not in known.locked

"""Why an indicator is another number than before: by place, down to visits and report cells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone

from facilities.models import Ancestry, Facility
from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import ELEMENTS, FORMS, SERVICES, Indicator
from reporting.catalogue.language import Axis, Reported
from reporting.models import Release, Report, ReportEvent
from reporting.selectors.places import Place
from reporting.selectors.releases import stamp_of
from reporting.selectors.revisions import ScoreChange, shown_of
from reporting.selectors.scores import Scores, element_codes, scores
from reporting.totals import Cells, Data, Source


@dataclass(frozen=True)
class Moved:
    """What one place itself recorded in a month, before and after."""

    place: Place
    month: Month
    code: str
    before: int
    after: int

    @property
    def label(self) -> str:
        return str(ELEMENTS[self.code].label)

    @property
    def service(self) -> str:
        """Whose visits it is counted from; empty where only a form gives it."""
        element = ELEMENTS[self.code]
        is_counted = element.programme in SERVICES and not isinstance(element.source, Reported)
        return element.programme if is_counted else ""

    @property
    def axis(self) -> str:
        """How the list of visits is asked for."""
        return "domisili" if ELEMENTS[self.code].axis is Axis.HOME else ""


@dataclass(frozen=True)
class Change:
    """`places`: those whose figure is another, the place itself first; `reports` with their row."""

    places: tuple[ScoreChange, ...]
    moved: tuple[Moved, ...]
    reports: tuple[tuple[Report, str], ...]

    def __bool__(self) -> bool:
        return bool(self.places or self.moved)


def why_changed(
    *,
    indicator: Indicator,
    of: Place,
    below: Sequence[Place],
    month: Month,
    before: Release,
    after: Release | None = None,
) -> Change:
    """From one release to another, or to what stands now. Two times three or four queries, and
    one for the reports.

    Two revisions differ in their month alone. What stands now may differ in every month that the
    indicator adds up.
    """
    everyone = [of, *below]
    pks = [one.pk for one in everyone]
    months, codes = indicator.months(month), element_codes([indicator])
    sides: list[tuple[Scores, Cells]] = []
    for side in (before, after):
        with _as_of(before, side):
            found = scores(places=pks, indicators=[indicator], month=month)
            sides.append((found, totals.read(pks, months, codes)))
    (earlier, cells_then), (later, cells_now) = sides
    changed = [m for m in months if any(_differ(pk, m, cells_then, cells_now) for pk in pks)]
    changes = tuple(
        ScoreChange(place, earlier[place.pk, indicator.code], later[place.pk, indicator.code])
        for place in everyone
        if shown_of(earlier[place.pk, indicator.code]) != shown_of(later[place.pk, indicator.code])
    )
    moved = _moved(of, changed, codes, before, after) if changed else ()
    return Change(changes, moved, tuple(_reports(of, changed, codes, before, after)))


def _as_of(before: Release, side: Release | None) -> AbstractContextManager[Source]:
    """Read as of a release; None: as it stands now."""
    if side is None:
        return totals.showing(Data.LIVE)
    return totals.showing(Data.RELEASED, {(before.district_id, before.month): stamp_of(side)})


def _differ(place: int, month: Month, one: Cells, other: Cells) -> bool:
    a, b = one.of(place, month), other.of(place, month)
    return any((a.get(name) or 0) != (b.get(name) or 0) for name in {*a, *b})


def _moved(
    of: Place,
    months: Collection[Month],
    codes: Collection[str],
    before: Release,
    after: Release | None,
) -> tuple[Moved, ...]:
    """The places at which more or less was recorded, the largest change first."""
    links = Ancestry.objects.filter(
        ancestor_id=of.pk, valid__contains=before.month.last_day
    ).values("descendant")
    rows = Facility.objects.filter(pk__in=links).order_by("name")
    inside = {row[0]: Place(*row) for row in rows.values_list("pk", "code", "name", "kind")}
    sides = []
    for side in (before, after):
        with _as_of(before, side):
            sides.append(totals.read(list(inside), months, codes, own=True))
    found = []
    for pk, place in inside.items():
        for month in months:
            then, now = (cells.of(pk, month) for cells in sides)
            found += [
                Moved(place, month, code, then.get(code) or 0, now.get(code) or 0)
                for code in sorted(codes)
                if (then.get(code) or 0) != (now.get(code) or 0)
            ]
    return tuple(sorted(found, key=lambda m: (-abs(m.after - m.before), m.place.name)))


def _reports(
    of: Place,
    months: Collection[Month],
    codes: Collection[str],
    before: Release,
    after: Release | None,
) -> list[tuple[Report, str]]:
    """Reports with such a row that took a step between the two, and the row. One query."""
    forms = {
        form.code: next(i.element for i in form.items if i.element in codes)
        for form in FORMS.values()
        if any(i.element in codes for i in form.items)
    }
    if not forms or not months:
        return []
    until = after.released_at if after else timezone.now()
    steps = ReportEvent.objects.filter(
        report=OuterRef("pk"), at__gt=before.released_at, at__lte=until
    )
    links = Ancestry.objects.filter(ancestor_id=of.pk, valid__contains=before.month.last_day)
    rows = Report.objects.filter(
        Exists(steps),
        form_code__in=forms,
        month__in=months,
        facility__in=links.values("descendant"),
    )
    listed = rows.select_related("facility").order_by("month", "form_code", "facility__name")
    return [(one, forms[one.form_code]) for one in listed]

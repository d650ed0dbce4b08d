"""What differs between two revisions of a month, or between the last one and the numbers of now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from facilities.models import Facility
from ilp.core.models import User
from ilp.core.months import Month
from ilp.core.weeks import Period
from reporting import totals
from reporting.catalogue import ELEMENTS, FORMS
from reporting.models import Release, Report
from reporting.selectors import places
from reporting.selectors.book import book
from reporting.selectors.checking import part_label
from reporting.selectors.places import Place
from reporting.selectors.quality import quality_of
from reporting.selectors.releases import stamp_of
from reporting.selectors.scores import Score, Scores, scores
from reporting.totals import Data
from reporting.workflow import Status

K = Facility.Kind
UNFINISHED = (Status.DRAFT, Status.RETURNED)
UNDER_WAY = (Status.SENT, Status.VERIFIED)


@dataclass(frozen=True)
class ScoreChange:
    place: Place
    before: Score
    after: Score


@dataclass(frozen=True)
class TotalChange:
    """One counted number of a place, before and after; None: nothing was recorded."""

    place: Place
    code: str
    label: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Differences:
    scores: tuple[ScoreChange, ...] = ()
    totals: tuple[TotalChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.scores or self.totals)

    @property
    def indicators(self) -> int:
        return len({one.after.indicator.code for one in self.scores})


def places_shown(*, district: Facility, month: Month, user: User) -> list[Place]:
    """The district and its Puskesmas, as far as the user sees them."""
    of = Place(district.pk, district.code, district.name, district.kind)
    listed = [of, *places.children(of=of, kind=K.PUSKESMAS, month=month)]
    seen = Facility.objects.visible_to(user).filter(pk__in=[one.pk for one in listed])
    known = set(seen.values_list("pk", flat=True))
    return [one for one in listed if one.pk in known]


def differences(
    *,
    district: Facility,
    month: Month,
    at: Sequence[Place],
    before: Release,
    after: Release | None = None,
) -> Differences:
    """From one release to another, or to what stands now. Other months are read from their last
    releases on both sides, so that nothing but this month makes a difference."""
    if not at:
        return Differences()
    listed = list(book(of=district.pk).on(month.last_day).values())
    sides: list[tuple[Scores, totals.Cells]] = []
    for side in (before, after):
        wanted = {(district.pk, month): None if side is None else stamp_of(side)}
        with totals.showing(Data.RELEASED, wanted):
            pks = [one.pk for one in at]
            found = scores(places=pks, indicators=listed, month=month)
            sides.append((found, totals.read(pks, [month], list(ELEMENTS), by_part=True)))
    (scores_before, cells_before), (scores_after, cells_after) = sides
    return Differences(
        tuple(
            ScoreChange(place, scores_before[place.pk, one.code], scores_after[place.pk, one.code])
            for one in listed
            for place in at
            if shown_of(scores_before[place.pk, one.code])
            != shown_of(scores_after[place.pk, one.code])
        ),
        tuple(
            change for place in at for change in _totals(place, month, cells_before, cells_after)
        ),
    )


def shown_of(score: Score) -> tuple[object, ...]:
    """What a reader sees of a score."""
    return score.numerator, score.denominator, score.value, score.reported, score.applies


def _totals(
    place: Place, month: Month, before: totals.Cells, after: totals.Cells
) -> list[TotalChange]:
    earlier, now = before.of(place.pk, month), after.of(place.pk, month)
    names = sorted({*earlier, *now})
    return [
        TotalChange(place, name, _label(name), earlier.get(name), now.get(name))
        for name in names
        if (earlier.get(name) or 0) != (now.get(name) or 0)
    ]


def _label(name: str) -> str:
    code, _bar, part = name.partition("|")
    label = str(ELEMENTS[code].label)
    return f"{label}, {part_label(part)}" if part else label


@dataclass(frozen=True)
class Owed:
    """A report that is not approved: which, of whom; without a status it was never begun."""

    place: Place
    form: str
    period: Period
    status: str


@dataclass(frozen=True)
class Readiness:
    """What speaks against releasing a month now. It forbids nothing: the office decides."""

    missing: tuple[Owed, ...]  # not sent
    under_way: tuple[Owed, ...]  # sent, not yet approved
    due: int
    findings: int

    @property
    def approved(self) -> int:
        return self.due - len(self.missing) - len(self.under_way)


def readiness(*, district: Facility, month: Month, at: Collection[Place]) -> Readiness:
    """Reports that are due in the month by where they stand, and findings that nobody settled."""
    forms = [form for form in FORMS.values() if form.is_due(month) and not form.voluntary]
    kinds = {kind for form in forms for kind in form.kinds}
    inside = Facility.objects.within(district, month.last_day).open_on(month.last_day)
    listed = [
        Place(f.pk, f.code, f.name, f.kind) for f in inside.of_kind(*kinds).order_by("name", "code")
    ]
    rows = Report.objects.filter(month=month, facility__in=[one.pk for one in listed])
    status = {(one.facility_id, one.form_code, one.period): one.status for one in rows}
    due = [
        Owed(place, form.code, period, status.get((place.pk, form.code, period), ""))
        for form in forms
        for period in form.periods(month)
        for place in listed
        if place.kind in form.kinds
    ]
    return Readiness(
        missing=tuple(one for one in due if not one.status or one.status in UNFINISHED),
        under_way=tuple(one for one in due if one.status in UNDER_WAY),
        due=len(due),
        findings=len(quality_of(places=list(at), month=month).findings),
    )

"""What was released when, and what a month looks like before it is."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from clusters.models import VISITS, LockedMonth, Person, TouchedPerson
from facilities.models import Ancestry, ChangedCell, Facility
from ilp.core import sql
from ilp.core.months import Month
from reporting.catalogue import REGISTERS, SASARAN
from reporting.models import Release, ReleasedFigures, TargetSet, Total
from reporting.selectors.places import Place
from reporting.selectors.targets import sasaran
from reporting.totals.shown import Data, Figures, Source, Stamp, showing

P = TargetSet.Basis.PROJECTION


@dataclass(frozen=True)
class Standing:
    """What would be kept beside the totals if the month were released now."""

    figures: Figures = field(default_factory=dict)
    targets: TargetSet | None = None
    reports_due: int = 0
    reports_in: int = 0


@dataclass(frozen=True)
class MonthState:
    """A month in the list: its last release, and whether its visits may change."""

    month: Month
    release: Release | None
    is_locked: bool

    @property
    def is_open_again(self) -> bool:
        """Released, and opened for corrections since."""
        return self.release is not None and not self.is_locked


def releases_of(*, district: Facility, month: Month) -> list[Release]:
    """The revisions of a month, the newest first."""
    rows = Release.objects.filter(district=district, month=month)
    return list(rows.select_related("released_by", "targets").order_by("-number"))


def last_release(*, district: Facility, month: Month) -> Release | None:
    rows = Release.objects.filter(district=district, month=month)
    return rows.order_by("-number").first()


def stamp_of(release: Release) -> Stamp:
    return Stamp(
        release.pk, release.district_id, release.month, release.number, release.released_on
    )


def stamp_at(*, of: Place, month: Month, source: Source) -> Stamp | None:
    """The last release that speaks for a place in a month. Two queries, or one without releases."""
    held = source.stamps.get(month, {})
    if not held:
        return None
    if of.pk in held:
        return held[of.pk]
    links = Ancestry.objects.filter(
        descendant=of.pk, ancestor__in=list(held), valid__contains=month.last_day
    )
    district = links.values_list("ancestor", flat=True).first()
    return None if district is None else held[district]


def showing_of(data: Data, *, of: Place) -> AbstractContextManager[Source]:
    """Read from there for a place. Districts release each for itself, so what lies above them has
    no released numbers."""
    return showing(Data.LIVE if of.kind == Facility.Kind.PROVINCE else data)


def read_from(*, of: Place, month: Month, source: Source) -> Stamp | None:
    """The release that the place's numbers of a month are read from; None: what stands now."""
    if source.data is Data.LIVE:
        return None
    return stamp_at(of=of, month=month, source=source)


def month_states(*, district: Facility, months: Sequence[Month]) -> list[MonthState]:
    """The months in the order given. Two queries."""
    rows = Release.objects.filter(district=district, month__in=months).order_by("number")
    last = {one.month: one for one in rows.select_related("released_by")}
    locked = set(LockedMonth.objects.filter(district=district).values_list("month", flat=True))
    return [MonthState(month, last.get(month), month in locked) for month in months]


def is_locked(*, district: Facility, month: Month) -> bool:
    return LockedMonth.objects.filter(district=district, month=month).exists()


def _inside(district: Facility, month: Month) -> QuerySet:
    links = Ancestry.objects.filter(ancestor=district, valid__contains=month.last_day)
    return links.values("descendant")


def has_numbers(*, district: Facility, month: Month) -> bool:
    return Total.objects.filter(month=month, place__in=_inside(district, month)).exists()


def has_waiting(*, district: Facility, month: Month) -> bool:
    """Whether the roll-up still has something to do that may change the district's month.

    What follows for a touched person is known only afterwards, so each counts who lives in the
    district, whose home is unknown, or who was seen in it.
    """
    inside = _inside(district, month)
    marks = ChangedCell.objects.filter(month=month)
    if marks.filter(Q(place__in=inside) | Q(district=district)).exists():
        return True
    if not TouchedPerson.objects.exists():
        return False
    touched = TouchedPerson.objects.values("person")
    at_home = Q(home__in=inside) | Q(home=None)
    if Person.objects.filter(at_home, pk__in=touched).exists():
        return True
    services = set(TouchedPerson.objects.values_list("service", flat=True)) & set(VISITS)
    return any(
        VISITS[one].objects.filter(person__in=touched, facility__in=inside).exists()
        for one in services
    )


def standing(*, district: Facility, month: Month) -> Standing:
    """Sasaran and registers of all places of the district, as they are now."""
    places = list(_inside(district, month).values_list("descendant", flat=True).distinct())
    with showing(Data.LIVE):
        known = sasaran(places=places, codes=[*SASARAN, *REGISTERS], month=month)
    figures: Figures = {place: {} for place in sorted(places)}
    for (place, code), value in sorted(known.items()):
        figures[place][code] = value
    own = figures.get(district.pk, {})
    held = TargetSet.objects.filter(district=district, year=month.year, basis=P, since__lte=month)
    return Standing(
        figures=figures,
        targets=held.order_by("-since", "-version").first(),
        reports_due=own.get("F_LAPORAN_WAJIB", 0),
        reports_in=own.get("F_LAPORAN_MASUK", 0),
    )


def moved_since(release: Release, now: Standing) -> bool:
    """Whether any number of the district's month is another than the release holds."""
    rows = ReleasedFigures.objects.filter(release=release)
    if dict(rows.values_list("place", "numbers")) != now.figures:
        return True
    month = release.month
    [(moved,)] = sql.run(
        "reporting/moved_since",
        release=release.pk,
        district=release.district_id,
        month=month.first_day,
        last_day=month.last_day,
    )
    return bool(moved)

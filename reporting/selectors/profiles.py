"""One place in short: what it is, how it does, whether it reports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, cast

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Subquery, Value
from django_stubs_ext import WithAnnotations

from facilities.models import Axis, Facility, IlpStatus, Placement
from ilp.core import formats
from ilp.core.months import Month
from ilp.core.weeks import month_of
from reporting import totals
from reporting.catalogue import FORMS, SPM, indicators_on
from reporting.catalogue.language import Form
from reporting.charts.skdn import Skdn
from reporting.selectors.completeness import IN
from reporting.selectors.due import Due, matrices
from reporting.selectors.places import Place
from reporting.selectors.scorecards import of_scores
from reporting.selectors.scores import Score, scores
from reporting.selectors.situation import RATED
from reporting.selectors.targets import Sasaran

SKDN_MONTHS = 6
SKDN_CODES = {
    "s": "skdn_s",
    "k": "skdn_k",
    "d": "skdn_d",
    "n": "n_naik",
    "o": "o_absen",
    "b": "b_baru",
    "bgm": "bgm",
    "t2": "dua_t",
}
WEAKEST = 3
Reports = tuple[tuple[Form, list[Due]], ...]  # the forms of a place, with the months of the year


class _Told(TypedDict):
    kecamatan: str | None
    ilp: str | None
    ilp_since: date | None


@dataclass(frozen=True)
class Profile:
    """A place with its kecamatan and how far it is with ILP, since when; empty where unknown."""

    facility: Facility
    kecamatan: str
    ilp: str
    ilp_since: date | None

    @property
    def ilp_label(self) -> str:
        return str(IlpStatus.State(self.ilp).label)


def profile(*, of: Place, month: Month, today: date) -> Profile:
    """One query."""
    held = IlpStatus.objects.filter(facility=OuterRef("pk"), cancelled_at=None, since__lte=today)
    last = held.order_by("-since")
    told = Facility.objects.annotate(
        kecamatan=_kecamatan(month),
        ilp=Subquery(last.values("state")[:1]),
        ilp_since=Subquery(last.values("since")[:1]),
    )
    facility = cast("WithAnnotations[Facility, _Told]", told.get(pk=of.pk))
    return Profile(
        facility=facility,
        kecamatan=facility.kecamatan or "",
        ilp=facility.ilp or "",
        ilp_since=facility.ilp_since,
    )


def reports_of(facility: Facility, month: Month) -> Reports:
    """Its forms with the months of the year that have one; those of none yet are left out.

    Two queries.
    """
    forms = [form for form in FORMS.values() if facility.kind in form.kinds]
    of_year = Month(month.year, 12).of_year
    held = matrices(places=[facility], forms=forms, months=of_year)
    rows = ((form, held[form.code][facility.pk]) for form in forms)
    return tuple((form, row) for form, row in rows if row)


def _kecamatan(month: Month) -> Subquery:
    """The names of the kecamatan in which a place lies, as one text."""
    above = Placement.objects.filter(
        facility=OuterRef("pk"), axis=Axis.LABEL, valid__contains=month.last_day
    )
    named = (
        above.order_by()
        .values("facility")
        .annotate(names=StringAgg("parent__name", Value(", "), ordering="parent__name"))
    )
    return Subquery(named.values("names"))


@dataclass(frozen=True)
class MonthOfReports:
    """How many of the reports that a place owes for a month are in."""

    month: Month
    expected: int
    sent: int
    overdue: int  # not in, and the last day is over

    @property
    def is_voluntary(self) -> bool:
        """Nothing is owed, and nothing came."""
        return not (self.expected or self.sent)


def year_of_reports(reports: Reports, month: Month, today: date) -> list[MonthOfReports]:
    """The months of the year, over all forms of the place. Pure."""
    every = [due for _form, row in reports for due in row]
    of_year = Month(month.year, 12).of_year
    return [_month_of([d for d in every if month_of(d.month) == m], m, today) for m in of_year]


def _month_of(dues: list[Due], month: Month, today: date) -> MonthOfReports:
    came = [due for due in dues if due.report is not None and due.report.status in IN]
    owed = [due for due in dues if not due.is_voluntary]
    late = [due for due in owed if due not in came and due.last_day.is_over(today)]
    return MonthOfReports(month, len(owed), len(came), len(late))


@dataclass(frozen=True)
class Rank:
    """1 is the place with most SPM met among those beside it; ties share a rank."""

    rank: int
    of: int
    met: int
    rated: int


def rank_of(*, of: Place, beside: Sequence[Place], month: Month, people: Sasaran) -> Rank | None:
    """None where nothing is rated or nobody stands beside it. One query, one more for cohorts.

    `people`: the sasaran of the place and of those beside it.
    """
    held = indicators_on(month.last_day)
    spm = [held[code] for code in SPM.values() if code in held]
    if len(beside) < 2:
        return None
    everyone = [of.pk, *(one.pk for one in beside)]
    found = scores(places=everyone, indicators=spm, month=month, people=people)
    card = of_scores(found, of=of, below=beside, indicators=spm)
    if not card.total.rated:
        return None
    better = sum(row.met > card.total.met for row in card.rows)
    return Rank(better + 1, len(beside), card.total.met, card.total.rated)


def weakest(found: Iterable[Score]) -> list[Score]:
    """The three that lie furthest from their target, relative to it; SPM stand apart. Pure."""
    behind = [s for s in found if s.standing in RATED[1:] and s.indicator.spm is None]
    return sorted(behind, key=lambda s: (-s.distance, s.indicator.code))[:WEAKEST]


def skdn_months(*, of: Place, month: Month, people: int | None) -> list[Skdn]:
    """The last months of weighing; S and K where a report gives them, else S from the sasaran.

    One query; `people`: the children under five of the month's year.
    """
    months = month.plus(1 - SKDN_MONTHS).until(month)
    cells = totals.read([of.pk], months, list(SKDN_CODES.values()))
    return [_skdn(m, cells.of(of.pk, m), people) for m in months]


def _skdn(month: Month, cell: Mapping[str, int], people: int | None) -> Skdn:
    found = {name: cell.get(code) for name, code in SKDN_CODES.items()}
    found["k"] = found["k"] or None  # only reports say it; 0 is a place without a report
    if (found["s"] or 0) < (found["d"] or 0):  # reports of some places, weighings of all
        found["s"] = found["k"] = None
    found["s"] = found["s"] or (people if cell else None)
    return Skdn(label=formats.short_month(month), **found)

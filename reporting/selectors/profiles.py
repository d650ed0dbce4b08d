"""One place in short: what it is, how it does, what hangs below it, whether it reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, cast

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Subquery, Value
from django_stubs_ext import WithAnnotations

from facilities.models import Ancestry, Axis, Facility, IlpStatus, Placement
from ilp.core import formats
from ilp.core.months import Month
from reporting import totals
from reporting.catalogue import FORMS
from reporting.catalogue.language import Form
from reporting.charts.skdn import Skdn
from reporting.selectors.due import Due, matrices
from reporting.selectors.places import Place
from reporting.selectors.scores import Score
from reporting.selectors.situation import RATED
from reporting.selectors.targets import sasaran

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
WIDEST_TREE = 400  # more places than this are counted, not listed


@dataclass(frozen=True)
class Node:
    """A place of the network with what it supervises."""

    place: Place
    note: str
    children: tuple[Node, ...]


class _Named(TypedDict):
    kecamatan: str | None


@dataclass(frozen=True)
class Profile:
    facility: Facility
    kecamatan: str
    ilp: IlpStatus | None
    network: tuple[Node, ...]
    reports: tuple[tuple[Form, list[Due]], ...]  # its forms, with the months of the year


def profile(*, of: Place, counts: Mapping[str, int], month: Month, today: date) -> Profile:
    """Four queries; counts: places below."""
    told = Facility.objects.annotate(kecamatan=_kecamatan(month))
    facility = cast("WithAnnotations[Facility, _Named]", told.get(pk=of.pk))
    return Profile(
        facility=facility,
        kecamatan=facility.kecamatan or "",
        ilp=ilp_now(of, today),
        network=_network(of, month, counts),
        reports=_reports(facility, month),
    )


def _reports(facility: Facility, month: Month) -> tuple[tuple[Form, list[Due]], ...]:
    """Its forms with the months of the year that have one; those of none yet are left out."""
    forms = [form for form in FORMS.values() if facility.kind in form.kinds]
    held = matrices(places=[facility], forms=forms, months=month.of_year)
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


def ilp_now(of: Place, today: date) -> IlpStatus | None:
    held = IlpStatus.objects.filter(facility_id=of.pk, cancelled_at=None, since__lte=today)
    return held.order_by("-since").first()


def _network(of: Place, month: Month, counts: Mapping[str, int]) -> tuple[Node, ...]:
    """Who supervises whom below; of a whole district only the first step, with numbers."""
    day = month.last_day
    deep = sum(counts.values()) <= WIDEST_TREE and of.kind != Facility.Kind.DISTRICT
    placed = Placement.objects.filter(axis=Axis.NETWORK, valid__contains=day)
    if deep:
        links = Ancestry.objects.filter(ancestor_id=of.pk, valid__contains=day)
        placed = placed.filter(facility__in=links.values("descendant"))
    else:
        placed = placed.filter(parent=of.pk)
    children: dict[int, list[Facility]] = defaultdict(list)
    for one in placed.select_related("facility").order_by("facility__kind", "facility__name"):
        children[one.parent_id].append(one.facility)
    return _nodes(children[of.pk], children)


def _nodes(found: Iterable[Facility], children: dict[int, list[Facility]]) -> tuple[Node, ...]:
    return tuple(
        Node(
            Place(one.pk, one.code, one.name, one.kind),
            str(one.get_kind_display()),
            _nodes(children.get(one.pk, []), children),
        )
        for one in found
    )


def weakest(found: Iterable[Score]) -> list[Score]:
    """The three that lie furthest from their target, relative to it; SPM stand apart. Pure."""
    behind = [s for s in found if s.standing in RATED[1:] and s.indicator.spm is None]
    return sorted(behind, key=lambda s: (-s.distance, s.indicator.code))[:WEAKEST]


def skdn_months(*, of: Place, month: Month) -> list[Skdn]:
    """The last months of weighing; S and K where a report gives them, else S from the sasaran."""
    months = month.plus(1 - SKDN_MONTHS).until(month)
    cells = totals.read([of.pk], months, list(SKDN_CODES.values()))
    people = sasaran(places=[of.pk], codes=["S_BALITA"], month=month).get((of.pk, "S_BALITA"))
    return [_skdn(m, cells.of(of.pk, m), people) for m in months]


def _skdn(month: Month, cell: Mapping[str, int], people: int | None) -> Skdn:
    found = {name: cell.get(code) for name, code in SKDN_CODES.items()}
    found["k"] = found["k"] or None  # only reports say it; 0 is a place without a report
    if (found["s"] or 0) < (found["d"] or 0):  # reports of some places, weighings of all
        found["s"] = found["k"] = None
    found["s"] = found["s"] or (people if cell else None)
    return Skdn(label=formats.short_month(month), **found)

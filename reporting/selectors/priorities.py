"""Which need comes first: a score that can be worked out by hand from what stands beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from facilities.models import Facility
from facilities.selectors.needs import ItemSum, Need, Needs, items_of
from ilp.core.months import Month
from reporting.catalogue import SPM, indicators_on
from reporting.models import NeedWeights
from reporting.selectors.scores import Score, scores
from reporting.selectors.targets import sasaran

PEOPLE = "S_PDD"
FULL = 100.0


@dataclass(frozen=True)
class Weights:
    """In percent; `since` None: what holds until a district says otherwise."""

    gap: int = 50
    burden: int = 25
    low: int = 25
    since: date | None = None


@dataclass(frozen=True)
class Centre:
    """A Puskesmas: its people in percent of the largest's, and how far its SPM fall short."""

    pk: int
    code: str
    name: str
    burden: float | None
    low: float | None


@dataclass(frozen=True)
class Priority:
    """What a Puskesmas and the places below it lack of one item; all from 0 to 100."""

    centre: Centre
    item: ItemSum
    places: tuple[str, ...]  # that lack some
    gap: float
    score: float

    @property
    def is_partial(self) -> bool:
        """Whether sasaran or SPM are unknown, so that the score rests on the rest."""
        return self.centre.burden is None or self.centre.low is None


def weights_on(*, district: Facility, on: date) -> Weights:
    """What holds on a day. One query."""
    rows = NeedWeights.objects.filter(district=district, since__lte=on, cancelled_at=None)
    row = rows.order_by("-since").first()
    return Weights(row.gap, row.burden, row.low, row.since) if row else Weights()


def weights_history(*, district: Facility) -> list[NeedWeights]:
    rows = NeedWeights.objects.filter(district=district).select_related("recorded_by")
    return list(rows.order_by("-since", "-pk"))


def month_of_needs(year: int, today: date) -> Month:
    """The month whose achievement counts: the year's last, or the last full one."""
    return min(Month.of(today).plus(-1), Month(year, 12))


def priorities(*, found: Needs, weights: Weights, today: date) -> list[Priority]:
    """Everything that is lacking, the highest score first. Four queries and those of `scores`."""
    by_centre: dict[int, list[Need]] = {}
    for need in found.all:
        if need.missing and need.site.centre is not None:
            by_centre.setdefault(need.site.centre, []).append(need)
    standing: dict[tuple[int, str], list[Need]] = {}
    for need in found.all:
        if need.site.centre in by_centre:
            standing.setdefault((need.site.centre, need.code), []).append(need)
    centres = _centres(found, month_of_needs(found.year, today))
    ranked = [
        _priority(centres[pk], standing[pk, code], weights)
        for pk, lacking in by_centre.items()
        if pk in centres
        for code in dict.fromkeys(need.code for need in lacking)
    ]
    return sorted(ranked, key=lambda one: (-one.score, one.centre.name, one.item.name))


def _priority(centre: Centre, members: Sequence[Need], weights: Weights) -> Priority:
    [item] = items_of(members)
    places = tuple(need.site.name for need in members if need.missing)
    gap = item.share or 0.0
    return Priority(centre, item, places, gap, score(weights, gap, centre.burden, centre.low))


def score(weights: Weights, gap: float, burden: float | None, low: float | None) -> float:
    """The weighted mean of what is known. Without any weight on it, 0."""
    parts = ((weights.gap, gap), (weights.burden, burden), (weights.low, low))
    known = [(weight, value) for weight, value in parts if value is not None]
    total = sum(weight for weight, _value in known)
    return sum(weight * value for weight, value in known) / total if total else 0.0


def _centres(found: Needs, month: Month) -> dict[int, Centre]:
    """Every Puskesmas of the district: the largest of all is the measure, whoever asks."""
    within = Facility.objects.within(found.district, found.on)
    rows = list(
        within.of_kind(Facility.Kind.PUSKESMAS).order_by("name").values_list("pk", "code", "name")
    )
    pks = [pk for pk, _code, _name in rows]
    people = sasaran(places=pks, codes=[PEOPLE], month=month)
    most = max(people.values(), default=0)
    behind = _shortfalls(pks, month)
    return {
        pk: Centre(pk, code, name, _share(people.get((pk, PEOPLE)), most), behind.get(pk))
        for pk, code, name in rows
    }


def _share(people: int | None, most: int) -> float | None:
    return FULL * people / most if people is not None and most else None


def _shortfalls(places: Collection[int], month: Month) -> Mapping[int, float]:
    """How far the known SPM of a place fall short of this month's targets, on average."""
    listed = indicators_on(month.last_day)
    wanted = [listed[code] for code in SPM.values() if code in listed]
    met: dict[int, list[float]] = {}
    for (place, _code), one in scores(places=places, indicators=wanted, month=month).items():
        if (reached := _reached(one)) is not None:
            met.setdefault(place, []).append(reached)
    return {place: FULL - sum(values) / len(values) for place, values in met.items()}


def _reached(one: Score) -> float | None:
    if not one.reported or one.value is None or not one.target_now:
        return None
    return min(FULL, FULL * one.value / one.target_now)

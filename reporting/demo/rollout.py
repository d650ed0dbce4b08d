"""How far the fictitious places are with ILP: from plan to verified, over two years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

from facilities.actions.ilp import record_ilp_status, set_ilp_target
from facilities.models import Facility, IlpStatus, IlpTarget
from ilp.core.months import Month
from reporting.demo.places import DISTRICT, Puskesmas

State, KIND = IlpStatus.State, Facility.Kind
# Months before the last one in which most places took each step, and how many of all did.
STEPS: dict[str, tuple[tuple[str, int, float], ...]] = {
    KIND.PUSKESMAS: (
        (State.PLANNED, 27, 1.0),
        (State.PREPARING, 22, 1.0),
        (State.RUNNING, 17, 0.85),
        (State.VERIFIED, 7, 0.5),
    ),
    KIND.PUSTU: ((State.PREPARING, 18, 0.9), (State.RUNNING, 12, 0.65), (State.VERIFIED, 4, 0.25)),
    KIND.POSYANDU: ((State.PLANNED, 12, 0.85), (State.RUNNING, 8, 0.5)),
}
DECREED = (State.RUNNING, State.VERIFIED)
GOALS = {KIND.PUSKESMAS: (0.6, 1.0), KIND.PUSTU: (0.5, 1.0), KIND.POSYANDU: (0.3, 0.7)}


def record_rollout(
    planned: Sequence[Puskesmas], places: Mapping[str, Facility], last: Month, seed: int
) -> int:
    """Record targets and dated statuses, once; how many statuses were recorded."""
    district = places[DISTRICT]
    if IlpTarget.objects.filter(district=district).exists():
        return 0
    rng = Random(f"{seed}:ilp")  # noqa: S311 nothing secret
    recorded = sum(
        _record(places[code], last, rng)
        for one in planned
        for code in (
            one.code,
            *(village.pustu for village in one.villages if village.pustu),
            *(posyandu.code for posyandu in one.posyandu),
        )
    )
    _set_goals(places, last.year)
    return recorded


def _record(facility: Facility, last: Month, rng: Random) -> int:
    eagerness = rng.random()
    count, before = 0, date.min
    for state, months, share in STEPS[facility.kind]:
        if eagerness > share:
            break
        since = last.plus(rng.randrange(-2, 3) - months).first_day
        since = max(since.replace(day=rng.randrange(1, 28)), before + timedelta(days=1))
        before = since
        evidence = ("Supervisi Dinkes", "Berita acara lokakarya mini")[state == State.RUNNING]
        record_ilp_status(
            facility=facility,
            state=state,
            since=since,
            evidence=evidence if state in DECREED else "",
            decree=f"440/{rng.randrange(10, 400)}/{since.year}" if state in DECREED else "",
            by=None,
        )
        count += 1
    return count


def _set_goals(places: Mapping[str, Facility], year: int) -> None:
    for kind, shares in GOALS.items():
        total = sum(place.kind == kind for place in places.values())
        for of_year, share in zip((year - 1, year), shares, strict=True):
            set_ilp_target(
                district=places[DISTRICT],
                kind=kind,
                year=of_year,
                number=max(1, round(total * share)),
                source="Rencana Aksi ILP Kabupaten Contoh",
                decided_on=date(of_year, 1, 10),
                by=None,
            )

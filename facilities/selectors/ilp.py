"""How far ILP has spread in a district: counts, curves, each Puskesmas."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from facilities import registry
from facilities.models import Ancestry, Facility, IlpStatus, IlpTarget
from facilities.registry import LaunchFact
from facilities.selectors.readiness import Ready, ready
from ilp.core.months import Month

K = Facility.Kind
State = IlpStatus.State
KINDS = (K.PUSKESMAS, K.PUSTU, K.POSYANDU)
YEARS_OF_CURVE = 3
RUNNING = {State.RUNNING, State.VERIFIED}
IN_PROCESS = {State.PLANNED, State.PREPARING}


@dataclass(frozen=True)
class KindRollout:
    """How the places of one kind stood on the day. Shares are percentages, None without a base."""

    kind: str
    label: str
    total: int
    counts: Mapping[str, int]
    target: int | None

    @property
    def running(self) -> int:
        return sum(self.counts[state] for state in RUNNING)

    @property
    def in_process(self) -> int:
        return sum(self.counts[state] for state in IN_PROCESS)

    @property
    def not_yet(self) -> int:
        return self.counts[State.NOT_YET]

    @property
    def share(self) -> float | None:
        return 100 * self.running / self.total if self.total else None

    @property
    def target_share(self) -> float | None:
        return 100 * self.running / self.target if self.target else None


@dataclass(frozen=True)
class Curve:
    """Places running ILP at the end of each month, of how many; None for months to come.

    `steps` goes on from the years before: a month, those running, the target of its year. It
    begins with the first year in which anything is known.
    """

    kind: str
    label: str
    months: tuple[Month, ...]
    running: tuple[int | None, ...]
    total: tuple[int | None, ...]
    steps: tuple[tuple[Month, int | None, int | None], ...]


@dataclass(frozen=True)
class PuskesmasRollout:
    """One Puskesmas: its own state and readiness, and (running, total) per kind of place below."""

    code: str
    name: str
    state: str
    state_label: str
    since: date | None
    below: Mapping[str, tuple[int, int]]
    ready: Ready  # how it says itself, and what holds it up


@dataclass(frozen=True)
class Rollout:
    district: Facility
    year: int
    on: date
    kinds: tuple[KindRollout, ...]
    curves: tuple[Curve, ...]
    rows: tuple[PuskesmasRollout, ...]
    facts: tuple[LaunchFact, ...]


@dataclass(frozen=True)
class _Stay:
    """A place within the district (or a Puskesmas), from and up to a day."""

    place: int
    first: date
    last: date | None

    def on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day < self.last)


History = Mapping[int, list[tuple[date, str]]]


def rollout(*, district: Facility, year: int, today: date) -> Rollout:
    """ILP in the district at the end of the year, or today in a year that is running.

    Numerator and denominator are both dated: a Posyandu opened in June changes no earlier month.
    Eight queries.
    """
    on = min(today, date(year, 12, 31))
    stays, history = _stays(district), _history(district)
    targets = _targets(district)
    return Rollout(
        district=district,
        year=year,
        on=on,
        kinds=tuple(
            _kind(kind, stays[kind], history, on, targets.get((kind, year))) for kind in KINDS
        ),
        curves=tuple(_curve(kind, stays[kind], history, year, today, targets) for kind in KINDS),
        rows=tuple(_puskesmas(district, history, on)),
        facts=tuple(registry.launch_facts(district.code)),
    )


def _stays(ancestor: Facility) -> dict[str, list[_Stay]]:
    """By kind of place."""
    links = Ancestry.objects.filter(ancestor=ancestor, descendant__kind__in=KINDS)
    rows = links.values_list("descendant", "descendant__kind", "valid")
    found: dict[str, list[_Stay]] = {kind: [] for kind in KINDS}
    for place, kind, valid in rows:
        found[kind].append(_Stay(place, valid.lower, valid.upper))
    return found


def _history(district: Facility) -> History:
    history: dict[int, list[tuple[date, str]]] = {}
    places = Ancestry.objects.filter(ancestor=district).values("descendant")
    rows = IlpStatus.objects.filter(cancelled_at=None, facility__in=places).order_by("since")
    for place, since, state in rows.values_list("facility", "since", "state"):
        history.setdefault(place, []).append((since, state))
    return history


Targets = Mapping[tuple[str, int], int]  # (kind, year) -> how many


def _targets(district: Facility) -> Targets:
    rows = IlpTarget.objects.filter(district=district).order_by("version")
    listed = rows.values_list("kind", "year", "number")  # the last version wins
    return {(kind, year): number for kind, year, number in listed}


def _state(history: History, place: int, day: date) -> tuple[str, date | None]:
    known = [(state, since) for since, state in history.get(place, []) if since <= day]
    return known[-1] if known else (State.NOT_YET, None)


def _count(stays: list[_Stay], history: History, day: date) -> Counter[str]:
    return Counter(_state(history, stay.place, day)[0] for stay in stays if stay.on(day))


def _kind(
    kind: Facility.Kind, stays: list[_Stay], history: History, on: date, target: int | None
) -> KindRollout:
    counts = _count(stays, history, on)
    return KindRollout(
        kind=kind,
        label=str(kind.label),
        total=counts.total(),
        counts={state: counts[state] for state in State.values},
        target=target,
    )


def _curve(
    kind: Facility.Kind,
    stays: list[_Stay],
    history: History,
    year: int,
    today: date,
    targets: Targets,
) -> Curve:
    months = Month(year - YEARS_OF_CURVE + 1, 1).until(Month(year, 12))
    running: list[int | None] = []
    total: list[int | None] = []
    for month in months:
        if month.first_day > today:
            running.append(None)
            total.append(None)
            continue
        counts = _count(stays, history, min(month.last_day, today))
        running.append(sum(counts[state] for state in RUNNING))
        total.append(counts.total())
    goals = [targets.get((kind, month.year)) for month in months]
    first = _first_known(running, goals)
    return Curve(
        kind,
        str(kind.label),
        tuple(months[-12:]),
        tuple(running[-12:]),
        tuple(total[-12:]),
        tuple(zip(months, running, goals, strict=True))[first:],
    )


def _first_known(running: list[int | None], goals: list[int | None]) -> int:
    """The January of the first year with a place that runs ILP or with a target."""
    known = (at for at, pair in enumerate(zip(running, goals, strict=True)) if any(pair))
    last = len(running) - 12
    return min(next(known, last) // 12 * 12, last)


def _puskesmas(district: Facility, history: History, on: date) -> list[PuskesmasRollout]:
    puskesmas = list(Facility.objects.within(district, on).of_kind(K.PUSKESMAS).order_by("name"))
    readiness = ready(places=puskesmas, on=on)
    links = (
        Ancestry.objects.filter(ancestor__in=puskesmas, valid__contains=on)
        .filter(descendant__kind__in=KINDS[1:])
        .values_list("ancestor", "descendant", "descendant__kind")
    )
    below: dict[int, dict[str, list[int]]] = {}
    for ancestor, place, kind in links:
        below.setdefault(ancestor, {}).setdefault(kind, []).append(place)
    return [
        _one(place, below.get(place.pk, {}), history, on, readiness[place.pk])
        for place in puskesmas
    ]


def _one(
    place: Facility, below: Mapping[str, list[int]], history: History, on: date, ready: Ready
) -> PuskesmasRollout:
    state, since = _state(history, place.pk, on)
    counts = {
        str(kind): (
            sum(_state(history, pk, on)[0] in RUNNING for pk in below.get(kind, [])),
            len(below.get(kind, [])),
        )
        for kind in KINDS[1:]
    }
    label = str(State(state).label)
    return PuskesmasRollout(place.code, place.name, state, label, since, counts, ready)

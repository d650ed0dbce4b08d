"""The reports that no visit says anything of, filled in as their own checks ask, all approved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp
from random import Random

from django.utils import timezone

from facilities.models import Facility
from ilp.core.months import Month
from ilp.core.weeks import Period
from reporting.actions.reports import open_report, save_values, take_step
from reporting.catalogue import ELEMENTS, FORMS
from reporting.catalogue.form_language import Form
from reporting.catalogue.language import Kind
from reporting.demo import levels
from reporting.demo.explaining import explained
from reporting.demo.places import Puskesmas
from reporting.selectors.reports import sheet
from reporting.selectors.targets import sasaran
from reporting.workflow import Step

# Those with a story of their own are filled in elsewhere.
APART = frozenset(
    {*("F1", "SDL", "KB", "BIAS", "LB1", "LPLPO", "LB3", "LB4", "UKM"), *("POSYANDU", "LANSIA")}
)
SIZE = (8, 60)  # of a whole of which other rows are parts, where no level is known
SMALL = (0, 4)  # of what is counted by itself, where no level is known
OFTEN = 5  # expected number from which what happens is spread evenly about it


@dataclass(frozen=True)
class Around:
    """What a Puskesmas answers for when it fills in a form."""

    people: int
    villages: int
    posyandu: int
    pustu: int
    inpatient: bool
    month: Month
    lasting: Random  # the same in every month: what a place is like
    share: float = 1.0  # of the month that a report is about


def around(centre: Puskesmas, facility: Facility, month: Month, lasting: Random) -> Around:
    people = sasaran(places=[facility.pk], codes=["S_PDD"], month=month)
    return Around(
        people=people.get((facility.pk, "S_PDD"), 0),
        villages=len(centre.villages),
        posyandu=len(centre.posyandu),
        pustu=sum(bool(village.pustu) for village in centre.villages),
        inpatient=bool(facility.inpatient),
        month=month,
        lasting=lasting,
    )


def file_other_reports(centre: Puskesmas, facility: Facility, month: Month, seed: int) -> None:
    """All of them that are due for a month at a place."""
    for form in FORMS.values():
        if form.code in APART or facility.kind not in form.kinds:
            continue
        for period in form.periods(month):
            lasting = Random(f"{seed}:{form.code}:{facility.code}")  # noqa: S311 nothing secret
            rng = Random(f"{seed}:{form.code}:{facility.code}:{period}")  # noqa: S311
            at = around(centre, facility, month, lasting)
            if form.weekly:
                at = replace(at, share=1 / len(form.periods(month)))
            if period.last_day < timezone.localdate():
                _file(form, facility, period, numbers(form, at, rng))


def _file(form: Form, facility: Facility, period: Period, found: dict[str, int]) -> None:
    report = open_report(facility=facility, month=period, form=form.code, by=None)
    rows = sheet(report=report).rows
    proposed = {row.element: row.counted for row in rows if row.counted is not None}
    values = {(code, ""): number for code, number in (found | proposed).items()}
    report = save_values(report=report, values=values, reasons={}, version=report.version, by=None)
    report = explained(report)
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        report = take_step(report=report, step=step, by=None, note="")


def numbers(form: Form, at: Around, rng: Random) -> dict[str, int]:
    """A number for every row, parts never larger than their wholes."""
    whole_of = {check.left: check.right for check in form.checks if check.operator == "<="}
    most = {item.element: item.most for item in form.items}
    found: dict[str, int] = {}

    def number(code: str) -> int:
        if code not in found:
            # What stands from month to month is drawn from the place, not from the month.
            draw = at.lasting if ELEMENTS[code].kind is Kind.STOCK else rng
            if code in whole_of:
                found[code] = part_of(code, number(whole_of[code]), draw)
            elif code in levels.OUT_OF:
                base, low, high = levels.OUT_OF[code]
                found[code] = round(number(base) * draw.uniform(low, high) * _gone(code, at.month))
            elif most[code] is not None:
                found[code] = int(draw.random() * 100 < levels.YES.get(code, 80))
            else:
                found[code] = _whole(code, code in whole_of.values(), at, draw)
        return found[code]

    return {code: number(code) for code in form.typed}


def _gone(code: str, month: Month) -> float:
    """How much of the year has gone, for what is spent in its course."""
    return month.number / 12 if code in levels.SPENT else 1.0


def part_of(code: str, above: int, rng: Random) -> int:
    """Of so many, each by the chance that is usual."""
    share = min(1.0, levels.PARTS.get(code, levels.YES.get(code, 100 * levels.PART) / 100))
    return sum(rng.random() < share for _ in range(above))


def drawn(code: str, at: Around, rng: Random) -> int:
    """A number of something that is no part of anything else on its form."""
    return _whole(code, False, at, rng)


def _whole(code: str, has_parts: bool, at: Around, rng: Random) -> int:
    if code.startswith("ri_") and not at.inpatient:
        return 0
    own = _of_its_own(code, at, rng)
    if own is not None:
        return own
    if code in levels.YEARLY:
        return happened(at.share * at.people * levels.YEARLY[code] / 100_000 / 12, rng)
    if code in levels.OF_PEOPLE:
        expected = at.share * at.people * levels.OF_PEOPLE[code]
        few = expected < OFTEN
        return happened(expected, rng) if few else round(expected * rng.uniform(0.95, 1.03))
    if code in levels.AT_A_PLACE:
        return rng.randint(*levels.AT_A_PLACE[code])
    return rng.randint(*(SIZE if has_parts else SMALL))


def _of_its_own(code: str, at: Around, rng: Random) -> int | None:
    """What follows from the place itself; None for any other row."""
    match code:
        case "desa_sbs":
            return max(0, at.villages - rng.choice((0, 0, 0, 1, 2)))
        case "pustu_tenaga":
            return rng.randint(0, at.pustu)
        case "posyandu_maju":
            return round(at.posyandu * levels.GROWN_UP * rng.uniform(0.8, 1.2))
        case "kader":
            return at.posyandu * levels.CADRES
        case "tempat_tidur_hari":
            return levels.BEDS * at.month.last_day.day if at.inpatient else 0
    return None


def happened(expected: float, rng: Random) -> int:
    """How often something rare came about, by Poisson's law; 0 in most months of a small place."""
    if expected >= OFTEN:
        return max(0, round(rng.gauss(expected, expected**0.5)))
    count, left = 0, rng.random()
    while left > exp(-expected):
        count += 1
        left *= rng.random()
    return count

"""Target populations of the fictitious villages: near to the people made up, never the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from random import Random

from facilities.models import Facility
from ilp.core.months import Month
from reporting.actions.targets import set_targets
from reporting.demo.people import YEAR, Population, Someone
from reporting.demo.pupils import grade_on, is_in_school
from reporting.demo.span import Span
from reporting.models import TargetSet

Key = tuple[str, int, str]  # village code, year, sasaran code
CHILD_AGES = {
    "S_BAYI": (0, 12),
    "S_B611": (6, 12),
    "S_BADUTA": (12, 24),
    "S_BALITA": (0, 60),
    "S_ANBAL": (12, 60),
    "S_APRAS": (60, 73),
}
ADULT_AGES = {
    **{"S_PROD": (15, 60), "S_PRAL": (45, 60), "S_LANSIA": (60, 130), "S_RISTI": (70, 130)},
    "S_DEWASA": (18, 60),
}
OF_ADULTS = {"S_HT": 0.016, "S_DM": 0.005, "S_ODGJB": 0.005}  # rare, as those made up are
LIVE_BORN_OF_PREGNANT = 1.1
SCHOOL_AGE = 0.22  # of the population: those of 5 to 14 years, whom no service here follows
OF_EVERYBODY = {"S_TBDUGA": 0.017, "S_TB": 0.004, "S_HIVR": 0.012, "S_ANAK15": 0.26, "S_KK": 0.28}
# How far the official number lies from the people there are, village by village.
FEWEST, MOST = 0.88, 1.18
ODD_ONE_OUT = 0.62  # a village whose projection is old: coverage above 100 %
REVISED = 1.02  # by how much the second version of a year differs from the first


def count_sasaran(village: str, found: Population, span: Span) -> Counter[Key]:
    """How many of each group live at a Posyandu in each year of the span."""
    counted: Counter[Key] = Counter()
    for year in sorted(_years(span)):
        middle = min(date(year, 7, 1), span.last.last_day)
        groups = Counter(_of_children(found.children, middle))
        groups.update(_of_adults(found.adults, middle))
        groups.update(_of_pupils(found.pupils, middle))
        groups |= {c: max(1, round(s * len(found.adults))) for c, s in OF_ADULTS.items()}
        born = _births_of_a_year(found, span)
        groups |= {"S_LH": round(born), "S_BULIN": round(born * 1.05)}
        groups["S_BUMIL"] = round(born * LIVE_BORN_OF_PREGNANT)
        groups["S_SI"] = round(born * 0.98)
        groups["S_CATIN"] = round(0.011 * len(found.adults))
        groups["S_PDD"] = round((groups["S_BALITA"] + len(found.adults)) / (1 - SCHOOL_AGE))
        groups |= {code: round(groups["S_PDD"] * share) for code, share in OF_EVERYBODY.items()}
        groups["S_HIVR"] += groups["S_BUMIL"]  # who is pregnant is at risk by the standard
        groups |= {"S_DIARE": round(0.2 * groups["S_BALITA"])}
        groups |= {"S_PNEU": round(0.05 * groups["S_BALITA"])}
        counted.update({(village, year, code): value for code, value in groups.items()})
    return counted


def _births_of_a_year(found: Population, span: Span) -> float:
    """Of the children born in the last five years, a fifth."""
    since = span.last.plus(-60).last_day
    return sum(child.born_on > since for child in found.children) / 5


def _of_children(children: Iterable[Someone], middle: date) -> Iterable[str]:
    for child in children:
        months = (middle - child.born_on).days / 30.4375
        yield from (code for code, (low, high) in CHILD_AGES.items() if low <= months < high)


def _of_adults(adults: Iterable[Someone], middle: date) -> Iterable[str]:
    for person in adults:
        age = (middle - person.born_on).days / YEAR
        yield from (code for code, (low, high) in ADULT_AGES.items() if low <= age < high)
        if person.sex == "P" and 30 <= age < 51:
            yield "S_W3050"
        if person.sex == "P" and 18 <= age < 50:
            yield from ("S_PUS", "S_WUS")


def _of_pupils(pupils: Iterable[Someone], middle: date) -> Iterable[str]:
    for pupil in pupils:
        if not is_in_school(pupil.born_on, middle):
            continue
        grade = grade_on(pupil.born_on, middle)
        yield from _of_class(grade, pupil.sex)
        yield "S_SISWA"
        if grade <= 9:
            yield "S_K1_9"
        if grade in (1, 7, 10):
            yield "S_KELASBARU"
        if pupil.sex == "P" and grade >= 7:
            yield "S_REMATRI"
            if grade in (7, 10):
                yield "S_REMATRI710"


def _of_class(grade: int, sex: str) -> Iterable[str]:
    """Those who get a dose at school."""
    if grade in (1, 2, 5):
        yield f"S_KELAS{grade}"
    if sex == "P" and grade in (5, 6):
        yield f"S_SISWI{grade}"


def official(counted: Counter[Key], year: int, seed: str) -> list[tuple[str, str, int]]:
    """The rows of a year's sasaran, as an office would have them: consistent, not quite true.

    Groups that lie within others keep their order: S_BUMIL >= S_BULIN >= S_LH.
    """
    rng = Random(f"{seed}:{year}")  # noqa: S311 nothing secret
    rows = []
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for (village, of_year, code), value in counted.items():
        if of_year == year:
            groups[village][code] = value
    for number, village in enumerate(sorted(groups)):
        factor = ODD_ONE_OUT if number % 11 == 4 else rng.uniform(FEWEST, MOST)
        found = dict(groups[village])
        born = found.get("S_LH", 0)
        found["S_BRISTI"] = round(0.2 * found.get("S_BUMIL", 0))
        found["S_BAYI"] = max(born, 1)
        found["S_NEOKOMP"] = round(0.15 * found["S_BAYI"])
        rows += [(village, code, max(1, round(v * factor))) for code, v in sorted(found.items())]
    return rows


def set_sasaran(district: Facility, counted: Counter[Key], span: Span, seed: int) -> int:
    """Write the versions of every year, once; how many versions were written."""
    if TargetSet.objects.filter(district=district).exists():
        return 0
    last, projection, count = span.last, TargetSet.Basis.PROJECTION, TargetSet.Basis.COUNT
    versions = [(year, projection, Month(year, 1), "Pusdatin") for year in sorted(_years(span))]
    revised = Month(last.year, max(2, min(7, last.number)))
    versions.append((last.year, projection, revised, "Pusdatin, pemutakhiran"))
    versions.append((last.year, count, Month(last.year, 1), "Pendataan keluarga"))
    for number, (year, basis, since, source) in enumerate(versions):
        rows = official(counted, year, seed=f"{seed}:{basis}")
        if since.number > 1:
            rows = [(place, code, max(1, round(value * REVISED))) for place, code, value in rows]
        set_targets(
            district=district,
            year=year,
            basis=basis,
            since=since,
            source=f"{source} (data contoh {number + 1})",
            rows=rows,
            by=None,
        )
    return len(versions)


def _years(span: Span) -> set[int]:
    return {span.first.year, span.last.year}

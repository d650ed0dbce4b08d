"""Target populations of the fictitious villages: near to the people made up, never the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from random import Random

from facilities.models import Facility
from ilp.core.months import Month
from reporting.actions.targets import set_targets
from reporting.demo.levels import SASARAN
from reporting.demo.people import YEAR, Population, Someone
from reporting.demo.pupils import grade_on, is_in_school
from reporting.demo.span import Span
from reporting.models import TargetSet

Key = tuple[str, int, str]  # code of a village or Posyandu, year, sasaran code
POSYANDU = "-PSY-"  # in the code of one, after that of its village
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
LIVE_BORN_OF_PREGNANT = 1.1
SCHOOL_AGE = 0.22  # of the population: those of 5 to 14 years, whom no service here follows
# Of what the shares of the levels are taken.
OF_ADULTS, OF_CHILDREN = ("S_HT", "S_DM"), ("S_DIARE", "S_PNEU")
OF_EVERYBODY = ("S_ODGJB", "S_TBDUGA", "S_TB", "S_HIVR", "S_ANAK15", "S_KK")
WOMEN = ("S_WUS", "S_W3050")
# Every village has these, be they ever so small.
AT_SCHOOL = (
    *("S_SISWA", "S_K1_9", "S_KELASBARU", "S_KELAS1", "S_KELAS2", "S_KELAS5"),
    *("S_SISWI5", "S_SISWI6", "S_REMATRI", "S_REMATRI710"),
)
# How far the official number lies from the people there are, village by village.
FEWEST, MOST = 0.92, 1.14
ODD_ONE_OUT = 0.8  # a village whose projection is old: coverage above 100 %
REVISED = 1.02  # by how much the second version of a year differs from the first


def count_sasaran(place: str, populations: Sequence[Population], span: Span) -> dict[Key, int]:
    """How many of each group live at a place in each year of the span, none left out."""
    found = _together(populations)
    counted: dict[Key, int] = {}
    for year in sorted(_years(span)):
        middle = min(date(year, 7, 1), span.last.last_day)
        people = Counter(dict.fromkeys((*CHILD_AGES, *ADULT_AGES, *WOMEN, *AT_SCHOOL), 0))
        people.update(_of_children(found.children, middle))
        people.update(_of_adults(found.adults, middle))
        people.update(_of_pupils(found.pupils, middle))
        groups = dict(people)  # a Counter would leave out what is 0
        groups["S_PUS"] = round(SASARAN["S_PUS"] * groups["S_WUS"])
        groups |= _shares(OF_ADULTS, len(found.adults))
        born = _births_of_a_year(found, span)
        groups |= {"S_LH": round(born), "S_BULIN": round(born * 1.05)}
        groups["S_BUMIL"] = round(born * LIVE_BORN_OF_PREGNANT)
        groups["S_SI"] = round(born * 0.98)
        groups["S_CATIN"] = round(0.011 * len(found.adults))
        groups["S_PDD"] = round((groups["S_BALITA"] + len(found.adults)) / (1 - SCHOOL_AGE))
        groups |= _shares(OF_EVERYBODY, groups["S_PDD"])
        groups["S_HIVR"] += groups["S_BUMIL"]  # who is pregnant is at risk by the standard
        groups |= _shares(OF_CHILDREN, groups["S_BALITA"])
        counted |= {(place, year, code): value for code, value in groups.items()}
    return counted


def _together(populations: Sequence[Population]) -> Population:
    return Population(
        children=[one for p in populations for one in p.children],
        pregnancies=[one for p in populations for one in p.pregnancies],
        adults=[one for p in populations for one in p.adults],
        pupils=[one for p in populations for one in p.pupils],
    )


def _shares(codes: Iterable[str], people: int) -> dict[str, int]:
    return {code: round(people * SASARAN[code]) for code in codes}


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
            yield "S_WUS"


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


def official(
    counted: Mapping[Key, int], year: int, seed: str, raised: float = 1.0
) -> list[tuple[str, str, int]]:
    """The rows of a year's sasaran, as an office would have them: consistent, not quite true.

    Groups that lie within others keep their order: S_BUMIL >= S_BULIN >= S_LH. Posyandu share
    what their village has, so that they add up to it.
    """
    rng = Random(f"{seed}:{year}")  # noqa: S311 nothing secret
    rows: list[tuple[str, str, int]] = []
    groups: dict[str, dict[str, int]] = defaultdict(dict)
    for (place, of_year, code), value in counted.items():
        if of_year == year:
            groups[place][code] = value
    villages = [place for place in sorted(groups) if POSYANDU not in place]
    for number, village in enumerate(villages):
        factor = ODD_ONE_OUT if number % 11 == 4 else rng.uniform(FEWEST, MOST)
        found = _completed(groups[village])
        below = {p: _completed(g) for p, g in groups.items() if p.startswith(village + POSYANDU)}
        for code, people in sorted(found.items()):
            total = max(1, round(people * factor * raised))
            rows.append((village, code, total))
            shares = _shared(total, {place: group[code] for place, group in below.items()})
            rows += [(place, code, share) for place, share in shares.items() if share]
    return rows


def _completed(group: Mapping[str, int]) -> dict[str, int]:
    """With what is reckoned from other groups."""
    born = max(group.get("S_LH", 0), 1)
    return {
        **group,
        "S_BRISTI": round(0.2 * group.get("S_BUMIL", 0)),
        "S_BAYI": born,
        "S_NEOKOMP": round(0.15 * born),
    }


def _shared(total: int, people: Mapping[str, int]) -> dict[str, int]:
    """The total in whole parts, by how many people there are; alike where there are none."""
    weights = people if sum(people.values()) else dict.fromkeys(people, 1)
    whole = sum(weights.values())
    parts = {place: total * weight // whole for place, weight in weights.items()}
    left = sorted(weights, key=lambda place: -(total * weights[place] % whole))
    for place in left[: total - sum(parts.values())]:
        parts[place] += 1
    return parts


def set_sasaran(district: Facility, counted: Mapping[Key, int], span: Span, seed: int) -> int:
    """Write the versions of every year, once; how many versions were written."""
    if TargetSet.objects.filter(district=district).exists():
        return 0
    last, projection, count = span.last, TargetSet.Basis.PROJECTION, TargetSet.Basis.COUNT
    versions = [(year, projection, Month(year, 1), "Pusdatin") for year in sorted(_years(span))]
    revised = Month(last.year, max(2, min(7, last.number)))
    versions.append((last.year, projection, revised, "Pusdatin, pemutakhiran"))
    versions.append((last.year, count, Month(last.year, 1), "Pendataan keluarga"))
    for number, (year, basis, since, source) in enumerate(versions):
        raised = REVISED if since.number > 1 else 1.0
        set_targets(
            district=district,
            year=year,
            basis=basis,
            since=since,
            source=f"{source} (data contoh {number + 1})",
            rows=official(counted, year, f"{seed}:{basis}", raised),
            by=None,
        )
    return len(versions)


def _years(span: Span) -> set[int]:
    return {span.first.year, span.last.year}

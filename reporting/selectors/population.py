"""Who is registered at a place, by sex and age, beside how many people there ought to be."""

from __future__ import annotations

from dataclasses import dataclass

from ilp.core import sql
from ilp.core.months import Month
from reporting.selectors.places import Place
from reporting.selectors.targets import sasaran

POPULATION = "S_PDD"
WITHOUT_AGE = ("S_BUMIL", "S_BULIN")  # groups that are no ages: they stand below the picture


@dataclass(frozen=True)
class Population:
    """`people`: (sex, completed years) -> registered; `expected`: of the sasaran, None: not set."""

    people: dict[tuple[str, int], int]
    expected: int | None
    others: dict[str, int]  # the groups that are no ages, as far as they are set


def population(*, of: Place, month: Month) -> Population:
    """At the end of the month. Two queries, three of a released month."""
    rows = sql.run("reporting/people_by_sex", place=of.pk, last_day=month.last_day)
    known = sasaran(places=[of.pk], codes=[POPULATION, *WITHOUT_AGE], month=month)
    return Population(
        people={(sex, int(years)): int(count) for sex, years, count in rows},
        expected=known.get((of.pk, POPULATION)),
        others={code: known[of.pk, code] for code in WITHOUT_AGE if (of.pk, code) in known},
    )

"""What visits and the register of people say for the cells of a report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from facilities.models import Facility
from ilp.core import sql
from ilp.core.months import Month
from ilp.core.windows import Window
from reporting import totals
from reporting.catalogue import ELEMENTS, ROWS
from reporting.catalogue.forms_posyandu import AGES
from reporting.catalogue.language import F1_AGES, Cases
from reporting.catalogue.own import in_force_from
from reporting.selectors.apart import availability, carried_over, cases


def count_for(
    *, codes: Collection[str], place: Facility, month: Month, window: Window
) -> dict[tuple[str, str], int]:
    """What visits, approved reports of places below, the register of people and the month before
    say for each cell of these elements.

    A report stands in place of the visits at its place and below, as it will in the totals.
    Visits and milestones count by the days of the window; how children stood, cohorts, the
    register and stocks are of the calendar month in which it ends: they are told at its end.
    Elements that visits feed are 0 where the place has visits in these days, and missing where it
    has none: a place that recorded nothing is not a place where nothing happened.
    """
    known = [code for code in codes if code in ELEMENTS]
    counted = below(known, place, month, window).said
    counted |= _people(codes, place, month)
    counted |= availability(codes=codes, place=place, month=month)
    if apart := [code for code in codes if code not in ELEMENTS]:
        by_visits = [code for code in apart if isinstance(ROWS[code].source, Cases)]
        counted |= cases(codes=by_visits, place=place, month=month, window=window)
        counted |= carried_over(codes=apart, place=place, month=month)
    return counted


def below(codes: Collection[str], place: Facility, month: Month, window: Window) -> totals.Below:
    """What the place and all below it recorded and reported of elements that stand in totals."""
    return totals.counted_below(place.pk, month, window, codes, shared(codes, place, month))


def shared(codes: Collection[str], place: Facility, month: Month) -> list[str]:
    """Those of the elements that places of another kind report too; below a Posyandu lies none."""
    if place.kind == Facility.Kind.POSYANDU:
        return []
    others = [f for f in in_force_from(month.first_day) if set(f.kinds) - {place.kind}]
    asked = {code for form in others for code in form.said}
    return [code for code in codes if code in asked]


def is_by_day(codes: Collection[str]) -> bool:
    """Whether what is counted for any of these depends on the days that a report covers."""
    return any(isinstance(ROWS[code].source, (*totals.BY_DAY, Cases)) for code in codes)


def _people(codes: Collection[str], place: Facility, month: Month) -> dict[tuple[str, str], int]:
    """Children of the register (S), those with a growth card (K), and people by groups of age.

    One query for each of the two, which no form asks for together.
    """
    wanted = {"skdn_s": False, "skdn_k": True}
    if asked := AGES.keys() & set(codes):
        return _of_ages(asked, place, month)
    if not wanted.keys() & set(codes):
        return {}
    rows = sql.run("reporting/children_registered", place=place.pk, last_day=month.last_day)
    found: dict[tuple[str, str], int] = defaultdict(int)
    for sex, age_months, children, with_card in rows:
        band = next((name for name, low, high in F1_AGES if low <= age_months < high), None)
        if band:
            found["skdn_s", f"{sex}:{band}"] += children
            found["skdn_k", f"{sex}:{band}"] += with_card
    if not found:
        return {}
    parts = ELEMENTS["skdn_s"].parts
    return {(code, part): found.get((code, part), 0) for code in wanted for part in parts}


def _of_ages(codes: Collection[str], place: Facility, month: Month) -> dict[tuple[str, str], int]:
    """How many of the register live there, by the groups of the recap; none where nobody does."""
    rows = sql.run("reporting/people_registered", place=place.pk, last_day=month.last_day)
    listed = [(int(age), int(people)) for age, people in rows]
    if not listed:
        return {}
    return {
        (code, ""): sum(people for age, people in listed if low <= age < high)
        for code in codes
        for low, high in [AGES[code]]
    }

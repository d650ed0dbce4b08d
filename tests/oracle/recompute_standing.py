"""How people stand month after month: registered, treated, controlled, independent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import polars as pl

Visit = dict[str, Any]


def stands(service: str, visits: pl.DataFrame, last: date) -> Iterator[tuple[Any, ...]]:
    """(element, home, month, sex) of everybody in each month in which they stand so."""
    people: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits.sort("i").iter_rows(named=True):
        people[visit["person"]].append(visit)
    for made in people.values():
        for code, told in STANDS.get(service, {}).items():
            for month in _months(made[0]["month"], last):
                visit = told([v for v in made if v["month"] <= month], month)
                if visit is not None:
                    yield code, visit["home"], month, visit["sex"]


def _months(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = (first + timedelta(days=32)).replace(day=1)


Told = Callable[[list[Visit], date], Visit | None]


def _age(visit: Visit, month: date) -> int:
    return (month.year - visit["month"].year) * 12 + month.month - visit["month"].month


def latest(
    speaks: Callable[[Visit], Any], says: Callable[[Visit], Any], months: int, in_year: bool = False
) -> Told:
    """The last visit that speaks, if it is no older than so many months and says so."""

    def told(made: list[Visit], month: date) -> Visit | None:
        speaking = [v for v in made if speaks(v)]
        if not speaking:
            return None
        visit = speaking[-1]
        young = _age(visit, month) < months and (not in_year or visit["month"].year == month.year)
        return visit if young and says(visit) else None

    return told


def each_month(speaks: str, whole: str) -> Told:
    """The month's last whole visit, if no month since January or since the first lacks one."""

    def told(made: list[Visit], month: date) -> Visit | None:
        speaking = [v for v in made if v[speaks]]
        if not speaking:
            return None
        first = max(speaking[0]["month"], date(month.year, 1, 1))
        had = {v["month"]: v for v in speaking if v[whole]}
        return had.get(month) if all(m in had for m in _months(first, month)) else None

    return told


def _cohort(ill: str) -> dict[str, Told]:
    return {
        f"{ill}_terdaftar": latest(lambda v: v[ill], lambda v: True, 12),
        f"{ill}_diobati": latest(lambda v: v[ill], lambda v: v["drug_given"] == 1, 3),
        f"{ill}_terkendali": latest(lambda v: v[f"{ill}_measured"], lambda v: v[f"{ill}_fine"], 3),
        f"{ill}_standar": each_month(ill, f"{ill}_whole"),
    }


STANDS: dict[str, dict[str, Told]] = {
    "chronic": _cohort("ht") | _cohort("dm"),
    "mental": {
        "odgj_terdaftar": latest(lambda v: v["severe"] == 1, lambda v: True, 12),
        "odgj_pasung": latest(
            lambda v: v["severe"] == 1 and v["shackled"] is not None,
            lambda v: v["shackled"] == 1,
            12,
        ),
    },
    "elderly": {
        "lansia_aks": latest(lambda v: v["grade"], lambda v: True, 12, in_year=True),
        "lansia_mandiri": latest(lambda v: v["grade"], lambda v: v["grade"] == "M", 12, True),
    },
}

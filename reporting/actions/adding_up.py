"""Write what was counted of places, and bring what lies above them in line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum, auto
from functools import partial
from typing import Any

from ilp.core import sql
from ilp.core.months import Month
from reporting.catalogue import WIDTH
from reporting.totals.own import Own
from reporting.totals.reported import Reported


class Standing(Enum):
    """What is known of a programme's totals at the affected places."""

    NOTHING = auto()  # there are none: only approved reports, or they are written first
    ADDED_UP = auto()  # they are what own numbers come to; only own numbers of `changing` are not
    UNSURE = auto()  # the tree or a report may have changed since


def write(
    flight: sql.InFlight,
    programme: str,
    month: Month,
    counted: Own,
    reports: Reported,
    standing: Standing,
) -> None:
    """Send what brings the totals of a programme in line with what was counted of `changing`."""
    some = counted.without_nothing()
    now: dict[str, Any] = {
        "month": month.first_day,
        "last_day": month.last_day,
        "programme": programme,
        "zeros": [0] * WIDTH[programme],
        "places": some.places.tolist(),
        "counted": _arrays(some.numbers.tolist()),
    }
    if not reports:
        statement, sum_of = WAYS[standing]  # where nothing stands, `write_first` has written
        flight.send(_adding(statement, sum_of, programme), now)
        return
    slots = range(1, WIDTH[programme] + 1)
    given = [[numbers.get(slot, "NULL") for slot in slots] for numbers in reports.values()]
    now |= {"reporters": list(reports), "reported": _arrays(given).replace("'", "")}
    reported = frozenset(slot for numbers in reports.values() for slot in numbers)
    flight.send(sql.text("reporting/stage_reported"), now)
    flight.send(sql.text("reporting/write_own"), now)
    flight.send(_adding("add_up_reported", partial(_sum_beside_reports, reported), programme), now)
    flight.send(sql.text("reporting/finish_roll_up"), now)


def _arrays(rows: Iterable[list[Any]]) -> str:
    """As PostgreSQL reads arrays, between semicolons."""
    return ";".join(map(str, rows)).replace("[", "{").replace("]", "}")


def _adding(statement: str, sum_of: Callable[[int], str], programme: str) -> str:
    sums = ", ".join(sum_of(slot) for slot in range(1, WIDTH[programme] + 1))
    return sql.text(f"reporting/{statement}").replace("/* sums */", sums)


def _sum(slot: int) -> str:
    return f"coalesce(sum(own[{slot}]), 0)"


def _sum_of_changes(slot: int) -> str:
    return f"coalesce(sum(plus[{slot}]), 0) - coalesce(sum(minus[{slot}]), 0)"


def _sum_beside_reports(reported: frozenset[int], slot: int) -> str:
    """A slot that an approved report gives is taken from the report for its place and all below;
    what visits say there is left out above it. Never both."""
    if slot not in reported:
        return _sum(slot)
    return (
        f"coalesce(sum(own[{slot}]) FILTER (WHERE {slot} <> ALL (covered)), 0) "
        f"+ coalesce(sum(given[{slot}]), 0)"
    )


WAYS = {
    Standing.ADDED_UP: ("add_changes", _sum_of_changes),
    Standing.UNSURE: ("add_up", _sum),
}

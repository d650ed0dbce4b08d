"""Places, ILP, Posyandu at work and reports that are in: counted anew from plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from tests.oracle import dictionary
from tests.oracle.recompute_tree import Tree, month_end

RUNNING = {"berjalan", "terverifikasi"}
IN = {"sent", "verified", "approved"}
ALL_AGES = ("antenatal", "growth", "adult")


@dataclass(frozen=True)
class Registry:
    """Plain rows of the database."""

    opened: dict[str, tuple[date, date | None]]  # place -> first day, first day closed
    launched: list[tuple[str, str, date]]  # place, state, since
    # place, month, week or 0, form, status, sent
    reports: list[tuple[str, date, int, str, str, date | None]]


def register(
    code: str, place: str, month: date, tree: Tree, kinds: dict[str, str], registry: Registry,
    served: dict[tuple[str, date], set[str]],
) -> int | None:  # fmt: skip
    """The number at a place and below it; unknown where nothing of the kind lies there."""
    day = month_end(month)
    open_now = {
        one for one in tree.below[place]
        if registry.opened[one][0] <= day
        and (registry.opened[one][1] is None or registry.opened[one][1] > day)
    }  # fmt: skip
    if code.startswith("F_LAPORAN"):
        return _reports(code, month, open_now, kinds, registry)
    kind = code.removeprefix("F_").split("_")[0].lower()
    inside = [one for one in open_now if kinds[one] == kind]
    if not inside:
        return None
    if code.endswith("_ILP"):
        return sum(_state(one, day, registry) in RUNNING for one in inside)
    if code.endswith("_AKTIF"):
        return sum(bool(served.get((one, month))) for one in inside)
    if code.endswith("_SIKLUS"):
        return sum(served.get((one, month), set()).issuperset(ALL_AGES) for one in inside)
    return len(inside)


def _state(place: str, day: date, registry: Registry) -> str:
    held = [(since, state) for one, state, since in registry.launched
            if one == place and since <= day]  # fmt: skip
    return max(held)[1] if held else ""


def _reports(
    code: str, month: date, inside: set[str], kinds: dict[str, str], registry: Registry
) -> int | None:
    due = {
        (place, form.code, week): end + timedelta(form.due_day)
        for form in dictionary.forms()
        for place in inside
        if kinds[place] in form.kinds
        and (not form.rounds or month.month in form.rounds)
        and dictionary.within(form.holds, month_end(month))
        for week, end in (_weeks(month) if form.weekly else {0: month_end(month)}).items()
    }
    if not due:
        return None
    if code == "F_LAPORAN_WAJIB":
        return len(due)
    sent = {(p, f, w): day for p, m, w, f, status, day in registry.reports
            if m == month and status in IN and day}  # fmt: skip
    in_time = code == "F_LAPORAN_TEPAT"
    return sum(one in sent and (not in_time or sent[one] <= last) for one, last in due.items())


def _weeks(month: date) -> dict[int, date]:
    """Number and last day of the weeks, Sunday to Saturday, whose middle lies in the month."""
    middles = (date(month.year, 1, 1) + timedelta(day) for day in range(366))
    wednesdays = [day for day in middles if day.isoweekday() == 3 and day.year == month.year]
    return {
        number: day + timedelta(3)
        for number, day in enumerate(wednesdays, start=1)
        if day.month == month.month
    }

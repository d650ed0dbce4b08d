"""Visits counted from a birth: KF1 to KF4 of the mother, KN1 to KN3 of the baby."""

from __future__ import annotations

from datetime import date

from clusters.cutoffs import cutoff

LAST = {"kf": 4, "kn": 3}


def visit_number(kind: str, days: int, hours: int | None, seen: date) -> str | None:
    """ "KF1" or "KN2": which visit falls on that day; None for one too early or too late.

    The first begins some hours after the birth, so on the day itself the hours must be known.
    """
    if days < 0:
        return None
    if days <= cutoff(f"{kind}1_last_day", seen):
        return f"{kind.upper()}1" if _first_in_time(kind, days, hours, seen) else None
    for number in range(2, LAST[kind] + 1):
        if days <= cutoff(f"{kind}{number}_last_day", seen):
            return f"{kind.upper()}{number}"
    return None


def _first_in_time(kind: str, days: int, hours: int | None, seen: date) -> bool:
    if hours is None:
        return days > 0
    first, last = cutoff(f"{kind}1_first_hour", seen), cutoff(f"{kind}1_last_hour", seen)
    return first <= hours <= last


def hours_contradict(hours: int | None, days: int | None) -> bool:
    """Whether so many hours cannot have passed when midnight was passed that often."""
    if hours is None or days is None:
        return False
    return not 24 * (days - 1) < hours < 24 * (days + 1)

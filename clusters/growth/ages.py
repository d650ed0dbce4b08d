"""Age on a day: always worked out from the day of birth, never stored."""

from __future__ import annotations

from datetime import date


def age_days(born_on: date, on: date) -> int:
    """Days lived; negative before birth."""
    return (on - born_on).days


def completed_months(born_on: date, on: date) -> int:
    """Calendar months completed; negative before birth.

    A month is complete on the day of the month of birth. Where the month has no such day, on
    the first of the next one: born 31 August, six months old on 1 March.
    """
    months = (on.year - born_on.year) * 12 + on.month - born_on.month
    return months - (on.day < born_on.day)

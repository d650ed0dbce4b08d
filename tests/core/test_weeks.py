"""The epidemiological week: Sunday to Saturday, the first with at least four days of the year."""

from datetime import date, timedelta

import pytest

from ilp.core import formats
from ilp.core.months import Month
from ilp.core.weeks import Week, parse_period, weeks_of

# The first Sunday of week 1, as tables of MMWR weeks, which count the same way, have it.
FIRST_SUNDAYS = {
    2020: date(2019, 12, 29),
    2021: date(2021, 1, 3),
    2022: date(2022, 1, 2),
    2023: date(2023, 1, 1),
    2024: date(2023, 12, 31),
    2025: date(2024, 12, 29),
    2026: date(2026, 1, 4),
}


@pytest.mark.parametrize(("year", "sunday"), FIRST_SUNDAYS.items())
def test_the_first_week_of_a_year(year, sunday):
    assert Week(year, 1).first_day == sunday
    assert Week.of(sunday) == Week(year, 1)
    assert Week.of(sunday - timedelta(days=1)).year == year - 1


def test_some_years_have_53():
    assert Week.of(date(2020, 12, 31)) == Week(2020, 53)
    assert Week.of(date(2025, 12, 31)) == Week(2025, 53)
    assert Week.of(date(2024, 12, 28)) == Week(2024, 52)


def test_every_day_lies_in_one_week_and_every_week_in_one_month():
    day, seen = date(2019, 1, 1), set()
    while day < date(2031, 1, 1):
        week = Week.of(day)
        assert week.first_day <= day <= week.last_day
        assert week.first_day.weekday() == 6
        days = [week.first_day + timedelta(days=n) for n in range(7)]
        inside = [d for d in days if Month.of(d) == week.month]
        assert len(inside) >= 4, "most of its days"
        assert week.month.year == week.year
        seen.add(week)
        day += timedelta(days=1)
    listed = [w for m in Month(2019, 1).until(Month(2030, 12)) for w in weeks_of(m)]
    assert len(listed) == len(set(listed))
    assert {w for w in seen if 2019 <= w.year <= 2030} == set(listed)
    assert listed == sorted(listed)


def test_a_week_before_and_after():
    assert Week(2025, 53).plus(1) == Week(2026, 1)
    assert Week(2026, 1).plus(-1) == Week(2025, 53)


@pytest.mark.parametrize("text", ["2025-W00", "2024-W53", "2025-W54", "2025-19", "W19", "2025-W"])
def test_what_is_no_week(text):
    with pytest.raises(ValueError, match=r".*"):
        Week.parse(text)


def test_as_it_is_written():
    assert str(Week.parse("2025-W09")) == "2025-W09"
    assert parse_period("2025-05") == Month(2025, 5)
    assert formats.month(Week(2025, 19)) == "minggu 19 (4–10 Mei 2025)"
    assert formats.month(Week(2025, 18)) == "minggu 18 (27 April–3 Mei 2025)"
    assert formats.short_month(Week(2025, 19)) == "m19"

"""Months in which nobody came: people stand as their last visit said, once the month has begun."""

from datetime import date

import pytest
from django.utils import timezone

from clusters.actions.following import follow_touched
from facilities.models import ChangedCell
from ilp.core.months import Month
from reporting import catalogue
from reporting.actions.roll_up import roll_up_changed
from reporting.models import Total
from reporting.selectors.scores import scores
from tests.clusters.lives import reached
from tests.reporting.figures import total

FINE = {"hypertension": True, "systole": 125, "diastole": 80}
MARCH, APRIL, MAY = Month(2026, 3), Month(2026, 4), Month(2026, 5)


@pytest.fixture
def today(monkeypatch):
    def set_to(day):
        monkeypatch.setattr(timezone, "localdate", lambda *_args: day)

    return set_to


def share(tree, code, month):
    place = tree["melati"].pk
    one = catalogue.INDICATORS[code]
    return scores(places=[place], indicators=[one], month=month)[place, code]


def test_a_month_is_counted_when_it_has_begun_and_not_before(tree, today):
    today(date(2026, 3, 20))
    reached("chronic", tree, (date(2026, 3, 5), FINE))
    roll_up_changed()
    assert share(tree, "DW03", MARCH).value == 100
    assert not ChangedCell.objects.exists()
    assert not Total.objects.filter(month=APRIL).exists()

    today(date(2026, 4, 1))
    roll_up_changed()
    assert share(tree, "DW03", APRIL).value == 100
    assert share(tree, "DW03", APRIL).reported

    before = list(Total.objects.values_list("pk", "total"))
    assert roll_up_changed().cells == 0
    assert list(Total.objects.values_list("pk", "total")) == before


def test_on_its_first_day_a_month_is_looked_at_again(tree, today):
    """Somebody was settled before midnight, by a worker that another one overtook."""
    today(date(2026, 3, 31))
    reached("chronic", tree, (date(2026, 3, 5), FINE))
    follow_touched(by=None)
    total(tree["mawar"], APRIL, ht_standar=1)  # the month has been begun by the other

    today(date(2026, 4, 1))
    roll_up_changed()
    assert share(tree, "DW03", APRIL).reported


def test_in_care_but_not_seen_for_three_months_is_not_under_control(tree, today):
    today(date(2026, 6, 2))
    reached("chronic", tree, (date(2026, 3, 5), FINE))
    roll_up_changed()
    assert share(tree, "DW03", MAY).value == 100
    assert (share(tree, "DW03", Month(2026, 6)).numerator, share(tree, "DW03", MAY).numerator) == (
        0,
        1,
    )


def test_a_late_visit_changes_the_months_after_it(tree, today):
    today(date(2026, 5, 20))
    reached("chronic", tree, (date(2026, 3, 5), FINE))
    roll_up_changed()
    reached("chronic", tree, (date(2026, 4, 5), FINE | {"systole": 170}))
    roll_up_changed()
    assert [share(tree, "DW03", m).value for m in (MARCH, APRIL, MAY)] == [100, 0, 0]


def test_a_school_year_is_added_up_from_july(tree):
    seen = {"2025-06": 100, "2025-07": 7, "2026-02": 20, "2026-06": 1, "2026-07": 40, "2026-08": 2}
    for month, pupils in seen.items():
        total(tree["melati"], Month.parse(month), siswa_gigi=pupils, temuan_karies=pupils // 2)
    asked = ("2025-07", "2026-02", "2026-06", "2026-07", "2026-08")
    added = [share(tree, "RE09A", Month.parse(month)).denominator for month in asked]
    assert added == [7, 27, 28, 40, 42]
    assert share(tree, "RE09A", Month(2026, 6)).target_now is None


@pytest.mark.parametrize(
    ("month", "first", "count"),
    [(Month(2026, 7), Month(2026, 7), 1), (Month(2026, 6), Month(2025, 7), 12)],
)
def test_the_months_of_a_school_year(month, first, count):
    assert month.of_school_year[0] == first
    assert month.of_school_year[-1] == month
    assert len(month.of_school_year) == count

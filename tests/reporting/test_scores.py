"""What an indicator is worth: golden numbers from the design."""

from dataclasses import replace
from datetime import date

import pytest

from ilp.core.months import Month
from reporting.catalogue import INDICATORS, Goal, indicator
from reporting.catalogue.thresholds import Standing, standing
from reporting.selectors.scores import Score, score, scores
from reporting.totals import Cells
from tests.factories import small_district
from tests.reporting.figures import MAY, sasaran, total

K6 = replace(indicator("IB04", date(2026, 5, 31)), goals=(Goal(80, "contoh"),))
DAY = date(2025, 9, 30)


def of(numerator, denominator, month=MAY, one=K6, reported=True) -> Score:
    return Score(one, 1, month, numerator, denominator, numerator, None, reported)


def test_the_target_of_a_month_is_its_share_of_the_year_and_not_rounded_on_the_way():
    assert of(1, 2, Month(2026, 9)).target_now == 60.0
    assert of(1, 2, Month(2026, 1)).target_now == pytest.approx(80 / 12)
    assert of(1, 2, Month(2026, 12)).target_now == 80.0


def test_a_target_that_does_not_run_is_the_same_all_year():
    stunting = INDICATORS["AN26"]
    assert of(1, 10, Month(2026, 2), stunting).target_now == of(1, 10, one=stunting).target


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (80.0, Standing.NEAR),
        (79.999, Standing.BEHIND),
        (99.96, Standing.NEAR),
        (100.0, Standing.MET),
        (138.5, Standing.MET),
        (0.0, Standing.BEHIND),
    ],
)
def test_thresholds_are_applied_to_the_unrounded_share_of_the_target(value, expected):
    assert standing(value, 100.0, higher_is_better=True, on=DAY) is expected


@pytest.mark.parametrize(
    ("value", "target", "expected"),
    [
        (14.0, 14.0, Standing.MET),
        (14.01, 14.0, Standing.NEAR),
        (17.5, 14.0, Standing.NEAR),  # 14 / 17.5 is exactly 80 %
        (17.51, 14.0, Standing.BEHIND),
        (0.1, 0.0, Standing.BEHIND),
        (0.0, 0.0, Standing.MET),
        (-0.01, 14.0, Standing.MINUS),
        (-2.8, 0.0, Standing.MINUS),
    ],
)
def test_where_lower_is_better_the_ratio_is_turned_round(value, target, expected):
    assert standing(value, target, higher_is_better=False, on=DAY) is expected


def test_what_is_below_zero_is_neither_good_nor_bad_where_higher_is_better():
    assert standing(-3.0, 14.0, higher_is_better=True, on=DAY) is Standing.MINUS
    assert standing(-3.0, None, higher_is_better=True, on=DAY) is Standing.WATCHED


def test_without_a_denominator_there_is_no_percentage():
    assert of(5, None).value is None
    assert of(5, 0).value is None
    assert of(5, 0).standing is Standing.NOT_APPLICABLE
    assert of(5, 0).is_odd
    assert of(None, 10).value is None


def test_not_reported_is_not_zero():
    silent = of(40, 100, reported=False)
    assert silent.standing is Standing.NOT_REPORTED
    assert of(0, 100).standing is Standing.BEHIND


def test_more_than_everybody_is_shown_as_it_is_and_flagged():
    over = of(138, 100)
    assert over.value == 138.0
    assert over.is_odd
    assert over.standing is Standing.MET


def test_people_missing_to_the_target_are_rounded_up():
    assert of(60, 101, Month(2026, 9)).short_by == 1  # 60 % of 101 is 60.6
    assert of(61, 101, Month(2026, 9)).short_by == 0
    assert of(3, 10, one=INDICATORS["AN26"]).short_by is None


def test_in_january_there_is_no_month_before():
    january = Month(2025, 1)
    cells = Cells({(1, january): {"k6": 4}, (1, january.plus(-1)): {"k6": 9}})
    found = score(K6, 1, january, cells, {(1, "S_BULIN"): 40})
    assert (found.numerator, found.this_month, found.last_month) == (4, 4, None)


VITAMIN_A = INDICATORS["AN35"]


@pytest.mark.parametrize(("number", "due"), [(1, False), (2, True), (7, False), (8, True)])
def test_outside_its_rounds_there_is_no_number_rather_than_zero(number, due):
    month = Month(2026, number)
    cells = Cells({(1, month): {"vit_a_biru": 3}})
    found = score(VITAMIN_A, 1, month, cells, {(1, "S_B611"): 40})
    assert (found.numerator, found.value) == ((3, 7.5) if due else (None, None))
    assert found.standing is (Standing.WATCHED if due else Standing.NOT_DUE)
    assert (found.denominator, found.absent) == (40, "" if due else "TJ")


def test_outside_its_rounds_nothing_is_overdue_either():
    found = score(VITAMIN_A, 1, Month(2026, 3), Cells({}), {})
    assert (found.reported, found.standing) == (False, Standing.NOT_DUE)
    assert score(VITAMIN_A, 1, Month(2026, 2), Cells({}), {}).standing is Standing.NOT_REPORTED


def test_the_last_round_of_a_month():
    assert VITAMIN_A.last_due(Month(2026, 1)) == Month(2025, 8)
    assert VITAMIN_A.last_due(Month(2026, 8)) == Month(2026, 8)
    assert K6.last_due(MAY) == MAY


@pytest.mark.parametrize(("cards", "children"), [(0, 0), (None, None)])
def test_what_only_a_form_says_is_not_reported_where_there_was_none(cards, children):
    """A place with visits has a row, and in it zeros for what visits cannot say."""
    cell = {"skdn_k": cards, "skdn_s": children, "skdn_d": 12}
    cells = Cells({(1, MAY): {code: n for code, n in cell.items() if n is not None}})
    found = score(INDICATORS["AN17"], 1, MAY, cells, {})
    assert (found.numerator, found.denominator) == (None, None)
    assert found.standing is Standing.NOT_REPORTED


def test_a_form_that_counts_children_without_cards_is_a_report_of_zero():
    cells = Cells({(1, MAY): {"skdn_k": 0, "skdn_s": 9, "skdn_d": 12}})
    found = score(INDICATORS["AN17"], 1, MAY, cells, {})
    assert (found.value, found.standing) == (0.0, Standing.BEHIND)


@pytest.mark.django_db
def test_a_district_is_the_ratio_of_sums_and_not_the_mean_of_ratios():
    """9 of 10 and 10 of 100 are 19 of 110, not 50 %."""
    places = small_district()
    sasaran(
        places["district"],
        {places["first"]: {"S_BUMIL": 10}, places["second"]: {"S_BUMIL": 100}},
    )
    total(places["first"], MAY, k1=9)
    total(places["second"], MAY, k1=10)
    total(places["district"], MAY, k1=19)
    one = indicator("IB02", MAY.last_day)
    pks = {name: places[name].pk for name in ("district", "first", "second")}
    found = scores(places=list(pks.values()), indicators=[one], month=MAY)
    values = {name: found[pk, "IB02"].value for name, pk in pks.items()}
    assert values["first"] == 90.0
    assert values["second"] == 10.0
    assert values["district"] == pytest.approx(17.27, abs=0.005)


@pytest.mark.django_db
def test_a_month_without_totals_is_missing_but_does_not_hide_the_months_before():
    places = small_district()
    place = places["first"]
    sasaran(places["district"], {place: {"S_BUMIL": 100}})
    total(place, Month(2025, 3), k1=7)
    found = scores(places=[place.pk], indicators=[indicator("IB02", MAY.last_day)], month=MAY)
    one = found[place.pk, "IB02"]
    assert (one.numerator, one.reported, one.this_month) == (7, False, None)
    assert one.standing is Standing.NOT_REPORTED

"""Numbers and dates as an Indonesian reader expects them."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp.core import formats
from ilp.core.months import Month


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (999, "999"), (1234, "1.234"), (1250000, "1.250.000"), (-419, "−419"), (None, "–")],
)
def test_whole_numbers_have_points_between_thousands(value, text):
    assert formats.whole(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (87.45, "87,5"),
        (0.05, "0,1"),
        (2.25, "2,3"),
        (-2.25, "−2,3"),
        (1234.56, "1.234,6"),
        (Decimal("12.449999"), "12,4"),
        (Fraction(2, 3), "0,7"),
        (100 * 0.57 / 0.57 * 0.1245, "12,5"),
        (-0.04, "0,0"),
    ],
)
def test_halves_round_away_from_zero_without_binary_noise(value, text):
    assert formats.decimal(value) == text


@pytest.mark.parametrize(
    ("value", "places", "least", "text"),
    [
        (9.4, 2, 1, "9,4"),
        (9.45, 2, 1, "9,45"),
        (73.0, 1, 1, "73,0"),
        (890, 2, 0, "890"),
        (100, 0, 1, "100"),
        (None, 2, 1, "–"),
    ],
)
def test_a_measure_has_no_zeros_that_nobody_read(value, places, least, text):
    assert formats.measure(value, places, least) == text


@pytest.mark.parametrize(
    ("value", "target", "text"),
    [
        (44.96, 45, "44,96%"),
        (44.9, 45, "44,9%"),
        (45.0, 45, "45,0%"),
        (44.996, 45, "44,996%"),
        (79.98, 80, "79,98%"),
        (45.04, 45, "45,04%"),
        (44.96, None, "45,0%"),
        (None, 45, "–"),
    ],
)
def test_a_value_that_misses_its_target_never_looks_equal_to_it(value, target, text):
    assert formats.percent(value, target) == text


def test_differences_carry_their_sign_and_are_points():
    assert formats.signed_points(3.14) == "+3,1 poin"
    assert formats.signed_points(-5.46) == "−5,5 poin"
    assert formats.signed_points(0.01) == "0,0 poin"
    assert formats.signed(419) == "+419"
    assert formats.signed_points(None) == "–"


def test_days_months_and_money():
    assert formats.day(date(2025, 5, 12)) == "12 Mei 2025"
    assert formats.short_day(date(2025, 8, 2)) == "2 Agu"
    assert formats.weekday(date(2025, 5, 12)) == "Senin, 12 Mei 2025"
    assert formats.month(Month(2025, 5)) == "Mei 2025"
    assert formats.month(date(2025, 12, 31)) == "Desember 2025"
    assert formats.money(1250000) == "Rp1.250.000"


def test_instants_are_shown_at_local_time(settings):
    settings.TIME_ZONE = "Asia/Jakarta"
    at = datetime(2025, 5, 12, 17, 5, tzinfo=UTC)
    assert formats.clock(at) == "00.05"
    assert formats.moment(at) == "13 Mei 2025 00.05"


@pytest.mark.parametrize(
    "show",
    [formats.whole, formats.decimal, formats.share, formats.percent, formats.signed]
    + [formats.money, formats.day, formats.short_day, formats.weekday, formats.month]
    + [formats.clock, formats.moment],
)
def test_missing_is_a_dash_never_nothing_and_never_zero(show):
    assert show(None) == "–"


NUMBERS = st.one_of(
    st.floats(-1e12, 1e12),
    st.integers(-(10**15), 10**15),
    st.integers(-(10**6), 10**6).map(lambda tenths: tenths / 20),  # many halves among them
)


@given(NUMBERS, st.integers(0, 4))
def test_the_fast_way_to_round_is_the_exact_one(value, places):
    rounded = formats.half_up(value, places)
    text = f"{abs(rounded):,f}".translate(str.maketrans(",.", ".,"))
    assert formats.decimal(value, places) == ("−" if rounded < 0 else "") + text


@given(st.floats(-1000, 1000), st.floats(-1, 1))
def test_values_far_from_their_target_need_one_decimal(value, difference):
    target = value + difference
    places = formats.telling_places(value, target)
    shorter = [
        n for n in range(1, places) if formats.half_up(value, n) != formats.half_up(target, n)
    ]
    assert shorter == []
    if abs(difference) > 0.2:
        assert formats.half_up(value, places) != formats.half_up(target, places)


@pytest.mark.parametrize(
    ("months", "words"),
    [(0, "0 bl"), (8, "8 bl"), (12, "1 th"), (43, "3 th 7 bl"), (131, "10 th"), (None, "–")],
)
def test_ages_in_years_and_months(months, words):
    assert formats.age(months) == words

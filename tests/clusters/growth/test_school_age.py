"""BMI for age from 5 to 19 years: the numbers of WHO, and the z-scores that they give."""

from decimal import Decimal

import pytest
from pygrowup.tables.by_month import bmifa

from clusters.growth import build_standards, school


def test_the_file_is_what_who_published():
    for sex, theirs in (("L", "male"), ("P", "female")):
        table = school.reference()[sex]
        for month, lms in bmifa.DATA[theirs].items():
            ours = table[int(month) - school.FIRST_MONTH]
            assert tuple(Decimal(str(one)) for one in ours) == (lms["l"], lms["m"], lms["s"])
    assert build_standards.packed(build_standards.school_rows) == school.DATA.read_bytes()


@pytest.mark.parametrize(
    ("sex", "months", "bmi", "z"),
    [
        ("L", 120, 16.4433, 0.0),  # the median
        ("P", 61, 15.2441, 0.0),
        ("L", 228, 22.1883, 0.0),
        ("L", 120, 13.0, -2.75),  # ((13 / 16.4433) ** -1.7407 - 1) / (-1.7407 * 0.10566)
    ],
)
def test_scores(sex, months, bmi, z):
    assert school.bmi_for_age(sex, months, bmi) == pytest.approx(z, abs=0.011)


def test_beyond_three_it_goes_straight_on():
    """One distance between 2 and 3 SD above 3 SD is 4, though the formula says less."""
    power, median, spread = school.reference()["L"][120 - school.FIRST_MONTH]
    two, three = (median * (1 + power * spread * sd) ** (1 / power) for sd in (2, 3))
    assert school.bmi_for_age("L", 120, three + (three - two)) == pytest.approx(4, abs=0.01)


@pytest.mark.parametrize(("months", "bmi"), [(60, 16), (229, 20), (120, 4.9), (120, 90.1)])
def test_outside_there_is_none(months, bmi):
    assert school.bmi_for_age("P", months, bmi) is None

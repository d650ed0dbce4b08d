from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pygrowup import Observation

from clusters.growth import INDICES, Growth, is_plausible, zscores
from clusters.growth.standards import LAST_DAY, standards
from tests.clusters.growth import who

SEX = st.sampled_from("LP")
DAY = st.integers(0, LAST_DAY)
MEASURED = st.sampled_from(["l", "h", None])
WEIGHT = st.integers(100, 4_000).map(lambda grams10: grams10 / 100)
HEIGHT = st.integers(350, 1_300).map(lambda millimetres: millimetres / 10)
NOTHING = Growth(None, None, None, None, "", False)


def test_all_children_of_the_who_survey():
    compared = 0
    for child in who.survey():
        ours = zscores(*child.facts)
        for index, published in child.published.items():
            assert getattr(ours, index) == pytest.approx(published, abs=1e-9), (child, index)
            compared += 1
    assert compared == 475 + 489 + 467 + 468


def test_what_who_left_out_of_the_survey_we_leave_out_too():
    for child in who.survey():
        ours = zscores(*child.facts)
        scored = {index for index in INDICES if getattr(ours, index) is not None}
        assert scored == child.published.keys(), child


def test_the_median_child_has_score_nought():
    for sex in "LP":
        boy_or_girl = standards()[sex]
        for day in (0, 30, 365, 730, 731, 1200, LAST_DAY):
            weight, height = boy_or_girl.weight[day][1], boy_or_girl.height[day][1]
            growth = zscores(sex, day, weight, height, "l" if day < 731 else "h")
            assert (growth.waz, growth.haz) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("facts", "index", "z"),
    [
        # published limits of the WHO tables at birth, weight in kg and length in cm
        (("L", 0, 2.459, None), "waz", -2.0),
        (("L", 0, 4.419, None), "waz", 2.0),
        (("P", 0, 2.395, None), "waz", -2.0),
        (("P", 0, None, 45.422), "haz", -2.0),
        (("L", 0, None, 46.098), "haz", -2.0),
    ],
)
def test_published_limits(facts, index, z):
    assert getattr(zscores(*facts, "l"), index) == pytest.approx(z, abs=0.01)


def formula(index, sex, place, value):
    """WHO's formula in decimals, straight from the table, without the extension."""
    _, power, median, spread = who.table(index, sex)[place]
    return ((Decimal(str(value)) / median) ** power - 1) / (power * spread)


def test_weight_beyond_three_goes_straight_on_and_height_does_not():
    _, power, median, spread = who.table("weight", "L")[365]
    two, three = (
        median * (1 + power * spread * sd) ** (1 / power) for sd in (Decimal(2), Decimal(3))
    )
    heavy = float(three + (three - two) * Decimal("1.5"))
    assert zscores("L", 365, heavy, None).waz == pytest.approx(4.5, abs=0.006)
    assert float(formula("weight", "L", 365, heavy)) == pytest.approx(4.32, abs=0.02)
    tall = 88.5
    assert zscores("L", 365, None, tall, "l").haz == pytest.approx(
        float(formula("height", "L", 365, tall)), abs=0.006
    )


@given(SEX, DAY, WEIGHT)
def test_weight_for_age_is_that_of_another_library(sex, day, weight):
    assume(day > 0)  # it takes age 0 for an age that is missing
    theirs = Observation(who.SEXES[sex], age_in_days=day).wfa(Decimal(str(weight)))
    assert zscores(sex, day, weight, None).waz == pytest.approx(float(theirs), abs=0.0101)


@given(SEX, DAY, WEIGHT, st.integers(1, 500), HEIGHT, MEASURED)
def test_a_heavier_child_never_has_a_lower_score(sex, day, weight, more, height, measured):
    light = zscores(sex, day, weight, height, measured)
    heavy = zscores(sex, day, weight + more / 100, height, measured)
    for index in ("waz", "whz", "bmiz"):
        low, high = getattr(light, index), getattr(heavy, index)
        assert (low is None) == (high is None)
        assert low is None or low <= high
    assert light.haz == heavy.haz


@given(SEX, DAY, HEIGHT, st.integers(1, 100), MEASURED)
def test_a_taller_child_never_has_a_lower_height_score(sex, day, height, more, measured):
    short = zscores(sex, day, None, height, measured).haz
    assert short <= zscores(sex, day, None, height + more / 10, measured).haz


@given(SEX, DAY, WEIGHT, HEIGHT, MEASURED)
def test_scores_have_two_decimals_and_flags_name_the_implausible(
    sex, day, weight, height, measured
):
    growth = zscores(sex, day, weight, height, measured)
    scores = {name: getattr(growth, name) for name in INDICES if getattr(growth, name) is not None}
    assert all(z == round(z, 2) for z in scores.values())
    odd = [name for name, z in scores.items() if not is_plausible(name, z)]
    assert growth.flags == ",".join(odd)


@given(SEX, st.one_of(st.integers(max_value=-1), st.integers(LAST_DAY + 1)), WEIGHT, HEIGHT)
def test_no_score_outside_the_ages_of_the_standard(sex, day, weight, height):
    assert zscores(sex, day, weight, height, "l") == NOTHING


@pytest.mark.parametrize(
    ("day", "height", "measured", "known"),
    [
        (100, 44.9, "l", False),
        (100, 45.0, "l", True),
        (100, 44.3, "h", True),
        (100, 44.2, "h", False),
        (730, 110.0, "l", True),
        (730, 110.1, "l", False),
        (730, 109.3, "h", True),
        (730, 109.4, "h", False),
        (731, 64.9, "h", False),
        (731, 65.0, "h", True),
        (731, 65.7, "l", True),
        (731, 65.6, "l", False),
        (1800, 120.0, "h", True),
        (1800, 120.05, "h", False),
        (1800, 120.7, "l", True),
        (1800, 120.8, "l", False),
    ],
)
def test_weight_for_height_ends_with_its_tables(day, height, measured, known):
    growth = zscores("P", day, 12.0, height, measured)
    assert (growth.whz is not None) is known
    assert growth.haz is not None


def test_between_two_rows_in_proportion():
    _, power, low, spread = who.table("standing", "L")[350]  # 100.0 cm
    high = who.table("standing", "L")[351][2]
    middle = (low + high) / 2
    assert zscores("L", 1400, float(middle), 100.05, "h").whz == 0.0
    heavy = middle * (1 + power * spread * 2) ** (1 / power)
    assert zscores("L", 1400, float(heavy), 100.05, "h").whz == pytest.approx(2, abs=0.01)


@pytest.mark.parametrize("sex", ["L", "P"])
def test_standing_under_two_years_counts_as_seven_millimetres_longer(sex):
    stood, lay = zscores(sex, 730, 11.0, 84.3, "h"), zscores(sex, 730, 11.0, 85.0, "l")
    assert stood == lay
    assert stood != zscores(sex, 730, 11.0, 84.3, "l")


@pytest.mark.parametrize("sex", ["L", "P"])
def test_lying_from_two_years_counts_as_seven_millimetres_shorter(sex):
    lay, stood = zscores(sex, 731, 11.0, 85.0, "l"), zscores(sex, 731, 11.0, 84.3, "h")
    assert lay == stood
    assert lay != zscores(sex, 731, 11.0, 85.0, "h")


@pytest.mark.parametrize(("day", "assumed"), [(730, "l"), (731, "h")])
@pytest.mark.parametrize("unknown", [None, ""])
def test_unknown_way_of_measuring_is_taken_from_the_age_and_marked(day, assumed, unknown):
    growth = zscores("P", day, 11.0, 85.0, unknown)
    assert growth.assumed_measured
    assert growth == zscores("P", day, 11.0, 85.0, assumed)._replace(assumed_measured=True)
    assert not zscores("P", day, 11.0, None, unknown).assumed_measured


def test_oedema_leaves_height_only():
    swollen = zscores("L", 500, 9.0, 75.0, "l", oedema=True)
    assert swollen == zscores("L", 500, None, 75.0, "l")
    assert swollen.haz is not None
    assert (swollen.waz, swollen.whz, swollen.bmiz) == (None, None, None)


@pytest.mark.parametrize(
    ("weight", "height"),
    [(None, None), (0, 0), (-3, -50), (0.05, 5), (5_000, 900), (float("nan"), float("nan"))],
)
def test_what_is_no_measurement_has_no_score(weight, height):
    assert zscores("L", 500, weight, height, "l") == NOTHING


@given(SEX, DAY, st.floats(), st.floats(), MEASURED, st.booleans())
def test_no_number_brings_it_down(sex, day, weight, height, measured, oedema):
    growth = zscores(sex, day, weight, height, measured, oedema)
    assert all(z is None or abs(z) < 1e7 for z in growth[:4])


@pytest.mark.parametrize(
    ("index", "z", "plausible"),
    [
        ("waz", -6.0, True),
        ("waz", -6.01, False),
        ("waz", 5.0, True),
        ("waz", 5.01, False),
        ("haz", -6.01, False),
        ("haz", 6.0, True),
        ("haz", 6.01, False),
        ("whz", -5.0, True),
        ("whz", -5.01, False),
        ("whz", 5.01, False),
        ("bmiz", -5.01, False),
        ("bmiz", 5.0, True),
    ],
)
def test_limits_of_the_plausible(index, z, plausible):
    assert is_plausible(index, z) is plausible


def test_flags_of_an_impossible_child():
    assert zscores("P", 800, 3.0, 75.7, "h").flags == "waz,whz,bmiz"
    assert zscores("P", 800, 9.0, 130.0, "h").flags == "haz,bmiz"
    assert zscores("P", 365, 8.9, 74.0, "l").flags == ""


def test_a_sex_that_is_neither_is_an_error():
    with pytest.raises(KeyError):
        zscores("X", 100, 5.0, 60.0, "l")

from datetime import date

import pytest

from clusters.growth import classify, label, scale, zscores
from clusters.growth.classes import SCALES
from clusters.growth.standards import standards

TODAY = date(2026, 3, 1)
WEIGHT_FOR_AGE = [
    (-6.0, "sangat_kurang"),
    (-3.01, "sangat_kurang"),
    (-3.0, "kurang"),
    (-2.01, "kurang"),
    (-2.0, "normal"),
    (0.0, "normal"),
    (1.0, "normal"),
    (1.01, "risiko_lebih"),
    (5.0, "risiko_lebih"),
]
HEIGHT_FOR_AGE = [
    (-3.01, "sangat_pendek"),
    (-3.0, "pendek"),
    (-2.01, "pendek"),
    (-2.0, "normal"),
    (3.0, "normal"),
    (3.01, "tinggi"),
    (6.0, "tinggi"),
]
WEIGHT_FOR_HEIGHT = [
    (-5.0, "gizi_buruk"),
    (-3.01, "gizi_buruk"),
    (-3.0, "gizi_kurang"),
    (-2.01, "gizi_kurang"),
    (-2.0, "gizi_baik"),
    (1.0, "gizi_baik"),
    (1.01, "berisiko_lebih"),
    (2.0, "berisiko_lebih"),
    (2.01, "gizi_lebih"),
    (3.0, "gizi_lebih"),
    (3.01, "obesitas"),
]
OF_SCHOOL_AGE = [
    (-5.0, "gizi_buruk"),
    (-3.01, "gizi_buruk"),
    (-3.0, "gizi_kurang"),
    (-2.01, "gizi_kurang"),
    (-2.0, "gizi_baik"),
    (1.0, "gizi_baik"),
    (1.01, "gizi_lebih"),
    (2.0, "gizi_lebih"),
    (2.01, "obesitas"),
]
CASES = [
    *(("waz", z, code) for z, code in WEIGHT_FOR_AGE),
    *(("haz", z, code) for z, code in HEIGHT_FOR_AGE),
    *(("whz", z, code) for z, code in WEIGHT_FOR_HEIGHT),
    *(("bmiz", z, code) for z, code in WEIGHT_FOR_HEIGHT),
    *(("school_bmiz", z, code) for z, code in OF_SCHOOL_AGE),
]


@pytest.mark.parametrize(("index", "z", "code"), CASES)
def test_cut_offs(index, z, code):
    assert classify(index, z, TODAY) == code


@pytest.mark.parametrize(
    ("index", "z"), [("waz", -6.01), ("waz", 5.01), ("haz", 6.01), ("whz", -5.01), ("bmiz", 5.01)]
)
def test_implausible_scores_have_no_class(index, z):
    assert classify(index, z, TODAY) is None


@pytest.mark.parametrize("index", ["waz", "haz", "whz", "bmiz"])
def test_without_a_score_there_is_no_class(index):
    assert classify(index, None, TODAY) is None


def test_oedema_is_severe_whatever_the_weight():
    growth = zscores("L", 500, 10.5, 79.0, "l", oedema=True)
    assert growth.whz is None
    assert classify("whz", growth.whz, TODAY, oedema=True) == "gizi_buruk"
    assert classify("bmiz", growth.bmiz, TODAY, oedema=True) == "gizi_buruk"
    assert classify("waz", growth.waz, TODAY, oedema=True) is None
    assert classify("haz", growth.haz, TODAY, oedema=True) == "normal"
    assert classify("whz", 0.0, TODAY, oedema=True) == "gizi_buruk"


def test_a_measured_child_at_the_limit_is_not_below_it():
    """The last weight that still rounds to -2.00 is normal, ten grams less is underweight."""
    power, median, spread = standards()["L"].weight[365]
    limit = median * (1 - 2 * power * spread) ** (1 / power)
    at, under = (zscores("L", 365, kg, None).waz for kg in (limit, limit - 0.01))
    assert (at, classify("waz", at, TODAY)) == (-2.0, "normal")
    assert classify("waz", under, TODAY) == "kurang"


def test_before_the_rule_there_is_no_class():
    assert classify("haz", -2.5, date(2020, 1, 7)) is None
    assert classify("haz", -2.5, date(2020, 1, 8)) == "pendek"


def test_each_index_has_one_rule_a_day_and_each_rule_a_source():
    for rule in SCALES:
        assert "Permenkes 2/2020" in rule.source
        same_day = [r for r in SCALES if r.index == rule.index and r.holds_on(rule.since)]
        assert same_day == [rule]


def test_classes_are_listed_from_the_lowest_and_have_labels():
    bands = scale("whz", TODAY).bands
    assert [band.code for band in bands] == [
        "gizi_buruk",
        "gizi_kurang",
        "gizi_baik",
        "berisiko_lebih",
        "gizi_lebih",
        "obesitas",
    ]
    assert str(label("waz", "sangat_kurang", TODAY)) == "Berat badan sangat kurang"
    assert label("waz", "lain", TODAY) == "lain"
    assert label("waz", "kurang", date(1999, 1, 1)) == "kurang"


def test_every_class_can_be_reached():
    reached = {(index, code) for index, _, code in CASES}
    assert reached == {(rule.index, band.code) for rule in SCALES for band in rule.bands}

"""The sentences of the dashboard, made by rules."""

import pytest

from ilp.core.months import Month
from reporting.catalogue import INDICATORS
from reporting.selectors.places import Place
from reporting.selectors.scorecards import Row, Scorecard
from reporting.selectors.scores import Score
from reporting.selectors.situation import furthest_behind, of_spm, sentences

DECEMBER = Month(2026, 12)
SPM = [INDICATORS[code] for code in ("SPM01", "SPM04", "SPM06")]
DISTRICT = Place(1, "99.01", "Kabupaten Contoh", "dinas")


def score(one, numerator, denominator=100, place=1, reported=True):
    return Score(one, place, DECEMBER, numerator, denominator, numerator, 1, reported)


def card(total, rows=()):
    listed = tuple(s.indicator for s in total)
    below = tuple(
        Row(Place(n, f"P{n}", name, "puskesmas"), tuple(scores))
        for n, (name, scores) in enumerate(rows, start=2)
    )
    return Scorecard(listed, Row(DISTRICT, tuple(total)), below)


def test_counts_the_standards_that_meet_their_target():
    now = [score(SPM[0], 100), score(SPM[1], 120), score(SPM[2], 50)]
    assert of_spm(now) == "2 dari 3 SPM yang dapat dihitung mencapai target bulan ini."


def test_says_what_it_was_the_month_before_only_when_that_can_be_compared():
    now = [score(SPM[0], 100), score(SPM[1], 50)]
    assert of_spm(now, [score(SPM[0], 100), score(SPM[1], 99)]).endswith("Bulan lalu juga 1.")
    assert of_spm(now, [score(SPM[0], 10), score(SPM[1], 10)]).endswith("Bulan lalu 0.")
    assert "Bulan lalu" not in of_spm(now, [score(SPM[0], 10)])


def test_standards_that_were_not_reported_or_have_no_sasaran_are_not_counted():
    now = [score(SPM[0], 100), score(SPM[1], 5, reported=False), score(SPM[2], 5, denominator=None)]
    assert of_spm(now).startswith("1 dari 1")
    assert of_spm(now[1:]) == ""


def test_furthest_behind_is_counted_in_people_not_in_percent():
    few, many = score(SPM[0], 1, 20), score(SPM[2], 900, 1000)
    assert furthest_behind([few, many]) is many


def test_the_sentence_names_value_target_shortfall_and_the_three_worst_places():
    rows = [
        (name, [score(SPM[2], n, 100, place=2)])
        for name, n in (
            ("Anggrek", 40),
            ("Baik", 100),
            ("Cempaka", 20),
            ("Dahlia", 40),
            ("Eru", 90),
        )
    ]
    said = sentences(card([score(SPM[2], 290, 500)], rows), [])
    assert said == [
        "Paling tertinggal: SPM 6: pelayanan usia produktif (58,0%, target bulan ini 100,0%; "
        "kurang 210 orang) – terutama Cempaka, Anggrek, Dahlia."
    ]


def test_where_lower_is_better_nobody_is_said_to_be_missing():
    said = sentences(card([score(INDICATORS["AN26"], 30)]), [])
    assert said == ["Paling tertinggal: Stunting (30,0%, target bulan ini 14,0%)."]


def test_when_everything_is_met_it_says_so_and_without_numbers_nothing():
    assert sentences(card([score(SPM[0], 100)]), []) == [
        "Semua indikator utama yang bertarget mencapai target bulan ini."
    ]
    assert sentences(card([score(SPM[0], 0, reported=False)]), []) == []


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", ["Cempaka", "Anggrek", "Baik", "Diam"]),
        ("nama", ["Anggrek", "Baik", "Cempaka", "Diam"]),
        ("SPM01", ["Cempaka", "Anggrek", "Baik", "Diam"]),
        ("-SPM01", ["Baik", "Anggrek", "Cempaka", "Diam"]),
    ],
)
def test_the_heat_table_sorts_and_keeps_silent_places_last(order, names):
    rows = [
        ("Baik", [score(SPM[0], 100)]),
        ("Diam", [score(SPM[0], 80, reported=False)]),
        ("Anggrek", [score(SPM[0], 85)]),
        ("Cempaka", [score(SPM[0], 10)]),
    ]
    sorted_card = card([score(SPM[0], 50)], rows).sorted_by(order)
    assert [row.place.name for row in sorted_card.rows] == names

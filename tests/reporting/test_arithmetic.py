"""Indicators worked out by hand: the vectors that every calculation of ours must meet."""

from datetime import date

import pytest
from django.db.models import Q

from ilp.core.months import Month
from reporting import catalogue
from reporting.catalogue import words
from reporting.selectors.scores import Score, score
from reporting.totals import Cells

PLACE = 1
JANUARY, FEBRUARY, MARCH = (Month(2026, n) for n in (1, 2, 3))


def worked_out(code: str, month: Month, *, people: dict | None = None, **cells: dict) -> Score:
    """The score at one place; `cells` are jan=…, feb=…, mar=…"""
    months = {"jan": JANUARY, "feb": FEBRUARY, "mar": MARCH}
    numbers = {(PLACE, months[name]): cell for name, cell in cells.items()}
    sasaran = {(PLACE, who): count for who, count in (people or {}).items()}
    one = catalogue.indicator(code, month.last_day)
    return score(one, PLACE, month, Cells(numbers), sasaran)


def test_a_ratio_of_sums_not_a_mean_of_ratios():
    found = worked_out(
        "IB21",
        FEBRUARY,
        jan={"anemia": 9, "hb_diperiksa": 10},
        feb={"anemia": 10, "hb_diperiksa": 100},
    )
    assert found.value == pytest.approx(17.2727, abs=1e-4)
    assert found.target_now == 25


def test_a_coverage_grows_and_its_target_runs():
    cells = {"jan": {"k6": 10}, "feb": {"k6": 20}, "mar": {"k6": 11}}
    found = worked_out("IB04", MARCH, people={"S_BULIN": 200}, **cells)
    assert found.value == 20.5
    assert found.target_now == 20.5
    assert (found.target, found.this_month, found.last_month) == (82, 11, 20)
    assert found.standing == "tercapai"


def test_a_drop_out_below_zero_stays_below_zero():
    found = worked_out("IM24", JANUARY, jan={"dpt1": 80, "dpt3": 84})
    assert found.value == -5.0
    assert (found.standing, found.odd) == ("minus", "Angka minus: susulan atau salah catat")
    found = worked_out("IM24", JANUARY, jan={"dpt1": 80, "dpt3": 80})
    assert (found.value, found.standing, found.odd) == (0, "tercapai", "")


@pytest.mark.parametrize("reached", [0, 3])
def test_nothing_is_divided_by_zero(reached):
    found = worked_out("IB02", JANUARY, people={"S_BUMIL": 0}, jan={"k1": reached})
    assert found.value is None
    assert found.is_odd is (reached == 3)


def test_skdn():
    cell = {"skdn_d": 30, "b_baru": 2, "o_absen": 4, "n_naik": 18, "t_tidak_naik": 6}
    found = {
        code: worked_out(code, JANUARY, people={"S_BALITA": 40}, jan=cell).value
        for code in ("AN18", "AN19", "AN20", "AN21")
    }
    assert found == {"AN18": 75.0, "AN19": 75.0, "AN20": 45.0, "AN21": 25.0}


def test_state_looks_at_its_own_month():
    cells = {"jan": {"stunting": 9, "diukur_tbu": 10}, "feb": {"stunting": 1, "diukur_tbu": 10}}
    assert worked_out("AN26", FEBRUARY, **cells).value == 10
    assert worked_out("AN26", MARCH, **cells).value is None


def test_above_hundred_is_shown_and_marked():
    found = worked_out("IB02", JANUARY, people={"S_BUMIL": 10}, jan={"k1": 12})
    assert (found.value, found.is_odd) == (120.0, True)


@pytest.mark.parametrize("code", sorted(catalogue.indicators_on(MARCH.last_day)))
def test_without_numbers_there_is_no_value(code):
    one = catalogue.indicator(code, MARCH.last_day)
    people = dict.fromkeys(one.bottom.codes, 100) if one.bottom.is_sasaran else {}
    assert worked_out(code, MARCH, people=people).value is None


def test_without_sasaran_there_is_no_coverage():
    in_force = catalogue.indicators_on(MARCH.last_day).values()
    covering = [
        i
        for i in in_force
        if i.bottom.is_sasaran
        and not i.top.is_sasaran
        and i.is_due(MARCH)
        and not i.provinces  # elsewhere they do not exist: test_villages_and_provinces.py
    ]
    assert covering
    for one in covering:
        found = worked_out(one.code, MARCH, mar=dict.fromkeys(one.top.codes, 7))
        assert (found.numerator, found.value) == (one.top.of(dict.fromkeys(one.top.codes, 7)), None)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (Q(), ""),
        (Q(person__isnull=False), "kunjungan apa pun"),
        (Q(hb__isnull=False), "Hb terisi"),
        (Q(hb__isnull=True), "Hb kosong"),
        (Q(hb__lt=11) & Q(usg=True), "Hb < 11 dan USG = ya"),
        (
            Q(hb__gte=7, usg=False) | Q(weeks__lte=12),
            "(Hb ≥ 7 dan USG = tidak) atau Usia kehamilan ≤ 12",
        ),
        (~Q(examiner="dokter"), "tidak (Pemeriksa = dokter)"),
        (Q(td_status__in=["T4", "T5"]), "Status imunisasi Td = T4 atau T5"),
        (Q(seen_on__month__in=(2, 8)), "dilayani bulan Februari atau Agustus"),
    ],
)
def test_predicates_are_told_in_words(when, said):
    assert words.predicate(when, words.names("antenatal")) == said


def test_a_column_without_a_name_is_not_passed_over():
    with pytest.raises(KeyError, match="shoe"):
        words.predicate(Q(shoe=42), words.names("adult"))


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        (date(2000, 1, 1), None, "selalu"),
        (date(2000, 1, 1), date(2026, 1, 1), "sampai sebelum 2026-01-01"),
        (date(2026, 1, 1), None, "sejak 2026-01-01"),
        (date(2023, 1, 1), date(2026, 1, 1), "sejak 2023-01-01 sampai sebelum 2026-01-01"),
    ],
)
def test_spans_are_told_in_words(since, until, said):
    assert words.span(since, until) == said

"""Recaps drawn otherwise than a report: what is of no month is not taken for one, what is lost is
told."""

from datetime import date

import pytest

from ilp.core.months import Month
from reporting.actions.reports import open_report
from reporting.excel.filled import NoColumnOfTheForm, NoRowsOfTheForm, read_filled, rows_of
from reporting.excel.headings import Headings
from reporting.excel.placed import period_of
from reporting.selectors import reports
from reporting.selectors.prints import columns_for
from tests.clusters.corpus.writers import Formula, Page, xlsx
from tests.reporting.test_from_national import read

MAY = Month(2026, 5)
CODES = ("k1", "k1_murni", "k4")


@pytest.fixture
def lb3(tree):
    return open_report(facility=tree["first"], month=MAY, form="LB3", by=None)


def lines(report, head, *numbers):
    """A recap with these headings, and below them the same numbers for three rows of the form."""
    labels = {row.element: row.label for row in rows_of(reports.sheet(report=report))}
    return [["Uraian", *head], *([labels[code], *numbers] for code in CODES)]


def taken(report, head, *numbers):
    found = read(report, REKAP=lines(report, head, *numbers))
    (number,) = {found.cells[code, ""] for code in CODES}
    return number, found.notes


def test_months_may_be_called_by_their_numbers(lb3):
    assert taken(lb3, [*range(1, 13), "Jumlah"], *range(1, 13), 78) == ("5", [])


@pytest.mark.parametrize(
    "parts",
    [["TW I", "TW II", "TW III", "TW IV"], ["Semester 1", "Semester 2"], [1, 2, 3, 4, 5, 6]],
)
def test_a_sum_of_a_years_parts_is_no_number_of_the_month(lb3, parts):
    with pytest.raises(NoColumnOfTheForm):
        taken(lb3, [*parts, "Jumlah"], *([1] * len(parts)), len(parts))


def test_a_sum_of_weeks_is_the_months(lb3):
    weeks = [f"Minggu {n}" for n in range(1, 6)]
    assert taken(lb3, [*weeks, "Jumlah"], 1, 2, 3, 4, 5, 15) == ("15", [])


def test_this_month_is_taken_beside_what_is_so_far(lb3):
    head = ["s/d bulan lalu", "Bulan ini", "s/d bulan ini"]
    assert taken(lb3, head, 90, 5, 95) == ("5", [])


@pytest.mark.parametrize(
    ("groups", "numbers"),
    [
        (["Kumulatif", "Bulan ini"], [95, 5]),
        (["s/d bulan lalu", "Bulan ini", "s/d bulan ini"], [90, 5, 95]),
        (["Sasaran", "s/d bulan ini", "Bulan ini"], [900, 95, 5]),
        (["Target", "Capaian"], [90, 5]),
    ],
)
def test_of_sums_below_groups_that_of_the_month_is_taken(lb3, groups, numbers):
    recap = lines(lb3, ["Jumlah"] * len(groups), *numbers)
    recap.insert(0, ["", *groups])
    found = read(lb3, REKAP=recap)
    assert {found.cells[code, ""] for code in CODES} == {"5"}
    assert not any("kumulatif" in note for note in found.notes)


@pytest.mark.parametrize("other", ["Sasaran", "Target", "s/d bulan ini", "Bulan lalu", "Kumulatif"])
def test_of_sexes_below_groups_those_of_the_month_are_taken(other):
    rows = [["", other, "", "Bulan ini", ""], ["Uraian", "L", "P", "L", "P"]]
    found = Headings(rows, columns_for(("L", "P")), (2026, 5), right_of=0)
    assert {one.column.parts: one.at for one in found.columns if not one.column.is_sum} == {
        ("L",): 3,
        ("P",): 4,
    }
    assert not found.is_so_far


def test_an_age_up_to_another_is_not_so_far():
    rows = [["Uraian", "0 sampai 7 hari", "s/d 28 hari"]]
    found = Headings(rows, columns_for(("",)), (2026, 5), right_of=0)
    assert not found.is_so_far
    rows = [["Uraian", "Tahun 2026 s/d bulan ini"]]
    assert Headings(rows, columns_for(("",)), (2026, 5), right_of=0).is_so_far


def test_a_column_that_is_only_so_far_is_taken_with_a_word(lb3):
    number, notes = taken(lb3, ["s/d bulan ini"], 95)
    assert (number, ["menyebut kumulatif" in note for note in notes]) == ("95", [True])


@pytest.mark.parametrize("title", ["Target", "Sasaran", "Capaian (%)", "Bulan lalu"])
def test_a_column_of_something_else_is_not_taken(lb3, title):
    with pytest.raises(NoColumnOfTheForm):
        taken(lb3, [title], 95)


def test_a_table_of_places_that_is_only_so_far_is_not_taken(lb3):
    rows = [["DESA", "K1", "K4"], ["", "s/d Mei", "s/d Mei"], ["Satu", 6, 4], ["Dua", 4, 3]]
    with pytest.raises(NoRowsOfTheForm):
        read(lb3, PWS=rows)
    rows = [["DESA", "K1", "", "K4", ""], ["", "s/d Bln ini", "Bln ini"] * 2, ["Satu", 6, 5, 4, 3]]
    rows[1] = ["", *rows[1][1:3], *rows[1][1:3]]
    assert read(lb3, PWS=rows).cells == {("k1", ""): "5", ("k4", ""): "3"}


def test_what_is_no_number_in_a_sum_of_places_is_told(lb3):
    rows = [["DESA", "K1", "K4"], ["Satu", "5 org", 3], ["Dua", 3, 2]]
    found = read(lb3, PWS=rows)
    assert found.cells == {("k1", ""): "3", ("k4", ""): "5"}
    assert [note[:40] for note in found.notes] == ["Baris 2 berisi yang bukan bilangan bulat"]


def test_a_formula_that_failed_is_told_with_its_row(lb3):
    table = lines(lb3, ["Jumlah"], Formula(5))
    table[2][1] = Formula("#REF!")
    sheet = reports.sheet(report=lb3)
    found = read_filled(
        xlsx([Page("MEI", table)]), rows=rows_of(sheet), form="LB3", month=(2026, 5)
    )
    assert found.cells == {("k1", ""): "5", ("k4", ""): "5"}
    assert found.notes == ["Rumus gagal di baris 3, jadi dianggap kosong. Tulis angkanya."]


def test_snapshots_say_their_months_in_any_way(lb3):
    rows = [
        ["Desa", "Periode", "K1 akses", "K6"],
        ["Satu", "2026-05", 12, 3], ["Dua", "Mei 2026", 4, 1],
        ["Tiga", "05/2026", 4, 1], ["Empat", "Mei 2025", 50, 50], ["Lima", "entah", 60, 60],
    ]  # fmt: skip
    found = read(lb3, Data=rows)
    assert found.cells == {("k1", ""): "20", ("k6", ""): "5"}
    assert [note[:32] for note in found.notes] == [
        "Angka di berkas ini kumulatif sa", "Bulan di baris 6 tidak terbaca, "
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "period"),
    [(5, (0, 5)), ("05", (0, 5)), ("Mei", (0, 5)), ("MEI 2026", (2026, 5)), ("2026-05", (2026, 5)),
     (date(2026, 5, 1), (2026, 5)), ("13", (0, 0)), ("Mei-Juni 2026", (0, 0)), ("", (0, 0))],
)  # fmt: skip
def test_a_period_in_a_cell(cell, period):
    assert period_of(cell) == period

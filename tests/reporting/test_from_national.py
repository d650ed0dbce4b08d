"""A report filled in from tables of other applications: places in rows, diseases by code."""

import pytest

from ilp.core.months import Month
from reporting.actions.reports import open_report
from reporting.catalogue.diseases import LISTINGS
from reporting.excel.filled import read_filled, rows_of
from reporting.selectors import reports
from tests.clusters.workbooks import workbook

MAY = Month(2026, 5)
PWS = [
    ["PWS KIA"], ["PUSKESMAS KENANGA"], ["BULAN MEI 2026"], [],
    ["NO", "DESA", "SASARAN", None, "K1", None, None, None, "K4", None, None, None],
    [None, None, "BUMIL", "BULIN", "BLN LALU", "BLN INI", "KUMULATIF", None,
     "BLN LALU", "BLN INI", "KUMULATIF", None],
    [None, None, None, None, None, None, "ABS", "%", None, None, "ABS", "%"],
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    [1, "Satu", 60, 57, 4, 5, 21, 35, 3, 4, 17, 28],
    [2, "Dua", 40, 38, 2, 3, 14, 35, 1, 2, 9, 22],
    [None, "Total", 100, 95, 6, 8, 35, 35, 4, 6, 26, 26],
]  # fmt: skip


@pytest.fixture
def lb3(tree):
    return open_report(facility=tree["first"], month=MAY, form="LB3", by=None)


def read(report, **sheets):
    sheet = reports.sheet(report=report)
    return read_filled(
        workbook(**sheets),
        rows=rows_of(sheet),
        form=str(sheet.form.label),
        month=(2026, 5),
        place=str(report.facility),
    )


def test_pws_kia_gives_this_months_total(lb3):
    found = read(lb3, PWS=PWS)
    assert found.cells == {("k1", ""): "8", ("k4", ""): "6"}
    assert (found.rows, found.sums, found.notes) == ({"k1": 11, "k4": 11}, [], [])


def test_a_total_that_its_villages_do_not_make_is_told(lb3):
    total = [*PWS[-1]]
    total[5] = 9
    found = read(lb3, PWS=[*PWS[:-1], total])
    assert found.cells["k1", ""] == "9"
    assert [(one.row, one.stated, one.found) for one in found.sums] == [(11, 9, 8)]


def test_the_row_of_the_report_s_place_is_taken_before_the_total(lb3):
    rows = [["PUSKESMAS", "K1", "K4"], ["Kenanga", 7, 5], ["Melati", 20, 11], ["Jumlah", 27, 16]]
    assert read(lb3, Data=rows).cells == {("k1", ""): "7", ("k4", ""): "5"}


def sigizi(*body):
    return [["Tahun", "Kab/Kota", "Puskesmas", "Desa", "Bulan", "K1 akses", "K1 murni", "K6"],
            *([2026, "CONTOH", "KENANGA", *row] for row in body)]  # fmt: skip


def test_snapshots_are_the_last_of_each_village_and_are_never_added_over_months(lb3):
    found = read(
        lb3,
        Data=sigizi(
            ["Satu", "Maret", 5, 4, 3],
            ["Satu", "Mei", 9, 7, 5],
            ["Satu", "Juni", 12, 9, 6],
            ["Dua", "April", 4, 2, 1],
        ),
    )
    assert found.cells == {("k1", ""): "13", ("k1_murni", ""): "9", ("k6", ""): "6"}
    assert "kumulatif" in found.notes[0]
    assert "Dua" in found.notes[1]
    assert "April" in found.notes[1]


def test_of_two_snapshots_of_a_month_the_one_entered_last_counts(lb3):
    rows = sigizi(["Satu", "Mei", 9, 7, 5], ["Satu", "Mei", 8, 6, 4])
    rows = [[*row, said] for row, said in zip(
        rows, ["waktu_input", "2026-05-30 10:00:00", "2026-05-29 09:00:00"], strict=True
    )]  # fmt: skip
    assert read(lb3, Data=rows).cells["k1", ""] == "9"


def test_snapshots_of_another_year_do_not_count(lb3):
    rows = sigizi(["Satu", 5, 9, 7, 5], ["Dua", "05", 4, 2, 1])
    rows[2][0] = 2025
    assert read(lb3, Data=rows).cells["k1", ""] == "9"


def lb1_rows(*diseases):
    ages = ["0-7 hr", "29 hr - <1 th", "1-4 th", "> 70 th"]
    first = ["NO", "KODE ICD-10", "NAMA PENYAKIT", *(a for age in ages for a in (age, None))]
    second = [None, None, None, *["L", "P"] * len(ages), "L", "P"]
    return [["LB1"], [], [*first, "KASUS LAMA", None], second, *diseases]


@pytest.fixture
def lb1(tree):
    return open_report(facility=tree["first"], month=MAY, form="LB1", by=None)


def test_lb1_is_known_by_its_codes_in_a_column_of_their_own(lb1):
    one, two = [d for d in LISTINGS[-1].diseases if d.categories][:2]
    numbers = [*range(1, 9), 20, 21]
    found = read(
        lb1,
        LB1=lb1_rows(
            [1, one.categories, "nama lain", *numbers],
            [2, two.shown, "nama lain lagi", *["-"] * 10],
            [3, "Z99.9", "tidak ada", *numbers],
        ),
    )
    said = {part: text for (element, part), text in found.cells.items() if element == one.code}
    assert said == {
        **{"L:0-7h": "1", "P:0-7h": "2", "L:1-11b": "3", "P:1-11b": "4", "L:1-4": "5"},
        **{"P:1-4": "6", "L:70+": "7", "P:70+": "8", "L:lama": "20", "P:lama": "21"},
    }
    assert found.cells[two.code, "P:lama"] == "0"
    assert [label for _row, label in found.unknown] == ["Z99.9"]


def test_a_single_code_is_its_row_and_of_two_in_one_row_neither(lb1):
    wide = [d for d in LISTINGS[-1].diseases if d.ranges and d.ranges[0][0] != d.ranges[0][1]]
    one, two = wide[0], wide[1]
    plain = next(d for d in LISTINGS[-1].diseases if d.categories and d not in (one, two))
    numbers = [*range(1, 9), 20, 21]
    found = read(
        lb1,
        LB1=lb1_rows(
            [1, plain.categories, "x", *numbers],
            [2, f"{one.ranges[0][0]}.1", "x", *numbers],
            [3, two.ranges[0][0], "x", *numbers],
            [4, two.ranges[0][1], "x", *numbers],
        ),
    )
    assert found.guessed == {one.code: f"{one.ranges[0][0]}.1"}
    assert found.cells[one.code, "L:0-7h"] == "1"
    assert two.code not in found.rows
    assert len(found.unknown) == 2


@pytest.mark.parametrize(
    ("ages", "numbers", "sums"),
    [
        (("60-64 th", "65-69 th"), (3, 4, 5, 6), ("8", "10")),
        (("60 - 64", "65 - 69"), ("-", 4, 5, None), ("5", "4")),
        (("60-69 th", "65-69 th"), (3, 4, 5, 6), ("3", "4")),
    ],
)
def test_lb1_may_write_the_ages_from_60_to_69_in_two(lb1, ages, numbers, sums):
    one, two = [d for d in LISTINGS[-1].diseases if d.categories][:2]
    first = ["NO", "KODE ICD-10", "NAMA PENYAKIT", ages[0], None, ages[1], None, "> 70 th", None]
    second = [None, None, None, *["L", "P"] * 3]
    body = [[1, one.categories, "x", *numbers, 1, 2], [2, two.categories, "x", *[0] * 6]]
    found = read(lb1, LB1=[["LB1"], [], first, second, *body])
    said = {part: text for (element, part), text in found.cells.items() if element == one.code}
    assert said == {"L:60-69": sums[0], "P:60-69": sums[1], "L:70+": "1", "P:70+": "2"}
    added = [note for note in found.notes if "dijumlahkan" in note]
    assert bool(added) == ("60-69 th" not in ages)


def test_half_of_the_ages_from_60_to_69_is_not_taken_for_all(lb1):
    diseases = [d for d in LISTINGS[-1].diseases if d.categories][:2]
    rows = [["NO", "KODE ICD-10", "NAMA PENYAKIT", "60-64 th", None, "> 70 th", None]]
    rows += [[None, None, None, "L", "P", "L", "P"]]
    rows += [[n, one.categories, "x", 1, 2, 3, 4] for n, one in enumerate(diseases, start=1)]
    found = read(lb1, LB1=[["LB1"], [], *rows])
    assert {part for _element, part in found.cells} == {"L:70+", "P:70+"}

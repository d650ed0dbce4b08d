"""A report filled in from a workbook: our own sheet, and recaps as people keep them."""

import io

import pytest

from ilp.core.months import Month
from ilp.core.weeks import month_of
from reporting.actions.reports import open_report
from reporting.catalogue import FORMS
from reporting.excel.filled import NoColumnOfTheForm, NoRowsOfTheForm, read_filled, rows_of
from reporting.excel.reports import write_document
from reporting.models import ReportValue
from reporting.selectors import reports
from reporting.selectors.checking import typed_cells
from reporting.selectors.prints import report_document
from tests.clusters.workbooks import workbook
from tests.reporting.papers import filler, period, written

MAY = Month(2026, 5)


@pytest.fixture
def draft(tree):
    return open_report(facility=tree["first"], month=MAY, form="F1", by=None)


def read(report, content):
    sheet = reports.sheet(report=report)
    return read_filled(
        content,
        rows=rows_of(sheet),
        form=str(sheet.form.label),
        month=(2026, month_of(report.period).number),
    )


def on_paper(report):
    target = io.BytesIO()
    write_document(target, report_document(report=report))
    return target.getvalue()


@pytest.mark.parametrize("code", FORMS)
def test_each_form_comes_back_from_its_own_workbook_as_it_was(tree, code):
    report = written(filler(tree, code), period(code), code)
    kept = ReportValue.objects.filter(report=report)
    typed = set(typed_cells(FORMS[code]))
    saved = {(v.element, v.part): str(v.value) for v in kept if (v.element, v.part) in typed}
    found = read(report, on_paper(report))
    assert found.cells == saved
    assert (found.unknown, found.guessed, found.sums) == ([], {}, [])
    assert found.rows.keys() >= {element for element, _part in typed}


def labels_of(report):
    return {row.element: row.label for row in rows_of(reports.sheet(report=report))}


def parts_sheet(report, elements, numbers, *, above=(), sums=True):
    """Our columns in two levels, as staff draw them: L and P, ages below, a sum behind each."""
    row = next(r for r in rows_of(reports.sheet(report=report)) if r.element == elements[0])
    ages = [part.partition(":")[2] for part in row.parts if part.startswith("L:")]
    first = ["NO", "URAIAN", *(["L"] + [None] * len(ages)), *(["P"] + [None] * len(ages)), "JUMLAH"]
    heads = [f"{age} bulan" for age in ages]
    second = [None, None, *heads, "Jml", *heads, "Jml", None]
    named = labels_of(report)
    body = []
    for at, element in enumerate(elements, start=1):
        cells = numbers[element]
        half = len(ages)
        left, right = cells[:half], cells[half:]
        total = [sum(n for n in side if isinstance(n, int)) for side in (left, right)]
        body.append(
            [at, named[element], *left, total[0] if sums else 99, *right, total[1], sum(total)]
        )
    return [*above, first, second, *body]


def test_a_recap_with_titles_sums_and_signatures(draft):
    elements = ["skdn_s", "skdn_k"]
    numbers = {"skdn_s": [*range(1, 11)], "skdn_k": ["-", "nihil", None, 4, 5, 6, 7, 8, 9, 10]}
    above = [["REKAP GIZI"], ["PUSKESMAS KENANGA"], ["BULAN MEI 2026"], []]
    rows = parts_sheet(draft, elements, numbers, above=above)
    rows += [[None, "Jumlah", 1, 2], [], ["Mengetahui"], ["Kepala Puskesmas"], ["NIP 1970"]]
    found = read(draft, workbook(MEI=rows))
    assert found.cells["skdn_s", "L:0-5"] == "1"
    assert found.cells["skdn_s", "P:36-59"] == "10"
    assert found.cells["skdn_k", "L:0-5"] == found.cells["skdn_k", "L:6-11"] == "0"
    assert ("skdn_k", "L:12-23") not in found.cells, "blank is missing, not 0"
    assert len(found.cells) == 19
    assert found.other_months == []


def test_a_sum_that_does_not_add_up_is_told(draft):
    rows = parts_sheet(draft, ["skdn_s", "skdn_k"], {e: [1] * 10 for e in ("skdn_s", "skdn_k")},
                       sums=False)  # fmt: skip
    found = read(draft, workbook(MEI=rows))
    assert [(one.stated, one.found) for one in found.sums] == [(99, 5), (99, 5)]


def test_a_recap_of_a_year_gives_the_month_of_the_report(tree):
    report = open_report(facility=tree["first"], month=MAY, form="UKM", by=None)
    rows = [row for row in rows_of(reports.sheet(report=report)) if row.parts == ("",)][:5]
    months = ["Jan", "Pebruari", "MARET", "april", "Mei", "Juni"]
    body = [[at, row.label, *range(at * 10, at * 10 + 6)] for at, row in enumerate(rows)]
    found = read(report, workbook(TAHUN=[["No", "Kegiatan", *months], *body]))
    assert [found.cells[row.element, ""] for row in rows] == ["4", "14", "24", "34", "44"]


def test_the_sheet_of_the_month_is_taken(tree):
    report = open_report(facility=tree["first"], month=MAY, form="UKM", by=None)
    rows = [row for row in rows_of(reports.sheet(report=report)) if row.parts == ("",)][:5]

    def sheet(number):
        return [["No", "Kegiatan", "Jumlah"], *([1, row.label, number] for row in rows)]

    found = read(report, workbook(APRIL=sheet(4), MEI=sheet(5), JUNI=sheet(6)))
    assert found.sheet == "MEI"
    assert set(found.cells.values()) == {"5"}


def test_what_no_row_is_called_and_what_is_only_alike_is_told(tree):
    report = open_report(facility=tree["first"], month=MAY, form="UKM", by=None)
    rows = [r for r in rows_of(reports.sheet(report=report)) if r.parts == ("",)]
    long = next(row for row in rows[3:] if len(row.label) > 20)
    body = [*([1, row.label, 3] for row in rows[:3]), [4, "Kegiatan rahasia", 8],
            [5, f"{long.label[:-1]}", 9]]  # fmt: skip
    found = read(report, workbook(MEI=[["No", "Kegiatan", "Jumlah"], *body]))
    assert found.unknown == [(5, "Kegiatan rahasia")]
    assert found.guessed == {long.element: long.label[:-1]}
    assert found.cells[long.element, ""] == "9"


def test_another_month_in_the_title_is_told(draft):
    elements = ["skdn_s", "skdn_k"]
    rows = parts_sheet(draft, elements, {e: [1] * 10 for e in elements}, above=[["BULAN APRIL"]])
    assert read(draft, workbook(Data=rows)).other_months == ["4"]


def test_a_file_of_something_else_is_refused_with_a_sentence(draft):
    with pytest.raises(NoRowsOfTheForm):
        read(draft, workbook(Data=[["Nama", "NIK"], ["Contoh", "1"]]))


def test_rows_without_a_known_column_are_refused_with_a_sentence(draft):
    named = labels_of(draft)
    body = [[1, named[e], 4, 5] for e in ("skdn_s", "skdn_k")]
    with pytest.raises(NoColumnOfTheForm):
        read(draft, workbook(Data=[["No", "Uraian", "Kiri", "Kanan"], *body]))


def test_written_reports_are_read_too(tree):
    report = written(tree["first"], MAY, "LB3")
    assert read(report, on_paper(report)).cells

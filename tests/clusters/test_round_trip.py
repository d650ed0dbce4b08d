"""Refused, given back, repaired as the file says, sent again: everything is in. For each fault."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from clusters.excel import ours, people, readers, refusals
from clusters.excel.marking.styles import RED
from clusters.services import SERVICES, Kind
from ilp.core import cells
from tests.clusters.annotating import (
    LILA,
    alone,
    colour,
    given_back,
    laid_out,
    marked,
    opened,
    pregnant,
    reasons,
    saved,
    shown,
    titled,
)
from tests.clusters.faults import FAULTS, GONE
from tests.clusters.workbooks import workbook

# Said of a row that comes in all the same.
WARNINGS = {
    *("nik-damaged", "nik-date", "nik-sex", "nik-born", "nik-serial", "broken-formula"),
    *("note-dropped", "word-for-number", "unusual", "read-as", "other-month", "nik-rounded"),
    *("days-dropped", "place-alone"),
}
UNREACHABLE = {"text-too-long"}  # no service asks for free text
SOURCES = (
    *(Path(module.__file__) for module in (refusals, readers, people)),
    *Path(cells.__file__).parent.glob("*.py"),
)


def codes_in(path: Path) -> set[str]:
    """What a module calls the faults that it knows."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in ("Bad", "CellError")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def test_every_refusal_has_its_round_trip():
    codes = set().union(*map(codes_in, SOURCES))
    assert codes == FAULTS.keys() | WARNINGS | UNREACHABLE | refusals.OF_THE_WHOLE_ROW
    assert not FAULTS.keys() & (WARNINGS | UNREACHABLE)
    kinds = {field.kind for service in SERVICES.values() for field in service.fields}
    assert Kind.TEXT not in kinds, "text-too-long can now be met: it needs a round trip"


def put_right(cell, value) -> None:
    cell.value = value
    cell.number_format = "dd/mm/yyyy" if isinstance(value, date) else "General"


def rejected(take, tree, code):
    """The fault, what became of its file, and what was refused of it."""
    fault = FAULTS[code]
    rows = fault.before(tree, take) or fault.rows
    first = take(content=laid_out(*rows), service=fault.service, at=fault.at)
    issues = list(first.upload.issues.filter(is_warning=False))
    assert {issue.code for issue in issues} == {code, *fault.also}, first.issues
    return fault, first, issues


@pytest.mark.parametrize("code", FAULTS)
def test_the_annotated_file_repaired_as_told_comes_in_whole(take, tree, code):
    fault, first, issues = rejected(take, tree, code)
    book = opened(given_back(first.upload))
    page = book["Mei 2025"]
    said = reasons(page)
    assert shown(page) == {issue.row for issue in issues}
    for issue in issues:
        cell = marked(page, issue)
        assert said[issue.row].startswith("PERBAIKI")
        assert issue.reason in said[issue.row]
        assert issue.reason in cell.comment.text
        assert colour(cell) == RED
        if fault.repair is GONE:
            for one in page[issue.row][: titled(page, ours.FAULTS).column - 1]:
                one.value = None
        elif fault.repair is not None:
            put_right(cell, fault.repair)
    gone = first.rejected if fault.repair is GONE else 0
    fault.after(tree)

    again = take(content=saved(book), service=fault.service, at=fault.at)

    assert again.rejected == 0, again.issues
    assert again.read == first.read - gone == again.new + again.changed + again.same
    assert again.new == first.rejected - gone
    assert again.same == first.new + first.same


@pytest.mark.parametrize("code", [code for code, one in FAULTS.items() if one.repair is not GONE])
def test_the_refused_rows_alone_repaired_as_told_come_in(take, tree, code):
    fault, first, issues = rejected(take, tree, code)
    book = opened(alone(first.upload))
    (page,) = book.worksheets
    rows = {row: at for at, row in enumerate(sorted({i.row for i in issues}), start=2)}
    assert page.max_row == len(rows) + 1
    for issue in issues:
        assert issue.reason in reasons(page)[rows[issue.row]]
        if fault.repair is not None:
            cell = page.cell(rows[issue.row], titled(page, issue.column).column)
            put_right(cell, fault.repair)
    fault.after(tree)

    again = take(content=saved(book), service=fault.service, at=fault.at)

    assert again.rejected == 0, again.issues
    assert again.read == again.new == first.rejected


def test_a_line_of_a_csv_that_was_cut_in_two_comes_in_once_put_together(take, tree):
    titles = ["NIK", "Nama", "Tanggal lahir", "Posyandu", "Tanggal kunjungan", "HPHT", LILA]
    lines = [
        ",".join([row["NIK"], row["Nama"], f"{row['Tanggal lahir']:%d/%m/%Y}", "Melati",
                  "06/05/2025", "04/03/2025", lila])
        for row, lila in ((pregnant(1), "24.1"), (pregnant(2), "24,1"))
    ]  # fmt: skip
    first = take(content="\n".join([",".join(titles), *lines]).encode(), service="antenatal")
    (issue,) = first.upload.issues.filter(is_warning=False)
    assert issue.code == refusals.LONGER_THAN_TITLES.code
    book = opened(given_back(first.upload))
    page = next(sheet for sheet in book.worksheets if sheet.title != ours.SUMMARY)
    assert issue.reason in reasons(page)[issue.row]
    page.cell(issue.row, len(titles)).value = 24.1
    page.cell(issue.row, len(titles) + 1).value = None

    again = take(content=saved(book), service="antenatal")

    assert (again.rejected, again.new, again.same) == (0, 1, 1), again.issues


def test_a_table_of_other_columns_comes_in_from_a_sheet_of_its_own(take, tree):
    one, other = pregnant(1), pregnant(2)
    turned = list(reversed(one))
    rows = [list(one), list(one.values()), [], turned, [other[title] for title in turned]]
    first = take(content=workbook(Mei=rows), service="antenatal")
    (issue,) = first.upload.issues.filter(is_warning=False)
    assert issue.code == refusals.OTHER_COLUMNS.code
    book = opened(given_back(first.upload))
    page = book["Mei"]
    assert issue.reason in reasons(page)[issue.row]
    own = book.create_sheet("Sendiri")
    for number in (issue.row - 1, issue.row):
        own.append([cell.value for cell in page[number][: len(turned)]])
    page.delete_rows(issue.row - 1, 2)

    again = take(content=saved(book), service="antenatal")

    assert (again.rejected, again.new, again.same) == (0, 1, 1), again.issues

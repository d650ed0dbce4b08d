"""The recap of the Dinas: the sum of what is approved, and who is not in it."""

from datetime import date

import pytest

from ilp.core.months import Month
from reporting.actions.reports import take_step
from reporting.catalogue import FORMS
from reporting.selectors import gathering, reports
from reporting.workflow import Step
from tests.factories import place as new_place
from tests.factories import worker
from tests.reporting.papers import approved, book, rows_read
from tests.reporting.sheets import filled

MONTH = Month(2025, 3)


@pytest.fixture
def dinas(tree):
    return worker("programmer", tree["district"])


def recap(tree, user, form="F1"):
    return gathering.gather(district=tree["district"], form=FORMS[form], month=MONTH, user=user)


def paper(gathered):
    return gathering.document(gathered, today=date(2025, 4, 20))


def test_only_approved_reports_are_added_up_and_the_others_are_named(tree, dinas):
    approved(tree["first"], MONTH, skdn_s=12)
    filled(tree["second"], MONTH, skdn_s=999)

    gathered = recap(tree, dinas)
    document = paper(gathered)

    rows = {line.label: line for line in document.grids[0].lines}
    assert rows["Kenanga"].cells[0].number == 120
    assert rows["Cempaka"].kind == "out"
    assert rows["Cempaka"].note == "Draf"
    assert {cell.number for cell in rows["Cempaka"].cells} == {None}
    assert rows["Jumlah"].cells[0].number == 120
    assert document.draft == "SEMENTARA – 1 dari 2 tempat disahkan"
    assert any("ditandai di tabel: 1 draf" in note for note in document.notes)


def test_the_recap_is_the_sum_of_the_reports_cell_by_cell(tree, dinas):
    both = [
        approved(tree["first"], MONTH, skdn_s=12, skdn_k=9, n_naik=5, s36=3),
        approved(tree["second"], MONTH, skdn_s=31, skdn_k=20, n_naik=7, f1_bumil=8),
    ]
    document = paper(recap(tree, dinas))
    assert document.draft == ""

    by_place, *detail = document.grids
    for at, code in enumerate(item.element for item in FORMS["F1"].items):
        totals = [
            next(row.total for row in reports.sheet(report=r, proposing=False).rows
                 if row.element == code)
            for r in both
        ]  # fmt: skip
        column = [line.cells[at].number for line in by_place.lines]
        assert column == [totals[1], totals[0], sum(totals)], code  # Cempaka before Kenanga

    found = {
        (line.number, column.path): cell.number
        for grid in detail for line in grid.lines
        for column, cell in zip(grid.columns, line.cells, strict=True)
    }  # fmt: skip
    assert found["1", ("Perempuan", "36–59 bln")] == 12 + 31
    assert found["1", ("Laki-laki", "Jml")] == 5 * (12 + 31)
    assert found["7", ("Jumlah",)] == 10 * (5 + 7), "a computed row too"
    assert found["19", ("Jumlah",)] == 8


def test_a_service_that_no_place_has_is_blank_in_the_recap(tree, dinas):
    report = filled(tree["first"], MONTH)
    report.values.filter(element="s36").update(value=None, absent="tidak ada")
    report.values.filter(element="s36_cukup").update(value=None, absent="tidak ada")
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        report = take_step(report=report, step=step, by=None)
    at = [item.element for item in FORMS["F1"].items].index("s36")
    mine, whole = (
        next(line for line in paper(recap(tree, dinas)).grids[0].lines if line.label == label)
        for label in ("Kenanga", "Jumlah")
    )
    assert mine.cells[at].text == "TA"
    assert (whole.cells[at].number, whole.cells[at].text) == (None, "")


def test_the_places_are_those_of_the_end_of_that_month(tree, dinas):
    later = new_place(
        "puskesmas", opened_on=date(2025, 4, 1), network=tree["district"], label=tree["kec_one"]
    )
    labels = [one.place.name for one in recap(tree, dinas).handed]
    assert labels == ["Cempaka", "Kenanga"]
    assert later.name not in labels


def test_the_recap_asks_as_much_of_many_places_as_of_one(
    tree, dinas, django_assert_max_num_queries
):
    approved(tree["first"], MONTH)
    approved(tree["second"], MONTH)
    with django_assert_max_num_queries(5):
        recap(tree, dinas)


def test_the_workbook_of_the_recap_holds_every_number_and_the_sum(tree, dinas):
    approved(tree["first"], MONTH, skdn_s=12)
    approved(tree["second"], MONTH, skdn_s=31)
    document = paper(recap(tree, dinas))
    rows = {row[1]: row for row in rows_read(book(document))}
    for line in document.grids[0].lines:
        read = [None if value == "" else value for value in rows[line.label][2:]]
        assert read[: len(line.cells)] == [cell.number for cell in line.cells]
    assert rows["Jumlah"][2] == 430

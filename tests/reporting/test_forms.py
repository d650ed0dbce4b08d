"""What is typed into a sheet: read tolerantly, kept when it cannot be read."""

import pytest

from ilp.core.months import Month
from reporting.actions.reports import open_report, save_values
from reporting.forms import SheetForm
from reporting.selectors.reports import part_label, sheet

NAME, CELL = "skdn_s|L:0-5", ("skdn_s", "L:0-5")


@pytest.fixture
def report(tree):
    return open_report(facility=tree["first"], month=Month(2025, 3), form="F1", by=None)


def form(report, **typed):
    return SheetForm(sheet(report=report), {NAME: typed.pop("text", "")} | typed)


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), (" 12 ", 12), ("1.234", 1234), ("1 234", 1234), ("0", 0), ("-", 0), ("Nihil", 0),
     ("", None), ("  ", None)],
)  # fmt: skip
def test_numbers_as_people_write_them(report, text, number):
    read = form(report, text=text)

    assert read.values == {CELL: number}
    assert not read.errors


@pytest.mark.parametrize("text", ["dua", "-1", "1,5", "12.34", "1e5", "99999999999", "=1+1", "½"])
def test_what_is_no_count_is_not_kept_but_shown(report, text):
    read = form(report, text=text)

    assert CELL not in read.values
    assert read.errors.keys() == {NAME}
    assert read.shown(read.sheet.rows[0].boxes[0]) == text


def test_boxes_that_were_not_sent_are_left_alone(report):
    assert SheetForm(sheet(report=report), {"version": "1"}).values == {}


def test_computed_rows_cannot_be_typed(report):
    assert ("skdn_d", "L:0-5") not in form(report, **{"skdn_d|L:0-5": "7"}).values


def test_only_reasons_that_were_sent_are_told(report):
    assert form(report).reasons == {}
    assert form(report, **{"alasan|skdn_s": " Pindahan "}).reasons == {"skdn_s": "Pindahan"}


def test_the_number_of_another_is_shown_where_it_differs(report):
    saved = save_values(report=report, values={CELL: 5}, reasons={}, version=1, by=None)
    seen = sheet(report=saved)
    first = seen.rows[0].boxes[0]

    assert SheetForm(seen, {NAME: "9"}, conflict=True).saved_by_another(first) == 5
    assert SheetForm(seen, {NAME: "5"}, conflict=True).saved_by_another(first) is None
    assert SheetForm(seen, {NAME: "9"}).saved_by_another(first) is None


def test_parts_in_words():
    assert [part_label(p) for p in ("L:12-23", "P", "")] == ["L 12–23 bulan", "P", ""]

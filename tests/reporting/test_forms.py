"""What is typed into a sheet: read tolerantly, kept when it cannot be read."""

import pytest
from django.db import IntegrityError, transaction

from ilp.core.months import Month
from reporting.actions.entry import save_cells, save_values
from reporting.actions.reports import open_report
from reporting.forms import SheetForm, Typed
from reporting.selectors.reports import part_label, sheet
from reporting.selectors.typed import Edit, Entry

NAME, CELL = "skdn_s|L:0-5", ("skdn_s", "L:0-5")


@pytest.fixture
def report(tree):
    return open_report(facility=tree["first"], month=Month(2025, 3), form="F1", by=None)


def wanted(text, **more):
    edit = Typed({NAME: text} | more).edits[CELL]
    return edit.entry


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), (" 12 ", 12), ("1.234", 1234), ("1 234", 1234), ("0", 0), ("-", 0), ("Nihil", 0),
     ("", None), ("  ", None)],
)  # fmt: skip
def test_numbers_as_people_write_them(text, number):
    assert wanted(text) == Entry(number)


@pytest.mark.parametrize("text", ["dua", "-1", "1,5", "12.34", "1e5", "99999999999", "=1+1", "½"])
def test_what_is_no_count_is_kept_as_typed_with_what_to_do(report, text):
    entry = wanted(text)
    assert entry == Entry(text=text)

    save_cells(report=report.pk, edits={CELL: Edit(entry, 0)}, by=None)
    first = sheet(report=report).rows[0].boxes[0]

    assert first.shown == text
    assert first.complaint
    assert first.value is None


@pytest.mark.parametrize("text", ["TA", "ta", "T.A.", " Ta ", "tidak ada layanan"])
def test_no_service_is_a_state_of_its_own_once_it_has_a_reason(text):
    assert wanted(text) == Entry(text="TA"), "kept, and asks why"
    assert wanted(text, **{"ta|skdn_s": " Tidak ada alat "}) == Entry(absent="Tidak ada alat")
    assert wanted("TA: timbangan rusak") == Entry(absent="timbangan rusak")
    assert wanted("tanpa") == Entry(text="tanpa")


def test_what_the_database_cannot_hold_is_left_out_of_a_text():
    assert wanted("du\x00a\n") == Entry(text="dua")
    assert len(wanted("x" * 500).text) == 100


def test_a_cell_is_one_thing_at_a_time(report):
    for content in ({}, {"value": 1, "text": "x"}, {"absent": "x", "text": "x"},
                    {"value": 1, "absent": "x"}):  # fmt: skip
        with pytest.raises(IntegrityError, match="cell_number_or"), transaction.atomic():
            report.values.create(element="skdn_s", part="L:0-5", **content)
    report.values.create(element="skdn_s", part="L:0-5", absent="x")


def test_boxes_that_were_not_sent_are_left_alone():
    assert Typed({"tampil": "{}"}).edits == {}


def test_computed_rows_cannot_be_typed(report):
    edits = Typed({"skdn_d|L:0-5": "7", "nonsense|x": "1", "skdn_s|nowhere": "1"}).edits

    assert not save_cells(report=report.pk, edits=edits, by=None).rows


def test_only_reasons_that_were_sent_are_told():
    assert Typed({}).reasons == {}
    assert Typed({"alasan|skdn_s": " Pindahan "}).reasons == {"skdn_s": "Pindahan"}


def test_the_number_of_another_is_shown_beside_what_was_typed(report):
    saved = save_values(report=report, values={CELL: 5}, reasons={}, version=1, by=None)
    now = sheet(report=saved)
    first = now.rows[0].boxes[0]
    typed = Typed({NAME: "9", "tampil": "{}"})

    assert SheetForm(now, typed, {CELL}).shown(first) == "9"
    assert NAME not in SheetForm(now, typed, {CELL}).seen, "he saw it blank"
    assert SheetForm(now, typed).shown(first) == "5"
    assert NAME in SheetForm(now, typed).seen


def test_parts_in_words():
    assert [part_label(p) for p in ("L:12-23", "P", "")] == ["L 12–23 bulan", "P", ""]

"""Cells of a report: blank, 0, no service, text to put right; two editors; comments."""

from random import Random

import pytest

from facilities.models import ChangedCell
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting import totals
from reporting.actions import reports as actions
from reporting.actions.entry import save_cells
from reporting.actions.roll_up import roll_up_changed
from reporting.models import ReportComment
from reporting.selectors import due, filling, verification
from reporting.selectors.reports import sheet
from reporting.selectors.typed import BLANK, Edit, Entry
from reporting.workflow import Step
from tests.factories import worker
from tests.reporting import rows
from tests.reporting.sheets import filled, numbers

MONTH = Month(2025, 3)
BOYS = "L:0-5"
N, T, OLD, NEW = (
    (code, BOYS) for code in ("n_naik", "t_tidak_naik", "o_absen", "b_baru")
)  # fmt: skip
TA = Entry(absent="Timbangan rusak")


@pytest.fixture
def report(tree):
    return actions.open_report(facility=tree["first"], month=MONTH, form="F1", by=None)


def keep(report, entries, *, by=None, seen=None, **more):
    """Save what is wanted in cells that the typist saw as they are."""
    versions = {(v.element, v.part): v.version for v in report.values.all()}
    edits = {
        cell: Edit(entry, versions.get(cell, 0) if seen is None else seen)
        for cell, entry in entries.items()
    }
    return save_cells(report=report.pk, edits=edits, by=by, **more)


def row(report, element):
    return next(row for row in sheet(report=report).rows if row.element == element)


def numbers_of(report):
    return {(v.element, v.part): v.value for v in report.values.all()}


def send(report, step=Step.SEND, **more):
    return actions.take_step(report=report, step=step, by=None, **more)


def test_the_four_states_stay_apart(report):
    keep(report, {N: Entry(0), T: TA, OLD: Entry(text="dua")})

    boxes = {(b.element, b.part): b for b in sheet(report=report).typed}
    assert [boxes[cell].shown for cell in (N, T, OLD, NEW)] == ["0", "TA", "dua", ""]
    assert [boxes[cell].value for cell in (N, T, OLD, NEW)] == [0, None, None, None]
    seen = sheet(report=report)
    assert (seen.filled, seen.unread) == (2, 1)
    assert seen.blanks == seen.boxes - 3


def test_no_service_is_neither_added_nor_missing(report):
    keep(report, {N: Entry(4), T: Entry(3), OLD: TA})
    assert ("skdn_d", BOYS) not in numbers_of(report), "one is still blank"

    keep(report, {NEW: Entry(2)})
    assert numbers_of(report)["skdn_d", BOYS] == 9

    keep(report, dict.fromkeys((N, T, NEW), TA))
    assert ("skdn_d", BOYS) not in numbers_of(report), "a sum of what is not there is not 0"


def test_a_text_is_not_added_up_and_the_sum_waits_for_it(report):
    keep(report, {N: Entry(4), T: Entry(3), OLD: Entry(text="satu"), NEW: Entry(2)})

    assert ("skdn_d", BOYS) not in numbers_of(report)
    assert row(report, "skdn_d").boxes[0].value is None


def test_a_text_stops_the_sending_and_nothing_else(report):
    keep(report, {cell: Entry(number) for cell, number in numbers().items()})
    keep(report, {N: Entry(text="1,5")})

    with pytest.raises(actions.Unreadable, match="1 isian yang ditandai"):
        send(report)

    keep(report, {N: Entry(4)})
    assert send(report).sent_at


def test_a_report_of_what_is_not_there_can_be_sent(report):
    keep(report, {cell: Entry(number) for cell, number in numbers().items()})
    keep(report, {cell: TA for cell in numbers() if cell[0] in ("s36", "s36_cukup")})

    assert send(report).sent_at


def test_why_a_service_is_not_there_is_told_once_for_its_row(report):
    girls = ("n_naik", "P:0-5")
    keep(report, {N: Entry(text="TA"), girls: Entry(text="TA")})
    assert sheet(report=report).unread == 2

    keep(report, {}, absents={"n_naik": " Tidak ada petugas "})
    assert set(report.values.values_list("absent", "text")) == {("Tidak ada petugas", "")}

    keep(report, {("n_naik", "L:6-11"): Entry(text="TA")})
    assert report.values.filter(absent="Tidak ada petugas").count() == 3

    keep(report, {}, absents={"n_naik": ""})
    assert set(report.values.values_list("absent", "text")) == {("", "TA")}


@pytest.mark.parametrize("way", filling.FILLINGS)
def test_filling_at_one_stroke_leaves_no_service_alone(report, way):
    keep(report, {N: TA, T: Entry(text="dua")})

    changes = filling.changes(sheet=sheet(report=report), way=way)

    changed = {(b.element, b.part) for change in changes for b, _new in change.boxes}
    assert not changed & {N, T}


def test_an_approved_report_without_a_service_speaks_too(tree, report):
    places = [tree["melati"], tree["pustu_satu"], tree["first"]]
    rows.write("growth", rows.random_growth(Random(5), places), places)
    roll_up_changed()
    district = tree["district"].pk
    assert totals.read([district], [MONTH], ["n_naik"]).get(district, MONTH, "n_naik")

    keep(report, {cell: Entry(number) for cell, number in numbers().items()})
    weighed = ("n_naik", "t_tidak_naik", "o_absen", "b_baru", "bgm", "dua_t")
    keep(report, {cell: TA for cell in numbers() if cell[0] in weighed})
    differing = [r.element for r in sheet(report=report).rows if r.differs]
    keep(report, {}, reasons=dict.fromkeys(differing, "Koreksi dari register"))
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        send(report, step)
    assert ChangedCell.objects.exists()
    roll_up_changed()

    assert not totals.read([district], [MONTH], ["n_naik"]).get(district, MONTH, "n_naik")
    assert list(verification.differences(first=MONTH, last=MONTH)) == []


def test_flags_of_a_report_with_what_is_not_there(tree):
    report = filled(tree["first"], MONTH)
    keep(report, {("bgm", BOYS): TA, ("gizi_buruk_bbu", BOYS): TA})
    send(report)

    head = worker("kepala_puskesmas", tree["first"])
    assert [one.flags for one in due.waiting(user=head)] == [0]


def test_a_cell_that_another_changed_is_left_to_the_two_of_them(report):
    keep(report, {N: Entry(5), T: Entry(1)})

    saved = keep(report, {N: Entry(9), T: Entry(1), OLD: Entry(2)}, seen=0)

    assert saved.conflicts == {N}
    assert numbers_of(report)[N] == 5
    assert numbers_of(report)[OLD] == 2
    assert saved.rows[N].version == 2


def test_a_version_does_not_come_back_when_a_cell_is_emptied_and_filled_again(report):
    keep(report, {N: Entry(5)})
    first = report.values.get().version
    keep(report, {N: BLANK})
    keep(report, {N: Entry(7)})

    assert keep(report, {N: Entry(9)}, seen=first).conflicts == {N}


def test_saving_what_is_there_changes_nothing(report):
    keep(report, {N: Entry(5)})
    before = report.values.get().version, AuditEvent.objects.count()

    keep(report, {N: Entry(5)})

    assert (report.values.get().version, AuditEvent.objects.count()) == before


def test_only_who_fills_it_in_changes_a_cell(report, tree):
    for role, place in (("admin_puskesmas", "second"), ("kepala_puskesmas", "first")):
        with pytest.raises(Forbidden):
            keep(report, {N: Entry(1)}, by=worker(role, tree[place]))
    keep(report, {N: Entry(1)}, by=worker("admin_puskesmas", tree["first"]))
    assert AuditEvent.objects.filter(event="report.saved").get().detail["filled"] == 1


@pytest.fixture
def returned(tree):
    report = send(filled(tree["first"], MONTH))
    asked = {("skdn_s", BOYS): "Cocokkan dengan register", ("n_naik", ""): "Terlalu kecil"}
    return send(report, Step.RETURN, comments=asked)


def open_comments(report):
    return set(
        ReportComment.objects.filter(event__report=report, is_open=True).values_list(
            "element", flat=True
        )
    )


def test_a_comment_stands_at_its_cell_until_the_cell_is_changed(returned):
    assert row(returned, "skdn_s").boxes[0].comment == "Cocokkan dengan register"
    assert row(returned, "skdn_s").boxes[1].comment == ""
    assert row(returned, "n_naik").comments == [("", "Terlalu kecil")]

    keep(returned, {("skdn_s", "P:0-5"): Entry(11)})
    assert open_comments(returned) == {"skdn_s", "n_naik"}

    keep(returned, {("skdn_s", BOYS): Entry(11), ("n_naik", "P:6-11"): BLANK})
    assert not open_comments(returned)
    assert row(returned, "skdn_s").comments == []
    assert ReportComment.objects.count() == 2, "the history stays"


def test_comments_are_settled_when_it_is_sent_again(returned):
    send(returned)
    assert not open_comments(returned)

    again = send(returned, Step.RETURN, note="Sekali lagi")
    assert row(again, "skdn_s").comments == []


def test_a_return_needs_a_note_or_a_comment_at_a_row_that_is_there(tree):
    report = send(filled(tree["first"], MONTH))
    with pytest.raises(actions.NoteMissing):
        send(report, Step.RETURN, comments={("skdn_s", BOYS): "  "})
    for cell in (("no_such", ""), ("skdn_d", BOYS), ("skdn_s", "L:99")):
        with pytest.raises(actions.UnknownCell):
            send(report, Step.RETURN, comments={cell: "Periksa"})
    assert not ReportComment.objects.exists()

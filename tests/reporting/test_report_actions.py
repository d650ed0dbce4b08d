"""A report is filled in, refused with a remedy, approved, and then speaks for its place."""

from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from clusters.actions.locks import lock_month
from facilities.models import ChangedCell
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting import totals
from reporting.actions import reports as actions
from reporting.actions.roll_up import roll_up_changed
from reporting.models import Report
from reporting.selectors import due, filling, verification
from reporting.selectors.reports import sheet
from reporting.workflow import Status, Step
from tests.factories import worker
from tests.reporting import rows
from tests.reporting.sheets import FORM, filled, numbers

MONTH = Month(2025, 3)
CELL = ("skdn_s", "L:0-5")


@pytest.fixture
def visits(tree):
    places = [tree[key] for key in ("melati", "mawar", "first", "second")]
    rows.write("growth", rows.random_growth(Random(5), places), places)
    roll_up_changed()


@pytest.fixture
def draft(tree):
    return actions.open_report(facility=tree["first"], month=MONTH, form="F1", by=None)


def save(report, values, reasons=(), by=None, version=None):
    return actions.save_values(
        report=report, values=values, reasons=dict(reasons), by=by,
        version=report.version if version is None else version,
    )  # fmt: skip


def held(report):
    return {(v.element, v.part): v.value for v in report.values.all()}


def test_opening_twice_gives_the_same_report(draft, tree):
    again = actions.open_report(facility=tree["first"], month=MONTH, form="F1", by=None)

    assert again == draft
    assert AuditEvent.objects.filter(event="report.opened").count() == 1


def test_only_a_puskesmas_fills_it_in_and_not_before_the_month(tree):
    with pytest.raises(actions.WrongPlace, match="Pilih tempat lain"):
        actions.open_report(facility=tree["pustu_satu"], month=MONTH, form="F1", by=None)
    future = Month.of(timezone.localdate() + timedelta(days=40))
    with pytest.raises(actions.MonthNotOver, match="belum mulai"):
        actions.open_report(facility=tree["first"], month=future, form="F1", by=None)


def test_numbers_are_kept_and_emptied_cells_go(draft):
    saved = save(draft, {CELL: 7, ("skdn_s", "P:0-5"): 0, ("no_such", ""): 3})
    assert held(saved) == {CELL: 7, ("skdn_s", "P:0-5"): 0}

    saved = save(saved, {CELL: None})

    assert held(saved) == {("skdn_s", "P:0-5"): 0}
    assert saved.version == 3


def test_computed_rows_are_stored_with_what_they_are_made_of(draft):
    part = "L:0-5"
    typed = {(code, part): n for n, code in enumerate(("n_naik", "t_tidak_naik", "o_absen"), 1)}
    saved = save(draft, typed)
    assert ("skdn_d", part) not in held(saved), "B is still missing"

    saved = save(saved, {("b_baru", part): 4})
    assert held(saved)["skdn_d", part] == 10

    saved = save(saved, {("b_baru", part): None})
    assert ("skdn_d", part) not in held(saved)


def test_who_saves_second_is_told_and_overwrites_nothing(draft):
    save(draft, {CELL: 5}, version=1)

    with pytest.raises(actions.ChangedMeanwhile, match="orang lain"):
        save(draft, {CELL: 9}, version=1)

    assert held(draft) == {CELL: 5}


def test_reasons_stay_with_their_row(draft):
    saved = save(draft, {CELL: 5}, {"skdn_s": "Orang pindahan"})
    saved = save(saved, {("skdn_s", "P:0-5"): 6})

    assert set(saved.values.values_list("reason", flat=True)) == {"Orang pindahan"}

    saved = save(saved, {}, {"skdn_s": ""})
    assert set(saved.values.values_list("reason", flat=True)) == {""}


def test_a_sent_report_is_closed(tree):
    report = actions.take_step(report=filled(tree["first"], MONTH), step=Step.SEND, by=None)

    with pytest.raises(actions.NotEditable, match="Dikirim"):
        save(report, {CELL: 1})


def test_nobody_else_fills_it_in(draft, tree):
    strangers = (("admin_puskesmas", "second"), ("nakes", "first"), ("programmer", "district"))
    for role, place in strangers:
        with pytest.raises(Forbidden):
            save(draft, {CELL: 1}, by=worker(role, tree[place]))


def test_blanks_are_counted_before_sending(draft):
    saved = save(draft, numbers() | {CELL: None})

    with pytest.raises(actions.NotComplete, match="1 isian kosong"):
        actions.take_step(report=saved, step=Step.SEND, by=None)


def test_a_broken_rule_stops_the_sending_and_names_the_part(draft):
    saved = save(draft, numbers() | {("skdn_k", "P:12-23"): 11})

    with pytest.raises(actions.RuleBroken, match=r"K tidak boleh.*P 12–23 bulan"):
        actions.take_step(report=saved, step=Step.SEND, by=None)


def test_a_warning_stops_nothing(draft):
    saved = save(draft, numbers() | {("bgm", "P:12-23"): 1})
    found = sheet(report=saved).findings

    assert [(one.element, one.warning) for one in found] == [("bgm", True)]
    assert actions.take_step(report=saved, step=Step.SEND, by=None).status == Status.SENT


def test_differing_from_the_visits_needs_a_reason(visits, draft):
    saved = save(draft, numbers())
    differing = [row for row in sheet(report=saved).rows if row.differs]
    assert differing

    with pytest.raises(actions.ReasonMissing, match=differing[0].number):
        actions.take_step(report=saved, step=Step.SEND, by=None)

    saved = save(saved, {}, {row.element: "Koreksi dari register" for row in differing})
    assert actions.take_step(report=saved, step=Step.SEND, by=None).sent_at


def test_the_sheet_proposes_what_the_visits_say(visits, draft):
    proposed = {row.element: row for row in sheet(report=draft).rows}
    plain = {row.element: row for row in sheet(report=draft, proposing=False).rows}

    assert proposed["n_naik"].total == proposed["n_naik"].counted > 0
    assert plain["n_naik"].total is None
    assert proposed["n_naik"].boxes[0].is_prefilled


def test_filling_at_one_stroke_lists_what_would_change(visits, draft):
    saved = save(draft, {("n_naik", "L:0-5"): 99, CELL: 5})

    zeros = filling.changes(sheet=sheet(report=saved), way=filling.ZERO)
    counted = filling.changes(sheet=sheet(report=saved), way=filling.COUNTED)

    boxes = sum(len(change.boxes) for change in zeros)
    assert boxes == sheet(report=saved).blanks
    assert all(box.value is None and new == 0 for c in zeros for box, new in c.boxes)
    first = next(c for c in counted if c.row.element == "n_naik")
    box, new = first.boxes[0]
    assert (box.value, new) == (99, box.counted)
    assert not any(c.row.element == "f1_bumil" for c in counted), "nothing counts these"


def test_approval_marks_the_cells_and_the_report_speaks(visits, tree):
    district, code = tree["district"].pk, "n_naik"
    before = totals.read([district], [MONTH], [code]).get(district, MONTH, code)
    second = totals.read([tree["second"].pk], [MONTH], [code]).get(tree["second"].pk, MONTH, code)
    report = filled(tree["first"], MONTH)
    for step in (Step.SEND, Step.VERIFY):
        actions.take_step(report=report, step=step, by=None)
    assert not ChangedCell.objects.exists(), "numbers change with the approval alone"

    actions.take_step(report=report, step=Step.APPROVE, by=None)
    assert ChangedCell.objects.filter(place=tree["first"], month=MONTH).exists()
    roll_up_changed()

    now = totals.read([district], [MONTH], [code]).get(district, MONTH, code)
    assert now == 40 + (second or 0) != before

    actions.take_step(report=report, step=Step.RETURN, by=None, note="Periksa N")
    roll_up_changed()
    again = totals.read([district], [MONTH], [code]).get(district, MONTH, code)
    assert again == before
    assert list(verification.differences(first=MONTH, last=MONTH)) == []


def test_a_locked_month_stays_as_it_is(tree):
    report = filled(tree["first"], MONTH)
    lock_month(district=tree["district"], month=MONTH, by=None)

    with pytest.raises(actions.MonthLocked, match="Maret 2025"):
        save(report, {CELL: 1})
    with pytest.raises(actions.MonthLocked):
        actions.take_step(report=report, step=Step.SEND, by=None)


def test_last_months_report_stands_beside(tree):
    filled(tree["first"], MONTH)
    april = actions.open_report(facility=tree["first"], month=MONTH.plus(1), form="F1", by=None)

    shown = {row.element: row.last_month for row in sheet(report=april).rows}

    assert shown["skdn_s"] == 100
    assert shown["tidak_hadir"] == 40


def test_what_waits_for_whom_and_the_flagged_first(tree):
    plain = filled(tree["first"], MONTH)
    flagged = filled(tree["second"], MONTH.plus(1), bgm=1)
    for report in (plain, flagged):
        actions.take_step(report=report, step=Step.SEND, by=None)
    head = worker("kepala_puskesmas", tree["first"])
    both = worker("kepala_puskesmas", tree["district"])
    programmer = worker("programmer", tree["district"])

    assert [w.report for w in due.waiting(user=head)] == [plain]
    assert [(w.report, w.flags) for w in due.waiting(user=both)] == [(flagged, 1), (plain, 0)]
    assert due.waiting(user=programmer) == []

    actions.take_step(report=plain, step=Step.VERIFY, by=None)
    assert [(w.report, w.step) for w in due.waiting(user=programmer)] == [(plain, Step.APPROVE)]


def test_late_is_by_the_day_it_was_sent(tree):
    report = filled(tree["first"], MONTH)
    for sent, late in (("2025-04-05T05:00Z", False), ("2025-04-06T05:00Z", True)):
        Report.objects.filter(pk=report.pk).update(sent_at=sent)
        (row,) = due.matrix(places=[tree["first"]], form=FORM, months=[MONTH]).values()
        assert row[0].is_late is late
    assert row[0].due_on == date(2025, 4, 5)

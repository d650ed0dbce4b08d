"""LB1: diagnoses are proposed from outpatient visits; blank rows mean no case; a light page."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from facilities.models import ChangedCell
from ilp.core.months import Month
from reporting import catalogue
from reporting.actions.reports import NotComplete, SaysNothing, open_report, save_values, take_step
from reporting.catalogue.breakdowns import LB1_AGES, PARTS, Breakdown
from reporting.catalogue.diseases import COMMON, Chapter, Disease, listing_on, overlaps
from reporting.selectors.reports import part_label, sheet
from reporting.workflow import Step
from tests.factories import worker
from tests.reporting.rows import incoming, write

APRIL = Month(2026, 4)
FORM = catalogue.FORMS["LB1"]
ISPA, DIARRHOEA, LUNGS = "lb1_j06", "lb1_a09", "lb1_j12_j18"


def visit(number, code, tree, *, at="first", day=date(2026, 4, 8), sex="P", born=None, **more):
    values = {"diagnosis": code, "case_kind": "baru"} | more
    return incoming(
        "outpatient", nik=f"99010152039{number:05d}", born_on=born or date(1980, 3, 12), sex=sex,
        seen_on=day, facility=tree[at], home=tree["melati"], row=number + 2, **values,
    )  # fmt: skip


def opened(tree, place="first", month=APRIL):
    return open_report(facility=tree[place], month=month, form="LB1", by=None)


def kept(report, values):
    return save_values(report=report, values=values, reasons={}, version=report.version, by=None)


def proposed(report):
    """Cells that the visits fill, by (element, part)."""
    rows = sheet(report=report).rows
    return {(b.element, b.part): b.counted for row in rows for b in row.boxes if b.counted}


@pytest.fixture
def client(tree):
    browser = Client()
    browser.force_login(worker("admin_puskesmas", tree["first"]))
    return browser


def address(report):
    return f"/laporan/LB1/{report.facility.code}/{report.month}/"


def test_diagnoses_and_not_visits_are_proposed_by_sex_and_age(tree):
    day = date(2026, 4, 8)
    rows = [
        visit(1, "J06.9", tree, diagnosis_2="A09", diagnosis_3="J06.0"),  # one category once
        visit(2, "J06.9", tree, sex="L", born=day - timedelta(days=7)),
        visit(3, "J18", tree, sex="L", born=day - timedelta(days=8), diagnosis_2="J15.9"),
        visit(4, "A09", tree, born=day - timedelta(days=29), at="pustu_satu"),
        visit(5, "A09", tree, born=date(1956, 4, 8), case_kind="lama"),
        visit(6, "A09", tree, case_kind="kunjungan"),
        visit(7, "Q66", tree, born=date(1956, 4, 8), diagnosis_2="Z00.0"),
        visit(8, "A09", tree, at="second"),
        visit(9, "A09", tree, day=date(2026, 5, 1)),
    ]
    write("outpatient", rows, None)

    assert proposed(opened(tree)) == {
        (ISPA, "P:45-54"): 1,
        (DIARRHOEA, "P:45-54"): 1,
        (ISPA, "L:0-7h"): 1,
        (LUNGS, "L:8-28h"): 2,  # two categories of one row are two diagnoses
        (DIARRHOEA, "P:1-11b"): 1,
        (DIARRHOEA, "P:lama"): 1,
        ("lb1_lain", "P:70+"): 2,
    }


@pytest.mark.parametrize("age", [0, 7, 8, 28, 29, 364])
def test_the_first_year_is_told_apart_by_days(tree, age):
    born = date(2026, 4, 8) - timedelta(days=age)
    write("outpatient", [visit(1, "J06.9", tree, born=born)], None)
    group = {0: "0-7h", 7: "0-7h", 8: "8-28h", 28: "8-28h", 29: "1-11b", 364: "1-11b"}[age]
    assert proposed(opened(tree)) == {(ISPA, f"P:{group}"): 1}


@pytest.mark.parametrize(
    ("years", "group"),
    [(1, "1-4"), (5, "5-9"), (10, "10-14"), (15, "15-19"), (20, "20-44"), (45, "45-54"),
     (55, "55-59"), (60, "60-69"), (70, "70+")],
)  # fmt: skip
def test_a_group_begins_on_the_birthday(tree, years, group):
    born = date(2026 - years, 4, 8)
    later = born + timedelta(days=1)
    write("outpatient", [visit(1, "J06", tree, born=born), visit(2, "A09", tree, born=later)], None)
    codes = [age.code for age in LB1_AGES]
    before = codes[codes.index(group) - 1]
    assert proposed(opened(tree)) == {(ISPA, f"P:{group}"): 1, (DIARRHOEA, f"P:{before}"): 1}


def test_without_any_visit_nothing_is_proposed_and_with_some_all_others_are_zero(tree):
    report = opened(tree)
    assert all(b.counted is None for row in sheet(report=report).rows for b in row.boxes)
    write("outpatient", [visit(1, "J06", tree)], None)
    numbers = [b.counted for row in sheet(report=report).rows for b in row.boxes]
    assert (sum(numbers), numbers.count(0)) == (1, len(numbers) - 1)


def test_a_row_that_is_blank_in_all_cells_is_sent_as_zero(tree):
    report = kept(opened(tree), {(ISPA, part): 0 for part in PARTS[Breakdown.LB1]})
    report = kept(report, {(ISPA, "L:1-4"): 3})

    sent = take_step(report=report, step=Step.SEND, by=None)

    assert sent.values.count() == 26  # blank rows are kept as nothing
    rows = {row.element: row for row in sheet(report=sent, proposing=False).rows}
    assert rows[ISPA].total == 3
    assert rows["lb1_lain"].total == 0
    assert {b.proposed for b in rows["lb1_lain"].boxes} == {0}


def test_a_row_with_a_gap_is_not_complete(tree):
    report = kept(opened(tree), {(ISPA, "L:1-4"): 3})
    assert sheet(report=report).blanks == 25
    with pytest.raises(NotComplete):
        take_step(report=report, step=Step.SEND, by=None)


def test_what_the_visits_know_of_is_no_blank_row(tree):
    write("outpatient", [visit(1, "J06", tree)], None)
    with pytest.raises(NotComplete):
        take_step(report=opened(tree), step=Step.SEND, by=None)


def test_a_report_without_a_single_number_is_not_sent(tree):
    with pytest.raises(SaysNothing):
        take_step(report=opened(tree), step=Step.SEND, by=None)


def test_approval_marks_no_totals(tree):
    report = kept(opened(tree), {(ISPA, part): 0 for part in PARTS[Breakdown.LB1]})
    ChangedCell.objects.all().delete()
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        report = take_step(report=report, step=step, by=None)
    assert not ChangedCell.objects.exists()


def test_the_page_shows_rows_that_say_something_and_opens_the_others(client, tree):
    write("outpatient", [visit(1, "J06", tree)], None)
    report = kept(opened(tree), {("lb1_a09", "L:1-4"): 2})
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(address(report)).content.decode()
    assert len(asked) <= 25
    assert {row for row in COMMON.rows if f'id="baris-{row}"' in page} == {ISPA, DIARRHOEA}
    assert "seluruhnya kosong berarti tidak ada kasus" in page
    assert len(page) < 120_000

    every = client.get(f"{address(report)}?buka=semua").content.decode()
    assert all(f'id="baris-{row}"' in every for row in COMMON.rows)
    chapter = client.get(f"{address(report)}?buka=6").content.decode()
    assert 'id="baris-lb1_j45_j46"' in chapter
    assert 'id="baris-lb1_k30"' not in chapter
    assert client.get(f"{address(report)}?buka=99&buka=%27").status_code == 200


def test_an_answer_to_a_cell_asks_eight_times_at_most(client, tree):
    write("outpatient", [visit(1, "J06", tree)], None)
    report = opened(tree)
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(
            f"/laporan/{report.pk}/isian/", {f"{DIARRHOEA}|L:1-4": "5", "tampil": json.dumps({})}
        ).json()
    own = [q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]]
    statements = [q["sql"] for q in own if "django_session" not in q["sql"]]
    assert len(statements) <= 8 + 1  # who it is stands outside
    assert answer["rows"][DIARRHOEA]["sum"] == "5"
    assert "baris kosong (nihil)" in answer["count"]


def test_blank_cells_of_rows_in_use_are_filled_at_one_stroke(client, tree):
    report = kept(opened(tree), {(ISPA, "L:1-4"): 3})
    page = client.post(address(report), {"tampil": "{}", "langkah": "nol"}).content.decode()
    assert "Ya, ubah 25 isian" in page
    assert "lb1_a09" not in page


def test_what_was_typed_into_an_opened_row_stands_there_after_a_conflict(client, tree):
    report = opened(tree)
    kept(report, {(ISPA, "L:1-4"): 3})
    answer = client.post(
        address(report), {"tampil": "{}", f"{ISPA}|L:1-4": "4", "lb1_k30|P:lama": "x"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'id="baris-lb1_k30"' in page
    assert "Diubah orang lain" in page


def test_a_reader_sees_zero_in_rows_that_were_left_blank(client, tree):
    report = kept(opened(tree), {(ISPA, part): 1 for part in PARTS[Breakdown.LB1]})
    take_step(report=report, step=Step.SEND, by=None)
    page = client.get(f"{address(report)}?buka=semua").content.decode()
    assert page.count("<output data-sum>0</output>") == len(COMMON.rows) - 1


def test_no_category_stands_on_two_rows_and_every_age_in_one_group():
    assert overlaps(COMMON) == []
    twice = replace(COMMON, chapters=(Chapter("x", (Disease("A00-A05", ""), Disease("A03", ""))),))
    assert overlaps(twice) == ["A03 is named twice"]
    assert [(a.days, a.months) for a in LB1_AGES] == sorted(
        (a.days, a.months) for a in LB1_AGES[:3]
    ) + [(a.days, a.months) for a in LB1_AGES[3:]]
    assert listing_on(date(2020, 1, 1)) is COMMON


def test_cells_have_names_that_people_read():
    assert [part_label(p) for p in ("L:0-7h", "P:70+", "L:lama")] == [
        "L 0–7 hari", "P ≥ 70 tahun", "L kasus lama",
    ]  # fmt: skip
    assert len(PARTS[Breakdown.LB1]) == 26
    assert len(FORM.typed) * 26 > 1_400


def test_rows_of_lb1_stand_in_no_totals():
    assert not set(FORM.typed) & set(catalogue.ELEMENTS)
    assert "lb1" not in catalogue.PROGRAMMES
    assert not {code for _programme, code, _part in catalogue.SLOTS} & set(FORM.typed)

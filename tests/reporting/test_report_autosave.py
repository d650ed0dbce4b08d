"""A cell is kept as soon as it is left; the answer holds all that follows from it."""

import json
from random import Random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ilp.core.formats import whole
from ilp.core.months import Month
from reporting.actions import reports as actions
from reporting.actions.roll_up import roll_up_changed
from reporting.selectors.reports import sheet
from reporting.workflow import Step
from tests.factories import small_district, worker
from tests.reporting import rows
from tests.reporting.sheets import FORM, filled

MONTH = Month(2025, 3)
BOX, OTHER = "skdn_s|L:0-5", "skdn_k|L:0-5"


def browser(role, place):
    client = Client()
    client.force_login(worker(role, place))
    return client


@pytest.fixture
def admin(tree):
    return browser("admin_puskesmas", tree["first"])


@pytest.fixture
def report(tree):
    return actions.open_report(facility=tree["first"], month=MONTH, form="F1", by=None)


def address(report):
    return f"/laporan/{report.pk}/isian/"


def keep(client, report, seen=None, **cells):
    """What the page sends when boxes were left: those alone, and what stood in them before."""
    named = {name.replace("__", "|"): text for name, text in cells.items()}
    return client.post(address(report), named | {"tampil": json.dumps(seen or {})})


def test_the_answer_has_the_versions_and_what_follows(admin, report):
    parts = {"n_naik": "4", "t_tidak_naik": "1", "o_absen": "0"}
    keep(admin, report, **{f"{code}|L:0-5": n for code, n in parts.items()})

    answer = keep(admin, report, **{"b_baru|L:0-5": " 1.002 "}).json()

    cell = answer["rows"]["b_baru"]["cells"]["b_baru|L:0-5"]
    assert (cell["version"], cell["text"], cell["wrong"]) == (3, "1002", False)
    assert answer["rows"]["skdn_d"]["outputs"]["L:0-5"] == "1.007"
    assert answer["rows"]["skdn_d"]["sum"] == "1.007"
    assert "4 dari" in answer["count"]
    assert set(answer["rows"]) < {row.element for row in FORM.items}
    assert report.values.count() == 5


def test_a_check_is_shown_and_goes_where_it_stands(admin, report):
    answer = keep(admin, report, **{BOX: "5", OTHER: "6"}).json()
    row = answer["rows"]["skdn_k"]
    assert row["cells"][OTHER]["doubted"]
    assert "K tidak boleh lebih besar" in row["note"]
    assert "Galat 1" in answer["count"]
    assert "K tidak boleh" in answer["summary"]

    answer = keep(admin, report, {BOX: [2, "5"]}, **{BOX: "7"}).json()

    assert not answer["rows"]["skdn_k"]["cells"][OTHER]["doubted"], "not typed, and put right"
    assert "hidden" in answer["rows"]["skdn_k"]["note"].split(">")[0]
    assert answer["summary"] == ""


def test_a_sum_goes_on_counting_what_the_visits_propose(tree, admin, report):
    places = [tree["melati"], tree["pustu_satu"], tree["first"]]
    rows.write("growth", rows.random_growth(Random(5), places), places)
    roll_up_changed()
    shown = {row.element: row for row in sheet(report=report).rows}
    assert shown["skdn_d"].total

    answer = keep(admin, report, **{OTHER: "6"}).json()

    absent = {box.part: box.proposed for box in shown["tidak_hadir"].boxes}
    now = answer["rows"]["tidak_hadir"]["outputs"]
    assert {p: now[p] for p in absent if p != "L:0-5"} == {
        p: whole(n) for p, n in absent.items() if p != "L:0-5"
    }
    assert answer["rows"]["skdn_d"]["sum"] == whole(shown["skdn_d"].total)


def test_a_wrong_text_is_kept_and_answered_with_what_to_do(admin, report):
    cell = keep(admin, report, **{BOX: "dua"}).json()["rows"]["skdn_s"]["cells"][BOX]

    assert cell["wrong"]
    assert cell["text"] == "dua"
    assert "bukan bilangan bulat" in cell["notes"]
    page = admin.get("/laporan/F1/P9901010101/2025-03/").content.decode()
    assert 'value="dua"' in page
    assert "bukan bilangan bulat" in page


def test_markup_that_was_typed_stays_text(admin, report):
    answer = keep(admin, report, **{BOX: "<b>", OTHER: "TA: <i>rusak</i>"}).json()

    drawn = json.dumps(answer["rows"]) + answer["summary"]
    assert "<i>" not in drawn
    assert answer["rows"]["skdn_k"]["cells"][OTHER]["text"] == "TA"
    assert "&lt;i&gt;rusak" in answer["rows"]["skdn_k"]["note"]


def test_the_second_editor_is_shown_both_and_chooses(admin, report):
    keep(admin, report, **{BOX: "5"})

    answer = keep(admin, report, **{BOX: "9", OTHER: "3"}).json()

    cell = answer["rows"]["skdn_s"]["cells"][BOX]
    assert answer["conflicts"] == 1
    assert cell["conflict"]
    assert "Tersimpan: 5" in cell["notes"]
    assert dict(report.values.values_list("element", "value")) == {"skdn_s": 5, "skdn_k": 3}
    mine = {BOX: "9", f"pilih|{BOX}": f"saya:{cell['version']}"}
    theirs = {BOX: "9", f"pilih|{BOX}": f"lain:{cell['version']}"}
    assert keep(admin, report, **theirs).json()["rows"]["skdn_s"]["cells"][BOX]["text"] == "5"
    assert keep(admin, report, **mine).json()["rows"]["skdn_s"]["cells"][BOX]["text"] == "9"
    assert report.values.get(element="skdn_s").value == 9


def test_a_reason_that_merely_stood_there_says_nothing(admin, report):
    why = "alasan|skdn_s"
    keep(admin, report, **{BOX: "5", why: "Pindahan"})
    shown = {BOX: [2, "5"]}  # opened when no reason had been told yet
    keep(admin, report, shown, **{BOX: "6", why: ""})
    assert report.values.get(element="skdn_s").reason == "Pindahan"

    keep(admin, report, {why: [0, "Pindahan"]}, **{why: ""})
    assert report.values.get(element="skdn_s").reason == ""


def test_a_comment_stays_on_the_screen_until_it_is_met(admin, tree):
    report = filled(tree["first"], MONTH)
    actions.take_step(report=report, step=Step.SEND, by=None)
    asked = {("skdn_s", "P:0-5"): "Cocokkan dengan register"}
    actions.take_step(report=report, step=Step.RETURN, by=None, comments=asked)
    version = report.values.get(element="skdn_s", part="L:0-5").version

    answer = keep(admin, report, {BOX: [version, "0"]}, **{BOX: "1"}).json()

    assert "Cocokkan dengan register" in answer["rows"]["skdn_s"]["cells"]["skdn_s|P:0-5"]["notes"]


def test_a_sent_report_takes_no_more_cells_and_says_why(admin, tree):
    report = actions.take_step(report=filled(tree["first"], MONTH), step=Step.SEND, by=None)

    answer = keep(admin, report, **{BOX: "1"})

    assert answer.status_code == 409
    assert "Dikirim" in answer.json()["refused"]


def test_a_page_that_does_not_say_what_it_showed_changes_nothing(admin, report):
    assert admin.post(address(report), {BOX: "1"}).status_code == 409
    assert not report.values.exists()


def test_who_may_not_is_told_and_who_may_not_see_finds_nothing(tree, report):
    beside = browser("admin_puskesmas", tree["second"])
    reader = browser("kepala_puskesmas", tree["first"])

    assert keep(beside, report, **{BOX: "1"}).status_code == 404
    assert keep(reader, report, **{BOX: "1"}).status_code == 403
    assert reader.get(address(report)).status_code == 405
    assert reader.post("/laporan/0/isian/", {"tampil": "{}"}).status_code == 404
    assert Client().post(address(report), {BOX: "1"}).status_code == 302
    assert not report.values.exists()


def test_a_form_from_elsewhere_is_refused(tree, report):
    client = Client(enforce_csrf_checks=True)
    client.force_login(worker("admin_puskesmas", tree["first"]))

    assert keep(client, report, **{BOX: "1"}).status_code == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cells", [{"n_naik|L:0-5": "1"}, {BOX: "1"}, {BOX: "", OTHER: "dua"}])
def test_an_answer_costs_eight_queries(cells):
    tree = small_district()
    report = filled(tree["first"], MONTH)
    client = browser("admin_puskesmas", tree["first"])
    seen = {f"{v.element}|{v.part}": [v.version, str(v.value)] for v in report.values.all()}

    with CaptureQueriesContext(connection) as asked:
        answer = keep(client, report, seen, **cells)

    statements = [one["sql"] for one in asked if one["sql"] not in ("BEGIN", "COMMIT")]
    assert len(statements) <= 8, "\n".join(statements)
    assert answer.json()["conflicts"] == 0

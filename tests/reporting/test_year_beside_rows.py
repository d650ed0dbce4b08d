"""The year and the sasaran beside a row of a report."""

import json
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ilp.core.months import Month
from ilp.core.weeks import Week
from reporting.actions.report_errors import OverTargetUnexplained
from reporting.actions.reports import open_report, save_values, take_step
from reporting.catalogue import FORMS, indicators_on
from reporting.catalogue.language import Section
from reporting.models import Report
from reporting.selectors.reports import sheet
from reporting.selectors.running import Running, measured, running
from reporting.selectors.scores import scores
from reporting.workflow import Status, Step
from tests.factories import small_district, worker
from tests.reporting.earlier import reported
from tests.reporting.figures import sasaran, total

MARCH = Month(2026, 3)


@pytest.fixture
def people(tree):
    held = {"S_LH": 120, "S_BALITA": 600, "S_ANBAL": 480}
    sasaran(tree["district"], {tree["first"]: held}, year=2026)


def begun(tree, form="SDL", month=MARCH):
    return open_report(facility=tree["first"], month=month, form=form, by=None)


def test_months_since_january_and_the_share_of_the_year(tree, people):
    for month, number in {12: 50, 1: 7, 2: 5}.items():
        total(tree["first"], Month(2025 if month == 12 else 2026, month), ckg_bbl=number)
    found = running(begun(tree))["ckg_bbl"]
    assert (found.before, found.people) == (12, 120)
    assert (found.total(6), found.share(6)) == (18, 15.0)
    assert (found.total(None), found.share(None)) == (12, 10.0)


def test_it_is_what_the_indicator_says_once_the_month_is_counted(tree, people):
    for month in (1, 2, 3):
        total(tree["first"], Month(2026, month), ckg_bbl=4 * month)
    found = running(begun(tree))["ckg_bbl"]
    one = measured(FORMS["SDL"], MARCH)["ckg_bbl"]
    place = tree["first"].pk
    score = scores(places=[place], indicators=[one], month=MARCH)[place, one.code]
    assert (found.total(12), found.share(12)) == (score.numerator, pytest.approx(score.value))


def test_a_month_that_is_not_added_up_has_a_share_of_its_own(tree, people):
    total(tree["first"], MARCH.plus(-1), skdn_d=400)
    found = running(begun(tree, "F1"))["skdn_d"]
    assert found == Running(before=None, people=600)
    assert (found.total(450), found.share(450), found.share(None)) == (None, 75.0, None)


def test_without_a_sasaran_there_is_no_share(tree):
    found = running(begun(tree))["ckg_bbl"]
    assert found.people is None
    assert found.share(6) is None
    assert Running(3, 0).share(6) is None


def test_only_whole_numerators_over_one_sasaran_in_percent():
    form = FORMS["SDL"]
    every = replace(form, sections=tuple(Section("", f.items) for f in FORMS.values()))
    held = measured(every, MARCH)
    assert "ckg_bbl" in held
    assert "dbd_kasus" not in held, "per 100,000"
    for element, one in held.items():
        assert (one.numerator, one.per, one.lag) == (element, 100, 0)
        assert one.denominator.startswith("S_")
        assert indicators_on(MARCH.last_day)[one.code] is one


def test_a_weekly_report_asks_for_nothing(tree):
    week = begun(tree, "SKDR", Week(2026, 10))
    with CaptureQueriesContext(connection) as asked:
        assert running(week) == {}
    assert len(asked) == 0


def test_the_page_shows_it_and_asks_one_query_more(tree, people):
    reported(tree["first"], MARCH.plus(-1), {("ckg_bbl", ""): 5}, form="SDL")
    total(tree["first"], MARCH.plus(-1), ckg_bbl=5)
    report = begun(tree)
    with CaptureQueriesContext(connection) as asked:
        running(report)
    assert len(asked) == 1
    save_values(
        report=report, values={("ckg_bbl", ""): 7}, reasons={}, version=report.version, by=None
    )
    client = Client()
    client.force_login(worker("admin_puskesmas", tree["first"]))
    page = client.get("/laporan/SDL/P9901010101/2026-03/").content.decode()
    row = page.split('id="baris-ckg_bbl"')[1].split("</tr>")[0]
    assert ">Kumulatif</th>" in page
    assert '<output data-before="5">12</output>' in row
    assert '<output data-people="120">10,0</output>' in row
    assert 'data-label="Sasaran">120<' in row


class TestBeyondTheSasaran:
    """R-FORM 7: a year that has reached more people than there are wants a reason."""

    WORDS = "Kumulatif 121 melebihi sasaran 120."

    @pytest.fixture
    def report(self, tree, people):
        """114 before March."""
        total(tree["first"], MARCH.plus(-1), ckg_bbl=114)
        report = begun(tree)
        blank = {
            (box.element, box.part): 0 for row in sheet(report=report).rows for box in row.typed
        }
        return save_values(report=report, values=blank, reasons={}, version=report.version, by=None)

    def keep(self, report, number, **reasons):
        now = Report.objects.get(pk=report.pk)
        values = {("ckg_bbl", ""): number}
        return save_values(report=now, values=values, reasons=reasons, version=now.version, by=None)

    def test_the_sasaran_itself_is_not_too_much(self, report):
        assert self.over(self.keep(report, 6)) is None
        assert self.over(self.keep(report, 7)).message.startswith(self.WORDS)

    def over(self, report):
        return next(row.over for row in sheet(report=report).rows if row.element == "ckg_bbl")

    def test_a_month_that_adds_nothing_is_not_asked(self, tree, report):
        total(tree["first"], MARCH.plus(-2), ckg_bbl=100)

        assert self.over(self.keep(report, 0)) is None

    def test_without_a_sasaran_nothing_is_too_much(self, tree):
        report = begun(tree)

        assert self.over(self.keep(report, 9000)) is None

    def test_it_is_sent_with_a_reason_only(self, report):
        others = {
            row.element: "Cocok"
            for row in sheet(report=self.keep(report, 7)).rows
            if row.differs and row.element != "ckg_bbl"
        }
        report = self.keep(report, 7, **others)

        with pytest.raises(OverTargetUnexplained, match="melebihi sasarannya"):
            take_step(report=report, step=Step.SEND, by=None)

        report = self.keep(report, 7, ckg_bbl="Bayi pendatang")
        sent = take_step(report=report, step=Step.SEND, by=None)
        assert sent.status == Status.SENT

    def test_page_autosave_and_verification_say_the_same(self, tree, report):
        client = Client()
        client.force_login(worker("admin_puskesmas", tree["first"]))
        seen = {"ckg_bbl|": [report.values.get(element="ckg_bbl").version, "0"]}
        sent = {"tampil": json.dumps(seen), "ckg_bbl|": "7"}

        answer = client.post(f"/laporan/{report.pk}/isian/", sent).json()
        page = client.get("/laporan/SDL/P9901010101/2026-03/").content.decode()

        assert self.WORDS in answer["rows"]["ckg_bbl"]["note"]
        assert self.WORDS in answer["summary"]
        assert "Melebihi sasaran. Alasan:" in answer["rows"]["ckg_bbl"]["note"]
        assert page.count(self.WORDS) == 2, "at the row and in the summary"
        Report.objects.update(status=Status.SENT, sent_at=timezone.now())
        head = Client()
        head.force_login(worker("kepala_puskesmas", tree["first"]))
        assert self.WORDS in head.get("/laporan/SDL/P9901010101/2026-03/").content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("form", "cell"), [("SDL", "ckg_bbl|"), ("LB3", "k4|")])
def test_an_autosave_of_such_a_form_costs_eight_queries(form, cell):
    tree = small_district()
    report = begun(tree, form)
    client = Client()
    client.force_login(worker("admin_puskesmas", tree["first"]))
    address = f"/laporan/{report.pk}/isian/"
    client.post(address, {"tampil": "{}", cell: "6"})

    with CaptureQueriesContext(connection) as asked:
        answer = client.post(address, {"tampil": json.dumps({cell: [2, "6"]}), cell: "7"})

    statements = [one["sql"] for one in asked if one["sql"] not in ("BEGIN", "COMMIT")]
    assert len(statements) <= 8, "\n".join(statements)
    assert answer.json()["conflicts"] == 0

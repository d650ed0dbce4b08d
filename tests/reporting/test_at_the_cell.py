"""At a row of a report: its own history, and what is unlike it."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from statistics import mean as exact_mean

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ilp.core.months import Month
from ilp.core.weeks import Week
from reporting.actions.report_errors import UnusualUnexplained
from reporting.actions.reports import open_report, save_values, take_step
from reporting.catalogue import FORMS
from reporting.catalogue.quality import Limits
from reporting.models import Report
from reporting.selectors.past import before, past_from, past_of, told_before
from reporting.selectors.reports import sheet
from reporting.selectors.usual import Usual, usual
from reporting.workflow import Status, Step
from tests.reporting.earlier import history, reported
from tests.reporting.keeping import MONTH, PAGE, browser, keep
from tests.reporting.sheets import filled, numbers

CELL = ("skdn_s", "L:0-5")
NAME = "skdn_s|L:0-5"
HELD = Limits()
ABOUT_FIFTY = [48, 52] * 6


def row_of(report, element="skdn_s"):
    return next(row for row in sheet(report=report).rows if row.element == element)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_usual_lies_within_both_limits(seed):
    some = Random(seed)
    numbers = [some.choice([None, some.randrange(20, 90)]) for _ in range(12)] + [30, 41, 55, 60]
    known = [Fraction(n) for n in numbers if n is not None]
    mean, late = exact_mean(known), exact_mean(known[-6:])
    variance = exact_mean([(n - mean) ** 2 for n in known])
    found = usual(numbers, HELD)
    for number in range(200):
        far = (number - mean) ** 2 >= 9 * variance
        changed = abs(number - late) >= late / 2
        assert found.is_odd(number) == (far or changed), number


@pytest.mark.parametrize(
    ("numbers", "sentence", "odd", "plain"),
    [
        (ABOUT_FIFTY, "biasanya 45–55", (44, 56), (45, 55)),  # deviation 2: 44 is on the limit
        ([8] * 12, "biasanya 8", (4, 12), (5, 11)),  # never varied: half of it is on the limit
        ([20] * 6 + [40] * 6, "biasanya 21–59", (20, 60), (21, 59)),  # the last six speak
        ([None] * 7 + [50] * 5, "belum cukup data", (), (0, 5000)),
        ([1, 4] * 6, "rata-rata 2,5, terlalu kecil untuk diperiksa", (), (0, 5000)),
        ([], "belum cukup data", (), (0,)),
        ([10_000] * 6, "biasanya 10.000", (5000,), (5001,)),
    ],
)
def test_the_sentence_and_what_it_calls_odd(numbers, sentence, odd, plain):
    found = usual(numbers, HELD)
    assert found.sentence == sentence
    assert [n for n in (*odd, *plain) if found.is_odd(n)] == list(odd)


def test_the_limits_are_those_of_their_day():
    assert usual(ABOUT_FIFTY, replace(HELD, extreme=1, jump=0.1)).sentence == "biasanya 49–51"
    assert usual([50] * 3, replace(HELD, least_months=3)).mean == 50
    assert Usual().is_odd(7) is False


class TestPast:
    def test_a_period_without_a_report_is_a_gap_and_a_draft_says_nothing(self, tree):
        place = tree["first"]
        history(place, MONTH, CELL, [5, None, 7, 8])
        reported(place, MONTH.plus(-3), {CELL: 99}, status="draft")
        reported(tree["second"], MONTH.plus(-1), {CELL: 77})
        report = open_report(facility=place, month=MONTH, form="F1", by=None)
        past = past_of(report)
        assert past.periods == tuple(MONTH.plus(-12).until(MONTH.plus(-1)))
        assert past.of_cell(*CELL) == [None] * 8 + [5, None, 7, 8]

    def test_no_service_is_no_number(self, tree):
        reported(tree["first"], MONTH.plus(-1), {CELL: None, ("skdn_s", "P:0-5"): 4})
        report = open_report(facility=tree["first"], month=MONTH, form="F1", by=None)
        past = past_of(report)
        assert past.of_cell(*CELL)[-1] is None
        assert past.of_row("skdn_s", ("L:0-5", "P:0-5"))[-1] == 4
        assert past.last_of("skdn_s", ("L:0-5",)) is None

    def test_last_month_is_shown_even_as_a_draft(self, tree):
        reported(tree["first"], MONTH.plus(-1), {CELL: 6}, status="draft")
        report = open_report(facility=tree["first"], month=MONTH, form="F1", by=None)
        assert row_of(report).last_month == 6
        assert row_of(report).has_past is False

    def test_weeks_go_back_over_new_year(self, tree):
        week = Week(2026, 2)
        cell = (FORMS["SKDR"].typed[0], "")
        reported(tree["first"], Week(2026, 1), {cell: 3}, form="SKDR")
        reported(tree["first"], Week(2025, 53), {cell: 2}, form="SKDR")
        reported(tree["first"], Week(2025, 52), {cell: 1}, form="SKDR")
        report = open_report(facility=tree["first"], month=week, form="SKDR", by=None)
        assert past_of(report).of_cell(*cell)[-3:] == [1, 2, 3]

    def test_a_quarterly_form_looks_back_by_quarters(self):
        form = replace(FORMS["F1"], rounds=(3, 6, 9, 12))
        assert before(form, Month(2025, 3), 3) == (Month(2024, 6), Month(2024, 9), Month(2024, 12))

    def test_beside_the_report_it_is_the_same(self, tree):
        history(tree["first"], MONTH, CELL, ABOUT_FIFTY)
        report = open_report(facility=tree["first"], month=MONTH, form="F1", by=None)
        told = Report.objects.annotate(told=told_before()).get(pk=report.pk).told
        assert past_from(report, told) == past_of(report)
        assert past_of(report).of_cell(*CELL) == ABOUT_FIFTY


class TestWarning:
    @pytest.fixture
    def report(self, tree):
        history(tree["first"], MONTH, CELL, ABOUT_FIFTY)
        return open_report(facility=tree["first"], month=MONTH, form="F1", by=None)

    def test_the_answer_warns_and_the_number_is_kept(self, tree, report):
        answer = keep(browser(tree["first"]), report, **{NAME: "56"})
        note = answer["rows"]["skdn_s"]["note"]
        assert "L 0–5 bulan 56, biasanya 45–55" in note
        assert 'name="alasan|skdn_s"' in note
        assert "Ada kegiatan khusus bulan ini" in note
        assert "Peringatan 1" in answer["count"]
        assert "biasanya 45–55" in answer["summary"]
        assert not answer["rows"]["skdn_s"]["cells"][NAME]["doubted"]
        assert report.values.get().value == 56

    def test_what_is_usual_is_not_spoken_of(self, tree, report):
        answer = keep(browser(tree["first"]), report, **{NAME: "55"})
        assert "hidden" in answer["rows"]["skdn_s"]["note"].split(">")[0]
        assert answer["summary"] == ""

    def test_the_sum_of_many_small_cells_is_looked_at_too(self, tree):
        place, parts = tree["first"], [part for code, part in numbers() if code == "skdn_s"]
        for back in range(1, 13):
            reported(place, MONTH.plus(-back), {("skdn_s", part): 3 for part in parts})
        report = open_report(facility=place, month=MONTH, form="F1", by=None)
        values = {("skdn_s", part): 4 for part in parts}
        report = save_values(report=report, values=values, reasons={}, version=1, by=None)
        assert row_of(report).unusual is None
        again = {("skdn_s", part): 5 for part in parts}
        report = save_values(report=report, values=again, reasons={}, version=2, by=None)
        assert "Jumlah 50, biasanya 30" in row_of(report).unusual.message
        one = {("skdn_s", parts[0]): None}
        report = save_values(report=report, values=one, reasons={}, version=3, by=None)
        assert row_of(report).unusual is None, "a row that is not filled in has no sum"

    def test_sending_asks_for_a_reason_and_nothing_else(self, tree, report):
        report = filled(tree["first"], MONTH, skdn_s=10)
        with pytest.raises(UnusualUnexplained) as refused:
            take_step(report=report, step=Step.SEND, by=None)
        assert "Baris 1 jauh dari yang biasa dilaporkan" in refused.value.sentence
        page = browser(tree["first"]).post(PAGE, {"tampil": "{}", "langkah": "send"}, follow=True)
        assert "jauh dari yang biasa dilaporkan" in page.content.decode()
        report.refresh_from_db()
        report = save_values(
            report=report,
            values={},
            reasons={"skdn_s": "Sudah dicocokkan dengan register"},
            version=report.version,
            by=None,
        )
        assert take_step(report=report, step=Step.SEND, by=None).status == Status.SENT

    def test_who_checks_reads_the_warning_and_its_reason(self, tree, report):
        report = filled(tree["first"], MONTH, skdn_s=10)
        report = save_values(
            report=report, values={}, reasons={"skdn_s": "Banjir <b>"},
            version=report.version, by=None,
        )  # fmt: skip
        take_step(report=report, step=Step.SEND, by=None)
        page = browser(tree["first"], "kepala_puskesmas").get(PAGE).content.decode()
        assert "L 0–5 bulan 10, biasanya 45–55" in page
        assert "Banjir &lt;b&gt;" in page


def test_the_page_shows_the_line_and_what_is_usual_without_a_script(tree):
    history(tree["first"], MONTH, CELL, ABOUT_FIFTY)
    open_report(facility=tree["first"], month=MONTH, form="F1", by=None)
    page = browser(tree["first"]).get(PAGE).content.decode()
    row = page.split('id="baris-skdn_s"')[1].split("</th>")[0]
    assert "<details" in row
    assert "biasanya 45–55" in row
    assert row.count("<svg") == 1
    other = page.split('id="baris-skdn_k"')[1].split("</th>")[0]
    assert "<details" not in other, "of which nothing was ever reported"


def test_history_costs_no_more_queries_however_long_it_is(tree):
    place = tree["first"]
    report = open_report(facility=place, month=MONTH, form="F1", by=None)
    with CaptureQueriesContext(connection) as short:
        sheet(report=report)
    for back in range(1, 13):
        reported(place, MONTH.plus(-back), numbers())
    with CaptureQueriesContext(connection) as long:
        sheet(report=report)
    assert len(long) == len(short) <= 5

"""SKDR: a report for each epidemiological week, added up in its month."""

from datetime import date, datetime, time

import pytest
from django.urls import reverse
from django.utils import timezone

from facilities.roles import Role
from ilp.core.errors import DomainError
from ilp.core.months import Month
from ilp.core.weeks import Week, weeks_of
from reporting.actions.deadlines import Rule, grant_extension, set_deadline
from reporting.actions.reports import open_report, save_values, take_step
from reporting.actions.roll_up import roll_up_changed
from reporting.catalogue import FORMS, SLOTS
from reporting.models import Report, Total
from reporting.selectors import reports
from reporting.selectors.completeness import completeness, rates
from reporting.selectors.deadlines import due_on
from reporting.selectors.due import matrix
from reporting.selectors.owing import next_to_fill
from reporting.selectors.verification import differences
from reporting.workflow import Step
from tests.factories import worker

pytestmark = pytest.mark.django_db
SKDR, MAY, WEEK = FORMS["SKDR"], Month(2025, 5), Week(2025, 19)


def filed(place, week, *, sent=None, steps=(Step.SEND, Step.VERIFY, Step.APPROVE), **numbers):
    report = open_report(facility=place, month=week, form="SKDR", by=None)
    values = {(code, ""): numbers.get(code, 0) for code in SKDR.typed}
    values["sk_kunjungan", ""] = numbers.get("sk_kunjungan", 100)
    report = save_values(report=report, values=values, reasons={}, version=report.version, by=None)
    for step in steps:
        report = take_step(report=report, step=step, by=None)
    if sent:
        moment = datetime.combine(sent, time(9), tzinfo=timezone.get_current_timezone())
        Report.objects.filter(pk=report.pk).update(sent_at=moment)
    return report


def test_each_week_is_a_report_of_its_own(tree):
    one = filed(tree["first"], WEEK)
    other = filed(tree["first"], WEEK.plus(1))
    assert one.pk != other.pk
    assert (one.period, one.month, one.week) == (WEEK, MAY, 19)
    assert open_report(facility=tree["first"], month=WEEK, form="SKDR", by=None) == one


def test_weeks_add_up_in_their_month(tree):
    filed(tree["first"], WEEK, sk_a=3)
    filed(tree["first"], WEEK.plus(1), sk_a=4)
    filed(tree["second"], WEEK, sk_a=5)
    filed(tree["second"], WEEK.plus(1), sk_a=90, steps=[Step.SEND])
    roll_up_changed()
    slot = SLOTS["skdr", "sk_a", ""] - 1
    totals = Total.objects.filter(programme="skdr", month=MAY)
    found = {t.place_id: t.total[slot] for t in totals}
    assert (found[tree["first"].pk], found[tree["district"].pk]) == (7, 12)
    assert list(differences(first=MAY, last=MAY)) == []


def test_last_week_stands_beside(tree):
    filed(tree["first"], WEEK, sk_a=3)
    report = open_report(facility=tree["first"], month=WEEK.plus(1), form="SKDR", by=None)
    rows = {row.element: row.last_month for row in reports.sheet(report=report).rows}
    assert rows["sk_a"] == 3


def test_it_is_due_some_days_after_the_week(tree):
    assert WEEK.last_day == date(2025, 5, 10)
    assert due_on(SKDR, tree["first"], WEEK).until == date(2025, 5, 13)


def test_a_rule_of_the_dinas_for_this_form(tree):
    rule = Rule(form="SKDR", kind="", day=None, days_after=2, grace_days=0, to_workday=False,
                source="Surat 1/2025")  # fmt: skip
    set_deadline(district=tree["district"], rule=rule, since=MAY, by=None)
    assert due_on(SKDR, tree["first"], WEEK).until == date(2025, 5, 12)
    assert due_on(SKDR, tree["first"], Week(2025, 14)).until == date(2025, 4, 8)


def test_a_rule_for_all_forms_is_about_months(tree):
    rule = Rule(form="", kind="", day=None, days_after=20, grace_days=0, to_workday=False,
                source="Surat 1/2025")  # fmt: skip
    set_deadline(district=tree["district"], rule=rule, since=MAY, by=None)
    assert due_on(SKDR, tree["first"], WEEK).until == date(2025, 5, 13)
    assert due_on(FORMS["F1"], tree["first"], MAY).until == date(2025, 6, 20)


def test_more_time_is_given_by_name(tree):
    grant_extension(place=tree["first"], form="SKDR", month=MAY, until=date(2025, 6, 20),
                    reason="Banjir", by=None)  # fmt: skip
    assert due_on(SKDR, tree["first"], WEEK).until == date(2025, 6, 20)


def test_each_week_counts_in_completeness_and_in_time(tree):
    filed(tree["first"], WEEK, sent=date(2025, 5, 12))
    filed(tree["first"], WEEK.plus(1), sent=date(2025, 6, 1))
    weeks = weeks_of(MAY)
    first, district = tree["first"].pk, tree["district"].pk
    found = rates(places=[first, district], months=[MAY], forms=[SKDR])
    rate = found[first, MAY]
    assert (rate.expected, rate.sent, rate.in_time) == (len(weeks), 2, 1)
    assert found[district, MAY].expected == 2 * len(weeks)


def test_the_matrix_says_the_same(tree):
    filed(tree["first"], WEEK, sent=date(2025, 5, 12))
    user = worker(Role.ADMIN_DINAS, tree["district"])
    shown = completeness(
        user=user, form=SKDR, year=2025, kinds=["puskesmas"], today=date(2025, 5, 20)
    )
    assert shown.months[-1] == Week.of(date(2025, 5, 20))
    line = next(line for line in shown.lines if line.place == tree["first"])
    assert {c.due.month: c.mark.name for c in line.cells}[WEEK] == "IN_TIME"
    assert line.rate.sent == 1


def test_a_week_that_is_over_is_to_be_filled_in(tree):
    user = worker(Role.ADMIN_PUSKESMAS, tree["first"])
    filed(tree["first"], WEEK)
    due = next_to_fill(user=user, today=date(2025, 5, 27))
    assert [d.month for d in due if d.form_code == "SKDR"] == [WEEK.plus(1), WEEK.plus(2)]


def test_a_week_is_asked_of_no_monthly_form(tree):
    with pytest.raises(DomainError, match="penuh"):
        open_report(facility=tree["first"], month=WEEK, form="F1", by=None)
    with pytest.raises(DomainError, match="setiap minggu"):
        open_report(facility=tree["first"], month=MAY, form="SKDR", by=None)


def test_a_week_that_has_not_begun(tree):
    ahead = Week.of(timezone.localdate()).plus(2)
    with pytest.raises(DomainError, match=f"minggu {ahead.number}"):
        open_report(facility=tree["first"], month=ahead, form="SKDR", by=None)


def test_rows_of_months_and_weeks(tree):
    rows = matrix(places=[tree["first"]], form=SKDR, months=[MAY])
    assert [due.month for due in rows[tree["first"].pk]] == weeks_of(MAY)


class TestPages:
    def test_from_the_list_to_the_report(self, client, tree):
        client.force_login(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
        page = client.get(reverse("reporting:report-list"), {"f": "SKDR", "p": "2025-05"})
        address = reverse("reporting:report", args=["SKDR", tree["first"].code, WEEK])
        assert address.endswith("/2025-W19/")
        assert address in page.content.decode()
        assert "Mulai mengisi" in client.get(address).content.decode()
        client.post(address)
        page = client.get(address).content.decode()
        assert "minggu 19 (4–10 Mei 2025)" in page
        assert "Minggu lalu" in page
        assert "Bulan lalu" not in page

    @pytest.mark.parametrize("week", ["2025-W54", "2024-W53", "2025-W00"])
    def test_a_week_that_there_is_not(self, client, tree, week):
        client.force_login(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
        assert client.get(f"/laporan/SKDR/{tree['first'].code}/{week}/").status_code == 404

    def test_a_month_of_a_weekly_form_says_what_to_do(self, client, tree):
        client.force_login(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
        address = reverse("reporting:report", args=["SKDR", tree["first"].code, MAY])
        assert "setiap minggu" in client.post(address, follow=True).content.decode()

    def test_completeness_and_reminder(self, client, tree):
        client.force_login(worker(Role.ADMIN_DINAS, tree["district"]))
        page = client.get(reverse("reporting:completeness"), {"f": "SKDR", "t": "2025"})
        text = page.content.decode()
        assert "m19" in text
        assert "2025-W19" in text
        assert "SKDR mingguan (W2) minggu 1, 2," in text

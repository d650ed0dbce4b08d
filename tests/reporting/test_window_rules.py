"""Who sets when a reporting month ends, what is refused, and where it is shown."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clusters.actions.locks import lock_month
from facilities.audit_words import DETAILS, told
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from ilp.core.windows import Window
from reporting.actions import deadline_errors as errors
from reporting.actions import deadlines as actions
from reporting.actions import reports as report_actions
from reporting.catalogue import FORMS
from reporting.models import Deadline
from reporting.selectors.prints import report_document
from tests.factories import worker
from tests.reporting import earlier
from tests.reporting.closing import set_rule, window

F1 = FORMS["F1"]
FEBRUARY, MARCH, APRIL = (Month(2025, n) for n in range(2, 5))
MARCH_21_20 = Window(date(2025, 2, 21), date(2025, 3, 20))


class TestRules:
    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"closes_on": 14}, errors.ClosesTooEarly),
            ({"closes_on": 29}, errors.ClosesTooEarly),
            ({"form": "SPM"}, errors.ClosesNoMonth),
            ({"form": "SKDR", "day": None, "days_after": 2}, errors.ClosesNoMonth),
            ({"opens_after": 6}, errors.OpensTooLate),
            ({"opens_after": 0}, errors.OpensTooLate),
            ({"day": None, "days_after": 2, "opens_after": 3}, errors.OpensTooLate),
        ],
    )
    def test_what_cannot_be_is_refused_with_a_sentence(self, tree, changes, error):
        with pytest.raises(error) as refused:
            set_rule(tree, **changes)
        assert "%(" not in refused.value.sentence
        assert not Deadline.objects.exists()

    @pytest.mark.parametrize(
        "fields",
        [{"closes_on": 14}, {"closes_on": 29}, {"opens_after": 0}, {"opens_after": 10}],
    )
    def test_the_database_refuses_it_too(self, tree, fields):
        usual = {"district": tree["district"], "source": "SK", "since": MARCH, "day": 9}
        with pytest.raises(IntegrityError), transaction.atomic():
            Deadline.objects.create(**usual, **fields)
        Deadline.objects.create(**usual, closes_on=15, opens_after=9)

    def test_what_a_locked_month_covers_stays(self, tree):
        made = set_rule(tree, since=Month(2024, 6))
        lock_month(district=tree["district"], month=MARCH, by=None)
        for since in (FEBRUARY, MARCH):  # the month before says where it begins
            with pytest.raises(errors.MonthsLocked, match="Maret 2025"), transaction.atomic():
                set_rule(tree, since=since, closes_on=25)
            with pytest.raises(errors.MonthsLocked), transaction.atomic():
                actions.end_deadline(deadline=made, until=since, by=None)
        set_rule(tree, since=APRIL, closes_on=None)
        assert window(tree) == MARCH_21_20
        assert window(tree, APRIL) == Window(date(2025, 3, 21), date(2025, 4, 30))

    def test_what_was_sent_keeps_the_days_that_it_was_sent_for(self, tree):
        earlier.reported(tree["first"], MARCH, {}, status="sent")
        with pytest.raises(errors.ReportsSent, match="Maret 2025"), transaction.atomic():
            set_rule(tree, since=FEBRUARY)
        with pytest.raises(errors.ReportsSent), transaction.atomic():
            set_rule(tree, since=MARCH)
        set_rule(tree, since=MARCH, form="KB")
        set_rule(tree, since=MARCH, closes_on=None, day=9)
        made = set_rule(tree, since=APRIL)
        earlier.reported(tree["second"], APRIL, {}, status="draft")
        actions.end_deadline(deadline=made, until=APRIL, by=None)

    @pytest.mark.parametrize("role", ["admin_puskesmas", "programmer", "kepala_dinas"])
    def test_only_the_dinas_admin_sets_it(self, tree, role):
        with pytest.raises(Forbidden):
            set_rule(tree, by=worker(role, tree["district"]))
        assert not Deadline.objects.exists()

    def test_it_is_on_record_in_words(self, tree):
        set_rule(tree, opens_after=1)
        detail = AuditEvent.objects.get(event="deadline.set").detail
        assert set(detail) <= set(DETAILS)
        assert "bulan laporan ditutup tanggal: 20" in told(detail)


class TestPages:
    PAGE = "/laporan/batas/"
    RULE = {
        "aksi": "batas", "batas-form": "", "batas-kind": "", "batas-way": "hari",
        "batas-number": "5", "batas-grace_days": "0", "batas-since": "2024-06",
        "batas-source": "SK Kepala Dinas 7/2025", "batas-closes_on": "20",
        "batas-opens_after": "1",
    }  # fmt: skip

    def browser(self, role, place):
        client = Client()
        client.force_login(worker(role, place))
        return client

    def test_it_is_set_and_shown_beside_the_deadline(self, tree):
        admin = self.browser("admin_dinas", tree["district"])
        html = admin.post(self.PAGE, self.RULE, follow=True).content.decode()
        assert "bulan laporan ditutup tanggal 20" in html
        assert "dapat diisi mulai 1 hari sesudah masa laporan" in html
        month = Month.of(timezone.localdate()).plus(-1)
        begin, end = month.plus(-1).first_day.replace(day=21), month.first_day.replace(day=20)
        assert window(tree, month) == Window(begin, end)
        assert "masa laporan" in html.split("Ketetapan kabupaten")[0]
        rule = Deadline.objects.get()
        assert (rule.closes_on, rule.opens_after) == (20, 1)

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"batas-closes_on": "10"}, "Paling kecil 15"),
            ({"batas-closes_on": "31"}, "Paling besar 28"),
            ({"batas-closes_on": "dua"}, "Tulis bilangan bulat"),
            ({"batas-opens_after": "9"}, "isi 1–5 hari"),
            ({"batas-form": "SPM"}, "tidak diisi setiap bulan"),
        ],
    )
    def test_what_is_wrong_is_said(self, tree, changes, sentence):
        admin = self.browser("admin_dinas", tree["district"])
        answer = admin.post(self.PAGE, self.RULE | changes)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not Deadline.objects.exists()

    def test_who_may_not_set_deadlines_sets_none(self, tree):
        assert self.browser("admin_puskesmas", tree["first"]).post(
            self.PAGE, self.RULE
        ).status_code in (403, 404)
        assert not Deadline.objects.exists()

    def test_the_report_says_its_days_only_where_they_are_not_the_months(self, tree):
        client = self.browser("admin_puskesmas", tree["first"])
        report = report_actions.open_report(facility=tree["first"], month=MARCH, form="F1", by=None)
        address, said = f"/laporan/F1/{tree['first'].code}/2025-03/", "21 Februari – 20 Maret 2025"
        assert said not in client.get(address).content.decode()
        assert dict(report_document(report=report).facts)["Masa laporan"] == "Maret 2025"

        set_rule(tree)

        assert f"Maret 2025 ({said})" in client.get(address).content.decode()
        assert dict(report_document(report=report).facts)["Masa laporan"] == f"Maret 2025 ({said})"
        assert f"Maret 2025 ({said})" in client.get(f"{address}cetak/").content.decode()
        listed = client.get("/laporan/?f=F1&p=2025-03").content.decode()
        assert f"batas laporan Maret 2025 ({said})" in listed

    @pytest.mark.parametrize("form", ["F1", "LB1"])
    def test_it_costs_no_more_than_a_page_may(self, tree, form):
        set_rule(tree)
        client = self.browser("admin_puskesmas", tree["first"])
        month = Month(2026, 3)
        report = report_actions.open_report(facility=tree["first"], month=month, form=form, by=None)
        address = f"/laporan/{form}/{tree['first'].code}/2026-03/"
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        assert len(asked) <= 25
        cell = {"F1": "skdn_s|L:0-5", "LB1": "lb1_j06|L:1-4"}[form]
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(f"/laporan/{report.pk}/isian/", {cell: "5", "tampil": "{}"})
        assert answer.status_code == 200
        own = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"]]
        statements = [sql for sql in own if "django_session" not in sql]
        assert len(statements) <= 8 + 1, statements  # who it is stands outside

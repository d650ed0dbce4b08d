"""The recap of a Posyandu: begun by who wants to, owed by nobody, approved by its Puskesmas."""

from datetime import date

import pytest
from django.test import Client

from facilities.roles import Permission
from ilp.core.months import Month
from reporting import totals
from reporting.actions import deadlines as deadline_actions
from reporting.actions.bulk import take_all
from reporting.actions.deadline_errors import NotAReporter
from reporting.actions.holder_errors import ApprovedBelow
from reporting.actions.holders import set_holder
from reporting.actions.reports import RuleBroken, WrongStep, open_report, save_values, take_step
from reporting.actions.roll_up import roll_up_changed
from reporting.models import Holder, Report
from reporting.selectors import due, home_district
from reporting.selectors.completeness import Mark, completeness, rates
from reporting.selectors.editing import editing
from reporting.selectors.gathering import gather
from reporting.selectors.home import home, next_report
from reporting.selectors.owing import owing
from reporting.selectors.registers import registers
from reporting.selectors.reminders import items_of
from reporting.selectors.reports import sheet
from reporting.selectors.revisions import readiness
from reporting.workflow import Status, Step
from tests.factories import worker
from tests.reporting import rows
from tests.reporting.earlier import visits_say
from tests.reporting.recaps import RECAP, approved, recap

MONTH = Month(2026, 3)
TODAY = date(2026, 4, 20)
COUNTED = ("F_LAPORAN_WAJIB", "F_LAPORAN_MASUK", "F_LAPORAN_TEPAT")


def browser(role, place):
    client = Client()
    client.force_login(worker(role, place))
    return client


def page(report):
    return f"/laporan/POSYANDU/{report.facility.code}/{report.period}/"


def counts(tree):
    places = [tree["melati"].pk, tree["first"].pk, tree["district"].pk]
    return registers(places=places, codes=COUNTED, months=[MONTH])[MONTH]


class TestNobodyOwesIt:
    def test_a_recap_changes_no_rate(self, tree):
        before = counts(tree)
        approved(tree["melati"], MONTH)

        assert counts(tree) == before
        assert (tree["melati"].pk, "F_LAPORAN_WAJIB") not in before
        assert rates(places=[tree["first"].pk], months=[MONTH], forms=[RECAP]) == {}

    def test_it_is_owed_once_it_was_begun_and_no_other_month_is(self, tree):
        admin = worker("admin_puskesmas", tree["first"])

        def asked():
            found = owing(user=admin, permission=Permission.FILL, today=TODAY)
            return [one.month for one in found if one.form_code == RECAP.code]

        assert asked() == []
        draft = recap(tree["melati"], MONTH.plus(-1))
        assert asked() == [MONTH.plus(-1)]
        take_step(report=draft, step=Step.SEND, by=None)
        assert asked() == []
        take_step(report=draft, step=Step.RETURN, by=None, note="Periksa N")
        assert asked() == [MONTH.plus(-1)]

    def test_a_draft_is_neither_late_nor_reminded_of(self, tree):
        recap(tree["melati"], MONTH)
        admin = worker("admin_puskesmas", tree["first"], email="a@contoh.id")
        alone = worker("admin_puskesmas", tree["melati"])
        programmer = worker("programmer", tree["district"])

        late = home_district.late(user=programmer, today=TODAY)
        assert RECAP.code not in {one.form_code for place in late for one in place.owed}
        reminded = items_of(user=admin, today=TODAY)
        assert RECAP.code not in {item["form"] for items in reminded.values() for item in items}
        tasks = [
            task
            for block in home(user=alone, today=TODAY, span=None).blocks
            for task in block.tasks
            if task.form == RECAP.code
        ]
        assert [(task.place, task.days, task.until) for task in tasks] == [("Melati", None, None)]

    def test_a_month_is_as_ready_to_be_released_as_without_it(self, tree):
        head = worker("kepala_dinas", tree["district"])

        def told():
            ready = readiness(district=tree["district"], month=MONTH, at=[])
            found = home_district.to_release(user=head, first=MONTH, today=date(2026, 4, 1))
            return ready.due, ready.approved, found.months

        before = told()
        approved(tree["melati"], MONTH)
        recap(tree["mawar"], MONTH)
        assert told() == before

    def test_who_only_has_a_posyandu_is_not_told_to_report_next(self, tree):
        assert next_report(user=worker("admin_puskesmas", tree["melati"]), today=TODAY) is None

    def test_the_matrix_says_that_it_is_not_obligatory(self, tree):
        admin = worker("admin_puskesmas", tree["first"])
        sent = recap(tree["melati"], MONTH)
        take_step(report=sent, step=Step.SEND, by=None)

        found = completeness(user=admin, form=RECAP, year=2026, kinds=["posyandu"], today=TODAY)

        (line,) = found.lines
        assert [cell.mark for cell in line.cells] == [
            Mark.FREE, Mark.FREE, Mark.SENT, Mark.FREE,
        ]  # fmt: skip
        assert not line.owed
        assert found.rate.expected == 0

    def test_it_is_gathered_of_those_that_handed_it_in(self, tree):
        approved(tree["melati"], MONTH)
        admin = worker("admin_dinas", tree["district"])

        found = gather(district=tree["district"], form=RECAP, month=MONTH, user=admin)

        assert [one.place for one in found.counted] == [tree["melati"]]
        assert found.is_whole

    def test_no_more_time_is_given_for_what_has_none(self, tree):
        with pytest.raises(NotAReporter):
            deadline_actions.grant_extension(
                place=tree["melati"], form=RECAP.code, month=MONTH, until=date(2026, 5, 1),
                reason="Banjir", by=None,
            )  # fmt: skip


class TestWhoChecksIt:
    def test_the_puskesmas_approves_it_and_it_speaks_from_there_on(self, tree):
        visits_say(tree["melati"], MONTH, n_naik=41)
        report = recap(tree["melati"], MONTH, n_naik=30)
        take_step(report=report, step=Step.SEND, by=worker("admin_puskesmas", tree["first"]))
        head = worker("kepala_puskesmas", tree["first"])
        assert [(w.report, w.step) for w in due.waiting(user=head)] == [(report, Step.VERIFY)]

        (outcome,) = take_all(seen=[(report.pk, Report.objects.get(pk=report.pk).version)], by=head)
        if outcome.refusal:  # it has rows to look at
            take_step(report=report, step=Step.VERIFY, by=head)
        roll_up_changed()

        assert Report.objects.get().status == Status.APPROVED
        read = totals.read([tree["melati"].pk, tree["first"].pk], [MONTH], ["n_naik"])
        assert [read.get(tree[at].pk, MONTH, "n_naik") for at in ("melati", "first")] == [30, 30]

        take_step(report=report, step=Step.RETURN, by=head, note="Periksa N")
        roll_up_changed()
        read = totals.read([tree["first"].pk], [MONTH], ["n_naik"])
        assert read.get(tree["first"].pk, MONTH, "n_naik") != 30, "visits speak again"

    def test_the_dinas_has_nothing_to_approve(self, tree):
        report = recap(tree["melati"], MONTH)
        take_step(report=report, step=Step.SEND, by=None)
        Report.objects.filter(pk=report.pk).update(status=Status.VERIFIED)
        programmer = worker("programmer", tree["district"])

        assert due.waiting(user=programmer) == []
        with pytest.raises(WrongStep):
            take_step(report=report, step=Step.APPROVE, by=programmer)
        html = browser("programmer", tree["district"]).get(page(report)).content.decode()
        assert "Sahkan" not in html

    def test_no_programme_of_the_dinas_is_asked(self, tree):
        people = [worker("programmer", tree["district"])]
        asked = {"district": tree["district"], "name": "Gizi", "people": people, "by": None}
        with pytest.raises(ApprovedBelow):
            set_holder(**asked, form=RECAP.code, since=MONTH, source="SK")
        Holder.objects.create(
            district=tree["district"], form_code=RECAP.code, name="Gizi", since=MONTH, source="SK",
            created_by=None,
        )  # fmt: skip

        assert approved(tree["melati"], MONTH).status == Status.APPROVED

    def test_a_look_of_the_dinas_does_not_end_its_taking_back(self, tree):
        report = recap(tree["melati"], MONTH)
        take_step(report=report, step=Step.SEND, by=None)

        browser("programmer", tree["district"]).get(page(report))
        assert Report.objects.get().opened_at is None
        browser("kepala_puskesmas", tree["first"]).get(page(report))
        assert Report.objects.get().opened_at is not None

    def test_who_wants_it_changed_is_sent_to_the_puskesmas(self, tree):
        report = approved(tree["melati"], MONTH)
        admin = worker("admin_puskesmas", tree["first"])

        assert "Minta Kepala Puskesmas" in editing(report=report.pk, by=admin).why


class TestTheSheet:
    def test_sasaran_comes_from_the_register_and_absent_is_what_is_left(self, tree):
        born = {"bayi": 5, "anbal": 30, "apras": 62, "sekolah": 73, "remaja": 227, "lansia": 720}
        last = MONTH.last_day
        for number, months in enumerate((*born.values(), 30)):
            year, month = divmod(last.year * 12 + last.month - 1 - months, 12)
            one = rows.incoming(
                "outpatient", nik=f"99010100001{number:05d}", born_on=date(year, month + 1, 2),
                sex="P", seen_on=date(2026, 3, 5), facility=tree["melati"], home=tree["melati"],
                row=number + 2, diagnosis="J06.9", case_kind="baru",
            )  # fmt: skip
            rows.write("outpatient", [one], None)
        report = open_report(facility=tree["melati"], month=MONTH, form=RECAP.code, by=None)

        shown = {row.element: row for row in sheet(report=report).rows}

        found = {group: shown[f"pos_{group}_sasaran"].counted for group in (*born, "dewasa")}
        assert found == dict.fromkeys(born, 1) | {"anbal": 2, "dewasa": 0}
        assert shown["pos_bumil_sasaran"].counted is None
        save_values(
            report=report, values={("pos_anbal_sasaran", ""): 2, ("pos_anbal_hadir", ""): 1},
            reasons={}, version=report.version, by=None,
        )  # fmt: skip
        assert report.values.get(element="pos_anbal_absen").value == 1

    def test_more_present_than_there_are_is_not_sent(self, tree):
        report = recap(tree["melati"], MONTH, pos_bumil_sasaran=2, pos_bumil_hadir=3)

        with pytest.raises(RuleBroken):
            take_step(report=report, step=Step.SEND, by=None)

    def test_every_row_can_be_filled_and_every_check_can_fail(self):
        assert len(RECAP.typed) == len(set(RECAP.typed))
        for check in RECAP.checks:
            assert str(check.message)
        assert not RECAP.asks("posyandu")
        assert RECAP.kinds == ("posyandu",)


class TestPages:
    def test_who_fills_in_begins_it_anywhere_below_and_others_see_those_that_were(self, tree):
        admin, dinas = (
            browser("admin_puskesmas", tree["first"]),
            browser("programmer", tree["district"]),
        )
        address = "/laporan/?f=POSYANDU&p=2026-03"
        html = admin.get(address).content.decode()
        assert "Melati" in html
        assert "Mawar" not in html
        assert "Tidak wajib" in html
        assert "Terlambat" not in html.split("Status laporan per tempat")[1]
        assert "Melati" not in dinas.get(address).content.decode()

        begun = f"/laporan/POSYANDU/{tree['melati'].code}/2026-03/"
        assert "Tidak wajib" in admin.get(begun).content.decode()
        assert admin.post(begun).status_code == 302
        assert Report.objects.get().facility == tree["melati"]
        assert "Melati" in dinas.get(address).content.decode()

    def test_the_sheet_prints_and_is_exported_and_stays_cheap(
        self, tree, django_assert_max_num_queries
    ):
        report = approved(tree["melati"], MONTH)
        admin = browser("admin_puskesmas", tree["first"])
        admin.get(page(report))
        with django_assert_max_num_queries(25):
            assert admin.get(page(report)).status_code == 200
        assert admin.get(f"{page(report)}cetak/").status_code == 200
        assert admin.get("/laporan/kelengkapan/?f=POSYANDU&t=2026").status_code == 200

    def test_the_place_and_the_deadlines_say_it(self, tree):
        admin = browser("admin_dinas", tree["district"])

        assert "Tidak wajib" in admin.get(f"/tempat/{tree['melati'].code}/").content.decode()
        assert "Rekap Posyandu ILP" in admin.get("/laporan/batas/").content.decode()

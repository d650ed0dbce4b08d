"""Forms that a Dinas makes itself: from a workbook to the totals, by dated version."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from clusters.actions.locks import lock_month
from facilities.roles import Role
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting import totals
from reporting.actions.reports import open_report, save_values, take_step
from reporting.actions.roll_up import roll_up_changed
from reporting.catalogue import ELEMENTS, FORMS, PROGRAMMES, ROWS, own
from reporting.catalogue.definitions import Known, RowSaid, faults, from_json
from reporting.excel.definitions import EXAMPLE, of_form
from reporting.models import FormSlot, FormVersion, ReportValue, Total
from reporting.selectors import form_book, reports
from reporting.selectors.deadlines import due_on
from reporting.selectors.due import matrix
from reporting.selectors.verification import differences
from reporting.workflow import Step
from tests.factories import small_district, worker
from tests.reporting.own_forms import define, end

pytestmark = pytest.mark.django_db
JANUARY, FEBRUARY, MARCH = Month(2025, 1), Month(2025, 2), Month(2025, 3)
LAB = {"uji_darah": 7, "uji_urine": 4, "uji_rujuk": 2}


@pytest.fixture
def places():
    return small_district()


@pytest.fixture
def admin(places):
    return worker(Role.ADMIN_DINAS, places["district"])


def approved(place, month, numbers):
    report = open_report(facility=place, month=month, form="UJI-1", by=None)
    values = {(code, ""): number for code, number in numbers.items()}
    report = save_values(report=report, values=values, reasons={}, version=1, by=None)
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        report = take_step(report=report, step=step, by=None)
    return report


class TestVersions:
    def test_a_form_is_asked_for_from_its_month_on(self, places, admin):
        define(said=EXAMPLE, since=FEBRUARY, by=admin)
        form = FORMS["UJI-1"]
        assert [i.element for i in form.items] == [row.code for row in EXAMPLE.rows]
        rows = matrix(places=[places["first"]], form=form, months=JANUARY.until(MARCH))
        assert [due.month for due in rows[places["first"].pk]] == [FEBRUARY, MARCH]

    def test_a_month_keeps_the_version_by_which_it_was_reported(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        report = open_report(facility=places["first"], month=JANUARY, form="UJI-1", by=None)
        more = replace(
            EXAMPLE,
            label="Laboratorium",
            rows=(*EXAMPLE.rows, RowSaid("Lain", "5", "uji_gula", "Gula darah")),
        )
        define(said=more, since=FEBRUARY, by=admin)
        assert len(report.form.items) == 4
        assert len(own.form_on("UJI-1", FEBRUARY).items) == 5
        assert (FORMS["UJI-1"].label, FORMS["UJI-1"].since) == ("Laboratorium", date(2025, 1, 1))
        assert [v.until for v in FormVersion.objects.order_by("version")] == [FEBRUARY, None]

    def test_a_reported_month_cannot_be_changed(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        open_report(facility=places["first"], month=FEBRUARY, form="UJI-1", by=None)
        with pytest.raises(DomainError) as refused:
            define(said=replace(EXAMPLE, label="Lain"), since=FEBRUARY, by=admin)
        assert "Februari 2025" in refused.value.sentence
        with pytest.raises(DomainError):
            end(code="UJI-1", until=FEBRUARY, by=admin)

    @pytest.mark.parametrize("since", [JANUARY, FEBRUARY])
    def test_a_version_begins_after_the_one_before(self, places, admin, since):
        define(said=EXAMPLE, since=FEBRUARY, by=admin)
        with pytest.raises(DomainError, match="Februari 2025"):
            define(said=EXAMPLE, since=since, by=admin)

    def test_who_fills_it_in_stays(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        with pytest.raises(DomainError, match="tidak dapat diganti"):
            define(said=replace(EXAMPLE, kinds=("pustu",)), since=FEBRUARY, by=admin)

    def test_a_month_keeps_the_deadline_of_its_version(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        define(said=replace(EXAMPLE, due_day=20), since=MARCH, by=admin)
        due = [due_on(FORMS["UJI-1"], places["first"], month).day for month in (FEBRUARY, MARCH)]
        assert due == [date(2025, 3, 5), date(2025, 4, 20)]

    def test_an_ended_form_is_no_longer_asked_for(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        end(code="UJI-1", until=MARCH, by=admin)
        assert not FORMS["UJI-1"].is_due(MARCH)
        with pytest.raises(DomainError, match="sudah diakhiri"):
            end(code="UJI-1", until=MARCH, by=admin)

    def test_a_row_is_added_to_a_form_of_the_catalogue_and_taken_away_again(self, places, admin):
        usual = len(FORMS["F1"].items)
        said = of_form(FORMS["F1"])
        said = replace(said, rows=(*said.rows, RowSaid("Lain", "23", "f1_pmt", "Balita dapat PMT")))
        define(said=said, since=FEBRUARY, by=admin)
        assert len(own.form_on("F1", JANUARY).items) == usual
        assert len(own.form_on("F1", FEBRUARY).items) == usual + 1
        assert ELEMENTS["n_naik"].programme == "growth"
        assert ELEMENTS["f1_pmt"].programme == "f_f1"
        end(code="F1", until=MARCH, by=admin)
        assert FORMS["F1"].is_due(MARCH)
        assert len(own.form_on("F1", MARCH).items) == usual

    def test_once_ended_it_is_the_catalogues_form_again_wherever_it_is_shown(self, places, admin):
        said = of_form(FORMS["F1"])
        fewer = replace(said, rows=said.rows[1:], rules=())
        define(said=fewer, since=FEBRUARY, by=admin)
        taken = replace(EXAMPLE, rows=said.rows[:1], rules=())
        assert faults(taken, Known(ROWS, own.in_force_from(JANUARY.first_day)))
        assert not faults(taken, Known(ROWS, own.in_force_from(FEBRUARY.first_day)))
        end(code="F1", until=MARCH, by=admin)
        assert of_form(FORMS["F1"]) == said
        assert faults(taken, Known(ROWS, own.in_force_from(FEBRUARY.first_day)))
        due = [FORMS["F1"].is_due(month) for month in JANUARY.until(MARCH)]
        assert due == [True, True, True]

    def test_nothing_is_due_between_an_end_and_a_new_beginning(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        end(code="UJI-1", until=FEBRUARY, by=admin)
        define(said=EXAMPLE, since=MARCH, by=admin)
        months = Month(2024, 12).until(Month(2025, 4))
        assert [FORMS["UJI-1"].is_due(m) for m in months] == [False, True, False, True, True]

    def test_a_locked_month_keeps_what_it_asked_for(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        lock_month(district=places["district"], month=FEBRUARY, by=None)
        another = replace(
            EXAMPLE, code="UJI-2", rows=(RowSaid("Lain", "1", "uji_lain", "Lain"),), rules=()
        )
        with pytest.raises(DomainError, match="Februari 2025 sudah dikunci"):
            define(said=another, since=FEBRUARY, by=admin)
        with pytest.raises(DomainError, match="Februari 2025 sudah dikunci"):
            end(code="UJI-1", until=FEBRUARY, by=admin)
        end(code="UJI-1", until=MARCH, by=admin)

    def test_positions_only_grow(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        before = set(FormSlot.objects.values_list("element", "position"))
        fewer = replace(EXAMPLE, rows=EXAMPLE.rows[1:2], rules=())
        fewer = replace(fewer, rows=(*fewer.rows, RowSaid("Lain", "2", "uji_gula", "Gula")))
        define(said=fewer, since=FEBRUARY, by=admin)
        assert set(FormSlot.objects.values_list("element", "position")) == before | {
            ("uji_gula", 5)
        }

    def test_the_database_keeps_versions_apart(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        with pytest.raises(IntegrityError), transaction.atomic():
            FormVersion.objects.create(
                code="UJI-1", version=2, said=EXAMPLE.as_json(), since=FEBRUARY, edition=9
            )

    def test_another_process_takes_it_over(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        form_book.forget()
        assert "UJI-1" not in FORMS
        form_book.refresh()
        assert "UJI-1" in FORMS

    def test_what_is_kept_is_what_was_said(self):
        assert from_json(EXAMPLE.as_json()) == EXAMPLE

    def test_it_is_on_record(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        event = AuditEvent.objects.get(event="form.defined")
        assert (event.actor, event.detail["form"]) == (admin, "UJI-1")

    @pytest.mark.parametrize("role", [r for r in Role if r is not Role.ADMIN_DINAS])
    def test_only_who_sets_what_is_asked(self, places, role):
        with pytest.raises(Forbidden):
            define(said=EXAMPLE, since=JANUARY, by=worker(role, places["district"]))

    def test_not_for_another_district(self, places, admin):
        small_district(2)
        with pytest.raises(Forbidden):
            define(said=EXAMPLE, since=JANUARY, by=admin)


class TestNumbers:
    def test_they_reach_the_totals_of_all_above(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        approved(places["first"], JANUARY, LAB)
        approved(places["second"], JANUARY, {"uji_darah": 1, "uji_urine": 0, "uji_rujuk": 0})
        roll_up_changed()
        total = Total.objects.get(place=places["district"], month=JANUARY, programme="f_uji-1")
        at = dict(FormSlot.objects.values_list("element", "position"))
        found = {code: total.total[position - 1] for code, position in at.items()}
        assert found == {"uji_darah": 8, "uji_urine": 4, "uji_semua": 12, "uji_rujuk": 2}
        assert list(differences(first=JANUARY, last=JANUARY)) == []

    def test_they_are_read_as_any_other(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        approved(places["first"], JANUARY, LAB)
        roll_up_changed()
        cells = totals.read([places["district"].pk], [JANUARY], ["uji_semua", "n_naik"])
        assert cells.get(places["district"].pk, JANUARY, "uji_semua") == 11

    def test_rules_and_sums_hold_as_on_any_form(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        report = open_report(facility=places["first"], month=JANUARY, form="UJI-1", by=None)
        values = {("uji_darah", ""): 1, ("uji_urine", ""): 1, ("uji_rujuk", ""): 3}
        save_values(report=report, values=values, reasons={}, version=1, by=None)
        assert ReportValue.objects.get(element="uji_semua").value == 2
        report.refresh_from_db()
        sheet = reports.sheet(report=report)
        assert [f.message for f in sheet.findings] == ["Dirujuk melebihi semua pemeriksaan."]
        with pytest.raises(DomainError, match="Dirujuk melebihi"):
            take_step(report=report, step=Step.SEND, by=None)

    def test_the_programme_is_rolled_up_with_all_others(self, places, admin):
        define(said=EXAMPLE, since=JANUARY, by=admin)
        assert PROGRAMMES.count("f_uji-1") == 1

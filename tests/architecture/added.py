"""Run in a copy of the tree to which docs/adding.md was applied; here there is no such service."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clusters.models import VISITS
from ilp.core.months import Month
from reporting.demo import declared, district
from tests.clusters.conftest import page, recorder, take  # noqa: F401 fixtures
from tests.clusters.test_templates import filled, template_of
from tests.clusters.workbooks import WOMAN, refused
from tests.reporting.test_disease_indicators import score, see

WORKER = WOMAN | {
    "Tanggal kunjungan": date(2025, 5, 6),
    "Jenis pekerjaan": "Pertanian",
    "Lama kerja sehari (jam)": 9,
    "Terpapar bising": "ya",
    "Memakai APD": "tidak",
    "Sistole (mmHg)": 120,
    "Diastole (mmHg)": 80,
}


def test_its_template_is_read_by_its_own_import(page, tree, take):  # noqa: F811
    content = filled(template_of(page, tree, "worker"), WORKER)
    result = take(content=content)
    assert (result.service, result.new, result.rejected) == ("worker", 1, 0), result.issues
    assert (result.headers["unknown"], result.headers["guessed"]) == ([], {})
    visit = VISITS["worker"].objects.get()
    assert (visit.sector, visit.hours, visit.exposed) == ("tani", 9, True)
    shown = page.get(reverse("clusters:visit", args=["worker", visit.pk])).content.decode()
    assert "Kesehatan kerja (Pos UKK)" in shown
    assert "Terpapar tanpa pelindung" in shown


def test_what_contradicts_is_refused_on_the_way_in(take):  # noqa: F811
    result = take(WORKER | {"Lama kerja sehari (jam)": 25})
    assert [column for _row, column, _code in refused(result)] == ["Lama kerja sehari (jam)"]
    result = take(WORKER | {"Diastole (mmHg)": 130})
    assert [code for _row, _column, code in refused(result)] == ["diastole-below-systole"]


def test_the_table_keeps_its_ranges_itself(tree):
    see(tree, "worker", 1, date(2025, 5, 6), noise=True, hours=24)
    with pytest.raises(IntegrityError, match="worker_hours_in_range"), transaction.atomic():
        VISITS["worker"].objects.update(hours=25)


def test_its_form_records_a_visit(page, tree):  # noqa: F811
    query = {"w": tree["melati"].code, "t": "2025-06-04"}
    address = reverse("clusters:entry-new", args=["worker"], query=query)
    assert 'name="hours"' in page.get(address).content.decode()
    person = {"nik": "9901015203900001", "name": "Contoh Satu", "born_on": "12/03/1990", "sex": "P"}
    answer = page.post(address, person | {"sector": "tani", "hours": "8", "noise": "ya"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert VISITS["worker"].objects.get().noise is True


def test_its_indicator_is_counted_and_shown(page, tree):  # noqa: F811
    for number, protected in enumerate((True, True, False, None)):
        see(tree, "worker", number, date(2026, 3, 2), noise=True, protected=protected)
    see(tree, "worker", 9, date(2026, 3, 2), noise=False, protected=True)
    found = score(tree, "KK01", Month(2026, 3))
    assert (found.numerator, found.denominator, found.value) == (2, 4, 50)


def test_the_demo_makes_it_up_from_the_declaration():
    assert "worker" not in district.TOLD
    assert declared.SEEN > 0

"""Templates: made for one place, read by their own import."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from clusters.excel.imports import run_import
from tests.clusters.sending import sent
from tests.clusters.workbooks import (
    ADULT,
    ANTENATAL,
    DELIVERY,
    FAMILY_PLANNING,
    GROWTH,
    IMMUNISATION,
    NEWBORN,
    POSTNATAL,
    PREMARITAL,
)
from tests.factories import worker


def filled(content, row):
    """A template with one row written into it, as Excel would save it."""
    book = openpyxl.load_workbook(BytesIO(content))
    page = book["Data"]
    for cell in page[1]:
        page.cell(2, cell.column, row.get(cell.value))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def template_of(client, tree, service, at="first"):
    query = {"service": service, "facility": tree[at].pk}
    answer = client.get(reverse("clusters:template", query=query))
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("service", "row"),
    [
        ("antenatal", ANTENATAL),
        ("growth", GROWTH),
        ("immunisation", IMMUNISATION),
        ("delivery", DELIVERY),
        ("postnatal", POSTNATAL),
        ("newborn", NEWBORN),
        ("family_planning", FAMILY_PLANNING),
        ("premarital", PREMARITAL),
    ],
)
def test_a_template_is_read_by_its_own_import(page, tree, service, row):
    content = template_of(page, tree, service)
    upload = sent(page, tree, filled(content, row), service=service)
    assert (upload.status, upload.read, upload.new) == ("previewed", 1, 1)
    assert upload.headers["unknown"] == []
    assert upload.headers["guessed"] == {}


def test_an_adult_template_is_recognised_without_being_told(page, tree):
    row = ADULT | {"Sistole (mmHg)": 120, "Diastole (mmHg)": 80}
    content = filled(template_of(page, tree, "adult"), row)
    result = run_import(
        path=content, file_name="t.xlsx", service=None, facility=tree["first"], by=None, keep=False
    )
    assert (result.service, result.new) == ("adult", 1)


def test_an_empty_template_says_so(page, tree):
    upload = sent(page, tree, template_of(page, tree, "growth"), service="growth")
    assert (upload.status, upload.failure[:13]) == ("failed", "Berkas kosong")


def test_a_template_of_another_puskesmas_is_refused(client, page, tree):
    content = filled(template_of(page, tree, "growth"), GROWTH)
    client.force_login(worker("admin_puskesmas", tree["second"]))
    upload = sent(client, tree, content, service="growth", at="second")
    assert upload.status == "failed"
    assert "Templat ini milik" in upload.failure


def test_templates_are_given_only_for_ones_own_places(page, tree):
    query = {"service": "growth", "facility": tree["second"].pk}
    assert page.get(reverse("clusters:template", query=query)).status_code == 302

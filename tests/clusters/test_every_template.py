"""The template of every service, with its roster: filled in as its columns ask, read as filled."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from clusters import tasks
from clusters.excel import columns
from clusters.growth import completed_months
from clusters.models import VISITS, Person
from clusters.services import SERVICES, Kind
from ilp.core.months import Month
from tests.clusters import workbooks
from tests.clusters.sending import sent
from tests.reporting import rows

JUNE = Month(2025, 6)
SEEN = date(2025, 6, 10)
# (birth date, sex): for each service at least two whom it is for.
PEOPLE = [
    (date(1992, 2, 3), "P"), (date(1995, 11, 4), "P"), (date(1955, 7, 1), "L"),
    (date(1950, 4, 2), "P"), (date(2024, 3, 10), "P"), (date(2023, 8, 9), "L"),
    (date(2025, 6, 2), "L"), (date(2025, 6, 3), "P"), (date(2013, 8, 17), "L"),
    (date(2012, 1, 5), "P"),
]  # fmt: skip
# What a service's rules ask for beside what its columns say; days must agree with each other.
TOLD = {
    "antenatal": workbooks.ANTENATAL | {"HPHT": date(2025, 4, 8)},
    "growth": workbooks.GROWTH | {"Berat badan (kg)": 6.0, "Panjang/tinggi badan (cm)": 65},
    "immunisation": workbooks.IMMUNISATION,
    "delivery": workbooks.DELIVERY | {"HPHT": date(2024, 9, 10)},
    "postnatal": workbooks.POSTNATAL | {"Tanggal bersalin": date(2025, 6, 9)},
    "newborn": workbooks.NEWBORN,
    "family_planning": workbooks.FAMILY_PLANNING | {"Tanggal bersalin terakhir": None},
    "premarital": workbooks.PREMARITAL,
    "sick_child": workbooks.SICK_CHILD,
    "adult": workbooks.ADULT,
    **workbooks.OF_SERVICE,
}
# Columns that other columns of the row have to agree with.
AGREEING = {
    "development": {"Jumlah jawaban ya KPSP": 10},
    "elderly": {"Skor AKS": None},
    "school": {"TTD diberikan (tablet)": None, "TTD diminum (tablet)": None},
}
ONCE = ("vital", "delivery")  # of which nobody has two within a month
WHO_AND_WHEN = {str(one.label) for one in columns.PERSON}


@pytest.fixture
def people(tree):
    """Somebody of every age, known at Posyandu Melati by a visit at home, and under every
    condition by an earlier visit for it."""
    home = tree["melati"]
    for service in SERVICES:
        seen = [
            rows.incoming(
                service, nik=workbooks.nik(number, born, sex), born_on=born, sex=sex,
                seen_on=date(2025, 6, 4), facility=home, home=home, row=number,
            )
            for number, (born, sex) in enumerate(PEOPLE, start=1)
            if suits(service, born, sex, date(2025, 6, 4)) and service not in ONCE
        ]  # fmt: skip
        rows.write(service, seen, [home])
    return list(Person.objects.all())


def suits(service, born, sex, day=SEEN):
    declared = SERVICES[service]
    return (
        born <= day and sex in declared.sexes and declared.accepts_age(completed_months(born, day))
    )


def template(page, tree, service):
    query = {"service": service, "facility": tree["first"].pk, "roster": "on", "month": str(JUNE)}
    answer = page.get(reverse("clusters:template", query=query))
    assert answer.status_code == 200, answer.content.decode()
    return b"".join(answer.streaming_content)


def answers(service):
    """A valid value for the columns of a service, by title."""
    if service in TOLD:
        return {t: value for t, value in TOLD[service].items() if t not in WHO_AND_WHEN}
    found = {}
    for field in SERVICES[service].fields:
        if field.kind is Kind.CODES:
            found[str(field.choices[0].label)] = "v"
        elif field.kind is Kind.CHOICE:
            found[field.header] = str(field.choices[0].label)
        elif field.kind is Kind.YES_NO:
            found[field.header] = "ya"
        elif field.kind in (Kind.INTEGER, Kind.DECIMAL):
            low, high = field.warn or field.reject
            found[field.header] = low + (high - low) // 2
    return found | AGREEING.get(service, {})


def filled(content, service):
    """The template with every person of it served on one day, as Excel would save it."""
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book["Data"]
    at = {cell.value: cell.column for cell in sheet[1]}
    told = answers(service)
    told |= _pressure(told, at)
    assert told.keys() <= at.keys(), told.keys() - at.keys()
    count = 0
    for number in range(2, sheet.max_row + 1):
        assert sheet.cell(number, at["Nama"]).value
        count += 1
        for title, value in (told | {"Tanggal kunjungan": SEEN}).items():
            sheet.cell(number, at[title], value)
    target = BytesIO()
    book.save(target)
    return target.getvalue(), count, told


def _pressure(told, at):
    """Our template has a column for each of the two pressures."""
    both = told.pop("Tekanan darah", None)
    if both is None:
        return {}
    names = [title for title in at if title.startswith(("Sistole", "Diastole"))]
    return dict(zip(names, map(int, both.split("/")), strict=True))


def stored(visit, title):
    """What a visit holds of a column, as it was typed."""
    for field in visit.service.fields:
        value = getattr(visit, field.name)
        if field.kind is Kind.CODES:
            for one in field.choices:
                if title == str(one.label):
                    return bool(value) and one.code in value
        elif title == field.header:
            return _as_typed(field, value)
    raise AssertionError(title)


def _as_typed(field, value):
    if field.kind is Kind.CHOICE:
        return next((str(c.label) for c in field.choices if c.code == value), None)
    return {True: "ya", False: "tidak"}.get(value, value) if field.kind is Kind.YES_NO else value


def same(typed, held):
    if held is True:
        return typed in ("v", "ya")
    if isinstance(held, Decimal):
        return held == Decimal(str(typed))
    return str(typed).casefold() == str(held).casefold()


@pytest.mark.parametrize("service", SERVICES)
def test_a_filled_roster_is_read_as_it_was_given(page, tree, people, service):
    content, count, told = filled(template(page, tree, service), service)
    assert count > 1
    upload = sent(page, tree, content, service=service)
    refused = [(i.row, i.column, i.reason) for i in upload.issues.filter(is_warning=False)]
    assert (upload.status, upload.failure, refused) == ("previewed", "", [])
    assert (upload.read, upload.rejected, upload.headers["unserved"]) == (count, 0, 0)
    assert (upload.headers["unknown"], upload.headers["guessed"]) == ([], {})

    page.post(reverse("clusters:upload-accept", args=[upload.pk]))
    tasks.write_upload(upload.pk)

    visits = list(VISITS[service].objects.filter(upload=upload).select_related("person__home"))
    assert len(visits) == count
    assert Person.objects.count() == len(people), "everybody in the roster was known again"
    for visit in visits:
        assert visit.seen_on == SEEN
        assert visit.person.home == tree["melati"]
        wrong = {t: (v, stored(visit, t)) for t, v in told.items() if v is not None}
        assert {t: pair for t, pair in wrong.items() if not same(*pair)} == {}


@pytest.mark.parametrize("service", SERVICES)
def test_an_empty_roster_writes_nothing_and_faults_nothing(page, tree, people, service):
    before = VISITS[service].objects.count()
    upload = sent(page, tree, template(page, tree, service), service=service)
    assert (upload.status, upload.failure) == ("previewed", "")
    assert (upload.read, upload.rejected, upload.warned) == (0, 0, 0)
    assert upload.headers["unserved"] > 1
    assert not upload.issues.exists()
    assert VISITS[service].objects.count() == before

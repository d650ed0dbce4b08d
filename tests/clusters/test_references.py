"""What a visit refers to is there, and stays: checked by the database, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from clusters.excel.imports import run_import
from clusters.models import VISITS, Growth, Person, Upload
from clusters.services import SERVICES
from facilities.models import Facility
from ilp.core.models import User
from tests.clusters import workbooks
from tests.clusters.lives import LIVES
from tests.clusters.workbooks import ADULT, ANTENATAL, GROWTH, IMMUNISATION, OF_SERVICE, file
from tests.reporting.rows import incoming, write

NOBODY = 999_999_999
COLUMNS = ["person_id", "facility_id", "home_id", "upload_id", "recorded_by_id"]
ROWS = {"antenatal": ANTENATAL, "growth": GROWTH, "immunisation": IMMUNISATION, "adult": ADULT}
ROWS |= LIVES | OF_SERVICE
ROWS |= {code: row for code in VISITS if (row := getattr(workbooks, code.upper(), None))}


def take(tree, *rows):
    run_import(
        path=file(*rows), file_name="a.xlsx", service=None, facility=tree["first"], by=None,
        keep=True,
    )  # fmt: skip


def one_visit(tree, service):
    """In a workbook; where none has been thought of, by the same write path without one."""
    if service in ROWS:
        return take(tree, ROWS[service])
    sex = SERVICES[service].sexes[0]
    seen = incoming(
        service, nik="9901015203900001", born_on=date(1990, 3, 12), sex=sex,
        seen_on=date(2025, 5, 6), facility=tree["first"], home=tree["melati"],
    )  # fmt: skip
    return write(service, [seen], [])


def refused(text, *params):
    with (
        pytest.raises(IntegrityError, match="refers to no row"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(text, params)


@pytest.mark.parametrize("service", VISITS)
@pytest.mark.parametrize("column", COLUMNS)
def test_no_visit_refers_to_what_is_not_there(tree, service, column):
    one_visit(tree, service)
    table = VISITS[service]._meta.db_table
    copied = ", ".join(
        f'"{f.column}"'
        for f in VISITS[service]._meta.concrete_fields
        if f.column not in ("id", "uid", column, "seen_on")
    )
    refused(
        f'INSERT INTO {table} ("{column}", seen_on, {copied}) '
        f"SELECT %s, seen_on + 1, {copied} FROM {table}",
        NOBODY,
    )
    refused(f'UPDATE {table} SET "{column}" = %s', NOBODY)
    assert VISITS[service].objects.count() == 1


def test_one_wrong_row_among_many_is_found(tree):
    take(tree, *(GROWTH | {"Tanggal kunjungan": date(2025, m, 1)} for m in range(1, 11)))
    refused(
        "UPDATE clusters_growth SET home_id = CASE WHEN id = %s THEN %s ELSE home_id END",
        Growth.objects.latest("pk").pk,
        NOBODY,
    )


def test_nobody_lives_where_there_is_no_place(tree):
    take(tree, GROWTH)
    refused("UPDATE clusters_person SET home_id = %s", NOBODY)


@pytest.mark.parametrize("model", [Person, Facility, Upload, User])
def test_what_visits_refer_to_is_never_deleted(tree, model):
    User.objects.create(username="seseorang")
    take(tree, GROWTH)
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        model.objects.all()._raw_delete(using="default")
    assert model.objects.exists()

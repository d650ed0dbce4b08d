"""A form of 500 cells under 200 rules: opening its page and answering a cell, beside a plain way.

The plain way, plain_form.py, asks the database for every cell and again for every rule; the frame,
the templates and what is said are the same, which is asserted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from unittest import mock

from django.db import connection, transaction
from django.test import Client

from benchmarks import plain_form
from benchmarks.district import LAST
from benchmarks.measuring import Result, faster, interleaved, same
from facilities.models import Assignment, Facility
from facilities.roles import Role
from ilp.core.models import User
from reporting.actions.form_versions import define_form
from reporting.actions.reports import open_report, save_values
from reporting.catalogue import ELEMENTS, FORMS
from reporting.catalogue.definitions import FormSaid, RowSaid, RuleSaid
from reporting.catalogue.language import Breakdown
from reporting.models import Report, ReportValue
from reporting.selectors import form_book

ROWS, RULES, BEFORE, OF_SECTION = 250, 200, 12, 25
CODE = "UJI-500"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@dataclass(frozen=True)
class Filled:
    """A report with a year of reports before it, and who fills it in."""

    report: Report
    client: Client

    @property
    def page(self) -> str:
        return f"/laporan/{CODE}/{self.report.facility.code}/{self.report.month}/"

    @property
    def cell(self) -> str:
        return f"{code(RULES // 2)}|P"


def run(*, rounds: int = 3) -> list[Result]:
    """On a database with places; it is given a form, a year of reports and a draft."""
    filled = fill()
    open_ours, open_plain = opening(filled)
    save_ours, save_plain = saving(filled)
    same("page of a form", open_ours(), open_plain())
    same("answer to a cell", save_ours(), save_plain())
    ways: dict[str, Callable[[], object]] = {
        "open": open_ours,
        "open plainly": open_plain,
        "save": save_ours,
        "save plainly": save_plain,
    }
    took = interleaved(ways, rounds=rounds)
    cells = len(FORMS[CODE].typed) * 2
    size = f"{cells} cells, {len(FORMS[CODE].checks)} rules"
    note = (
        "a query for every cell, for its history and for what the visits say, and one for each "
        "cell of each rule; same frame, same templates, same bytes"
    )
    return [
        faster(f"opening a form, {size}", took["open"], took["open plainly"], ">= 8", note),
        faster(f"answer to one cell, {size}", took["save"], took["save plainly"], ">= 12", note),
    ]


def code(number: int) -> str:
    return f"uji_{number:03}"


def said(rows: int = ROWS, rules: int = RULES) -> FormSaid:
    """Rows by sex in sections, each rule between one row and the next."""
    return FormSaid(
        code=CODE,
        label="Formulir besar",
        kinds=("puskesmas",),
        due_day=5,
        source="Contoh",
        rows=tuple(
            RowSaid(
                f"Bagian {n // OF_SECTION + 1}",
                str(n + 1),
                code(n),
                f"Baris {n + 1}",
                breakdown=Breakdown.SEX,
            )
            for n in range(rows)
        ),
        rules=tuple(
            RuleSaid(
                code(n + 1),
                "<=",
                code(n),
                f"Baris {n + 2} tidak boleh lebih besar dari baris {n + 1}.",
                strength="galat" if n % 2 else "peringatan",
            )
            for n in range(rules)
        ),
    )


def fill(rows: int = ROWS, rules: int = RULES) -> Filled:
    """The form in force, twelve reports sent, the thirteenth half as it was and half not."""
    some, first = Random(5), LAST.plus(-BEFORE)
    place = Facility.objects.of_kind(Facility.Kind.PUSKESMAS).order_by("code")[0]
    define_form(said=said(rows, rules), since=first, by=None)
    form_book.refresh()
    cells = [(one, part) for one in FORMS[CODE].typed for part in ELEMENTS[one].parts]
    for month in first.until(LAST.plus(-1)):
        sent = datetime(month.year, month.number, 28, tzinfo=UTC)
        report = Report.objects.create(
            facility=place, month=month, form_code=CODE, status="approved", sent_at=sent
        )
        ReportValue.objects.bulk_create(
            ReportValue(report=report, element=one, part=part, value=some.randrange(30, 60))
            for one, part in cells
        )
    report = open_report(facility=place, month=LAST, form=CODE, by=None)
    values = {cell: some.randrange(25, 75) for cell in cells}
    report = save_values(report=report, values=values, reasons={}, version=report.version, by=None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reporting_report, reporting_reportvalue")
    client = Client()
    client.force_login(_filler(place))
    return Filled(report, client)


def _filler(place: Facility) -> User:
    user, _made = User.objects.get_or_create(username="bench-pengisi")
    Assignment.objects.get_or_create(
        user=user,
        facility=place,
        role=Role.ADMIN_PUSKESMAS,
        defaults={"starts_on": place.opened_on},
    )
    return user


def opening(filled: Filled) -> tuple[Callable[[], str], Callable[[], str]]:
    """Ours and the plain one: the page, without the token that differs at each visit."""

    def ours() -> str:
        answer = filled.client.get(filled.page)
        if answer.status_code != 200:
            raise AssertionError(answer.status_code)
        return TOKEN.sub("", answer.content.decode())

    def plain() -> str:
        with mock.patch("reporting.selectors.reports.sheet", plain_form.sheet):
            return ours()

    return ours, plain


def saving(filled: Filled) -> tuple[Callable[[], object], Callable[[], object]]:
    """The same for one cell: kept, answered, and taken back, so that each begins alike."""
    row = filled.report.values.get(element=code(RULES // 2), part="P")
    data = {
        filled.cell: str((row.value or 0) + 1),
        "tampil": json.dumps({filled.cell: [row.version, str(row.value)]}),
    }

    def ours() -> object:
        with undone():
            answer = filled.client.post(f"/laporan/{filled.report.pk}/isian/", data)
        told = answer.json()
        told.pop("saved")  # the time of day
        return told

    def plain() -> object:
        with (
            mock.patch("reporting.views.report_cells.save_cells", plain_form.save_cells),
            mock.patch("reporting.views.report_cells.assemble", plain_form.assembled),
        ):
            return ours()

    return ours, plain


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is forgotten."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)

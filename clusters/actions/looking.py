"""Who looked at people: every opening of rows with names leaves a line in the audit trail."""

from __future__ import annotations

from django.db import transaction

from clusters.models import Person, Upload, Visit
from clusters.selectors.visits import needed
from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.models import User
from ilp.core.months import Month


@transaction.atomic
def open_visits(*, place: Facility, service: str, month: Month, by: User) -> None:
    """The list of a place's visits in a month is shown."""
    require(by, Permission.VIEW_PEOPLE, place)
    audit.record("visits.opened", by=by, subject=place, service=service, month=str(month))


@transaction.atomic
def open_visit(*, visit: Visit, by: User) -> None:
    """One visit is shown, with its person."""
    audit.record("visit.opened", by=by, subject=visit, service=visit.service.code)


@transaction.atomic
def take_roster(*, place: Facility, service: str, month: Month, rows: int, by: User) -> None:
    """A template with the persons who are expected, names and NIK, is handed out."""
    require(by, needed(service), place)
    audit.record("roster.taken", by=by, subject=place, service=service, month=str(month), rows=rows)


@transaction.atomic
def search_people(*, place: Facility, number: int, by: User) -> None:
    """Persons were looked for, and so many are shown. What was asked for is not noted."""
    audit.record("people.searched", by=by, subject=place, number=number)


@transaction.atomic
def open_person(*, person: Person, by: User) -> None:
    """The card of a person is shown."""
    audit.record("person.opened", by=by, subject=person)


@transaction.atomic
def open_duplicates(*, place: Facility, number: int, by: User) -> None:
    """The list of records of a place that may be one person is shown."""
    require(by, Permission.MERGE_PEOPLE, place)
    audit.record("duplicates.opened", by=by, subject=place, number=number)


@transaction.atomic
def compare_persons(*, one: Person, other: Person, by: User) -> None:
    """Two records are shown side by side."""
    audit.record("persons.compared", by=by, subject=one, other=other.pk)


@transaction.atomic
def download_upload(*, upload: Upload, by: User) -> None:
    """The file of an upload, with its names, is handed out to be repaired."""
    require(by, Permission.RECORD, upload.facility)
    audit.record("upload.downloaded", by=by, subject=upload, rows=upload.rejected)

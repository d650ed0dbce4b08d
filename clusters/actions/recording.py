"""A visit typed into a form: recorded or corrected, and tried out while it is being typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import OperationalError, connection, transaction

from clusters.actions.following import LOCK, follow_service
from clusters.actions.staging import Incoming, Mismatch
from clusters.actions.visits import write_visits
from clusters.models import VISITS, GrowthMonth, Person, Visit
from clusters.selectors.roster import known_as
from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.models import User
from ilp.core.months import Month

PATIENCE = "1500ms"  # a trial waits no longer for somebody who is writing the same rows


@dataclass(frozen=True)
class Recorded:
    """The visit as it stands now or, where the row contradicts what is known, why it does not."""

    visit: Visit | None
    is_new: bool = False
    mismatches: tuple[Mismatch, ...] = ()


@dataclass(frozen=True)
class Tried:
    """What would stand if the row were saved."""

    visit: Visit | None
    month: GrowthMonth | None = None
    mismatches: tuple[Mismatch, ...] = ()


@transaction.atomic
def record_visit(*, service: str, row: Incoming, by: User) -> Recorded:
    """Write one checked row by the way that workbooks go. The same person, place and day is a
    correction."""
    outcome = write_visits(service=service, rows=[row], upload=None, by=by)
    if outcome.mismatches:
        return Recorded(None, mismatches=outcome.mismatches)
    visit = _written(service, row)
    if visit is not None and (outcome.new or outcome.changed):
        event = "visit.recorded" if outcome.new else "visit.corrected"
        audit.record(event, by=by, subject=visit, service=service)
    return Recorded(visit, is_new=bool(outcome.new))


def try_visit(*, service: str, row: Incoming, by: User) -> Tried | None:
    """Write a row, look at what follows from it, and take everything back.

    So what is shown while somebody types is what the server will say, being the same. None when
    somebody else is writing about the same person: then nothing is shown.
    """
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            found = _try(service, row, by)
            transaction.set_rollback(True)
    except OperationalError:
        return None
    return found


def _try(service: str, row: Incoming, by: User) -> Tried:
    outcome = write_visits(service=service, rows=[row], upload=None, by=by)
    visit = None if outcome.mismatches else _written(service, row)
    if visit is None:
        return Tried(None, mismatches=outcome.mismatches)
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE touched ON COMMIT DROP AS SELECT %s::bigint AS person_id",
            [visit.person_id],
        )
        cursor.execute(LOCK % "touched")
    follow_service(service)
    visit.refresh_from_db()
    month = None
    if service == "growth":
        month = GrowthMonth.objects.filter(
            person_id=visit.person_id, month=Month.of(visit.seen_on)
        ).first()
    return Tried(visit, month)


def _written(service: str, row: Incoming) -> Visit | None:
    """The visit that a row became."""
    standing = VISITS[service].objects.standing()
    return standing.filter(
        person=known_as(row.identity), facility_id=row.facility_id, seen_on=row.seen_on
    ).first()


@transaction.atomic
def open_roster(*, place: Facility, service: str, day: date, by: User) -> None:
    """The list of those who are expected at a place on a day is shown."""
    require(by, Permission.RECORD, place)
    audit.record("roster.opened", by=by, subject=place, service=service, day=day.isoformat())


@transaction.atomic
def open_form(*, person: Person, place: Facility, service: str, by: User) -> None:
    """The form of one person is shown, with what was recorded before."""
    require(by, Permission.RECORD, place)
    audit.record("visit.form-opened", by=by, subject=person, service=service)


@transaction.atomic
def open_contradicted(*, person: Person, by: User) -> None:
    """A known person is shown beside what was typed under the same NIK."""
    audit.record("person.contradicted", by=by, subject=person)

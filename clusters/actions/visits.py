"""Recording, correcting and cancelling visits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.actions.locks import check_unlocked
from clusters.actions.staging import Incoming, Mismatch, Staging
from clusters.models import VISITS, TouchedPerson, Upload, Visit
from facilities.access import require
from facilities.models import ChangedCell, Facility
from facilities.roles import Permission
from ilp.core import audit, sql
from ilp.core.errors import DomainError
from ilp.core.models import User
from ilp.core.months import Month


class AlreadyCancelled(DomainError):
    code = "already-cancelled"
    text = _("Kunjungan ini sudah dibatalkan. Muat ulang halaman untuk melihat keadaan terakhir.")


@dataclass(frozen=True)
class MonthEffect:
    """Standing visits of a month at the places concerned, before and after, and how many differ;
    then the people that they are of, before and after."""

    month: Month
    before: int
    after: int
    changed: int
    people_before: int
    people_after: int


@dataclass(frozen=True)
class Outcome:
    """What writing rows did; mismatches were not written. `months` only of what is tried out."""

    new: int
    changed: int
    same: int
    mismatches: tuple[Mismatch, ...]
    months: tuple[MonthEffect, ...] = ()


@transaction.atomic
def write_visits(
    *,
    service: str,
    rows: Iterable[Incoming],
    upload: Upload | None,
    by: User | None,
    keep: bool = True,
) -> Outcome:
    """Write checked rows of one service, with the persons and marks they bring; milestones follow.

    `rows` may still be in the making. `by` must be allowed to record at each place of service. A
    visit is the same when person, place and day are; then the row replaces it, and what it replaced
    stays in the history. With `keep` false everything is worked out and nothing stays: the preview.
    """
    staged = Staging(service, upload_id=upload.pk if upload else None, by_id=by.pk if by else None)
    staged.fill(rows)
    cells = staged.cells()
    _require_all(by, {place for place, _day in cells})
    check_unlocked(cells)
    written = staged.settle()
    months = () if keep else _months_of_written(service)
    _drop_temporary_tables()
    if keep and upload is not None:
        audit.record(
            "visits.imported",
            by=by,
            subject=upload,
            service=service,
            new=written.new,
            changed=written.changed,
        )
    if not keep:
        transaction.set_rollback(True)
    return Outcome(written.new, written.changed, written.same, tuple(staged.mismatches), months)


def _months_of_written(service: str) -> tuple[MonthEffect, ...]:
    text = sql.text("clusters/written_months")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE written (person_id, facility_id, seen_on)")
        cursor.execute(text.replace("{visits}", VISITS[service]._meta.db_table))
        return tuple(MonthEffect(Month.of(day), *counts) for day, *counts in cursor.fetchall())


def _require_all(by: User | None, places: Collection[int]) -> None:
    """As `require`, in one query for many places."""
    if by is None:
        return
    asked = Facility.objects.filter(pk__in=places)
    allowed = set(asked.visible_to(by, Permission.RECORD).values_list("pk", flat=True))
    for place in asked.exclude(pk__in=allowed):
        require(by, Permission.RECORD, place)


def _drop_temporary_tables() -> None:
    """So that one transaction may write several services."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS staged, who, renamed, known, linked, written")


@transaction.atomic
def cancel_visit(*, visit: Visit, by: User | None, reason: str = "") -> Visit:
    """Take a visit out of every count. It stays readable with the reason; nothing is deleted.

    `reason` is one of CANCEL_REASONS: a code, as free words may hold a name.
    """
    visit = type(visit).objects.select_for_update(of=("self",)).get(pk=visit.pk)
    require(by, Permission.RECORD, visit.facility)
    if visit.cancelled_at is not None:
        raise AlreadyCancelled
    check_unlocked({(visit.facility_id, visit.seen_on)})
    visit.cancelled_at = timezone.now()
    if reason:
        visit.extra["cancelled_because"] = reason
    visit.save(update_fields=["cancelled_at", "extra"])
    _mark_one(visit)
    audit.record("visit.cancelled", by=by, subject=visit, reason=reason)
    return visit


def _mark_one(visit: Visit) -> None:
    month = Month.of(visit.seen_on)
    ChangedCell.objects.bulk_create(
        ChangedCell(place_id=place, month=month, programme=visit.service.code, whole=False)
        for place in {visit.facility_id, visit.home_id}
        if place is not None
    )
    TouchedPerson.objects.create(person_id=visit.person_id, service=visit.service.code)

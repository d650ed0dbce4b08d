"""How ready a place is for ILP: written down item by item; what holds it up, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from facilities.access import require
from facilities.actions.letterheads import one_line
from facilities.models import Facility, Obstacle, Readiness
from facilities.registry.readiness import asked
from facilities.roles import Permission
from facilities.selectors.readiness import answers
from ilp.core import audit
from ilp.core.errors import DomainError
from ilp.core.models import User


class ReadinessInFuture(DomainError):
    code = "readiness-in-future"
    text = _("Tanggal %(since)s belum tiba. Isi tanggal hari ini atau sebelumnya.")


class ReadinessOutsideLife(DomainError):
    code = "readiness-outside-life"
    text = _("%(place)s tidak buka pada %(since)s. Periksa tanggalnya.")


class NothingIsAsked(DomainError):
    code = "readiness-not-asked"
    text = _("Kesiapan ILP tidak ditanyakan di %(place)s pada %(since)s. Pilih tempat lain.")


class ObstacleBlank(DomainError):
    code = "obstacle-blank"
    text = _("Tulis hambatan utamanya, contoh: bidan Pustu belum ada.")


class PromisePassed(DomainError):
    code = "obstacle-promise-passed"
    text = _("Batas janji %(day)s sudah lewat. Isi tanggal hari ini atau sesudahnya.")


class ObstacleEnded(DomainError):
    code = "obstacle-ended"
    text = _("Hambatan ini sudah dinyatakan teratasi. Muat ulang halaman.")


@dataclass(frozen=True)
class Said:
    """What is said of an item."""

    answer: str
    evidence: str = ""


@transaction.atomic
def record_readiness(
    *, facility: Facility, said: Mapping[str, Said], since: date, by: User | None
) -> int:
    """Write down, by code of the item, what holds at a place from a day on; how many are new.

    What says the same as already holds on that day is no new row. A second answer of one day takes
    the place of the first, which stays, marked as cancelled.
    """
    require(by, Permission.KEEP_REGISTERS, facility)
    items = _asked(facility, since)
    Facility.objects.select_for_update(of=("self",)).get(pk=facility.pk)  # one after the other
    held = answers(places=[facility.pk], on=since)
    new = [
        Readiness(
            facility=facility,
            item=code,
            answer=one.answer,
            evidence=one_line(one.evidence),
            since=since,
            recorded_by=by,
        )
        for code, one in said.items()
        if code in items and _differs(held.get((facility.pk, code)), one)
    ]
    if new:
        codes = [row.item for row in new]
        same = Readiness.objects.filter(facility=facility, item__in=codes, since=since)
        same.filter(cancelled_at=None).update(cancelled_at=timezone.now())
        Readiness.objects.bulk_create(new)
        audit.record("readiness.recorded", by=by, subject=facility, rows=len(new), since=str(since))
    return len(new)


def _asked(facility: Facility, since: date) -> frozenset[str]:
    if since > timezone.localdate():
        raise ReadinessInFuture(since=since)
    closed = facility.closed_on is not None and facility.closed_on <= since
    if since < facility.opened_on or closed:
        raise ReadinessOutsideLife(place=facility, since=since)
    items = frozenset(item.code for item in asked(facility.kind, since))
    if not items:
        raise NothingIsAsked(place=facility, since=since)
    return items


def _differs(held: Readiness | None, said: Said) -> bool:
    return held is None or (held.answer, held.evidence) != (said.answer, one_line(said.evidence))


@transaction.atomic
def note_obstacle(*, facility: Facility, text: str, promised_on: date, by: User | None) -> Obstacle:
    """Say what holds a place up most, and by when it will be out of the way.

    It follows the one that stood before, which ends today; the same once more is no new row.
    """
    require(by, Permission.KEEP_REGISTERS, facility)
    today = timezone.localdate()
    said = one_line(text)
    if not said:
        raise ObstacleBlank
    if promised_on < today:
        raise PromisePassed(day=promised_on)
    _asked(facility, today)
    Facility.objects.select_for_update(of=("self",)).get(pk=facility.pk)  # one after the other
    standing = Obstacle.objects.filter(facility=facility, until=None).first()
    if standing is not None:
        if (standing.text, standing.promised_on) == (said, promised_on):
            return standing
        standing.until = today
        standing.save(update_fields=["until"])
    row = Obstacle.objects.create(
        facility=facility, text=said, promised_on=promised_on, since=today, recorded_by=by
    )
    audit.record("obstacle.noted", by=by, subject=row, until=str(promised_on))
    return row


@transaction.atomic
def end_obstacle(*, obstacle: Obstacle, by: User | None) -> Obstacle:
    """It is out of the way since today; the row stays."""
    require(by, Permission.KEEP_REGISTERS, obstacle.facility)
    row = Obstacle.objects.select_for_update(of=("self",)).get(pk=obstacle.pk)
    if row.until is not None:
        raise ObstacleEnded
    row.until = timezone.localdate()
    row.save(update_fields=["until"])
    audit.record("obstacle.ended", by=by, subject=row, since=str(row.since))
    return row

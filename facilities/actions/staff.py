"""How many work at a place since a day: written down by kind of worker, never rewritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from facilities.access import require
from facilities.models import ASSESSED, Facility, StaffCount, Worker
from facilities.roles import Permission
from facilities.selectors.staff import current_counts
from ilp.core import audit
from ilp.core.errors import DomainError
from ilp.core.models import User

MOST = 2_000  # at one place


class StaffInFuture(DomainError):
    code = "staff-in-future"
    text = _("Tanggal %(since)s belum tiba. Isi tanggal hari ini atau sebelumnya.")


class StaffOutsideLife(DomainError):
    code = "staff-outside-life"
    text = _("%(place)s tidak buka pada %(since)s. Periksa tanggalnya.")


class NobodyWorksThere(DomainError):
    code = "staff-not-there"
    text = _("Tenaga dicatat di Puskesmas, Pustu, atau Posyandu, bukan di %(place)s.")


class TooManyStaff(DomainError):
    code = "staff-too-many"
    text = _("Jumlah %(worker)s %(number)s terlalu besar untuk satu tempat. Periksa angkanya.")


class MoreCompetentThanKader(DomainError):
    code = "kader-more-competent"
    text = _(
        "Purwa + madya + utama menjadi %(levels)s, lebih dari %(number)s kader. "
        "Hitung tiap kader sekali, pada tingkat tertingginya."
    )


@dataclass(frozen=True)
class Count:
    """How many there are; of kader also how many reached which level as their highest."""

    number: int
    purwa: int = 0
    madya: int = 0
    utama: int = 0


@transaction.atomic
def record_staff(
    *, facility: Facility, counts: Mapping[str, Count], since: date, by: User | None
) -> int:
    """Write down how many work there from a day on, by kind of worker; how many counts are new.

    What says the same as already holds on that day is no new row. A second count of one day takes
    the place of the first, which stays, marked as cancelled.
    """
    require(by, Permission.KEEP_REGISTERS, facility)
    _check(facility, counts, since)
    Facility.objects.select_for_update(of=("self",)).get(pk=facility.pk)  # one after the other
    held = current_counts(place=facility, on=since)
    new = [
        StaffCount(facility=facility, worker=worker, since=since, recorded_by=by, **asdict(count))
        for worker, count in counts.items()
        if worker not in held or _count(held[worker]) != count
    ]
    if not new:
        return 0
    same_day = StaffCount.objects.filter(facility=facility, since=since, cancelled_at=None)
    same_day.filter(worker__in=[row.worker for row in new]).update(cancelled_at=timezone.now())
    StaffCount.objects.bulk_create(new)
    audit.record("staff.recorded", by=by, subject=facility, rows=len(new), since=str(since))
    return len(new)


def _check(facility: Facility, counts: Mapping[str, Count], since: date) -> None:
    if facility.kind not in ASSESSED:
        raise NobodyWorksThere(place=facility)
    if since > timezone.localdate():
        raise StaffInFuture(since=since)
    closed = facility.closed_on is not None and facility.closed_on <= since
    if since < facility.opened_on or closed:
        raise StaffOutsideLife(place=facility, since=since)
    for worker, count in counts.items():
        if not 0 <= count.number <= MOST:
            raise TooManyStaff(worker=Worker(worker).label, number=count.number)
        levels = count.purwa + count.madya + count.utama
        if levels > count.number:
            raise MoreCompetentThanKader(levels=levels, number=count.number)


def _count(row: StaffCount) -> Count:
    return Count(row.number, row.purwa, row.madya, row.utama)

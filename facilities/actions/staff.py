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
    text = _(
        "Jumlah %(worker)s %(number)s di bawah nol atau terlalu besar untuk satu tempat. "
        "Periksa angkanya."
    )


class KaderNotCounted(DomainError):
    code = "kader-not-counted"
    text = _(
        "Isi juga jumlah kader: pada %(since)s belum ada yang tercatat, jadi purwa, madya, dan "
        "utama belum dapat disimpan."
    )


class MoreCompetentThanKader(DomainError):
    code = "kader-more-competent"
    text = _(
        "Purwa + madya + utama menjadi %(levels)s, lebih dari %(number)s kader. "
        "Hitung tiap kader sekali, pada tingkat tertingginya."
    )


@dataclass(frozen=True)
class Count:
    """How many there are; of kader also how many reached which level as their highest.

    None is not said: as many as there were.
    """

    number: int | None = None
    purwa: int | None = None
    madya: int | None = None
    utama: int | None = None


@transaction.atomic
def record_staff(
    *, facility: Facility, counts: Mapping[str, Count], since: date, by: User | None
) -> int:
    """Write down how many work there from a day on, by kind of worker; how many counts are new.

    What says the same as already holds on that day is no new row. A second count of one day takes
    the place of the first, which stays, marked as cancelled.
    """
    require(by, Permission.KEEP_REGISTERS, facility)
    _check_day(facility, since)
    Facility.objects.select_for_update(of=("self",)).get(pk=facility.pk)  # one after the other
    held = current_counts(place=facility, on=since)
    said = {worker: _whole(count, held.get(worker), since) for worker, count in counts.items()}
    for worker, whole in said.items():
        _check(Worker(worker), whole)
    new = [
        StaffCount(facility=facility, worker=worker, since=since, recorded_by=by, **whole)
        for worker, whole in said.items()
        if worker not in held or _whole(Count(), held[worker], since) != whole
    ]
    if not new:
        return 0
    same_day = StaffCount.objects.filter(facility=facility, since=since, cancelled_at=None)
    same_day.filter(worker__in=[row.worker for row in new]).update(cancelled_at=timezone.now())
    StaffCount.objects.bulk_create(new)
    audit.record("staff.recorded", by=by, subject=facility, rows=len(new), since=str(since))
    return len(new)


def _check_day(facility: Facility, since: date) -> None:
    if facility.kind not in ASSESSED:
        raise NobodyWorksThere(place=facility)
    if since > timezone.localdate():
        raise StaffInFuture(since=since)
    closed = facility.closed_on is not None and facility.closed_on <= since
    if since < facility.opened_on or closed:
        raise StaffOutsideLife(place=facility, since=since)


def _whole(count: Count, held: StaffCount | None, since: date) -> dict[str, int]:
    """All four numbers: what was said and, where it is silent, what held on that day."""
    if count.number is None and held is None:
        raise KaderNotCounted(since=since)
    return {
        name: getattr(held, name, 0) if said is None else said
        for name, said in asdict(count).items()
    }


def _check(worker: Worker, whole: Mapping[str, int]) -> None:
    for number in whole.values():
        if not 0 <= number <= MOST:
            raise TooManyStaff(worker=worker.label, number=number)
    levels = whole["purwa"] + whole["madya"] + whole["utama"]
    if levels > whole["number"]:
        raise MoreCompetentThanKader(levels=levels, number=whole["number"])

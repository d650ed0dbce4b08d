"""How far places are with ILP, and how far they should be."""

from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from facilities.access import require
from facilities.actions.versions import raise_versions
from facilities.models import Facility, IlpStatus, IlpTarget
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.errors import DomainError
from ilp.core.models import User

State = IlpStatus.State


class StatusInFuture(DomainError):
    code = "ilp-status-in-future"
    text = _("Tanggal %(since)s belum tiba. Isi tanggal hari ini atau sebelumnya.")


class StatusOutsideLife(DomainError):
    code = "ilp-status-outside-life"
    text = _("%(place)s tidak buka pada %(since)s. Periksa tanggalnya.")


class StatusTaken(DomainError):
    code = "ilp-status-taken"
    text = _("Status ILP %(place)s per %(since)s sudah tercatat. Batalkan dahulu jika keliru.")


class EvidenceMissing(DomainError):
    code = "ilp-evidence-missing"
    text = _("Isi bukti atau nomor SK: status “%(state)s” memerlukannya.")


class StatusCancelled(DomainError):
    code = "ilp-status-cancelled"
    text = _("Status ini sudah dibatalkan. Muat ulang halaman.")


@transaction.atomic
def record_ilp_status(
    *, facility: Facility, state: str, since: date, evidence: str, decree: str, by: User | None
) -> IlpStatus:
    """Write down since when a place is in a state of ILP; a plan, too, is dated when it is made.

    A place that runs ILP, or was found to, needs a word of evidence or the number of a decree.
    """
    require(by, Permission.MANAGE_ILP, facility)
    if since > timezone.localdate():
        raise StatusInFuture(since=since)
    closed = facility.closed_on is not None and facility.closed_on <= since
    if since < facility.opened_on or closed:
        raise StatusOutsideLife(place=facility, since=since)
    if state in (State.RUNNING, State.VERIFIED) and not (evidence.strip() or decree.strip()):
        raise EvidenceMissing(state=State(state).label)
    status = IlpStatus(
        facility=facility,
        state=state,
        since=since,
        evidence=evidence.strip(),
        decree=decree.strip(),
        recorded_by=by,
    )
    try:
        with transaction.atomic():
            status.save()
    except IntegrityError as taken:
        raise StatusTaken(place=facility, since=since) from taken
    raise_versions(place=facility, by=by)
    audit.record("ilp.recorded", by=by, subject=status, state=state, since=str(since))
    return status


@transaction.atomic
def record_ilp_wave(
    *,
    facilities: Iterable[Facility],
    state: str,
    since: date,
    evidence: str,
    decree: str,
    by: User | None,
) -> list[IlpStatus]:
    """The same for several places at once, as districts declare them: all, or none."""
    return [
        record_ilp_status(
            facility=facility, state=state, since=since, evidence=evidence, decree=decree, by=by
        )
        for facility in facilities
    ]


@transaction.atomic
def cancel_ilp_status(*, status: IlpStatus, reason: str, by: User | None) -> IlpStatus:
    """Take back a status that was recorded wrongly. The row stays, marked as cancelled."""
    require(by, Permission.MANAGE_ILP, status.facility)
    status = IlpStatus.objects.select_for_update(of=("self",)).get(pk=status.pk)
    if status.cancelled_at is not None:
        raise StatusCancelled
    status.cancelled_at = timezone.now()
    status.save(update_fields=["cancelled_at"])
    raise_versions(place=status.facility, by=by)
    audit.record("ilp.cancelled", by=by, subject=status, reason=reason)
    return status


@transaction.atomic
def set_ilp_target(
    *,
    district: Facility,
    kind: str,
    year: int,
    number: int,
    source: str,
    decided_on: date,
    by: User | None,
) -> IlpTarget:
    """Decide how many places of a kind run ILP by the end of a year; earlier versions stay."""
    require(by, Permission.MANAGE_TARGETS, district)
    Facility.objects.select_for_update(of=("self",)).get(pk=district.pk)  # versions in turn
    same = IlpTarget.objects.filter(district=district, kind=kind, year=year)
    version = (same.aggregate(last=Max("version"))["last"] or 0) + 1
    target = IlpTarget.objects.create(
        district=district,
        kind=kind,
        year=year,
        number=number,
        version=version,
        source=source,
        decided_on=decided_on,
    )
    audit.record(
        "ilp.target-set",
        by=by,
        subject=target,
        district=district.code,
        kind=kind,
        year=year,
        number=number,
        version=version,
    )
    return target

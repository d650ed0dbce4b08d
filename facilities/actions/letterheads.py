"""The head of a place's letters, and who signs them: dated, cancelled, never rewritten."""

from __future__ import annotations

import re
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from facilities.access import require
from facilities.models import Facility, Letterhead, Signatory
from facilities.models.letterheads import MOST_LINES, NIP
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.errors import DomainError
from ilp.core.models import User

Duty = Signatory.Duty


class LinesMissing(DomainError):
    code = "letterhead-lines-missing"
    text = _("Isi paling sedikit satu baris kop dan tempat tanda tangan.")


class TooManyLines(DomainError):
    code = "letterhead-too-many-lines"
    text = _("Kop paling banyak %(most)s baris. Gabungkan sebagian barisnya.")


class LetterheadTaken(DomainError):
    code = "letterhead-taken"
    text = _("Kop sejak tanggal itu sudah ada. Batalkan dahulu jika keliru.")


class SignatoryIncomplete(DomainError):
    code = "signatory-incomplete"
    text = _("Isi nama dan jabatan penanda tangan.")


class WrongNip(DomainError):
    code = "nip-not-18-digits"
    text = _("NIP terdiri atas 18 angka. Periksa kembali, atau kosongkan bila tidak ada.")


class HeadOfOneReport(DomainError):
    code = "head-of-one-report"
    text = _("Kepala menandatangani semua laporan. Pilih “Semua laporan”.")


class SignatoryTaken(DomainError):
    code = "signatory-taken"
    text = _("Sejak tanggal itu sudah ada penanda tangan. Batalkan dahulu jika keliru.")


class EndsBeforeItBegins(DomainError):
    code = "signatory-ends-before"
    text = _("Tanggal berhenti harus sesudah tanggal mulai.")


class AlreadyCancelled(DomainError):
    code = "letterhead-cancelled"
    text = _("Catatan ini sudah dibatalkan. Muat ulang halaman.")


def one_line(text: str) -> str:
    """What was typed on a line, without what cannot be printed and without blanks to spare."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return " ".join(shown.split())


@transaction.atomic
def record_letterhead(
    *, facility: Facility, lines: str, address: str, town: str, since: date, by: User | None
) -> Letterhead:
    """Write down how a place heads its letters from a day on."""
    require(by, Permission.MANAGE_LETTERHEADS, facility)
    kept = [line for line in map(one_line, lines.splitlines()) if line]
    if not kept or not one_line(town):
        raise LinesMissing
    if len(kept) > MOST_LINES:
        raise TooManyLines(most=MOST_LINES)
    made = Letterhead(
        facility=facility,
        lines="\n".join(kept),
        address=one_line(address),
        town=one_line(town),
        since=since,
        recorded_by=by,
    )
    _save(made, LetterheadTaken())
    audit.record("letterhead.recorded", by=by, subject=made, since=str(since))
    return made


@transaction.atomic
def record_signatory(
    *,
    facility: Facility,
    duty: str,
    programme: str,
    person: tuple[str, str, str],
    since: date,
    by: User | None,
) -> Signatory:
    """Write down who signs from a day on; `person` is name, NIP and position.

    The NIP is the 18 digits of Peraturan Kepala BKN 22/2007, or empty for who has none.
    """
    require(by, Permission.MANAGE_LETTERHEADS, facility)
    name, position = one_line(person[0]), one_line(person[2])
    nip = re.sub(r"[\s.]", "", person[1])
    if not name or not position:
        raise SignatoryIncomplete
    if nip and not re.fullmatch(NIP, nip):
        raise WrongNip
    if programme and duty == Duty.HEAD:
        raise HeadOfOneReport
    made = Signatory(
        facility=facility,
        duty=duty,
        programme=programme,
        name=name,
        nip=nip,
        position=position,
        since=since,
        recorded_by=by,
    )
    _save(made, SignatoryTaken())
    noted = {"duty": duty, "programme": programme, "since": str(since)}
    audit.record("signatory.recorded", by=by, subject=made, **noted)
    return made


@transaction.atomic
def end_signatory(*, signatory: Signatory, until: date, by: User | None) -> Signatory:
    """Say from which day on somebody signs no more, without anybody who does in his stead."""
    require(by, Permission.MANAGE_LETTERHEADS, signatory.facility)
    row = Signatory.objects.select_for_update(of=("self",)).get(pk=signatory.pk)
    if row.cancelled_at is not None:
        raise AlreadyCancelled
    if until <= row.since:
        raise EndsBeforeItBegins
    row.until = until
    row.save(update_fields=["until"])
    audit.record("signatory.ended", by=by, subject=row, duty=row.duty, until=str(until))
    return row


@transaction.atomic
def cancel_letterhead(*, letterhead: Letterhead, by: User | None) -> Letterhead:
    """Take back a letterhead that was recorded wrongly. The one before it holds on."""
    require(by, Permission.MANAGE_LETTERHEADS, letterhead.facility)
    row = Letterhead.objects.select_for_update(of=("self",)).get(pk=letterhead.pk)
    _cancel(row)
    audit.record("letterhead.cancelled", by=by, subject=row, since=str(row.since))
    return row


@transaction.atomic
def cancel_signatory(*, signatory: Signatory, by: User | None) -> Signatory:
    """Take back a signatory who was recorded wrongly. The one before him signs on."""
    require(by, Permission.MANAGE_LETTERHEADS, signatory.facility)
    row = Signatory.objects.select_for_update(of=("self",)).get(pk=signatory.pk)
    _cancel(row)
    audit.record("signatory.cancelled", by=by, subject=row, duty=row.duty, since=str(row.since))
    return row


def _save(row: Letterhead | Signatory, taken: DomainError) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise taken from clash


def _cancel(row: Letterhead | Signatory) -> None:
    if row.cancelled_at is not None:
        raise AlreadyCancelled
    row.cancelled_at = timezone.now()
    row.save(update_fields=["cancelled_at"])

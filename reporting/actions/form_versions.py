"""Forms that a Dinas makes itself: versions from a month on, never rewritten."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from clusters.actions.locks import hold_what_is_locked
from clusters.models import LockedMonth
from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit, formats, sql
from ilp.core.errors import DomainError
from ilp.core.models import User
from ilp.core.months import Month
from reporting.catalogue import FORMS, ROWS
from reporting.catalogue.definitions import FormSaid, Known, can_be_said, faults
from reporting.catalogue.own import in_force_from, is_declared, own_elements, programme_of
from reporting.models import FormSlot, FormVersion, Report
from reporting.selectors.form_book import refresh

LOCK_SPACE = 7_202  # one writer of forms


class FormFaulty(DomainError):
    code = "form-faulty"
    text = _("Formulir belum dapat dipakai: %(message)s")


class AlreadyReported(DomainError):
    code = "form-already-reported"
    text = _(
        "Bulan %(month)s sudah ada laporannya dengan formulir yang sekarang. Pilih bulan mulai "
        "sesudahnya, supaya laporan yang sudah ada tidak berubah."
    )


class FormInLockedMonth(DomainError):
    code = "form-in-locked-month"
    text = _(
        "Bulan %(month)s sudah dikunci, jadi kelengkapannya tidak boleh berubah. Pilih bulan mulai "
        "sesudahnya."
    )


class FormNotLater(DomainError):
    code = "form-not-later"
    text = _("Versi baru harus mulai sesudah %(month)s, bulan mulai versi sebelumnya.")


class FormOfOthers(DomainError):
    code = "form-of-others"
    text = _(
        "Pengisi dan bulan pengisian %(label)s tidak dapat diganti. Buat formulir baru dengan "
        "kode lain."
    )


class FormFixed(DomainError):
    code = "form-fixed"
    text = _("%(label)s punya bentuk khusus yang tidak dapat diganti lewat berkas.")


class FormEnded(DomainError):
    code = "form-ended"
    text = _("Formulir ini sudah diakhiri. Muat ulang halaman.")


def require_forms(by: User | None) -> None:
    """Forbidden unless the user may set what is asked in every district: forms hold for all."""
    for district in Facility.objects.of_kind(Facility.Kind.DISTRICT).filter(closed_on=None):
        require(by, Permission.MANAGE_TARGETS, district)


@transaction.atomic
def define_form(*, said: FormSaid, since: Month, by: User | None) -> FormVersion:
    """A new form or, under the code of one there is, its version from a later month on.

    Raises DomainError for a definition with faults, and for a month that has been reported.
    """
    require_forms(by)
    sql.lock(LOCK_SPACE, 0)
    refresh()
    if wrong := faults(said, Known(ROWS, in_force_from(since.first_day))):
        raise FormFaulty(message=str(wrong[0].message))
    _require_open(since)
    _check_against_held(said, since)
    before = FormVersion.objects.filter(code=said.code).order_by("-version").first()
    if before is not None:
        if since <= before.since:
            raise FormNotLater(month=formats.month(before.since))
        if before.until is None or before.until > since:
            _end(before, since)
    made = FormVersion.objects.create(
        code=said.code,
        version=before.version + 1 if before else 1,
        said=said.as_json(),
        since=since,
        edition=_next_edition(),
        created_by=by,
    )
    _place(said)
    audit.record("form.defined", by=by, subject=made, form=made.code, version=made.version)
    _tell()
    return made


def _check_against_held(said: FormSaid, since: Month) -> None:
    held = FORMS.get(said.code)
    if held is None:
        return
    if not can_be_said(held, ROWS):
        raise FormFixed(label=str(held.label))
    asked = (set(said.kinds), said.rounds, said.weekly)
    if (set(held.kinds), held.rounds, held.weekly) != asked:
        raise FormOfOthers(label=str(held.label))
    _require_unreported(said.code, since)


def _require_unreported(code: str, since: Month) -> None:
    last = Report.objects.filter(form_code=code).aggregate(last=Max("month"))["last"]
    if last is not None and last >= since:
        raise AlreadyReported(month=formats.month(last))


def _require_open(since: Month) -> None:
    """What a locked month asked for, and who was late with it, was published."""
    hold_what_is_locked()
    last = LockedMonth.objects.aggregate(last=Max("month"))["last"]
    if last is not None and last >= since:
        raise FormInLockedMonth(month=formats.month(last))


def _place(said: FormSaid) -> None:
    """A position in the totals for each cell that has none."""
    cells = [(e.code, part) for e in own_elements(said) for part in e.parts]
    asked = Q(element__in={element for element, _part in cells})
    placed = set(FormSlot.objects.filter(asked).values_list("element", "part"))
    programme = programme_of(said.code)
    top = FormSlot.objects.filter(programme=programme).aggregate(top=Max("position"))["top"] or 0
    fresh = [cell for cell in cells if cell not in placed]
    FormSlot.objects.bulk_create(
        FormSlot(programme=programme, element=element, part=part, position=position)
        for position, (element, part) in enumerate(fresh, start=top + 1)
    )


@transaction.atomic
def end_form(*, code: str, until: Month, by: User | None) -> None:
    """No longer asked for from a month on; what the catalogue declares itself comes back."""
    require_forms(by)
    sql.lock(LOCK_SPACE, 0)
    row = FormVersion.objects.filter(code=code).order_by("-version").first()
    if row is None or row.until is not None:
        raise FormEnded
    if until <= row.since:
        raise FormNotLater(month=formats.month(row.since))
    _require_open(until)
    _require_unreported(code, until)
    _end(row, until)
    audit.record("form.ended", by=by, subject=row, form=code, month=str(until))
    _tell()


def _end(row: FormVersion, until: Month) -> None:
    row.until, row.edition = until, _next_edition()
    row.save(update_fields=["until", "edition"])


def _next_edition() -> int:
    """Under the lock of the one writer, so that no other process misses a change."""
    return (FormVersion.objects.aggregate(top=Max("edition"))["top"] or 0) + 1


def _tell() -> None:
    """Pages of every district show forms: none of those that are kept holds any more."""
    for district in Facility.objects.of_kind(Facility.Kind.DISTRICT).order_by("pk"):
        sql.run("reporting/new_version", district=district.pk)  # in the order of all who do
    transaction.on_commit(refresh)


__all__ = ["define_form", "end_form", "is_declared", "require_forms"]

"""Saying of a number that looks wrong that it is right."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from facilities.access import can
from facilities.actions.versions import raise_versions
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import User
from ilp.core.months import Month
from reporting.models import Confirmation
from reporting.selectors.places import Place
from reporting.selectors.quality import quality_of

# Who fills in the reports of a place, or answers for them in the district.
MAY_CONFIRM = (Permission.FILL, Permission.APPROVE)


class NothingToConfirm(DomainError):
    code = "nothing-to-confirm"
    text = _(
        "Angka ini sudah berubah atau sudah dinyatakan benar sejak halaman dibuka. "
        "Muat ulang halaman, lalu periksa lagi."
    )


class ConfirmingNeedsReason(DomainError):
    code = "confirming-needs-reason"
    text = _("Tulis alasan mengapa angka ini benar, misalnya “dua Posyandu tutup karena banjir”.")


@transaction.atomic
def confirm_number(
    *,
    place: Facility,
    month: Month,
    check: str,
    subject: str,
    numbers: str,
    reason: str,
    by: User | None,
) -> Confirmation:
    """Note that what a check found is right, and why. It is asked again when the numbers change.

    Raises NothingToConfirm unless the check finds these very numbers now.
    """
    if by is not None and not any(can(by, one, place) for one in MAY_CONFIRM):
        raise Forbidden(f"{by} may not confirm numbers of place {place.pk}")
    if not reason.strip():
        raise ConfirmingNeedsReason
    here = Place(place.pk, place.code, place.name, place.kind)
    found = quality_of(places=[here], month=month).findings
    if (place.pk, check, subject, numbers) not in {one.key for one in found}:
        raise NothingToConfirm
    noted = Confirmation.objects.create(
        place=place,
        month=month,
        check_code=check,
        subject=subject,
        numbers=numbers,
        reason=reason.strip()[:200],
        by=by,
    )
    raise_versions(place=place, by=by)
    audit.record(
        "quality.confirmed", by=by, subject=noted, check=check, what=subject, month=str(month)
    )
    return noted

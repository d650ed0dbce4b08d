"""Saying of a number that looks wrong that it is right."""

from __future__ import annotations

from collections.abc import Mapping

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
from reporting.catalogue.quality import SOURCES
from reporting.models import Confirmation, OutsideFigure
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


class UnknownFigure(DomainError):
    code = "unknown-figure"
    text = _("Angka ini tidak dibandingkan dengan aplikasi itu. Muat ulang halaman.")


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
    _require(by, place)
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


@transaction.atomic
def set_outside_figures(
    *,
    place: Facility,
    month: Month,
    source: str,
    values: Mapping[str, int | None],
    by: User | None,
) -> None:
    """Keep what a national application says of the place and month; None takes a number back.

    Raises UnknownFigure for what that application is not compared in.
    """
    _require(by, place)
    if not values.keys() <= set(SOURCES[source].elements):
        raise UnknownFigure
    held = OutsideFigure.objects.filter(place=place, month=month, source=source)
    held.filter(element__in=[code for code, value in values.items() if value is None]).delete()
    OutsideFigure.objects.bulk_create(
        [
            OutsideFigure(place=place, month=month, source=source, element=code, value=value, by=by)
            for code, value in values.items()
            if value is not None
        ],
        update_conflicts=True,
        unique_fields=["place", "month", "source", "element"],
        update_fields=["value", "by", "at"],
    )
    raise_versions(place=place, by=by)
    audit.record(
        "quality.compared",
        by=by,
        subject=place,
        source=source,
        month=str(month),
        filled=sum(value is not None for value in values.values()),
    )


def _require(by: User | None, place: Facility) -> None:
    if by is not None and not any(can(by, one, place) for one in MAY_CONFIRM):
        raise Forbidden(f"{by} answers for no numbers of place {place.pk}")

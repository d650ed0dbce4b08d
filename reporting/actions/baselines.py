"""Measuring the months of an indicator anew, from a month on."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from facilities.access import require
from facilities.actions.versions import raise_versions
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.errors import DomainError
from ilp.core.models import User
from ilp.core.months import Month
from reporting.models import Baseline


class BaselineNeedsReason(DomainError):
    code = "baseline-needs-reason"
    text = _(
        "Tulis alasan mengapa batasnya dihitung ulang, misalnya “layanan pindah ke Posyandu sejak "
        "bulan itu”."
    )


class BaselineAhead(DomainError):
    code = "baseline-ahead"
    text = _("Pilih bulan yang sudah berakhir: batas dihitung dari bulan yang angkanya ada.")


@transaction.atomic
def move_baseline(
    *, district: Facility, indicator: str, since: Month, reason: str, by: User | None
) -> Baseline:
    """From this month on the indicator's limits are made of the months that follow."""
    require(by, Permission.MANAGE_TARGETS, district)
    if not reason.strip():
        raise BaselineNeedsReason
    if since.last_day >= timezone.localdate():
        raise BaselineAhead
    made = Baseline.objects.create(
        district=district, indicator=indicator, since=since, reason=reason.strip(), by=by
    )
    raise_versions(place=district, by=by)
    audit.record("baseline.moved", by=by, subject=made, indicator=indicator, since=str(since))
    return made

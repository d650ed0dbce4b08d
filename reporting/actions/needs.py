"""How needs are ranked in a district, and that they were taken out of the house."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.errors import DomainError
from ilp.core.models import User
from reporting.models import NeedWeights

WHOLE = 100


class NotAHundred(DomainError):
    code = "weights-not-a-hundred"
    text = _("Ketiga bobot berjumlah %(sum)s. Ubah sampai jumlahnya 100.")


@transaction.atomic
def set_weights(
    *, district: Facility, gap: int, burden: int, low: int, since: date, by: User | None
) -> NeedWeights:
    """Decide what counts how much from a day on; a year is ranked by what held at its end."""
    require(by, Permission.MANAGE_TARGETS, district)
    if gap + burden + low != WHOLE or min(gap, burden, low) < 0:
        raise NotAHundred(sum=gap + burden + low)
    Facility.objects.select_for_update(of=("self",)).get(pk=district.pk)  # one after the other
    same_day = NeedWeights.objects.filter(district=district, since=since, cancelled_at=None)
    same_day.update(cancelled_at=timezone.now())
    row = NeedWeights.objects.create(
        district=district, gap=gap, burden=burden, low=low, since=since, recorded_by=by
    )
    noted = {"before": "", "after": f"{gap}/{burden}/{low}", "since": str(since)}
    audit.record("needs.weighted", by=by, subject=row, **noted)
    return row


@transaction.atomic
def note_taken(*, place: Facility, year: int, rows: int, by: User | None) -> None:
    """What a place lacks is taken out of the house as a workbook."""
    require(by, Permission.EXPORT, place)
    audit.record("needs.taken", by=by, subject=place, year=year, rows=rows)

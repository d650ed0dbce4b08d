"""Locking months whose numbers were published, so that visits in them stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clusters.models import LockedMonth
from clusters.selectors import locked_months
from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.errors import DomainError
from ilp.core.models import User
from ilp.core.months import Month


class MonthLocked(DomainError):
    code = "month-locked"
    text = _(
        "Kunjungan bulan %(month)s sudah dikunci Dinas Kesehatan dan tidak dapat diubah. Minta "
        "Dinkes membuka kunci bulan itu, lalu coba lagi."
    )


class NotLocked(DomainError):
    code = "not-locked"
    text = _("Bulan ini tidak terkunci. Muat ulang halaman untuk melihat keadaan terakhir.")


@transaction.atomic
def lock_month(
    *,
    district: Facility,
    month: Month,
    by: User | None,
    reason: str = "",
    permission: Permission = Permission.APPROVE,
) -> LockedMonth:
    """From now on no visit of this month in the district can be written or cancelled.

    `permission`: what else than approving reports allows it, such as to release the month.
    """
    require(by, permission, district)
    locked, is_new = LockedMonth.objects.get_or_create(
        district=district, month=month, defaults={"locked_by": by, "reason": reason}
    )
    if is_new:
        audit.record("month.locked", by=by, subject=locked, month=str(month), reason=reason)
    return locked


@transaction.atomic
def unlock_month(
    *,
    district: Facility,
    month: Month,
    by: User | None,
    reason: str,
    permission: Permission = Permission.APPROVE,
) -> None:
    """Visits of this month may change again; the audit trail keeps the reason."""
    require(by, permission, district)
    locked = LockedMonth.objects.filter(district=district, month=month).first()
    if locked is None:
        raise NotLocked
    audit.record("month.unlocked", by=by, subject=locked, month=str(month), reason=reason)
    locked.delete()


def check_unlocked(cells: Iterable[tuple[int, date]]) -> None:
    """Raise MonthLocked if one of the (place, day) lies in a locked month."""
    found = {(place, Month.of(day)) for place, day in cells}
    locked = locked_months({p for p, _m in found}, {m for _p, m in found}) & found
    if locked:
        raise MonthLocked(month=min(month for _place, month in locked))

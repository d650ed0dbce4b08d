"""Locking months whose numbers were published, so that visits in them stay as they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clusters.models import LockedMonth
from clusters.selectors import locked_months
from clusters.selectors.locks import MONTH_LOCK, month_key
from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit, formats, sql
from ilp.core.errors import DomainError
from ilp.core.models import User
from ilp.core.months import Month

EVERY_MONTH = 0  # no month's key; shared by who locks one
PATIENCE = 5  # seconds in which those who write into a month now are waited for


class MonthLocked(DomainError):
    code = "month-locked"
    text = _(
        "Kunjungan bulan %(month)s sudah dikunci Dinas Kesehatan dan tidak dapat diubah. Minta "
        "Dinkes membuka kunci bulan itu, lalu coba lagi."
    )


class NotLocked(DomainError):
    code = "not-locked"
    text = _("Bulan ini tidak terkunci. Muat ulang halaman untuk melihat keadaan terakhir.")


class StillWriting(DomainError):
    code = "still-writing"
    text = _(
        "Masih ada yang menyimpan kunjungan atau laporan %(month)s. Tunggu sebentar, lalu coba "
        "lagi."
    )


def hold_months(months: Iterable[Month]) -> None:
    """For writers: until the transaction ends nobody locks or opens these months.

    Taken before it is asked whether they are locked, and before any row is held. Writers do not
    wait for each other. One query.
    """
    sql.lock_shared(MONTH_LOCK, {month_key(month) for month in months})


def hold_alone(month: Month) -> None:
    """For who locks or opens a month: until the transaction ends nobody writes into it."""
    if not sql.lock_within(MONTH_LOCK, month_key(month), PATIENCE):
        raise StillWriting(month=formats.month(month))


def hold_what_is_locked() -> None:
    """For who asks which months are locked: until the transaction ends no other is.

    Waits for who is locking a month and for others who ask so; writers do not wait.
    """
    sql.lock(MONTH_LOCK, EVERY_MONTH)


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
    hold_alone(month)
    sql.lock_shared(MONTH_LOCK, [EVERY_MONTH])
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
    hold_alone(month)
    locked = LockedMonth.objects.filter(district=district, month=month).first()
    if locked is None:
        raise NotLocked
    audit.record("month.unlocked", by=by, subject=locked, month=str(month), reason=reason)
    locked.delete()


def check_unlocked(cells: Iterable[tuple[int, date]]) -> None:
    """Raise MonthLocked if one of the (place, day) lies in a locked month.

    None of them is locked before the transaction ends.
    """
    found = {(place, Month.of(day)) for place, day in cells}
    hold_months(month for _place, month in found)
    locked = locked_months({p for p, _m in found}, {m for _p, m in found}) & found
    if locked:
        raise MonthLocked(month=formats.month(min(month for _place, month in locked)))

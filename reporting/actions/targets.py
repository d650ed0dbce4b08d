"""Target populations (sasaran): set in versions, never rewritten."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from facilities.access import require
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core import audit, formats, sql
from ilp.core.errors import DomainError
from ilp.core.models import User
from ilp.core.months import Month
from reporting.catalogue import SASARAN
from reporting.models import Target, TargetSet

Row = tuple[str, str, int]  # place code, sasaran code, people


class UnknownSasaran(DomainError):
    code = "unknown-sasaran"
    text = _("Kode sasaran “%(code)s” tidak dikenal. Pakai kode dari templat sasaran.")


class UnknownPlace(DomainError):
    code = "unknown-place"
    text = _("Kode tempat “%(code)s” tidak ada di kabupaten ini. Periksa kode desanya.")


class NegativeSasaran(DomainError):
    code = "negative-sasaran"
    text = _("Sasaran %(code)s di %(place)s tidak boleh kurang dari 0.")


class GivenTwice(DomainError):
    code = "sasaran-twice"
    text = _("Sasaran %(code)s di %(place)s tertulis dua kali. Hapus salah satunya.")


class WrongYear(DomainError):
    code = "wrong-year"
    text = _("Bulan mulai berlaku %(month)s tidak berada di tahun %(year)s.")


@transaction.atomic
def set_targets(
    *,
    district: Facility,
    year: int,
    basis: str,
    since: Month,
    source: str,
    rows: Sequence[Row],
    by: User | None,
) -> TargetSet:
    """Write a new version of a year's target populations, in force from a month on.

    All rows or none: half a denominator is worse than none. Months before `since` keep the
    version they had.
    """
    require(by, Permission.MANAGE_TARGETS, district)
    if since.year != year:
        raise WrongYear(month=formats.month(since), year=year)
    places = dict(Facility.objects.within(district, since.last_day).values_list("code", "pk"))
    _check(rows, places)
    made = TargetSet.objects.create(
        district=district,
        year=year,
        basis=basis,
        version=_next_version(district, year, basis),
        since=since,
        source=source,
        created_by=by,
    )
    Target.objects.bulk_create(
        [Target(set=made, place_id=places[p], code=code, value=value) for p, code, value in rows],
        batch_size=5000,
    )
    sql.run("reporting/new_version", district=district.pk)
    detail = {"year": year, "basis": basis, "version": made.version, "rows": len(rows)}
    audit.record("targets.set", by=by, subject=made, district=district.code, **detail)
    return made


def _next_version(district: Facility, year: int, basis: str) -> int:
    held = TargetSet.objects.filter(district=district, year=year, basis=basis)
    return (held.aggregate(top=Max("version"))["top"] or 0) + 1


def _check(rows: Sequence[Row], places: dict[str, int]) -> None:
    seen: set[tuple[str, str]] = set()
    for place, code, value in rows:
        if code not in SASARAN:
            raise UnknownSasaran(code=code)
        if place not in places:
            raise UnknownPlace(code=place)
        if value < 0:
            raise NegativeSasaran(code=code, place=place)
        if (place, code) in seen:
            raise GivenTwice(code=code, place=place)
        seen.add((place, code))

"""Indicators that a district makes itself: formulas over what is counted anyway, in versions."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

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
from reporting.catalogue import ELEMENTS, SASARAN, Formula
from reporting.models import LocalIndicator
from reporting.selectors.book import LOCAL

LOCK_SPACE = 7_201  # one writer a district


class NothingChosen(DomainError):
    code = "nothing-chosen"
    text = _("Pilih paling sedikit satu unsur untuk pembilang dan satu untuk penyebut.")


class UnknownTerm(DomainError):
    code = "unknown-term"
    text = _("Unsur “%(code)s” tidak ada di kamus data. Pilih dari daftar.")


class MixedDenominator(DomainError):
    code = "mixed-denominator"
    text = _(
        "Penyebut mencampur sasaran dan hitungan. Pakai sasaran saja, atau hitungan saja, supaya "
        "keduanya dijumlahkan menurut waktu yang sama."
    )


class SasaranOnTop(DomainError):
    code = "sasaran-on-top"
    text = _("Sasaran hanya untuk penyebut. Pilih hitungan untuk pembilang.")


class TargetBeyond(DomainError):
    code = "target-beyond"
    text = _("Target persen harus antara 0 dan 100.")


class NotLater(DomainError):
    code = "not-later"
    text = _(
        "Versi baru harus mulai sesudah %(month)s, bulan mulai versi sebelumnya. Bulan yang lalu "
        "tetap memakai rumus yang lama."
    )


class NothingToEnd(DomainError):
    code = "nothing-to-end"
    text = _("Indikator ini sudah berakhir. Muat ulang halaman.")


@dataclass(frozen=True)
class Definition:
    """What a person says of an indicator; formulas as sums of codes."""

    label: str
    cluster: str
    stage: str
    numerator: str
    denominator: str
    aggregation: str
    per: int
    higher_is_better: bool | None
    target: Decimal | None
    definition: str
    source: str


@transaction.atomic
def define_indicator(
    *, district: Facility, said: Definition, since: Month, by: User | None, code: str = ""
) -> LocalIndicator:
    """A new indicator or, under a `code`, a new version from a later month on.

    Raises DomainError for formulas that cannot be worked out. Earlier months keep their version.
    """
    require(by, Permission.MANAGE_TARGETS, district)
    check(said)
    sql.lock(LOCK_SPACE, district.pk)
    held = LocalIndicator.objects.filter(district=district)
    before = held.filter(code=code).order_by("-version").first() if code else None
    if before is not None:
        if since <= before.since:
            raise NotLater(month=formats.month(before.since))
        if before.until is None or before.until > since:
            before.until = since
            before.save(update_fields=["until"])
    made = LocalIndicator.objects.create(
        district=district,
        code=before.code if before else _next_code(),
        version=before.version + 1 if before else 1,
        since=since,
        created_by=by,
        **vars(said),
    )
    sql.run("reporting/new_version", district=district.pk)
    audit.record("indicator.defined", by=by, subject=made, code=made.code, version=made.version)
    return made


@transaction.atomic
def end_indicator(*, indicator: LocalIndicator, until: Month, by: User | None) -> None:
    """No longer in force from a month on; what was shown before can still be shown."""
    require(by, Permission.MANAGE_TARGETS, indicator.district)
    row = LocalIndicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if row.until is not None:
        raise NothingToEnd
    if until < row.since:
        raise NotLater(month=formats.month(row.since))
    row.until = until
    row.save(update_fields=["until"])
    sql.run("reporting/new_version", district=row.district_id)
    audit.record("indicator.ended", by=by, subject=row, code=row.code, month=str(until))


def check(said: Definition) -> None:
    """Raises the DomainError of the first thing that is wrong with a definition."""
    top, bottom = _codes(said.numerator), _codes(said.denominator)
    for code in sorted(top | bottom):
        if code not in ELEMENTS and code not in SASARAN:
            raise UnknownTerm(code=code)
    if top & SASARAN.keys():
        raise SasaranOnTop
    if bottom & SASARAN.keys() and not bottom <= SASARAN.keys():
        raise MixedDenominator
    if said.target is not None and said.per == 100 and not 0 <= said.target <= 100:
        raise TargetBeyond


def _codes(formula: str) -> frozenset[str]:
    try:
        return Formula(formula).codes
    except ValueError:
        raise NothingChosen from None


def _next_code() -> str:
    """LOK01, LOK02 …: over all districts, so that a code means one thing."""
    top = LocalIndicator.objects.aggregate(top=Max("code"))["top"]
    return f"{LOCAL}{int(top.removeprefix(LOCAL)) + 1 if top else 1:02}"

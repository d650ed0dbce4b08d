"""Innovations and partners of a place: written down, corrected, ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from facilities.access import require
from facilities.actions.letterheads import one_line
from facilities.models import Facility, Innovation, Partner
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.errors import DomainError
from ilp.core.models import User

# What may be said of each; the first that is listed has to be.
NEEDED = {Innovation: ("name", "problem"), Partner: ("name", "contribution")}
FIELDS = {
    Innovation: ("name", "cluster", "problem", "result", "link", "since"),
    Partner: ("name", "field", "contribution", "link", "since"),
}
WORDS = {Innovation: "innovation", Partner: "partner"}


class EffortIncomplete(DomainError):
    code = "effort-incomplete"
    text = _("Isi nama, serta masalah yang dijawab atau peran mitranya.")


class EffortTaken(DomainError):
    code = "effort-taken"
    text = _("%(name)s sudah tercatat di %(place)s. Ubah catatan itu.")


class EffortEnded(DomainError):
    code = "effort-ended"
    text = _("%(name)s sudah berakhir. Muat ulang halaman.")


class EffortEndsBefore(DomainError):
    code = "effort-ends-before"
    text = _("Tanggal berakhir harus sesudah %(since)s, hari mulainya.")


@transaction.atomic
def add_effort(
    *,
    kind: type[Innovation] | type[Partner],
    facility: Facility,
    values: Mapping[str, object],
    by: User | None,
) -> Innovation | Partner:
    """Write down an innovation or a partner; `values` as in FIELDS."""
    require(by, Permission.KEEP_REGISTERS, facility)
    row = kind(facility=facility, recorded_by=by, **_cleaned(kind, values))
    _save(row, facility)
    _note(f"{WORDS[kind]}.added", row, by)
    return row


@transaction.atomic
def edit_effort(
    *, effort: Innovation | Partner, values: Mapping[str, object], by: User | None
) -> Innovation | Partner:
    """Correct what was said of it, or say its result."""
    require(by, Permission.KEEP_REGISTERS, effort.facility)
    kind = type(effort)
    row = kind.objects.select_for_update(of=("self",)).get(pk=effort.pk)
    for name, value in _cleaned(kind, values).items():
        setattr(row, name, value)
    if row.until is not None and row.until < row.since:
        raise EffortEndsBefore(since=row.since)
    _save(row, effort.facility)
    _note(f"{WORDS[kind]}.edited", row, by)
    return row


@transaction.atomic
def end_effort(
    *, effort: Innovation | Partner, until: date, by: User | None
) -> Innovation | Partner:
    """Say from which day on it is no more; the row stays."""
    require(by, Permission.KEEP_REGISTERS, effort.facility)
    kind = type(effort)
    row = kind.objects.select_for_update(of=("self",)).get(pk=effort.pk)
    if row.until is not None:
        raise EffortEnded(name=row.name)
    if until < row.since:
        raise EffortEndsBefore(since=row.since)
    row.until = until
    row.save(update_fields=["until"])
    _note(f"{WORDS[kind]}.ended", row, by)
    return row


def _cleaned(
    kind: type[Innovation] | type[Partner], values: Mapping[str, object]
) -> dict[str, object]:
    given = {name: values[name] for name in FIELDS[kind]}
    found = {n: one_line(v) if isinstance(v, str) else v for n, v in given.items()}
    if not all(found[name] for name in NEEDED[kind]):
        raise EffortIncomplete
    return found


def _save(row: Innovation | Partner, facility: Facility) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise EffortTaken(name=row.name, place=facility) from clash


def _note(event: str, row: Innovation | Partner, by: User | None) -> None:
    audit.record(event, by=by, subject=row, since=str(row.since), until=str(row.until or ""))

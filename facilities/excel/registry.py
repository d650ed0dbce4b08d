"""What the registries share: rows in reach only, each once, so many at once, all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from import_export import resources
from import_export.instance_loaders import CachedInstanceLoader

from facilities.roles import Permission
from ilp.core.cells import clean_text
from ilp.core.errors import DomainError
from ilp.core.models import User

MOST_CHANGES = 200  # a new place has the tree rebuilt, a new account its password hashed
EMPTY = _("kosong. Isi dahulu, atau hapus baris ini.")
SENTENCES = {
    "null": EMPTY,
    "blank": EMPTY,
    "invalid_choice": _("tidak dikenal. Pilih dari daftar pada kolom itu."),
}
LABELS = {
    "code": "kode",
    "name": "nama",
    "kind": "jenis",
    "opened_on": "buka",
    "username": "nama_pengguna",
    "first_name": "nama",
    "phone": "hp",
}
Change = tuple[str, str, str]  # column, before, after


class KeyMissing(DomainError):
    code = "key-missing"
    text = _("Kolom %(column)s kosong. Isi dahulu, atau hapus baris ini.")


class TwiceInFile(DomainError):
    code = "twice-in-file"
    text = _("%(key)s sudah ada di baris lain berkas ini. Sisakan satu baris.")


class TooManyChanges(DomainError):
    code = "too-many-changes"
    text = _("Paling banyak %(most)s baris baru atau berubah sekaligus. Bagi berkasnya.")


@dataclass(frozen=True)
class Line:
    """What comes of one row: is it new, what changes, or why it is refused; `row` from 0."""

    row: int
    key: str
    is_new: bool
    changes: tuple[Change, ...] = ()
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a table did or would do. Rows that say what is known already have no line."""

    lines: tuple[Line, ...]
    same: int

    @property
    def refused(self) -> list[Line]:
        return [line for line in self.lines if line.refused]

    @property
    def fingerprint(self) -> str:
        """Equal when the same rows come to the same, so that what was shown is what is done."""
        told = [(line.key, line.is_new, line.changes, line.refused) for line in self.lines]
        return hashlib.sha256(repr(told).encode()).hexdigest()


class Registry(resources.ModelResource):
    """A table whose rows are written by the actions, in the name of who brings them."""

    key = ""  # the column by which a row is known

    @classmethod
    def listed(cls, user: User, permission: Permission) -> Iterable[models.Model]:
        """What the user may bring back changed; nothing where a registry does not say."""
        del user, permission
        return ()

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.known: set[str] = set()
        self.changes: dict[int, tuple[Change, ...]] = {}

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        key = text(row, self.key)
        if not key:
            raise KeyMissing(column=self.key)
        if key.casefold() in self.known:
            raise TwiceInFile(key=key)
        self.known.add(key.casefold())

    def note(self, row_number: int, changes: Sequence[Change]) -> None:
        """Remember what a row changes; raises TooManyChanges."""
        if len(self.changes) >= MOST_CHANGES:
            raise TooManyChanges(most=MOST_CHANGES)
        self.changes[row_number] = tuple(one for one in changes if one[1] != one[2])


class Once:
    """What the tables of both registries are told by import-export."""

    skip_unchanged = True
    use_transactions = True
    clean_model_instances = True
    instance_loader_class = CachedInstanceLoader


@transaction.atomic
def bring_in(
    resource: Registry, headers: Sequence[str], rows: Sequence[Sequence[str]], *, by: User,
    dry_run: bool,
) -> Outcome:  # fmt: skip
    """Write all rows or, where one is refused or with `dry_run`, none."""
    table = tablib.Dataset(*rows, headers=list(headers))
    result = resource.import_data(
        table, dry_run=dry_run, rollback_on_validation_errors=True, user=by
    )
    if result.has_errors():
        raise [*result.base_errors, *(e for row in result for e in row.errors)][0].error
    at = list(headers).index(resource.key)
    reasons = {one.number: _sentences(one.error) for one in result.invalid_rows}
    lines = []
    for number, (row, told) in enumerate(zip(rows, result.rows, strict=True), start=1):
        if number in reasons:
            lines.append(Line(number - 1, row[at], False, (), reasons[number]))
        elif not told.is_skip():
            changes = resource.changes.get(number, ())
            lines.append(Line(number - 1, row[at], told.is_new(), changes))
    return Outcome(tuple(lines), len(rows) - len(lines))


def _sentences(error: ValidationError) -> tuple[str, ...]:
    """Why a row is refused; of a field that has no sentence of ours its column is named."""
    if not hasattr(error, "error_dict"):
        return tuple(error.messages)
    found = []
    for name, errors in error.error_dict.items():
        for one in errors:
            said = str(SENTENCES.get(one.code or "") or " ".join(one.messages))
            found.append(said if name == "__all__" else f"{LABELS.get(name, name)}: {said}")
    return tuple(found)


def text(row: Any, column: str) -> str:
    return clean_text(row.get(column) or "")


def kept(instance: models.Model, *names: str) -> tuple[Any, ...]:
    return tuple(getattr(instance, name) for name in names)

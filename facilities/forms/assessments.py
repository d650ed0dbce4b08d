"""A sheet of boxes as it was typed: what can be read is kept, the rest is said beside its box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from facilities.actions.assessments import Entry
from facilities.models import StandardItem
from ilp.core.cells import CellError, read_integer

BOXES = {"present": "ada", "good": "baik", "light": "ringan", "heavy": "berat"}
NOTE, COMMENT = "catatan", "komentar"
MOST = 99_999
TOO_MANY = _("Tulis jumlah dari 0 sampai 99.999.")


@dataclass(frozen=True)
class Typed:
    """What was read of each item, and what could not be; `text` by name of the box."""

    entries: dict[int, Entry] = field(default_factory=dict)
    errors: dict[int, str] = field(default_factory=dict)
    text: dict[str, str] = field(default_factory=dict)


def box(item: StandardItem, name: str) -> str:
    """The name of a box on the page."""
    return f"{item.pk}-{name}"


def read_sheet(sent: Mapping[str, str], items: Iterable[StandardItem]) -> Typed:
    """The rows whose four numbers could be read; the others are not touched."""
    typed = Typed()
    for item in items:
        texts = {name: sent.get(box(item, word), "") for name, word in BOXES.items()}
        note = sent.get(box(item, NOTE), "")
        for name, text in texts.items():
            typed.text[box(item, BOXES[name])] = text
        typed.text[box(item, NOTE)] = note
        try:
            numbers = {name: _number(text) for name, text in texts.items()}
        except CellError as broken:
            typed.errors[item.pk] = str(broken.sentence)
        else:
            typed.entries[item.pk] = Entry(**numbers, note=note)
    return typed


def read_comments(sent: Mapping[str, str], items: Iterable[StandardItem]) -> dict[int, str]:
    return {item.pk: sent.get(box(item, COMMENT), "") for item in items}


def _number(text: str) -> int | None:
    number = read_integer(text)
    if number is not None and not 0 <= number <= MOST:
        raise CellError("not-a-stock", TOO_MANY)
    return number

"""Short ways of declaring a report, its elements and what is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from ilp.core.languages import filled
from reporting.catalogue.language import (
    Aggregation,
    Check,
    Element,
    Indicator,
    Item,
    Kind,
    Reported,
    Section,
)
from reporting.catalogue.shorthand import USUAL

YES_OR_NO = _("Isi 1 bila ya, 0 bila tidak.")
Rows = Mapping[str, Text]  # element -> what stands on its row


def reported(programme: str, rows: Rows, kind: Kind = Kind.FLOW) -> tuple[Element, ...]:
    """An undivided element for each row of a section."""
    return tuple(
        Element(code, label, programme, Reported(), kind=kind) for code, label in rows.items()
    )


def section(letter: str, label: Text, rows: Rows, *, yes_no: bool = False) -> Section:
    """Its rows are numbered A1, A2, …; with `yes_no` each holds 1 or 0."""
    most = 1 if yes_no else None
    return Section(
        label,
        tuple(
            Item(f"{letter}{number}", code, text, most=most)
            for number, (code, text) in enumerate(rows.items(), start=1)
        ),
    )


def part_of(part: str, whole: str, rows: Rows) -> Check:
    """A row that counts some of those on another row."""
    message = _("“%(part)s” tidak boleh lebih besar daripada “%(whole)s”.")
    return Check(part, "<=", whole, filled(message, {"part": rows[part], "whole": rows[whole]}))


def told(code: str, label: Text, fraction: str, texts: tuple[Text, Text, Text], **more: Any) -> Any:
    """An indicator made of reports: "top / bottom", and its definition, use and misreading."""
    top, _slash, bottom = fraction.partition(" / ")
    definition, why, misread = texts
    usual: dict[str, Any] = {
        "stage": "produktif",
        "aggregation": Aggregation.RATIO,
        "source": USUAL,
        "certain": False,
    }
    return Indicator(
        code,
        label,
        numerator=top,
        denominator=bottom,
        definition=definition,
        why=why,
        misread=misread,
        **(usual | more),
    )

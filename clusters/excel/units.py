"""Units that are not those of a field: nothing is converted, as nobody could tell afterwards."""

from __future__ import annotations

import re

from django.utils.translation import gettext_lazy as _

from clusters.excel.titles import UNITS, unit_named
from clusters.services.language import UNITS as IN_WORDS
from clusters.services.language import Field
from ilp.core.cells import CellError, fold

WEEKS = re.compile(r"(\d{1,2})\s*(?:\+|minggu|mgg?)(?:\s*([0-6])\s*(?:hari|hr|h)?|(?<!\+))")


def other_unit(field: Field, unit: str) -> CellError:
    """Why a number in that unit is refused."""
    text = _(
        "Angkanya ditulis dalam %(unit)s, sedangkan %(label)s dicatat %(ours)s. Hitung ulang, lalu "
        "tulis angkanya saja."
    )
    ours = _("dalam %(unit)s") % {"unit": field.said_unit} if field.unit else _("tanpa satuan")
    told = {"unit": IN_WORDS.get(unit, unit), "label": field.label, "ours": ours}
    return CellError("other-unit", text % told)


def whole_weeks(field: Field, text: str) -> tuple[str, str]:
    """The completed weeks and the days of "8+3", "9 minggu 3 hari" or "9 mg", in a field of weeks;
    "" for what is not there."""
    found = WEEKS.fullmatch(text.casefold()) if UNITS.get(fold(field.unit)) == "minggu" else None
    return (found[1], found[2] or "") if found else ("", "")


def other_unit_in_title(field: Field, title: str) -> CellError | None:
    """Why all numbers of a column are refused, whose title names another unit than the field's."""
    ours, theirs = UNITS.get(fold(field.unit), ""), unit_named(title.replace(" > ", " "))
    return other_unit(field, theirs) if ours and theirs and ours != theirs else None

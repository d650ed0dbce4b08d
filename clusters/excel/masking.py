"""What of a cell may be shown beside an issue: never a name, never a whole NIK."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from clusters.services import Kind, Service
from ilp.core.cells import Cell, clean_text, mask_nik

PLACES = frozenset({"place", "home_desa", "home_posyandu"})
LONGEST_WORD = 14  # one short word stands for a choice; two may be somebody's name
NUMBER_OF_SOMEBODY = 9
CUT, MASK = "…", "•"
LONGEST, LONGEST_PLACE = 40, 80


def shown_value(service: Service, name: str, cell: Cell) -> str:
    """The cell as it may be shown in the list of issues and in logs of refused rows."""
    text = f"{cell:%d/%m/%Y}" if isinstance(cell, date) else clean_text(cell)
    if not text or name in ("name", "mother_name"):
        return ""
    if name == "nik":
        return mask_nik(text)
    if sum(c.isdigit() for c in text) >= NUMBER_OF_SOMEBODY and name not in PLACES:
        return "••••"
    if name in PLACES:
        digits = sum(c.isdigit() for c in text)
        return mask_nik(text) if digits >= 16 else _cut(text)
    has_letters = any(c.isalpha() for c in text)
    if has_letters and not _may_have_letters(service, name, text):
        return _("(teks)")
    return text[:LONGEST]


def is_whole(shown: str) -> bool:
    """Whether what is shown of a place is all that the cell says, so that others say the same."""
    return not (shown.endswith(CUT) or MASK in shown)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_PLACE else f"{text[: LONGEST_PLACE - 1]}{CUT}"


def _may_have_letters(service: Service, name: str, text: str) -> bool:
    if name in ("born_on", "seen_on"):
        return sum(c.isdigit() for c in text) >= 3
    field = service.by_name.get(name.split(":")[0])
    if field is not None and field.kind is Kind.DATE:
        return sum(c.isdigit() for c in text) >= 3
    return " " not in text and len(text) <= LONGEST_WORD

"""The marks of a PWS graph as they are read; their values stand in files and tests."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS = {
    "Baik": pgettext_lazy("PWS", "Baik"),
    "Kurang": pgettext_lazy("PWS", "Kurang"),
    "Cukup": pgettext_lazy("PWS", "Cukup"),
    "Jelek": pgettext_lazy("PWS", "Jelek"),
    "Di atas target": _("Di atas target"),
    "Di bawah target": _("Di bawah target"),
    "capaian melebihi sasaran": _("capaian melebihi sasaran"),
    "sasaran kurang dari 20": _("sasaran kurang dari 20"),
    "sasaran belum ditetapkan": _("sasaran belum ditetapkan"),
}


def said(mark: StrEnum) -> str:
    """A verdict or a flag in the reader's words; a sign as it is."""
    return str(WORDS.get(mark.value, mark.value))

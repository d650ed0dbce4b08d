"""The quarterly report of the quality of the 12 SPM, and how their index is made (part A and B)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from ilp.core.languages import filled
from reporting.catalogue.form_shorthand import part_of, reported
from reporting.catalogue.language import (
    LONG_AGO,
    TENTH,
    Element,
    Form,
    Indicator,
    Item,
    Kind,
    Section,
)

PROGRAMME = "spm"
PERMENDAGRI = "Permendagri 59/2021; perincian mutu menurut Permenkes 6/2024"
QUARTERS = (3, 6, 9, 12)
SERVICES: dict[int, Text] = {
    1: _("Ibu hamil"),
    2: _("Ibu bersalin"),
    3: _("Bayi baru lahir"),
    4: _("Balita"),
    5: _("Usia pendidikan dasar"),
    6: _("Usia produktif"),
    7: _("Usia lanjut"),
    8: _("Penderita hipertensi"),
    9: _("Penderita diabetes melitus"),
    10: _("ODGJ berat"),
    11: _("Orang terduga TBC"),
    12: _("Orang berisiko terinfeksi HIV"),
}
GROUPS: dict[str, Text] = {"barang": _("barang dan jasa"), "sdm": _("tenaga")}


def quality_codes(number: int) -> tuple[tuple[str, str], ...]:
    """(needed, there) of each group of quality items of a service."""
    stems = [f"spm{number:02}_{group}" for group in GROUPS]
    return tuple((f"{stem}_perlu", f"{stem}_ada") for stem in stems)


def _rows(number: int) -> dict[str, Text]:
    rows: dict[str, Text] = {}
    for (needed, there), name in zip(quality_codes(number), GROUPS.values(), strict=True):
        rows[needed] = filled(_("Jenis %s yang diperlukan"), name)
        rows[there] = filled(_("Jenis %s yang tersedia cukup"), name)
    return rows


ROWS: dict[str, Text] = {code: text for n in SERVICES for code, text in _rows(n).items()}
ELEMENTS: tuple[Element, ...] = tuple(
    element
    for number, name in SERVICES.items()
    for element in reported(
        PROGRAMME,
        {
            c: format_lazy("{}{}", filled(_("SPM %s: "), number), t)
            for c, t in _rows(number).items()
        },
        Kind.STOCK,
    )
)
FORM = Form(
    code="SPM",
    label=_("Mutu SPM bidang kesehatan"),
    kinds=("puskesmas",),
    sections=tuple(
        Section(
            filled(_("%(number)d. %(name)s"), {"number": number, "name": name}),
            tuple(
                Item(f"{number}.{row}", code, text)
                for row, (code, text) in enumerate(_rows(number).items(), start=1)
            ),
        )
        for number, name in SERVICES.items()
    ),
    checks=tuple(
        part_of(there, needed, ROWS) for n in SERVICES for needed, there in quality_codes(n)
    ),
    due=TENTH,
    source=PERMENDAGRI,
    rounds=QUARTERS,
    pages=2,
)
INDICATORS: tuple[Indicator, ...] = ()  # the index is of two kinds of numbers: selectors/spm.py


@dataclass(frozen=True)
class Weights:
    """How the index of a service is put together from people served (A) and quality (B)."""

    people: float
    quality: float
    since: date
    source: str


WEIGHTS = (Weights(0.8, 0.2, LONG_AGO, PERMENDAGRI),)


@dataclass(frozen=True)
class Class:
    """A class of the index, from its lowest value on."""

    lowest: float
    label: Text
    since: date = LONG_AGO
    source: str = PERMENDAGRI


CLASSES = (
    Class(100, _("Tuntas paripurna")),
    Class(90, _("Tuntas utama")),
    Class(80, _("Tuntas madya")),
    Class(70, _("Tuntas muda")),
    Class(60, _("Tuntas pratama")),
    Class(0, _("Belum tuntas")),
)


def weights(on: date) -> Weights:
    return [one for one in WEIGHTS if one.since <= on][-1]


def index(people: float, quality: float, on: date) -> float:
    """Percentages in, index out; neither counts for more than 100."""
    held = weights(on)
    return held.people * min(people, 100) + held.quality * min(quality, 100)


def class_of(value: float, on: date) -> Class:
    """The class of an index; a value just below a limit by the last bit of a float is on it."""
    held = [one for one in CLASSES if one.since <= on]
    return next(one for one in held if value >= one.lowest - 1e-9)


def quality(numbers: Mapping[str, int | None], number: int) -> float | None:
    """B: the mean percentage of the groups in which something is needed; None without a report."""
    shares = [
        100 * (numbers.get(there) or 0) / needed
        for wanted, there in quality_codes(number)
        if (needed := numbers.get(wanted))
    ]
    return sum(min(share, 100) for share in shares) / len(shares) if shares else None

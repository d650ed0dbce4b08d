"""The diseases that LB1 lists, by the categories of ICD-10 that each row takes in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

PREFIX = "lb1_"


@dataclass(frozen=True)
class Disease:
    """One row: categories such as "A15-A19" or "G43-G44 R51", and what they are called."""

    categories: str
    label: Text

    @property
    def code(self) -> str:
        """Its element: "lb1_a15_a19"; of the row for all others "lb1_lain"."""
        first = self.categories.partition(" ")[0] or "lain"
        return PREFIX + first.lower().replace("-", "_")

    @property
    def ranges(self) -> tuple[tuple[str, str], ...]:
        """First and last category of each run."""
        return tuple((run[:3], run[-3:]) for run in self.categories.split())

    @property
    def shown(self) -> str:
        """Its categories as people write them: "G43–G44, R51"."""
        return self.categories.replace(" ", ", ").replace("-", "–")

    @property
    def title(self) -> Text:
        return format_lazy("{} {}", self.shown, self.label) if self.categories else self.label


@dataclass(frozen=True)
class Chapter:
    label: Text
    diseases: tuple[Disease, ...]


@dataclass(frozen=True)
class Listing:
    """The list in force since a day. A new one begins; this one stays as it was."""

    source: str
    since: date
    chapters: tuple[Chapter, ...]

    @property
    def diseases(self) -> Iterator[Disease]:
        return (disease for chapter in self.chapters for disease in chapter.diseases)

    @cached_property
    def rows(self) -> dict[str, Disease]:
        return {disease.code: disease for disease in self.diseases}

    def row_of(self, category: str) -> Disease | None:
        """The row that names the category of ICD-10; None for those that none does."""
        if category not in self._known:
            named = (d for d in self.diseases for low, high in d.ranges if low <= category <= high)
            self._known[category] = next(named, None)
        return self._known[category]

    @cached_property
    def _known(self) -> dict[str, Disease | None]:
        return {}


OTHERS = Disease("", _("Penyakit dan alasan kunjungan lain"))
# What outpatient care of a Puskesmas sees often, what has a programme, and what must not be missed.
# No regulation fixes the rows for the whole country; a district that wants others begins a listing.
COMMON = Listing(
    source="LB1 SP2TP; pola penyakit terbanyak rawat jalan Puskesmas; ICD-10 WHO",
    since=date(2026, 1, 1),
    chapters=(
        Chapter(_("A–B Infeksi dan parasit"), (
            Disease("A00", _("Kolera")),
            Disease("A01", _("Demam tifoid dan paratifoid")),
            Disease("A03 A06", _("Disentri")),
            Disease("A09", _("Diare dan gastroenteritis")),
            Disease("A15-A19", _("Tuberkulosis")),
            Disease("A30", _("Kusta")),
            Disease("A33-A37", _("Tetanus, difteri, dan pertusis")),
            Disease("A50-A64", _("Infeksi menular seksual")),
            Disease("A90-A91", _("Demam dengue dan DBD")),
            Disease("B01-B02", _("Cacar air dan herpes zoster")),
            Disease("B05-B06", _("Campak dan rubela")),
            Disease("B15-B19", _("Hepatitis virus")),
            Disease("B20-B24", _("HIV")),
            Disease("B35-B36", _("Jamur kulit")),
            Disease("B50-B54", _("Malaria")),
            Disease("B65-B83", _("Kecacingan")),
            Disease("B86", _("Skabies")),
        )),
        Chapter(_("D–E Darah, gizi, dan metabolisme"), (
            Disease("D50-D64", _("Anemia")),
            Disease("E10-E14", _("Diabetes melitus")),
            Disease("E40-E46", _("Gizi buruk dan gizi kurang")),
            Disease("E78", _("Kolesterol atau lemak darah tinggi")),
            Disease("E79 M10", _("Asam urat dan gout")),
        )),
        Chapter(_("F–G Jiwa dan saraf"), (
            Disease("F20-F29", _("Skizofrenia dan psikotik lain")),
            Disease("F30-F48", _("Depresi, cemas, dan somatoform")),
            Disease("G40-G41", _("Epilepsi")),
            Disease("G43-G44 R51", _("Migrain dan sakit kepala")),
        )),
        Chapter(_("H Mata dan telinga"), (
            Disease("H10", _("Konjungtivitis")),
            Disease("H25-H26", _("Katarak")),
            Disease("H52", _("Kelainan refraksi")),
            Disease("H60-H67", _("Radang telinga luar dan tengah")),
            Disease("H81 R42", _("Vertigo dan pusing")),
        )),
        Chapter(_("I Jantung dan pembuluh darah"), (
            Disease("I10-I15", _("Hipertensi")),
            Disease("I20-I25", _("Penyakit jantung koroner")),
            Disease("I50", _("Gagal jantung")),
            Disease("I60-I69", _("Stroke")),
        )),
        Chapter(_("J Saluran napas"), (
            Disease("J00", _("Selesma (pilek)")),
            Disease("J02-J03", _("Faringitis dan tonsilitis akut")),
            Disease("J06", _("ISPA atas")),
            Disease("J10-J11", _("Influenza")),
            Disease("J12-J18", _("Pneumonia")),
            Disease("J20-J22", _("Bronkitis akut")),
            Disease("J40-J44", _("Bronkitis menahun dan PPOK")),
            Disease("J45-J46", _("Asma")),
        )),
        Chapter(_("K Gigi, mulut, dan cerna"), (
            Disease("K02", _("Karies gigi")),
            Disease("K04", _("Penyakit pulpa dan sekitar akar gigi")),
            Disease("K05", _("Radang gusi dan jaringan penyangga gigi")),
            Disease("K25-K29", _("Gastritis dan tukak lambung")),
            Disease("K30", _("Dispepsia")),
        )),
        Chapter(_("L Kulit"), (
            Disease("L00-L08", _("Infeksi kulit")),
            Disease("L20-L30", _("Dermatitis")),
            Disease("L50", _("Biduran")),
        )),
        Chapter(_("M Otot dan sendi"), (
            Disease("M05-M06 M13-M19", _("Radang sendi")),
            Disease("M54", _("Nyeri punggung")),
            Disease("M79", _("Nyeri otot dan jaringan lunak")),
        )),
        Chapter(_("N–O Kemih, kandungan, dan kehamilan"), (
            Disease("N30 N39", _("Infeksi saluran kemih")),
            Disease("N70-N77", _("Radang alat kandungan")),
        )),
        Chapter(_("R–W Gejala, cedera, dan penyakit lain"), (
            Disease("R50", _("Demam tanpa sebab yang diketahui")),
            Disease("S00-S99 T00-T14", _("Cedera")),
            Disease("W53-W55", _("Gigitan hewan")),
            OTHERS,
        )),
    ),
)  # fmt: skip
LISTINGS: tuple[Listing, ...] = (COMMON,)  # rising by `since`


def listing_on(day: date) -> Listing:
    """The list in force on the day; the first one also speaks for what was before."""
    begun = [one for one in LISTINGS if one.since <= day]
    return begun[-1] if begun else LISTINGS[0]


def overlaps(listing: Listing) -> list[str]:
    """Categories that two rows of a list name, in words for whoever wrote it."""
    runs = sorted((low, high) for disease in listing.diseases for low, high in disease.ranges)
    return [f"{b[0]} is named twice" for a, b in zip(runs, runs[1:], strict=False) if b[0] <= a[1]]

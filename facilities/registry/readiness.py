"""What a place has to have in order before it works the ILP way, by kind of place.

No official way of scoring was found: the items are a usual proposal, dated, so that another list
may follow it without touching what was said before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

SINCE = date(2023, 8, 28)  # of KMK 2015/2023, which begins ILP
SOURCE = _("Butir yang lazim dipakai; penilaian resmi belum ditetapkan.")


@dataclass(frozen=True)
class Item:
    """One thing to have in order. `until`: the first day on which it is asked no more."""

    code: str
    kind: str  # of place, as Facility.Kind names it
    label: Text
    since: date = SINCE
    until: date | None = None

    def is_asked(self, kind: str, on: date) -> bool:
        held = self.since <= on and (self.until is None or on < self.until)
        return held and self.kind == kind


LABELS: dict[str, dict[str, Text]] = {
    "dinas": {
        "sk-bupati": _("SK atau instruksi kepala daerah"),
        "anggaran": _("Anggaran ILP tersedia"),
        "tpcb": _("Tim pembina cluster binaan (TPCB) bekerja"),
        "pemantauan": _("Pemantauan dan evaluasi berjalan"),
    },
    "puskesmas": {
        "sk-klaster": _("SK struktur dan penanggung jawab klaster"),
        "alur": _("Alur layanan menurut klaster dan siklus hidup, bukan poli"),
        "skrining": _("Paket skrining tiap siklus hidup diberikan pada setiap kontak"),
        "orientasi": _("Semua staf sudah diorientasi ILP"),
        "wilayah": _("Desa, Pustu, dan Posyandu terdaftar, tiap desa dengan nakesnya"),
        "pws": _("PWS per desa diperbarui tiap bulan dan dipakai di lokmin"),
        "rme": _("Rekam medis elektronik tersambung"),
        "jejaring": _("Koordinasi dengan klinik, TPMB, dan rumah sakit"),
    },
    "pustu": {
        "tenaga": _("Perawat dan bidan ada"),
        "kader": _("Dua kader"),
        "buka": _("Buka setiap hari kerja"),
        "alat": _("Alat dan obat minimal tersedia"),
        "pencatatan": _("Seluruh penduduk desa tercatat"),
        "evaluasi": _("Kunjungan rumah dievaluasi tiap minggu"),
        "pws": _("PWS desa diperbarui"),
    },
    "posyandu": {
        "buka": _("Buka paling sedikit sebulan sekali"),
        "langkah": _("Lima langkah dijalankan"),
        "siklus": _("Melayani semua siklus hidup, bukan balita saja"),
        "kader": _("Lima kader atau lebih, dilatih 25 keterampilan"),
        "alat": _("Timbangan, antropometri, tensimeter, dan glukometer ada"),
        "kunjungan": _("Kunjungan rumah dilakukan dan dilaporkan"),
        "kartu": _("Kartu bantu atau ASIK terisi"),
    },
}
ITEMS = tuple(
    Item(code, kind, label) for kind, labels in LABELS.items() for code, label in labels.items()
)
KINDS = tuple(LABELS)


def asked(kind: str, on: date) -> tuple[Item, ...]:
    """What is asked of a kind of place on a day, in the order of the list."""
    return tuple(item for item in ITEMS if item.is_asked(kind, on))

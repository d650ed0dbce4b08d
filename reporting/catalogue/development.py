"""Development of children up to 72 months (SDIDTK): what is counted and shown of it."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import SDIDTK
from reporting.catalogue.language import Aggregation, Breakdown, Element, Indicator
from reporting.catalogue.shorthand import attendance, by_custom, reached

PROGRAMME = "development"
ELEMENTS: tuple[Element, ...] = (
    *attendance(PROGRAMME),
    *reached(
        PROGRAMME,
        {
            "kpsp_diperiksa": _("Anak diperiksa KPSP tahun ini"),
            "kpsp_2x": _("Anak diperiksa KPSP dua kali tahun ini"),
            "penyimpangan": _("Anak dengan penyimpangan, atau dua kali meragukan"),
            "penyimpangan_dirujuk": _("Anak dengan penyimpangan yang dirujuk"),
            "dengar_diperiksa": _("Anak diperiksa daya dengarnya"),
            "dengar_curiga": _("Anak dicurigai gangguan dengar"),
            "lihat_diperiksa": _("Anak diperiksa daya lihatnya"),
            "lihat_curiga": _("Anak dicurigai gangguan lihat"),
            "perilaku_diperiksa": _("Anak diperiksa perilaku dan emosinya"),
            "perilaku_curiga": _("Anak dengan kemungkinan masalah perilaku"),
            "ckg_balita": _("Balita dan anak prasekolah selesai CKG"),
        },
        breakdown=Breakdown.SEX,
    ),
)

screened = partial(
    Indicator,
    cluster="K2",
    stage="balita",
    source=SDIDTK,
    certain=False,
)
INDICATORS: tuple[Indicator, ...] = (
    screened(
        "AN38",
        _("Skrining perkembangan (SDIDTK/KPSP)"),
        numerator="kpsp_diperiksa",
        denominator="S_BALITA + S_APRAS",
        aggregation=Aggregation.PERSONS,
        definition=_(
            "Anak 0–72 bulan yang tahun ini sudah diperiksa dengan KPSP sampai ada hasilnya, "
            "dibagi balita dan anak prasekolah."
        ),
        why=_("Keterlambatan yang dikenali dini masih dapat dikejar dengan stimulasi."),
        misread=_(
            "Setiap anak dihitung sekali setahun. Anak di bawah 24 bulan seharusnya diperiksa "
            "tiap 3 bulan, sesudahnya tiap 6 bulan; itu tidak terlihat di sini."
        ),
    ),
    screened(
        "AN39",
        _("Penyimpangan perkembangan dirujuk"),
        numerator="penyimpangan_dirujuk",
        denominator="penyimpangan",
        aggregation=Aggregation.RATIO,
        definition=_(
            "Anak dengan hasil KPSP penyimpangan, atau meragukan pada pemeriksaan ulang, yang "
            "dirujuk, dibagi semua anak dengan hasil itu."
        ),
        why=_("Penemuan tanpa rujukan tidak menolong anaknya."),
        misread=_("Hasil meragukan yang belum diulang dua minggu kemudian belum dihitung."),
        goals=by_custom(100),
    ),
)

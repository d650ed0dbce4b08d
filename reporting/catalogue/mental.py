"""Mental health: depression, people with severe mental disorder (ODGJ), violence, work."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.language import LONG_AGO, Aggregation, Breakdown, Element, Goal, Indicator
from reporting.catalogue.shorthand import (
    SPM,
    USUAL,
    attendance,
    by_custom,
    by_law,
    reached,
    standing,
    typed,
)

PROGRAMME = "mental"
RENSTRA = "Renstra Kemenkes 2025–2029"
ELEMENTS: tuple[Element, ...] = (
    *attendance(PROGRAMME),
    *reached(
        PROGRAMME,
        {
            "odgj_dilayani": _("ODGJ berat dilayani sesuai standar SPM 10"),
            "jiwa_diskrining": _("Orang dinilai dengan SRQ-20 pada layanan jiwa"),
            "jiwa_positif": _("Orang dengan SRQ-20 positif, atau nomor 17 ya"),
            "depresi": _("Orang dengan depresi"),
            "depresi_dilayani": _("Orang dengan depresi yang ditangani"),
        },
        breakdown=Breakdown.SEX,
    ),
    *standing(
        PROGRAMME,
        {
            "odgj_terdaftar": _("ODGJ berat dalam perawatan (12 bulan terakhir)"),
            "odgj_pasung": _("ODGJ berat yang dipasung menurut kunjungan terakhir"),
        },
        breakdown=Breakdown.SEX,
    ),
    *typed(
        PROGRAMME,
        {
            "ktpa_ditemukan": _("Korban kekerasan (KTPA) ditemukan"),
            "ktpa_dilayani": _("Korban kekerasan (KTPA) dilayani"),
        },
    ),
)

of_mental = partial(Indicator, cluster="K3", stage="produktif", certain=True)
severe = partial(
    of_mental,
    numerator="odgj_dilayani",
    denominator="S_ODGJB",
    aggregation=Aggregation.PERSONS,
    definition=_(
        "ODGJ berat yang tahun ini diperiksa status mentalnya, diwawancarai, diberi edukasi, dan "
        "diberi obat atau dirujuk, dibagi perkiraan ODGJ berat."
    ),
    why=_("Dengan obat dan pendampingan mereka dapat hidup di tengah keluarga."),
    misread=_("Kunjungan tanpa obat atau rujukan belum memenuhi standar."),
)
INDICATORS: tuple[Indicator, ...] = (
    of_mental(
        "DW17",
        _("Depresi dilayani"),
        numerator="depresi_dilayani",
        denominator="depresi",
        aggregation=Aggregation.RATIO,
        definition=_("Orang dengan depresi yang ditangani, dibagi orang dengan depresi."),
        why=_("Depresi dapat diobati di Puskesmas."),
        misread=_("Pembaginya yang ditemukan, bukan perkiraan penderita depresi di penduduk."),
        source=RENSTRA,
    ),
    severe("DW18", _("ODGJ berat dilayani"), source=RENSTRA, goals=by_custom(100), certain=False),
    severe("SPM10", _("SPM 10: pelayanan ODGJ berat"), source=SPM, goals=by_law(), spm=10),
    of_mental(
        "DW19",
        _("ODGJ berat yang dipasung"),
        numerator="odgj_pasung",
        denominator="odgj_terdaftar",
        aggregation=Aggregation.STATE,
        higher_is_better=False,
        definition=_(
            "ODGJ berat yang menurut kunjungan terakhir masih dipasung, dibagi ODGJ berat yang "
            "berkunjung atau dikunjungi dalam 12 bulan."
        ),
        why=_("Tidak seorang pun boleh dipasung; setiap kasus perlu dibebaskan dan diobati."),
        misread=_("Kasus yang tidak dikunjungi tidak terlihat di sini."),
        source=RENSTRA,
        goals=(Goal(0, RENSTRA, since=LONG_AGO),),
    ),
    of_mental(
        "DW22",
        _("Korban kekerasan dilayani"),
        numerator="ktpa_dilayani",
        denominator="ktpa_ditemukan",
        aggregation=Aggregation.RATIO,
        definition=_("Korban kekerasan (KTPA) yang dilayani, dibagi korban yang ditemukan."),
        why=_("Korban memerlukan pelayanan medis dan perlindungan segera."),
        misread=_("Diisi pada laporan bulanan tanpa nama korban."),
        source=USUAL,
        goals=by_custom(100),
        certain=False,
    ),
)

"""The elderly: screening, independence, and what the simple screening (SKILAS) finds."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.cutoffs import KARTU_LANSIA
from ilp.core.languages import filled
from reporting.catalogue.language import Aggregation, Breakdown, Element, Indicator, Kind
from reporting.catalogue.shorthand import (
    SPM,
    attendance,
    by_custom,
    by_law,
    reached,
    standing,
    typed,
)

PROGRAMME = "elderly"
RENSTRA = "Renstra Kemenkes 2025–2029"
ELEMENTS: tuple[Element, ...] = (
    *attendance(PROGRAMME),
    *reached(
        PROGRAMME,
        {
            "skrining_lansia": _("Lansia diskrining lengkap"),
            "skilas_diperiksa": _("Lansia dengan SKILAS lengkap"),
            "skilas_masalah": _("Lansia dengan SKILAS bermasalah"),
            "skilas_kognitif": _("SKILAS: penurunan kognitif"),
            "skilas_mobilisasi": _("SKILAS: keterbatasan mobilisasi"),
            "skilas_malnutrisi": _("SKILAS: malnutrisi"),
            "skilas_penglihatan": _("SKILAS: gangguan penglihatan"),
            "skilas_pendengaran": _("SKILAS: gangguan pendengaran"),
            "skilas_depresi": _("SKILAS: gejala depresi"),
            "lansia_bergantung": _("Lansia dengan ketergantungan sedang, berat, atau total"),
            "lansia_pjp": _("Lansia bergantung yang dirawat di rumah (PJP)"),
            "ckg_lansia": _("Lansia selesai CKG"),
            "lansia_ckg_temuan": _("Lansia dengan temuan CKG"),
            "lansia_ckg_lanjut": _("Lansia dengan temuan CKG yang dirujuk"),
        },
        breakdown=Breakdown.SEX,
    ),
    *standing(
        PROGRAMME,
        {
            "lansia_aks": _("Lansia dengan AKS tahun ini"),
            "lansia_mandiri": _("Lansia mandiri menurut AKS terakhir"),
        },
        breakdown=Breakdown.SEX,
    ),
    *typed(
        PROGRAMME,
        {
            "santun_ya": _("Puskesmas santun lansia"),
            "santun_belum": _("Puskesmas belum santun lansia"),
        },
        kind=Kind.STOCK,
    ),
)

of_elderly = partial(Indicator, cluster="K3", stage="lansia", certain=False)
screened = partial(
    of_elderly,
    numerator="skrining_lansia",
    denominator="S_LANSIA",
    aggregation=Aggregation.PERSONS,
    definition=_(
        "Orang 60 tahun ke atas yang tahun ini sudah diperiksa tekanan darah, gula darah, "
        "kolesterol, AKS, kognitif, dan kesehatan jiwanya, dibagi sasaran lansia."
    ),
    why=_("Penurunan kemampuan yang diketahui dini dapat diperlambat."),
    misread=_("Lansia yang datang tetapi belum lengkap diperiksa belum dihitung."),
    source=SPM,
)


def _problem(code: str, label: Text, element: str, what: Text) -> Indicator:
    return of_elderly(
        code,
        label,
        numerator=element,
        denominator="skilas_diperiksa",
        aggregation=Aggregation.RATIO,
        higher_is_better=False,
        definition=filled(
            _("Lansia dengan %s, dibagi lansia yang SKILAS-nya lengkap tahun ini."), what
        ),
        why=_("Setiap jawaban ya pada SKILAS perlu diperiksa lanjut dan dirujuk."),
        misread=_("SKILAS menyaring, bukan mendiagnosis; hasil pada yang diperiksa saja."),
        source=KARTU_LANSIA,
        certain=True,
    )


INDICATORS: tuple[Indicator, ...] = (
    screened("LA01", _("Skrining lansia"), goals=by_custom(100)),
    screened("SPM07", _("SPM 7: pelayanan usia lanjut"), goals=by_law(), spm=7),
    of_elderly(
        "LA02",
        _("Lansia mandiri"),
        numerator="lansia_mandiri",
        denominator="lansia_aks",
        aggregation=Aggregation.STATE,
        definition=_(
            "Lansia yang AKS terakhirnya tahun ini 20 (kemandirian A), dibagi lansia dengan AKS."
        ),
        why=_("Kemandirian adalah tujuan pelayanan lansia."),
        misread=_("Ada daerah yang juga menghitung ketergantungan ringan sebagai mandiri."),
        source=RENSTRA,
        goals=by_custom(95),
    ),
    of_elderly(
        "LA03",
        _("Lansia bergantung mendapat PJP"),
        numerator="lansia_pjp",
        denominator="lansia_bergantung",
        aggregation=Aggregation.RATIO,
        definition=_(
            "Lansia dengan ketergantungan sedang, berat, atau total yang dirawat di rumah, dibagi "
            "lansia dengan ketergantungan itu."
        ),
        why=_("Mereka tidak dapat datang, jadi pelayanannya yang datang."),
        misread=_("Lansia yang belum dinilai AKS-nya tidak masuk pembagi."),
        source=RENSTRA,
        certain=True,
    ),
    _problem("LA04", _("SKILAS bermasalah"), "skilas_masalah", _("satu masalah SKILAS atau lebih")),
    _problem("LA04A", _("SKILAS: kognitif"), "skilas_kognitif", _("penurunan kognitif")),
    _problem("LA04B", _("SKILAS: mobilisasi"), "skilas_mobilisasi", _("keterbatasan mobilisasi")),
    _problem("LA04C", _("SKILAS: malnutrisi"), "skilas_malnutrisi", _("malnutrisi")),
    _problem("LA04D", _("SKILAS: penglihatan"), "skilas_penglihatan", _("gangguan penglihatan")),
    _problem("LA04E", _("SKILAS: pendengaran"), "skilas_pendengaran", _("gangguan pendengaran")),
    _problem("LA04F", _("SKILAS: depresi"), "skilas_depresi", _("gejala depresi")),
    of_elderly(
        "LA07",
        _("Puskesmas santun lansia"),
        numerator="santun_ya",
        denominator="santun_ya + santun_belum",
        aggregation=Aggregation.STATE,
        definition=_("Puskesmas yang memenuhi syarat santun lansia, dibagi yang melapor."),
        why=_("Lansia kembali bila pelayanannya mudah bagi mereka."),
        misread=_("Puskesmas yang tidak melapor tidak masuk pembagi."),
        source=RENSTRA,
        certain=True,
    ),
)

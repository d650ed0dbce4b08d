"""Hypertension and diabetes: who is in care, served to standard, treated and under control."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from ilp.core.languages import filled
from reporting.catalogue.language import Aggregation, Breakdown, Element, Goal, Indicator
from reporting.catalogue.shorthand import SPM, attendance, by_custom, by_law, reached, standing

PROGRAMME = "chronic"
ELEMENTS: tuple[Element, ...] = (
    *attendance(PROGRAMME),
    *reached(
        PROGRAMME,
        {
            "ht_baru": _("Penderita hipertensi yang baru tercatat"),
            "dm_baru": _("Penderita diabetes yang baru tercatat"),
            "ht_bulan": _("Penderita hipertensi dilayani sesuai standar bulan ini"),
            "dm_bulan": _("Penderita diabetes dilayani sesuai standar bulan ini"),
        },
        breakdown=Breakdown.SEX,
    ),
    *standing(
        PROGRAMME,
        {
            "ht_terdaftar": _("Penderita hipertensi dalam perawatan (12 bulan terakhir)"),
            "ht_diobati": _("Penderita hipertensi mendapat obat (3 bulan terakhir)"),
            "ht_terkendali": _("Penderita hipertensi terkendali (3 bulan terakhir)"),
            "ht_standar": _("Penderita hipertensi dilayani sesuai standar setiap bulan"),
            "dm_terdaftar": _("Penderita diabetes dalam perawatan (12 bulan terakhir)"),
            "dm_diobati": _("Penderita diabetes mendapat obat (3 bulan terakhir)"),
            "dm_terkendali": _("Penderita diabetes terkendali (3 bulan terakhir)"),
            "dm_standar": _("Penderita diabetes dilayani sesuai standar setiap bulan"),
        },
        breakdown=Breakdown.SEX,
    ),
)
HEARTS = "WHO HEARTS; perlu dipastikan"

of_cohort = partial(
    Indicator, cluster="K3", stage="produktif", aggregation=Aggregation.STATE, certain=False
)
STANDARD = {
    "ht": _(
        "Penderita hipertensi 15 tahun ke atas yang setiap bulan sejak Januari, atau sejak "
        "tercatat, diukur tekanan darahnya, diberi edukasi, ditanya kepatuhannya, dan diberi obat "
        "atau dirujuk, dibagi perkiraan penderita."
    ),
    "dm": _(
        "Penderita diabetes 15 tahun ke atas yang setiap bulan sejak Januari, atau sejak tercatat, "
        "diperiksa gula darahnya, diberi edukasi, ditanya kepatuhannya, dan diberi obat atau "
        "dirujuk, dibagi perkiraan penderita."
    ),
}


def _standard(
    code: str, label: Text, ill: str, goals: tuple[Goal, ...], spm: int | None = None
) -> Indicator:
    return of_cohort(
        code,
        label,
        numerator=f"{ill}_standar",
        denominator=f"S_{ill.upper()}",
        definition=STANDARD[ill],
        why=_("Pengobatan yang terputus tidak mencegah stroke dan gagal ginjal."),
        misread=_(
            "Keadaan bulan ini: satu bulan tanpa pelayanan lengkap mengeluarkan orangnya sampai "
            "akhir tahun, jadi angkanya dapat turun. Bulan Desember adalah capaian setahun."
        ),
        source=SPM,
        goals=goals,
        spm=spm,
    )


def _monthly(code: str, label: Text, ill: str, what: Text) -> Indicator:
    return of_cohort(
        code,
        label,
        numerator=f"{ill}_bulan",
        denominator=f"S_{ill.upper()}",
        aggregation=Aggregation.MONTHLY,
        definition=filled(
            _("Penderita %s yang bulan ini dilayani lengkap, dibagi perkiraan penderita."), what
        ),
        why=_("Memperlihatkan jangkauan bulan ini tanpa menunggu setahun."),
        misread=_("Orang yang terlewat bulan lalu tetap dihitung bulan ini."),
        source=SPM,
    )


def _controlled(code: str, label: Text, ill: str, what: Text, goals: tuple[Goal, ...]) -> Indicator:
    return of_cohort(
        code,
        label,
        numerator=f"{ill}_terkendali",
        denominator=f"{ill}_terdaftar",
        definition=what,
        why=_("Tujuan pengobatan adalah terkendali, bukan sekadar berkunjung."),
        misread=_(
            "Yang tidak diperiksa dalam 3 bulan dihitung tidak terkendali; yang tidak datang 12 "
            "bulan keluar dari pembagi."
        ),
        source=HEARTS,
        goals=goals,
    )


def _cascade(
    code: str, label: Text, top: str, bottom: str, what: Text, way: Aggregation
) -> Indicator:
    return of_cohort(
        code,
        label,
        numerator=top,
        denominator=bottom,
        aggregation=way,
        definition=what,
        why=_("Menunjukkan pada langkah mana penderita hilang: temuan, pasti, obat, terkendali."),
        misread=_("Kedua sisi tidak selalu orang yang sama, jadi dapat melebihi 100 %."),
        source="Dasbor CKG: rangkaian temuan sampai terkendali",
        certain=True,
    )


FOUND = _("Penderita yang tahun ini baru tercatat, dibagi orang dengan hasil skrining tinggi.")
TREATED = _("Penderita yang mendapat obat dalam 3 bulan, dibagi penderita dalam perawatan.")
CONTROLLED = _("Penderita terkendali dalam 3 bulan, dibagi penderita yang mendapat obat.")
RATIO, STATE = Aggregation.RATIO, Aggregation.STATE
INDICATORS: tuple[Indicator, ...] = (
    _standard("DW02", _("Hipertensi dilayani sesuai standar"), "ht", by_custom(100)),
    _standard("SPM08", _("SPM 8: pelayanan penderita hipertensi"), "ht", by_law(), spm=8),
    _monthly("DW02B", _("Hipertensi dilayani bulan ini"), "ht", _("hipertensi")),
    _controlled(
        "DW03",
        _("Hipertensi terkendali"),
        "ht",
        _(
            "Penderita hipertensi yang tekanan darah terakhirnya dalam 3 bulan di bawah 140/90, "
            "dibagi penderita yang berkunjung dalam 12 bulan."
        ),
        by_custom(63),
    ),
    _standard("DW04", _("Diabetes dilayani sesuai standar"), "dm", by_custom(100)),
    _standard("SPM09", _("SPM 9: pelayanan penderita diabetes"), "dm", by_law(), spm=9),
    _monthly("DW04B", _("Diabetes dilayani bulan ini"), "dm", _("diabetes")),
    _controlled(
        "DW05",
        _("Diabetes terkendali"),
        "dm",
        _(
            "Penderita diabetes yang pemeriksaan terakhirnya dalam 3 bulan HbA1c di bawah 7 %, "
            "gula puasa 80–130, atau sewaktu di bawah 200 mg/dL, dibagi yang berkunjung dalam 12 "
            "bulan."
        ),
        (),
    ),
    _cascade("CK08A", _("Hipertensi: dari temuan ke pasti"), "ht_baru", "td_tinggi", FOUND, RATIO),
    _cascade("CK08B", _("Hipertensi: diobati"), "ht_diobati", "ht_terdaftar", TREATED, STATE),
    _cascade(
        "CK08C",
        _("Hipertensi: terkendali di antara yang diobati"),
        "ht_terkendali",
        "ht_diobati",
        CONTROLLED,
        STATE,
    ),
    _cascade("CK08D", _("Diabetes: dari temuan ke pasti"), "dm_baru", "gds_tinggi", FOUND, RATIO),
    _cascade("CK08E", _("Diabetes: diobati"), "dm_diobati", "dm_terdaftar", TREATED, STATE),
    _cascade(
        "CK08F",
        _("Diabetes: terkendali di antara yang diobati"),
        "dm_terkendali",
        "dm_diobati",
        CONTROLLED,
        STATE,
    ),
)

"""The free health check (CKG) of all ages, work health, and quitting smoking."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from reporting.catalogue.language import Aggregation, Breakdown, Element, Goal, Indicator, Kind
from reporting.catalogue.shorthand import USUAL, by_custom, reached, typed

RENSTRA = "Renstra Kemenkes 2025–2029"
ELEMENTS: tuple[Element, ...] = (
    *reached(
        "adult",
        {
            "ckg_dewasa": _("Dewasa 18–59 tahun selesai CKG"),
            "ckg_temuan": _("Dewasa dengan temuan CKG"),
            "ckg_lanjut": _("Dewasa dengan temuan CKG yang dirujuk"),
        },
        breakdown=Breakdown.SEX,
    ),
    *typed("development", {"ckg_bbl": _("Bayi baru lahir selesai CKG")}),
    *typed(
        "adult",
        {
            "ubm_ya": _("Puskesmas dengan layanan upaya berhenti merokok"),
            "ubm_belum": _("Puskesmas tanpa layanan upaya berhenti merokok"),
            "pekerja": _("Pekerja di wilayah kerja"),
        },
        kind=Kind.STOCK,
    ),
    *typed("adult", {"pekerja_dilayani": _("Pekerja dilayani bulan ini")}),
)


def _finished(
    code: str,
    label: Text,
    who: str,
    people: str,
    stage: str,
    goals: tuple[Goal, ...] = (),
    cluster: str = "K2",
) -> Indicator:
    return Indicator(
        code,
        label,
        cluster=cluster,
        stage=stage,
        numerator=who,
        denominator=people,
        aggregation=Aggregation.PERSONS,
        definition=_(
            "Orang yang tahun ini pertama kali menyelesaikan cek kesehatan gratis, dibagi sasaran "
            "kelompoknya."
        ),
        why=_("Masalah kesehatan ditemukan sebelum dirasakan."),
        misread=_(
            "Hanya CKG yang selesai dilayani; pendaftaran saja belum dihitung. Yang berpindah "
            "kelompok umur di tengah tahun dapat terhitung dua kali."
        ),
        source=RENSTRA,
        goals=goals,
        certain=not goals,
    )


EVERYONE = "ckg_bbl + ckg_balita + ckg_sekolah + ckg_dewasa + ckg_lansia"
of_adults = partial(Indicator, cluster="K3", stage="produktif", certain=False)
INDICATORS: tuple[Indicator, ...] = (
    _finished("CK01", _("CKG semua umur"), EVERYONE, "S_PDD", "produktif", by_custom(80), "K3"),
    _finished("CK02", _("CKG bayi baru lahir"), "ckg_bbl", "S_LH", "bayi"),
    _finished("CK03", _("CKG balita dan prasekolah"), "ckg_balita", "S_ANBAL + S_APRAS", "balita"),
    _finished("CK04", _("CKG anak sekolah dan remaja"), "ckg_sekolah", "S_SISWA", "remaja"),
    _finished("CK05", _("CKG dewasa"), "ckg_dewasa", "S_DEWASA", "produktif", cluster="K3"),
    _finished("CK06", _("CKG lansia"), "ckg_lansia", "S_LANSIA", "lansia", cluster="K3"),
    of_adults(
        "CK07",
        _("Temuan CKG ditindaklanjuti"),
        numerator="siswa_ckg_lanjut + ckg_lanjut + lansia_ckg_lanjut",
        denominator="siswa_ckg_temuan + ckg_temuan + lansia_ckg_temuan",
        aggregation=Aggregation.RATIO,
        definition=_(
            "Anak sekolah, dewasa, dan lansia dengan temuan CKG yang dirujuk atau ditindaklanjuti, "
            "dibagi semua yang punya temuan."
        ),
        why=_("Pemeriksaan tanpa tindak lanjut tidak memperbaiki kesehatan."),
        misread=_("Kunjungan pengobatan yang dicatat pada layanan lain belum terhubung ke sini."),
        source="Dasbor CKG: tindak lanjut",
        certain=True,
    ),
    of_adults(
        "DW20",
        _("Puskesmas dengan layanan berhenti merokok"),
        numerator="ubm_ya",
        denominator="ubm_ya + ubm_belum",
        aggregation=Aggregation.STATE,
        definition=_("Puskesmas dengan layanan upaya berhenti merokok, dibagi yang melapor."),
        why=_("Perokok yang ingin berhenti perlu pendampingan."),
        misread=_("Puskesmas yang tidak melapor tidak masuk pembagi."),
        source=USUAL,
    ),
    of_adults(
        "DW21",
        _("Pekerja dilayani kesehatan kerja"),
        numerator="pekerja_dilayani",
        denominator="pekerja",
        aggregation=Aggregation.MONTHLY,
        definition=_("Pekerja yang bulan ini dilayani, dibagi pekerja di wilayah kerja."),
        why=_("Banyak orang dewasa hanya terjangkau di tempat kerjanya."),
        misread=_("Menghitung pelayanan bulan ini, bukan orang berbeda selama setahun."),
        source=RENSTRA,
        certain=True,
    ),
)

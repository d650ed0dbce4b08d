"""Outpatient care, home visits, births and deaths: what is counted, and indicators of it."""

from __future__ import annotations

from functools import partial

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from reporting.catalogue.language import (
    Aggregation,
    Axis,
    Breakdown,
    Element,
    Goal,
    Indicator,
    Summed,
    Visits,
)
from reporting.catalogue.shorthand import USUAL, attendance, by_custom, reached

CHILD = Q(age_months__lt=60)
NEW = Q(case_kind="baru")
BEATEN = Q(diarrhoea=True)


def _served(code: str, label: Text, when: Q) -> Element:
    return Element(code, label, "outpatient", Visits("outpatient", when), axis=Axis.SERVICE)


def _home(code: str, label: Text, when: Q) -> Element:
    return Element(code, label, "outpatient", Visits("outpatient", when))


OUTPATIENT: tuple[Element, ...] = (
    *attendance("outpatient"),
    _home("diare_balita", _("Diare balita, kasus baru"), CHILD & NEW & BEATEN),
    _home("diare_balita_kunjungan", _("Kunjungan diare balita"), CHILD & BEATEN),
    _home(
        "diare_oralit_zink",
        _("Kunjungan diare balita dengan oralit dan zink"),
        CHILD & BEATEN & Q(ors=True, zinc=True),
    ),
    _home("pneumonia_balita", _("Pneumonia balita, kasus baru"), CHILD & NEW & Q(pneumonia=True)),
    _home(
        "ispa_balita",
        _("Kunjungan ISPA dan pneumonia balita"),
        CHILD & (Q(pneumonia=True) | Q(cough_cold=True)),
    ),
    _home(
        "ispa_balita_standar",
        _("Kunjungan ISPA dan pneumonia balita: napas dihitung, tata laksana standar"),
        CHILD & (Q(pneumonia=True) | Q(cough_cold=True)) & Q(breaths__isnull=False, standard=True),
    ),
    _served("rj_baru", _("Kunjungan rawat jalan kasus baru"), NEW),
    _served("rj_jkn", _("Kunjungan rawat jalan peserta JKN"), Q(payer="jkn")),
    _served("rj_dirujuk", _("Kunjungan rawat jalan dirujuk"), Q(referred=True)),
    _served(
        "ispa_antibiotik_dicatat",
        _("ISPA bukan pneumonia dengan catatan antibiotik"),
        Q(cough_cold=True, antibiotic__isnull=False),
    ),
    _served(
        "ispa_antibiotik",
        _("ISPA bukan pneumonia diberi antibiotik"),
        Q(cough_cold=True, antibiotic=True),
    ),
    _served(
        "diare_antibiotik_dicatat",
        _("Diare dengan catatan antibiotik"),
        BEATEN & Q(antibiotic__isnull=False),
    ),
    _served("diare_antibiotik", _("Diare diberi antibiotik"), BEATEN & Q(antibiotic=True)),
    Element(
        "gigi_ditumpat",
        _("Gigi tetap ditumpat"),
        "outpatient",
        Summed("outpatient", "teeth_filled"),
        axis=Axis.SERVICE,
    ),
    Element(
        "gigi_dicabut",
        _("Gigi tetap dicabut"),
        "outpatient",
        Summed("outpatient", "teeth_pulled"),
        axis=Axis.SERVICE,
    ),
)
VISITED: tuple[Element, ...] = (
    *attendance("home_visit"),
    *reached(
        "home_visit",
        {
            "kk_dikunjungi": _("Keluarga dikunjungi pertama kali tahun ini"),
            "phbs_disurvei": _("Rumah tangga dinilai PHBS tahun ini"),
            "phbs_terpenuhi": _("Rumah tangga memenuhi 10 indikator PHBS tahun ini"),
        },
    ),
    Element(
        "temuan",
        _("Temuan kunjungan rumah"),
        "home_visit",
        Visits("home_visit", Q(has_finding=True)),
    ),
    Element(
        "temuan_selesai",
        _("Temuan ditindaklanjuti tepat waktu"),
        "home_visit",
        Visits("home_visit", Q(closed_in_time=True)),
    ),
    Element(
        "jentik_diperiksa",
        _("Rumah diperiksa jentik"),
        "home_visit",
        Visits("home_visit", Q(larvae__isnull=False)),
    ),
    Element(
        "jentik_bebas", _("Rumah bebas jentik"), "home_visit", Visits("home_visit", Q(larvae=False))
    ),
)
VITAL: tuple[Element, ...] = (
    *attendance("vital"),
    *reached("vital", {"kelahiran_hidup": _("Lahir hidup")}, breakdown=Breakdown.SEX),
    Element("lahir_mati", _("Bayi lahir mati"), "vital", Summed("vital", "stillborn")),
    *reached("vital", {"kematian_ibu": _("Kematian ibu")}),
    *reached(
        "vital",
        {
            "kematian_neonatal": _("Kematian neonatal, 0–28 hari"),
            "kematian_postneonatal": _("Kematian 29 hari–11 bulan"),
            "kematian_anak_balita": _("Kematian 12–59 bulan"),
            "kematian_lain": _("Kematian lain"),
        },
        breakdown=Breakdown.SEX,
    ),
)
ELEMENTS: tuple[Element, ...] = (*OUTPATIENT, *VISITED, *VITAL)

death = partial(
    Indicator,
    cluster="K1",
    stage="bayi",
    denominator="",
    aggregation=Aggregation.CUMULATIVE,
    unit="n",
    per=1,
    higher_is_better=False,
    goals=(Goal(0, "Tidak satu kematian pun yang dapat dicegah"),),
    why=_("Setiap kematian dikaji agar yang berikutnya dapat dicegah."),
    misread=_("Jumlah kematian, bukan angka per 1.000 kelahiran: wilayah kecil mudah berubah."),
    source="Permenkes 21/2021; definisi WHO",
)
DEATHS: tuple[Indicator, ...] = (
    death(
        "IB32",
        _("Jumlah kematian ibu"),
        stage="bumil",
        also=("K2",),
        numerator="kematian_ibu",
        definition=_(
            "Perempuan yang meninggal saat hamil, bersalin, atau sampai 42 hari sesudahnya, bukan "
            "karena kecelakaan, sejak Januari."
        ),
        misread=_("Bukan AKI: angka per 100.000 kelahiran hanya untuk kabupaten ke atas."),
    ),
    death(
        "AN08",
        _("Jumlah kematian neonatal"),
        also=("K2",),
        numerator="kematian_neonatal",
        definition=_("Bayi lahir hidup yang meninggal pada umur 0–28 hari, sejak Januari."),
    ),
    death(
        "AN09",
        _("Jumlah kematian post-neonatal"),
        also=("K2",),
        numerator="kematian_postneonatal",
        definition=_("Bayi yang meninggal pada umur 29 hari–11 bulan, sejak Januari."),
    ),
    death(
        "AN10",
        _("Jumlah kematian bayi"),
        also=("K2",),
        numerator="kematian_neonatal + kematian_postneonatal",
        definition=_("Bayi yang meninggal sebelum berumur 12 bulan, sejak Januari."),
    ),
    death(
        "AN11",
        _("Jumlah kematian balita"),
        stage="balita",
        also=("K2",),
        numerator="kematian_neonatal + kematian_postneonatal + kematian_anak_balita",
        definition=_("Anak yang meninggal sebelum berumur 60 bulan, sejak Januari."),
    ),
)
from_visits = partial(
    Indicator,
    cluster="K4",
    stage="balita",
    aggregation=Aggregation.RATIO,
    source=USUAL,
    certain=False,
)
MONTHLY = Aggregation.MONTHLY
CHILDREN: tuple[Indicator, ...] = (
    from_visits(
        "DI01",
        _("Diare balita dilayani"),
        numerator="diare_balita",
        denominator="S_DIARE",
        aggregation=Aggregation.CUMULATIVE,
        definition=_("Kasus baru diare pada balita sejak Januari, dibagi perkiraan kasus."),
        why=_("Diare masih membunuh balita yang terlambat ditolong."),
        misread=_("Angka naik dapat berarti lebih banyak yang berobat, bukan lebih banyak sakit."),
        goals=by_custom(100),
    ),
    from_visits(
        "DI02",
        _("Diare balita diberi oralit dan zink"),
        numerator="diare_oralit_zink",
        denominator="diare_balita_kunjungan",
        definition=_("Kunjungan diare balita yang mendapat oralit dan zink, dibagi semuanya."),
        why=_("Oralit mencegah kematian, zink memperpendek sakit dan mencegah ulangan."),
        misread=_("Salah satu saja belum dihitung."),
        source="Permenkes 31/2019; MTBS",
        goals=by_custom(100),
    ),
    from_visits(
        "PN01",
        _("Penemuan pneumonia balita"),
        numerator="pneumonia_balita",
        denominator="S_PNEU",
        aggregation=Aggregation.CUMULATIVE,
        definition=_("Kasus baru pneumonia balita sejak Januari, dibagi perkiraan kasus."),
        why=_("Pneumonia yang ditemukan dini dapat disembuhkan di Puskesmas."),
        misread=_("Rendah biasanya berarti napas tidak dihitung, bukan tidak ada pneumonia."),
        goals=by_custom(60),
    ),
    from_visits(
        "PN02",
        _("Tata laksana standar ISPA balita"),
        numerator="ispa_balita_standar",
        denominator="ispa_balita",
        definition=_(
            "Kunjungan ISPA dan pneumonia balita yang napasnya dihitung dan ditata laksana "
            "menurut standar, dibagi semuanya."
        ),
        why=_("Hitung napas membedakan pneumonia dari batuk pilek biasa."),
        misread=_("Obat yang tepat tanpa hitung napas belum dihitung."),
        goals=by_custom(60),
    ),
    from_visits(
        "DB03",
        _("Angka bebas jentik"),
        stage="produktif",
        numerator="jentik_bebas",
        denominator="jentik_diperiksa",
        aggregation=MONTHLY,
        definition=_("Rumah tanpa jentik, dibagi rumah yang diperiksa bulan ini."),
        why=_("Tanpa jentik tidak ada nyamuk penular demam berdarah."),
        misread=_("Rumah yang tidak dapat dimasuki tidak termasuk yang diperiksa."),
        goals=by_custom(95),
    ),
)

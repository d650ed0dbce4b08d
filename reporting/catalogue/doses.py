"""Doses that come late or never, women's tetanus protection, infants' contacts and feeding."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from clusters.milestones_doses import CAUGHT_UP, KOHORT, RENSTRA, T5, late_code
from clusters.services.immunisation import SCHEDULE
from ilp.core.languages import filled
from reporting.catalogue.language import Aggregation, Breakdown, Element, Indicator
from reporting.catalogue.shorthand import by_custom, reached

LATE = {late_code(a): filled(_("%s sesudah batas umurnya"), a.label) for a in CAUGHT_UP}
ELEMENTS: tuple[Element, ...] = (
    *reached(
        "immunisation",
        {"hb0_7hari": _("HB0 sampai 7 hari setelah lahir")},
        breakdown=Breakdown.SEX,
    ),
    *reached("immunisation", LATE),
    *reached(
        "growth",
        {
            "bayi_lengkap": _("Bayi dikunjungi pada keempat kurun umurnya"),
            "bayi_6bulan": _("Bayi umur 6 bulan ditanya ASI"),
            "asi_6bulan": _("Bayi umur 6 bulan dengan ASI eksklusif"),
            "dpt_nol": _("Anak umur 12 bulan ke atas tanpa DPT-HB-Hib 1"),
        },
        breakdown=Breakdown.SEX,
    ),
    *reached("premarital", {"td5_catin": _("Calon pengantin perempuan berstatus T5")}),
    *reached("antenatal", {"td5_bumil": _("Ibu hamil berstatus T5")}),
)

infant = partial(
    Indicator,
    cluster="K2",
    stage="bayi",
    aggregation=Aggregation.CUMULATIVE,
    source=SCHEDULE,
    certain=False,
)
INDICATORS: tuple[Indicator, ...] = (
    infant(
        "IM02",
        _("HB0 umur 1–7 hari"),
        numerator="hb0_7hari - hb0_24jam",
        denominator="S_LH",
        higher_is_better=None,
        definition=_(
            "Bayi yang mendapat HB0 pertamanya sesudah 24 jam sampai umur 7 hari, dibagi sasaran "
            "lahir hidup."
        ),
        why=_("Memperlihatkan bayi yang terlindung terlambat, misalnya yang lahir di rumah."),
        misread=_(
            "Tidak termasuk HB0 sampai 24 jam. Target HB0 95 % berlaku bagi IM01 ditambah IM02; "
            "makin banyak yang tepat waktu, makin kecil angka ini."
        ),
    ),
    infant(
        "IM27",
        _("Anak tanpa dosis (zero dose)"),
        numerator="dpt_nol",
        denominator="S_SI",
        higher_is_better=False,
        definition=_(
            "Anak yang ditimbang pada umur 12–23 bulan dan sampai hari itu belum pernah mendapat "
            "DPT-HB-Hib 1, dihitung sekali, dibagi sasaran bayi bertahan hidup."
        ),
        why=_("Menjadi daftar anak yang sama sekali belum terjangkau imunisasi rutin."),
        misread=_(
            "Anak yang tidak pernah ditimbang tidak tampak. Anak yang kemudian dikejar tetap "
            "terhitung pada bulan ia ditemukan."
        ),
        source="WHO dan Kemenkes: zero dose ialah anak yang belum mendapat DPT 1",
    ),
    infant(
        "IM34",
        _("Status Td T5 pada wanita usia subur"),
        stage="catin",
        numerator="td5_catin + td5_bumil",
        denominator="S_WUS",
        definition=_(
            "Perempuan 15–49 tahun yang tahun ini pertama kali tercatat berstatus T5, sebagai "
            "calon pengantin atau saat hamil, dibagi sasaran wanita usia subur."
        ),
        why=_("Status T5 melindungi ibu dan bayinya dari tetanus lebih dari 25 tahun."),
        misread=_(
            "Menurut status yang dicatat, sekali seumur hidup. Bukan semua perempuan berstatus T5 "
            "yang ada, melainkan yang baru tercatat tahun ini."
        ),
        source=T5,
    ),
    infant(
        "IM35",
        _("Imunisasi kejar"),
        numerator=" + ".join(LATE),
        denominator="",
        unit="n",
        per=1,
        higher_is_better=None,
        definition=_(
            "Dosis pertama yang sah tetapi diberikan sesudah batas umur tepat waktunya, semua "
            "antigen dijumlah, kecuali HB0 dan rotavirus yang tidak dikejar."
        ),
        why=_("Menunjukkan berapa dosis yang tertinggal berhasil dikejar."),
        misread=_(
            "Dosis, bukan anak: seorang anak dapat mengejar beberapa dosis. Dosis yang sama ikut "
            "pada cakupan antigennya; kurangkan bila yang dicari ketepatan waktu."
        ),
    ),
    infant(
        "AN13",
        _("Kunjungan bayi lengkap"),
        numerator="bayi_lengkap",
        denominator="S_BAYI",
        definition=_(
            "Bayi yang ditimbang atau diukur sedikitnya sekali pada umur 29 hari–2 bulan, 3–5, "
            "6–8, dan 9–11 bulan, dibagi sasaran bayi setahun."
        ),
        why=_("Empat kontak memastikan bayi dipantau sepanjang tahun pertamanya."),
        misread=_(
            "Empat kunjungan pada kurun umur yang sama bukan kunjungan lengkap; dihitung pada "
            "bulan kunjungan yang melengkapi."
        ),
        source=KOHORT,
        goals=by_custom(90),
    ),
    infant(
        "AN15",
        _("ASI eksklusif 6 bulan"),
        numerator="asi_6bulan",
        denominator="bayi_6bulan",
        aggregation=Aggregation.RATIO,
        definition=_(
            "Bayi yang pada umur 6 bulan tercatat hanya diberi ASI dan pada kunjungan sebelumnya "
            "tidak pernah tercatat diberi yang lain, dibagi bayi umur 6 bulan yang ditanya."
        ),
        why=_("ASI saja sampai 6 bulan mencegah diare, pneumonia, dan gizi buruk."),
        misread=_(
            "Berbeda dari AN14, yang menanyakan 24 jam terakhir pada bayi 0–5 bulan. Satu jawaban "
            "“tidak” sebelum 6 bulan menggugurkan."
        ),
        source=RENSTRA,
        goals=by_custom(60),
    ),
)

"""Newborns: what is counted of their first four weeks, and its coverage."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import PERMENKES_53_2014
from reporting.catalogue.language import Aggregation, Breakdown, Element, Indicator
from reporting.catalogue.shorthand import SPM, USUAL, attendance, by_custom, by_law, reached

PROGRAMME = "newborn"
ELEMENTS: tuple[Element, ...] = (
    *attendance(PROGRAMME),
    *reached(
        PROGRAMME,
        {
            "neonatus": _("Bayi baru lahir tercatat"),
            "kn1": _("Bayi dikunjungi 6–48 jam (KN1)"),
            "kn_lengkap": _("Bayi mendapat KN1, KN2, dan KN3"),
            "lahir_ditimbang": _("Bayi lahir hidup ditimbang"),
            "bblr": _("Bayi berat lahir rendah (< 2.500 gram)"),
            "lahir_prematur": _("Bayi lahir sebelum 37 minggu"),
            "imd": _("Bayi mendapat inisiasi menyusu dini"),
            "shk": _("Bayi diambil sampel SHK sampai umur 14 hari"),
            "neo_komplikasi": _("Neonatus dengan komplikasi"),
            "neo_kompl_ditangani": _("Neonatus dengan komplikasi ditangani atau dirujuk"),
            "spm3_bbl": _("Bayi baru lahir dilayani sesuai standar SPM 3"),
        },
        breakdown=Breakdown.SEX,
    ),
)

coverage = partial(
    Indicator,
    cluster="K2",
    stage="neonatus",
    denominator="S_LH",
    aggregation=Aggregation.CUMULATIVE,
    source=PERMENKES_53_2014,
    certain=False,
)
among = partial(coverage, aggregation=Aggregation.RATIO)
INDICATORS: tuple[Indicator, ...] = (
    coverage(
        "AN01",
        _("KN1"),
        numerator="kn1",
        definition=_(
            "Bayi yang dikunjungi tenaga kesehatan pada umur 6–48 jam, dibagi sasaran lahir hidup "
            "setahun."
        ),
        why=_("Sebagian besar kematian bayi terjadi pada hari-hari pertama."),
        misread=_(
            "Pelayanan saat lahir (0–6 jam) bukan KN1. Tanpa jam, kunjungan pada hari lahir tidak "
            "dihitung dan kunjungan hari ke-1 dan ke-2 dihitung."
        ),
        goals=by_custom(95),
    ),
    coverage(
        "AN02",
        _("KN lengkap"),
        numerator="kn_lengkap",
        definition=_(
            "Bayi yang mendapat KN1 (6–48 jam), KN2 (hari 3–7), dan KN3 (hari 8–28), dibagi "
            "sasaran lahir hidup setahun; dihitung pada bulan kunjungan yang melengkapi."
        ),
        why=_("Tiga kunjungan menemukan infeksi, kuning, dan kesulitan menyusu pada waktunya."),
        misread=_("Tiga kunjungan pada minggu pertama tidak menjadi KN lengkap."),
        goals=by_custom(92),
    ),
    coverage(
        "AN03",
        _("Skrining hipotiroid kongenital (SHK)"),
        numerator="shk",
        definition=_(
            "Bayi yang diambil darah tumitnya untuk SHK sampai umur 14 hari, dibagi sasaran lahir "
            "hidup setahun."
        ),
        why=_("Hipotiroid yang diobati sebelum umur satu bulan tidak merusak otak."),
        misread=_("Yang dihitung pengambilan sampel, bukan hasilnya. Waktu terbaik 48–72 jam."),
        source="Permenkes 78/2014",
        goals=by_custom(90),
    ),
    among(
        "AN04",
        _("Berat lahir rendah (BBLR)"),
        numerator="bblr",
        denominator="lahir_ditimbang",
        definition=_("Bayi lahir dengan berat di bawah 2.500 gram, dibagi bayi yang ditimbang."),
        why=_("Bayi kecil lebih sering sakit, meninggal, dan tumbuh pendek."),
        misread=_("Bayi yang tidak ditimbang tidak masuk pembagi."),
        goals=by_custom(6),
        higher_is_better=False,
    ),
    among(
        "AN05",
        _("Lahir prematur"),
        numerator="lahir_prematur",
        denominator="neonatus",
        definition=_("Bayi lahir sebelum 37 minggu, dibagi bayi baru lahir yang tercatat."),
        why=_("Kelahiran kurang bulan adalah sebab kematian bayi yang utama."),
        misread=_("Bayi yang usia kehamilannya tidak diisi ada pada pembagi saja."),
        higher_is_better=False,
    ),
    among(
        "AN06",
        _("Inisiasi menyusu dini (IMD)"),
        numerator="imd",
        denominator="neonatus",
        definition=_(
            "Bayi yang diletakkan di dada ibu dan menyusu dalam satu jam, dibagi bayi baru lahir "
            "yang tercatat."
        ),
        why=_("IMD menghangatkan bayi dan membuka jalan ASI eksklusif."),
        misread=_("Kolom IMD yang kosong dihitung belum IMD."),
        goals=by_custom(66),
    ),
    coverage(
        "AN07",
        _("Neonatus komplikasi ditangani"),
        numerator="neo_kompl_ditangani",
        denominator="S_NEOKOMP",
        definition=_(
            "Bayi 0–28 hari dengan komplikasi yang ditangani atau dirujuk, dibagi perkiraan "
            "neonatus komplikasi setahun."
        ),
        why=_("Asfiksia, infeksi, dan berat lahir rendah dapat ditolong bila ditemukan."),
        misread=_("Pembaginya perkiraan 15 % bayi, bukan komplikasi yang tercatat."),
        source=USUAL,
        goals=by_custom(80),
    ),
    coverage(
        "SPM03",
        _("SPM 3: pelayanan kesehatan bayi baru lahir"),
        numerator="spm3_bbl",
        aggregation=Aggregation.PERSONS,
        definition=_(
            "Bayi yang mendapat IMD, vitamin K1, salep mata, HB0, KN1 sampai KN3, dan, bila lahir "
            "sejak 2025, SHK, dibagi sasaran lahir hidup."
        ),
        why=_("Pelayanan wajib pemerintah daerah; target selalu 100 %."),
        misread=_("Satu pelayanan yang tidak dicatat membuat bayi belum terhitung."),
        source=SPM,
        goals=by_law(),
        spm=3,
    ),
)

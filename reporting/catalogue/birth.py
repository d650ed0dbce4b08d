"""Births and the weeks after them: what is counted for the mother, and its coverage."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import JUKNIS_KESGA_2026, PERMENKES_21_2021
from reporting.catalogue.language import Aggregation, Element, Goal, Indicator
from reporting.catalogue.mother_health import RISK, among
from reporting.catalogue.shorthand import (
    FROM_2027,
    SPM,
    attendance,
    by_custom,
    by_guideline,
    by_law,
    reached,
)

DELIVERY, POSTNATAL = "delivery", "postnatal"
ELEMENTS: tuple[Element, ...] = (
    *attendance(DELIVERY),
    *reached(
        DELIVERY,
        {
            "bersalin": _("Ibu bersalin"),
            "bersalin_faskes": _("Ibu bersalin di fasilitas kesehatan"),
            "bersalin_nakes": _("Ibu bersalin ditolong tenaga kesehatan"),
            "bersalin_sesar": _("Ibu bersalin dengan seksio sesarea"),
            "bersalin_lahir_mati": _("Persalinan dengan bayi lahir mati"),
            "bersalin_komplikasi": _("Ibu bersalin dengan komplikasi"),
            "bersalin_kompl_ditangani": _("Komplikasi persalinan ditangani sampai selesai"),
            "spm2_bulin": _("Ibu bersalin dilayani sesuai standar SPM 2"),
            "k6_bersalin": _("Ibu bersalin yang kehamilannya mencapai K6"),
            "anc_12t_bersalin": _("Ibu bersalin yang kehamilannya mencapai K6 dan 12T"),
        },
    ),
    *attendance(POSTNATAL),
    *reached(
        POSTNATAL,
        {
            "nifas": _("Ibu nifas dilayani"),
            "kf1": _("Ibu nifas dikunjungi 6 jam sampai 2 hari (KF1)"),
            "kf_lengkap": _("Ibu nifas mendapat KF1 sampai KF4"),
            "nifas_vit_a": _("Ibu nifas mendapat 2 kapsul vitamin A dalam 42 hari"),
            "kb_pasca_salin": _("Ibu nifas memakai KB dalam 42 hari"),
            "nifas_bahaya": _("Ibu nifas dengan tanda bahaya"),
            "nifas_bahaya_ditangani": _("Ibu nifas dengan tanda bahaya ditangani atau dirujuk"),
        },
    ),
)

born = partial(
    Indicator,
    cluster="K2",
    stage="bulin",
    denominator="S_BULIN",
    aggregation=Aggregation.CUMULATIVE,
    source=PERMENKES_21_2021,
    certain=False,
)
BIRTHS: tuple[Indicator, ...] = (
    RISK(
        "IB10",
        _("Komplikasi kebidanan ditangani"),
        stage="bulin",
        numerator="bersalin_kompl_ditangani",
        definition=_(
            "Ibu bersalin dengan komplikasi yang ditangani sampai selesai, dibagi perkiraan ibu "
            "hamil berisiko."
        ),
        why=_("Komplikasi yang ditangani tepat waktu mencegah kematian ibu."),
        misread=_(
            "Pembaginya perkiraan seperlima ibu hamil, bukan komplikasi yang tercatat. "
            "Komplikasi yang selesai pada masa hamil atau nifas tidak ikut dihitung."
        ),
        goals=by_custom(80),
    ),
    born(
        "IB11",
        _("Persalinan di fasilitas kesehatan"),
        numerator="bersalin_faskes",
        definition=_(
            "Ibu yang bersalin di rumah sakit, Puskesmas, klinik, praktik mandiri bidan, atau "
            "Pustu, dibagi sasaran ibu bersalin setahun."
        ),
        why=_("Perdarahan dan kejang hanya dapat ditangani bila alat dan orangnya ada."),
        misread=_("Polindes dan Poskesdes tidak dihitung; bersalin di rumah dengan bidan juga."),
        goals=by_custom(95),
    ),
    born(
        "IB12",
        _("Persalinan ditolong tenaga kesehatan"),
        numerator="bersalin_nakes",
        definition=_(
            "Ibu yang persalinannya ditolong dokter, bidan, atau perawat, dibagi sasaran ibu "
            "bersalin setahun."
        ),
        why=_("Penolong terampil adalah syarat pertama persalinan yang selamat."),
        misread=_("Ditolong nakes belum tentu di fasilitas; lihat juga persalinan di fasilitas."),
        goals=by_custom(95),
    ),
    born(
        "IB13",
        _("KF1"),
        numerator="kf1",
        definition=_(
            "Ibu yang dikunjungi 6 jam sampai 2 hari sesudah bersalin, dibagi sasaran ibu bersalin "
            "setahun."
        ),
        why=_("Sebagian besar kematian ibu terjadi pada dua hari pertama."),
        misread=_(
            "Kunjungan pada hari bersalin hanya dihitung bila jamnya diisi dan sedikitnya 6 jam."
        ),
        goals=by_custom(95),
    ),
    born(
        "IB14",
        _("KF lengkap"),
        numerator="kf_lengkap",
        definition=_(
            "Ibu yang mendapat KF1, KF2 (hari 3–7), KF3 (hari 8–28), dan KF4 (hari 29–42), dibagi "
            "sasaran ibu bersalin setahun; dihitung pada bulan kunjungan yang melengkapi."
        ),
        why=_("Infeksi, gangguan jiwa, dan masalah menyusui muncul setelah pulang."),
        misread=_("Empat kunjungan dalam seminggu tidak menjadi KF lengkap."),
        goals=by_custom(90),
    ),
    born(
        "IB15",
        _("Vitamin A ibu nifas"),
        numerator="nifas_vit_a",
        definition=_(
            "Ibu nifas yang mendapat dua kapsul vitamin A 200.000 IU dalam 42 hari, dibagi sasaran "
            "ibu bersalin setahun."
        ),
        why=_("Menambah vitamin A pada ASI."),
        misread=_("Satu kapsul belum dihitung."),
        goals=by_custom(90),
    ),
    born(
        "IB16",
        _("KB pasca salin"),
        numerator="kb_pasca_salin",
        definition=_(
            "Ibu nifas yang memakai cara KB dalam 42 hari sesudah bersalin, dibagi sasaran ibu "
            "bersalin setahun."
        ),
        why=_("Jarak kelahiran yang cukup melindungi ibu dan kedua anaknya."),
        misread=_(
            "Dihitung dari kunjungan nifas; KB yang hanya dicatat pada layanan KB tidak ikut, "
            "supaya seorang ibu tidak dihitung dua kali."
        ),
        goals=by_custom(70),
    ),
    among(
        "IB22",
        _("Ibu hamil anemia ringan mendapat TTD"),
        numerator="anemia_ringan_ttd",
        denominator="anemia_ringan",
        definition=_(
            "Ibu hamil dengan Hb 10,0–10,9 g/dL yang mendapat tablet tambah darah pada kunjungan "
            "itu, dibagi ibu hamil dengan Hb 10,0–10,9."
        ),
        why=_("Anemia ringan cukup diobati dengan tablet, asal diberikan."),
        misread=_("TTD yang diberikan pada kunjungan lain tidak dinilai di sini."),
        goals=by_guideline(50),
    ),
    among(
        "IB23",
        _("Ibu hamil anemia sedang/berat ditangani"),
        numerator="anemia_berat_layan",
        denominator="anemia_berat",
        definition=_(
            "Ibu hamil dengan Hb di bawah 10 g/dL yang mendapat tata laksana lanjut atau dirujuk "
            "pada kunjungan itu, dibagi ibu hamil dengan Hb di bawah 10."
        ),
        why=_("Anemia sedang dan berat tidak cukup diobati dengan tablet."),
        misread=_("Tablet tambah darah saja bukan tata laksana lanjut."),
        goals=by_guideline(50),
    ),
    born(
        "AN12",
        _("Persalinan dengan lahir mati"),
        stage="neonatus",
        numerator="bersalin_lahir_mati",
        denominator="bersalin",
        aggregation=Aggregation.RATIO,
        per=1000,
        unit="per 1.000 persalinan",
        definition=_(
            "Persalinan yang sedikitnya satu bayinya lahir mati, dibagi semua persalinan tercatat, "
            "kali 1.000."
        ),
        why=_("Lahir mati menunjukkan mutu pemeriksaan kehamilan dan pertolongan persalinan."),
        misread=_("Kembar yang keduanya lahir mati dihitung satu persalinan."),
        higher_is_better=False,
    ),
    born(
        "SPM02",
        _("SPM 2: pelayanan kesehatan ibu bersalin"),
        numerator="spm2_bulin",
        aggregation=Aggregation.PERSONS,
        definition=_(
            "Ibu yang bersalin di fasilitas kesehatan, ditolong sedikitnya dua tenaga kesehatan "
            "sesuai standar, dan komplikasinya ditangani atau dirujuk, dibagi semua ibu bersalin "
            "sasaran."
        ),
        why=_("Pelayanan wajib pemerintah daerah; target selalu 100 %."),
        misread=_("Penolong kedua yang tidak diisi membuat ibu belum terhitung."),
        source=SPM,
        goals=by_law(),
        spm=2,
    ),
)
# To come: K6 and 12T of those who gave birth, as soon as a whole year of births is recorded.
DELIVERED: tuple[Indicator, ...] = (
    born(
        "IB04",
        _("K6"),
        stage="bumil",
        numerator="k6_bersalin",
        definition=_(
            "Ibu bersalin yang kehamilannya mencapai 1 kontak trimester 1, 2 trimester 2, dan 3 "
            "trimester 3, diperiksa dokter pada trimester 1 dan 3, dibagi sasaran ibu bersalin "
            "setahun."
        ),
        why=_("Enam kontak dengan dua kali dokter adalah standar pemeriksaan kehamilan."),
        misread=_(
            "Sejak 2027 dihitung pada bulan bersalin dan hanya bila persalinannya tercatat, jadi "
            "tidak sebanding dengan tahun sebelumnya."
        ),
        source=JUKNIS_KESGA_2026,
        goals=(Goal(82, JUKNIS_KESGA_2026, since=FROM_2027),),
        certain=True,
        since=FROM_2027,
    ),
    born(
        "IB07",
        _("ANC 12T lengkap"),
        stage="bumil",
        numerator="anc_12t_bersalin",
        definition=_(
            "Ibu bersalin yang kehamilannya memenuhi K6 dan seluruh 12T yang tercatat, dibagi "
            "sasaran ibu bersalin setahun."
        ),
        why=_("Kunjungan yang cukup belum tentu berisi pemeriksaan yang lengkap."),
        misread=_(
            "Sejak 2027 dihitung pada bulan bersalin dan hanya bila persalinannya tercatat. Tata "
            "laksana dan golongan darah tidak ikut dinilai."
        ),
        source=JUKNIS_KESGA_2026,
        goals=(Goal(66, JUKNIS_KESGA_2026, since=FROM_2027),),
        since=FROM_2027,
    ),
)

"""Pregnant women: what is counted of antenatal care, and the coverage of its contacts."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from clusters.cutoffs import JUKNIS_KESGA_2026, PERMENKES_21_2021
from reporting.catalogue.language import Aggregation, Element, Indicator
from reporting.catalogue.shorthand import (
    FROM_2026,
    FROM_2027,
    SPM,
    attendance,
    by_custom,
    by_guideline,
    by_law,
    reached,
)

PROGRAMME = "antenatal"
ELEMENTS: tuple[Element, ...] = (
    *attendance(PROGRAMME),
    *reached(
        PROGRAMME,
        {
            "k1": _("Ibu hamil kontak pertama (K1 akses)"),
            "k1_murni": _("Ibu hamil kontak pertama sampai 12 minggu (K1 murni)"),
            "k4": _("Ibu hamil mencapai K4"),
            "k6": _("Ibu hamil mencapai K6"),
            "tm1_dokter_usg": _("Ibu hamil diperiksa dokter dengan USG pada trimester 1"),
            "tm3_dokter_usg": _("Ibu hamil diperiksa dokter dengan USG pada trimester 3"),
            "anc_12t": _("Ibu hamil mendapat K6 dan 12T lengkap"),
            "ttd_90": _("Ibu hamil menerima 90 tablet tambah darah"),
            "ttd_180": _("Ibu hamil menerima 180 TTD/MMS"),
            "ttd_180_minum": _("Ibu hamil meminum 180 TTD/MMS"),
            "hb_diperiksa": _("Ibu hamil diperiksa Hb"),
            "anemia": _("Ibu hamil anemia"),
            "lila_imt_diukur": _("Ibu hamil diukur LILA atau IMT trimester 1"),
            "kek": _("Ibu hamil KEK"),
            "kek_mt": _("Ibu hamil KEK mendapat makanan tambahan"),
            "tes_hiv": _("Ibu hamil dites HIV"),
            "tes_sifilis": _("Ibu hamil dites sifilis"),
            "tes_hbsag": _("Ibu hamil dites HBsAg"),
            "td2_plus": _("Ibu hamil berstatus Td2 atau lebih"),
            "kelas_ibu_4": _("Ibu hamil ikut kelas ibu 4 kali"),
            "p4k": _("Ibu hamil dengan P4K dan stiker"),
            "risti_masyarakat": _("Ibu hamil berisiko ditemukan masyarakat"),
            "risti_nakes": _("Ibu hamil berisiko ditemukan tenaga kesehatan"),
            "anemia_ringan": _("Ibu hamil anemia ringan (Hb 10,0–10,9)"),
            "anemia_ringan_ttd": _("Ibu hamil anemia ringan mendapat TTD"),
            "anemia_berat": _("Ibu hamil anemia sedang atau berat (Hb di bawah 10)"),
            "anemia_berat_layan": _("Ibu hamil anemia sedang/berat ditangani lanjut"),
        },
    ),
)

coverage = partial(
    Indicator,
    cluster="K2",
    stage="bumil",
    denominator="S_BUMIL",
    aggregation=Aggregation.CUMULATIVE,
    source=JUKNIS_KESGA_2026,
)
NOT_BY_MONTH = _(
    "Angka bulan ini kecil karena dibagi sasaran setahun; bandingkan kumulatif dengan target "
    "berjalan."
)

CONTACTS: tuple[Indicator, ...] = (
    coverage(
        "IB01",
        _("K1 murni"),
        numerator="k1_murni",
        definition=_(
            "Ibu hamil yang kontak pertamanya dengan tenaga kesehatan terjadi sampai minggu ke-12, "
            "dibagi sasaran ibu hamil setahun."
        ),
        why=_("Kontak dini memberi waktu untuk menemukan anemia, KEK, dan penyakit penyerta."),
        misread=_("K1 murni bukan K1 akses: ibu yang datang setelah 12 minggu tidak dihitung."),
        goals=by_guideline(89),
    ),
    coverage(
        "IB02",
        _("K1 akses"),
        numerator="k1",
        definition=_(
            "Ibu hamil yang kontak pertama kali pada kehamilan ini, pada usia kehamilan berapa pun"
            ", dibagi sasaran ibu hamil setahun."
        ),
        why=_("Menunjukkan apakah ibu hamil di wilayah ini ditemukan."),
        misread=_("Di atas 100 % berarti sasaran proyeksi terlalu kecil, bukan salah hitung."),
        goals=by_guideline(100),
    ),
    coverage(
        "IB03",
        _("K4"),
        numerator="k4",
        definition=_(
            "Ibu hamil dengan sedikitnya 1 kontak pada trimester 1, 1 pada trimester 2, dan 2 pada "
            "trimester 3, dibagi sasaran ibu hamil setahun."
        ),
        why=_("Menunjukkan apakah ibu kembali sampai akhir kehamilan."),
        misread=_("Empat kunjungan pada trimester yang sama tidak menjadi K4."),
        source=PERMENKES_21_2021,
        goals=by_custom(95),
        certain=False,
    ),
    coverage(
        "IB04",
        _("K6"),
        numerator="k6",
        definition=_(
            "Ibu hamil dengan 1 kontak trimester 1, 2 trimester 2, dan 3 trimester 3, diperiksa "
            "dokter pada trimester 1 dan 3, dibagi sasaran ibu hamil setahun."
        ),
        why=_("Enam kontak dengan dua kali dokter adalah standar pemeriksaan kehamilan."),
        misread=NOT_BY_MONTH,
        source=PERMENKES_21_2021,
        until=FROM_2026,
    ),
    coverage(
        "IB04",
        _("K6"),
        numerator="k6",
        denominator="S_BULIN",
        definition=_(
            "Ibu dengan 1 kontak trimester 1, 2 trimester 2, dan 3 trimester 3, diperiksa dokter "
            "pada trimester 1 dan 3, dibagi sasaran ibu bersalin setahun."
        ),
        why=_("Enam kontak dengan dua kali dokter adalah standar pemeriksaan kehamilan."),
        misread=_(
            "Sejak 2026 pembaginya sasaran ibu bersalin, jadi tidak sebanding dengan K6 tahun "
            "sebelumnya. Dihitung pada bulan syarat terakhir terpenuhi, bukan bulan bersalin."
        ),
        goals=by_guideline(82),
        since=FROM_2026,
        until=FROM_2027,
    ),
    coverage(
        "IB05",
        _("ANC trimester 1 oleh dokter dengan USG"),
        numerator="tm1_dokter_usg",
        definition=_(
            "Ibu hamil yang pada trimester 1 diperiksa dokter dengan USG, dibagi sasaran ibu hamil "
            "setahun."
        ),
        why=_("Memastikan letak dan usia kehamilan serta menemukan kelainan sejak awal."),
        misread=_("USG tanpa dokter, atau dokter tanpa USG, tidak dihitung."),
        goals=by_guideline(85),
    ),
    coverage(
        "IB06",
        _("ANC trimester 3 oleh dokter dengan USG"),
        numerator="tm3_dokter_usg",
        definition=_(
            "Ibu hamil yang pada trimester 3 diperiksa dokter dengan USG, dibagi sasaran ibu hamil "
            "setahun."
        ),
        why=_("Menjadi dasar memilih tempat bersalin dan merujuk sebelum terlambat."),
        misread=_("USG tanpa dokter, atau dokter tanpa USG, tidak dihitung."),
        goals=by_guideline(84),
    ),
    coverage(
        "IB07",
        _("ANC 12T lengkap"),
        numerator="anc_12t",
        denominator="S_BULIN",
        definition=_(
            "Ibu yang kehamilannya memenuhi K6 dan seluruh 12T yang tercatat, dibagi sasaran ibu "
            "bersalin setahun."
        ),
        why=_("Kunjungan yang cukup belum tentu berisi pemeriksaan yang lengkap."),
        misread=_(
            "Tata laksana dan golongan darah tidak dicatat tersendiri, jadi tidak ikut dinilai. "
            "SPM ibu hamil memakai pembilang yang sama dengan pembagi ibu hamil."
        ),
        goals=by_guideline(66),
        certain=False,
        until=FROM_2027,
    ),
    coverage(
        "IB30",
        _("Kelas ibu hamil"),
        numerator="kelas_ibu_4",
        definition=_("Ibu hamil yang ikut kelas ibu sedikitnya 4 kali, dibagi sasaran ibu hamil."),
        why=_("Ibu yang paham tanda bahaya lebih cepat mencari pertolongan."),
        misread=_("Ikut satu atau dua pertemuan belum dihitung."),
        source=PERMENKES_21_2021,
        certain=False,
    ),
    coverage(
        "IB31",
        _("P4K"),
        numerator="p4k",
        definition=_(
            "Ibu hamil dengan rencana persalinan dan stiker P4K, dibagi sasaran ibu hamil."
        ),
        why=_("Rencana penolong, tempat, biaya, dan pendonor mengurangi keterlambatan merujuk."),
        misread=_("Stiker tertempel tanpa rencana yang terisi bukan P4K."),
        source=PERMENKES_21_2021,
        goals=by_custom(100),
        certain=False,
    ),
    coverage(
        "SPM01",
        _("SPM 1: pelayanan kesehatan ibu hamil"),
        numerator="anc_12t",
        aggregation=Aggregation.PERSONS,
        definition=_(
            "Ibu hamil yang mendapat pemeriksaan sesuai standar (K6 dan 12T lengkap), dibagi semua "
            "ibu hamil sasaran."
        ),
        why=_("Pelayanan wajib pemerintah daerah; target selalu 100 %."),
        misread=_("Satu komponen 12T yang kosong membuat ibu belum terhitung."),
        source=SPM,
        goals=by_law(),
        spm=1,
        certain=False,
    ),
)

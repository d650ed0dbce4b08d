"""Children under five: weighing, nutrition, what they are given, and the yearly standard."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from clusters.growth.classes import PERMENKES_2_2020
from reporting.catalogue.forms import F1_SOURCE
from reporting.catalogue.language import Aggregation, Indicator
from reporting.catalogue.shorthand import SPM, USUAL, by_custom, by_law

child = partial(Indicator, cluster="K2", stage="balita")
monthly = partial(child, aggregation=Aggregation.MONTHLY, source=F1_SOURCE)
state = partial(
    child,
    aggregation=Aggregation.STATE,
    source=PERMENKES_2_2020,
    higher_is_better=False,
    misread=_(
        "Hanya anak yang diukur bulan ini dengan ukuran yang masuk akal; bukan prevalensi survei. "
        "Lihat dahulu berapa anak yang diukur."
    ),
)
WATCHED = partial(monthly, higher_is_better=False, denominator="skdn_d")
SKDN: tuple[Indicator, ...] = (
    monthly(
        "AN17",
        _("K/S: balita punya KMS"),
        numerator="skdn_k",
        denominator="skdn_s",
        definition=_(
            "Balita yang punya KMS atau buku KIA, dibagi semua balita menurut laporan F1."
        ),
        why=_("Jangkauan program: tanpa kartu, pertumbuhan tidak terpantau."),
        misread=_("S di sini hitungan kader pada F1, bukan sasaran proyeksi."),
        goals=by_custom(100),
        certain=False,
    ),
    monthly(
        "AN18",
        _("D/S: balita ditimbang"),
        numerator="skdn_d",
        denominator="S_BALITA",
        definition=_(
            "Balita yang ditimbang bulan ini, sekali untuk setiap anak, dibagi semua balita."
        ),
        why=_("Partisipasi masyarakat, dan dasar semua angka gizi bulanan."),
        misread=_(
            "Dua kali ditimbang sebulan tetap satu anak. S adalah sasaran, bukan hitungan F1."
        ),
        goals=by_custom(80),
        certain=False,
    ),
    monthly(
        "AN19",
        _("N/D': balita naik berat badan"),
        numerator="n_naik",
        denominator="skdn_d - o_absen - b_baru",
        definition=_(
            "Balita yang naik sesuai kenaikan minimal, dibagi balita yang dapat dinilai (D tanpa O "
            "dan B)."
        ),
        why=_("Tanda paling awal bahwa pertumbuhan berjalan baik."),
        misread=_(
            "Pembaginya bukan D: anak baru dan anak yang bulan lalu absen tidak dapat dinilai."
        ),
        goals=by_custom(80),
        certain=False,
    ),
    monthly(
        "AN20",
        _("N/S: keberhasilan program"),
        numerator="n_naik",
        denominator="S_BALITA",
        definition=_("Balita yang naik berat badannya, dibagi semua balita."),
        why=_("Menggabungkan partisipasi dan pertumbuhan dalam satu angka."),
        misread=_("Rendah dapat berarti sedikit yang datang, bukan banyak yang tidak naik."),
        certain=False,
    ),
    WATCHED(
        "AN21",
        _("T/D': balita tidak naik"),
        numerator="t_tidak_naik",
        denominator="skdn_d - o_absen - b_baru",
        definition=_("Balita yang tidak naik, dibagi balita yang dapat dinilai (D tanpa O dan B)."),
        why=_("Daftar anak yang perlu diperiksa sebelum menjadi gizi kurang."),
        misread=_("T bukan berarti turun; naik kurang dari kenaikan minimal juga T."),
        certain=False,
    ),
    WATCHED(
        "AN22",
        _("2T/D: dua kali tidak naik"),
        numerator="dua_t",
        definition=_("Balita yang dua bulan berturut-turut tidak naik, dibagi yang ditimbang."),
        why=_("Wajib dirujuk ke tenaga kesehatan."),
        misread=_("Absen sebulan memutus hitungan dua kali berturut-turut."),
    ),
    WATCHED(
        "AN23",
        _("BGM/D: di bawah garis merah"),
        numerator="bgm",
        definition=_("Balita di bawah garis merah KMS (BB/U < -3 SD), dibagi yang ditimbang."),
        why=_("Perlu konfirmasi dan rujukan segera."),
        misread=_("BGM menurut BB/U tidak sama dengan gizi buruk menurut BB/TB."),
        goals=by_custom(1.5),
        certain=False,
    ),
    WATCHED(
        "AN24",
        _("O/D: bulan lalu tidak ditimbang"),
        numerator="o_absen",
        definition=_("Balita yang bulan lalu tidak ditimbang, dibagi yang ditimbang bulan ini."),
        why=_("Kedatangan yang terputus membuat pertumbuhan tidak dapat dinilai."),
        misread=_("Anak yang bulan ini juga absen tidak tampak di sini."),
    ),
)
NUTRITION: tuple[Indicator, ...] = (
    state(
        "AN25",
        _("Berat badan kurang (underweight)"),
        numerator="underweight",
        denominator="diukur_bbu",
        definition=_("Balita dengan BB/U di bawah -2 SD, dibagi balita dengan BB/U sahih."),
        why=_("Gabungan masalah gizi lama dan baru."),
    ),
    state(
        "AN26",
        _("Stunting"),
        numerator="stunting",
        denominator="diukur_tbu",
        definition=_("Balita dengan TB/U di bawah -2 SD, dibagi balita dengan TB/U sahih."),
        why=_("Kekurangan gizi yang lama, berpengaruh sampai dewasa."),
        goals=by_custom(14),
        certain=False,
    ),
    state(
        "AN27",
        _("Wasting"),
        numerator="wasting",
        denominator="diukur_bbtb",
        definition=_(
            "Balita dengan BB/TB di bawah -2 SD atau edema, dibagi balita dengan BB/TB sahih."
        ),
        why=_("Kekurangan gizi yang sedang berlangsung dan mengancam jiwa."),
        goals=by_custom(7),
        certain=False,
    ),
    state(
        "AN28",
        _("Gizi buruk"),
        numerator="gizi_buruk",
        denominator="diukur_bbtb",
        definition=_(
            "Balita dengan BB/TB di bawah -3 SD atau edema, dibagi balita dengan BB/TB sahih."
        ),
        why=_("Setiap anak harus mendapat perawatan."),
        goals=by_custom(0),
        certain=False,
    ),
    state(
        "AN29",
        _("Gizi lebih dan obesitas"),
        numerator="gizi_lebih",
        denominator="diukur_bbtb",
        definition=_("Balita dengan BB/TB di atas +2 SD, dibagi balita dengan BB/TB sahih."),
        why=_("Beban gizi ganda yang mudah terlewat."),
    ),
    state(
        "AN30",
        _("Kasus baru stunting"),
        numerator="stunting_baru",
        denominator="stunting_berisiko",
        aggregation=Aggregation.RATIO,
        definition=_(
            "Balita yang sekarang pendek dan pada pengukuran sebelumnya tidak, dibagi balita yang "
            "sebelumnya tidak pendek dan diukur lagi."
        ),
        why=_("Mencegah kasus baru lebih berhasil daripada menurunkan yang sudah ada."),
        misread=_("Selisih ukur kecil di sekitar -2 SD dapat membuat kasus baru semu."),
    ),
)
# Capsules are given in two rounds a year; should the months change, that is a new version.
VITAMIN_A_ROUNDS = (2, 8)
per_round = partial(
    child,
    aggregation=Aggregation.MONTHLY,
    rounds=VITAMIN_A_ROUNDS,
    source=F1_SOURCE,
    certain=False,
    why=_("Kekurangan vitamin A menambah sakit dan kematian anak."),
    misread=_(
        "Hanya ada pada bulan Februari dan Agustus. Bulan lain tidak jatuh tempo, bukan nol persen."
    ),
)
GIVEN: tuple[Indicator, ...] = (
    monthly(
        "AN14",
        _("ASI eksklusif 0–5 bulan"),
        stage="bayi",
        numerator="asi_eksklusif",
        denominator="asi_ditanya",
        definition=_("Bayi 0–5 bulan yang hanya diberi ASI, dibagi bayi 0–5 bulan yang ditanya."),
        why=_("ASI saja sampai enam bulan melindungi dari sakit dan kurang gizi."),
        misread=_("Dihitung per kunjungan: bayi yang datang dua kali sebulan dihitung dua kali."),
        source="Renstra Kemenkes 2025–2029",
        goals=by_custom(50),
        certain=False,
    ),
    monthly(
        "AN16",
        _("MPASI beragam 6–23 bulan"),
        numerator="mpasi_beragam",
        denominator="mpasi_ditanya",
        definition=_("Anak 6–23 bulan dengan MPASI beragam, dibagi anak 6–23 bulan yang ditanya."),
        why=_("Umur ini paling rawan menjadi pendek."),
        misread=_(
            "Dihitung per kunjungan; keragaman dinilai petugas, bukan hitungan kelompok pangan."
        ),
        source="Renstra Kemenkes 2025–2029",
    ),
    per_round(
        "AN35",
        _("Vitamin A 6–11 bulan"),
        stage="bayi",
        numerator="vit_a_biru",
        denominator="S_B611",
        definition=_(
            "Bayi 6–11 bulan yang mendapat kapsul biru pada putaran ini, dibagi sasarannya."
        ),
    ),
    per_round(
        "AN36",
        _("Vitamin A 12–59 bulan"),
        numerator="vit_a_merah",
        denominator="S_ANBAL",
        definition=_(
            "Anak 12–59 bulan yang mendapat kapsul merah pada putaran ini, dibagi sasarannya."
        ),
    ),
)
yearly = partial(child, aggregation=Aggregation.PERSONS, denominator="S_ANBAL", certain=False)
YEAR: tuple[Indicator, ...] = (
    yearly(
        "AN37",
        _("Balita dipantau pertumbuhan dan perkembangannya"),
        numerator="balita_dipantau",
        denominator="S_BALITA",
        definition=_(
            "Balita yang tahun ini ditimbang 8 kali, diukur panjang 2 kali, dan dinilai "
            "perkembangannya pada 2 hari, saat ditimbang atau dengan KPSP pada SDIDTK, dibagi "
            "semua balita."
        ),
        why=_("Satu kali menimbang tidak menunjukkan pertumbuhan."),
        misread=_("Anak baru dihitung setelah syarat terakhir, jadi angka naik pada akhir tahun."),
        source="Renstra Kemenkes 2025–2029",
        goals=by_custom(85),
    ),
    yearly(
        "AN41",
        _("Obat cacing 12–59 bulan"),
        numerator="obat_cacing",
        definition=_("Anak 12–59 bulan yang mendapat obat cacing tahun ini, dibagi sasarannya."),
        why=_("Cacingan mengurangi penyerapan gizi."),
        misread=_("Sekali setahun setiap anak; putaran kedua tidak menambah angka."),
        source=USUAL,
        goals=by_custom(75),
    ),
    yearly(
        "SPM04",
        _("SPM 4: pelayanan kesehatan balita"),
        numerator="spm4_balita",
        definition=_(
            "Anak 12–59 bulan yang tahun ini ditimbang 8 kali, diukur 2 kali, dinilai "
            "perkembangannya pada 2 hari (saat ditimbang atau dengan KPSP pada SDIDTK), dan "
            "mendapat vitamin A 2 kali, dibagi sasarannya. Sejak 2025 anak yang genap 18 bulan "
            "pada tahun itu juga harus mendapat DPT-HB-Hib 4 dan MR 2 sebelum tahun berakhir."
        ),
        why=_("Pelayanan wajib pemerintah daerah; target selalu 100 %."),
        misread=_(
            "Imunisasi ditanyakan satu kali, pada tahun anak genap 18 bulan (tahun yang sebagian "
            "besarnya ia berumur 12–23 bulan), bukan dari anak yang lebih tua. MTBS balita sakit "
            "tidak disyaratkan di sini; lihat AN40."
        ),
        source=SPM,
        goals=by_law(),
        spm=4,
    ),
)
INDICATORS: tuple[Indicator, ...] = (*SKDN, *NUTRITION, *GIVEN, *YEAR)

"""Target populations: the denominators that are set once a year for each place."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.language import Sasaran

ALL: tuple[Sasaran, ...] = (
    Sasaran(
        "S_PDD", _("Penduduk"), _("Proyeksi Pusdatin, Dukcapil, atau BPS; sebutkan sumbernya.")
    ),
    Sasaran("S_BUMIL", _("Ibu hamil"), _("Perkiraan: 1,10 x angka kelahiran kasar x penduduk.")),
    Sasaran("S_BRISTI", _("Ibu hamil berisiko tinggi"), _("Perkiraan: 20 % sasaran ibu hamil.")),
    Sasaran("S_BULIN", _("Ibu bersalin"), _("Perkiraan: 1,05 x angka kelahiran kasar x penduduk.")),
    Sasaran("S_LH", _("Lahir hidup"), _("Perkiraan: angka kelahiran kasar x penduduk.")),
    Sasaran("S_BAYI", _("Bayi 0–11 bulan"), _("Perkiraan: sama dengan lahir hidup.")),
    Sasaran(
        "S_SI", _("Bayi bertahan hidup"), _("Lahir hidup dikurangi kematian bayi; untuk imunisasi.")
    ),
    Sasaran(
        "S_B611", _("Bayi 6–11 bulan"), _("Setengah sasaran bayi bila tidak dihitung sendiri.")
    ),
    Sasaran("S_BADUTA", _("Anak 12–23 bulan"), _("Pembagi dosis penguat; tanpa bayi.")),
    Sasaran("S_BALITA", _("Balita 0–59 bulan"), _("S pada SKDN; termasuk bayi.")),
    Sasaran("S_ANBAL", _("Anak balita 12–59 bulan"), _("Tanpa bayi.")),
    Sasaran("S_PROD", _("Usia produktif 15–59 tahun"), _("Pembagi SPM 6.")),
    Sasaran("S_W3050", _("Perempuan 30–50 tahun"), _("Pembagi IVA dan SADANIS.")),
    Sasaran("S_PRAL", _("Pralansia 45–59 tahun"), _("Bagian dari usia produktif.")),
    Sasaran("S_LANSIA", _("Lanjut usia 60 tahun ke atas"), _("Termasuk lansia risiko tinggi.")),
    Sasaran("S_APRAS", _("Anak prasekolah 60–72 bulan"), _("Di luar balita; untuk SDIDTK.")),
    Sasaran(
        "S_K1_9",
        _("Usia pendidikan dasar"),
        _("Siswa kelas 1–9 (Dapodik, EMIS) dan anak 7–15 tahun di luar sekolah; SPM 5."),
    ),
    Sasaran("S_KELASBARU", _("Siswa kelas 1, 7, dan 10"), _("Dapodik dan EMIS, per tahun ajaran.")),
    Sasaran("S_SISWA", _("Siswa kelas 1–12"), _("Dapodik dan EMIS, per tahun ajaran.")),
    Sasaran("S_KELAS1", _("Siswa kelas 1"), _("Dapodik dan EMIS; pembagi BIAS MR dan DT.")),
    Sasaran("S_KELAS2", _("Siswa kelas 2"), _("Dapodik dan EMIS; pembagi BIAS Td.")),
    Sasaran("S_KELAS5", _("Siswa kelas 5"), _("Dapodik dan EMIS; pembagi BIAS Td.")),
    Sasaran("S_SISWI5", _("Siswi kelas 5"), _("Bagian dari siswa kelas 5; pembagi BIAS HPV 1.")),
    Sasaran("S_SISWI6", _("Siswi kelas 6"), _("Dapodik dan EMIS; pembagi BIAS HPV 2.")),
    Sasaran("S_REMATRI", _("Remaja putri 12–18 tahun"), _("Siswi kelas 7–12; pembagi TTD.")),
    Sasaran("S_REMATRI710", _("Remaja putri kelas 7 dan 10"), _("Pembagi skrining Hb.")),
    Sasaran("S_DEWASA", _("Dewasa 18–59 tahun"), _("Pembagi CKG dewasa.")),
    Sasaran(
        "S_HT",
        _("Penderita hipertensi 15 tahun ke atas"),
        _("Perkiraan: prevalensi (SKI 2023) x penduduk 15 tahun ke atas; SPM 8."),
    ),
    Sasaran(
        "S_DM",
        _("Penderita diabetes 15 tahun ke atas"),
        _("Perkiraan: prevalensi (SKI 2023) x penduduk 15 tahun ke atas; SPM 9."),
    ),
    Sasaran("S_ODGJB", _("ODGJ berat"), _("Perkiraan: prevalensi x penduduk; SPM 10.")),
    Sasaran("S_TBDUGA", _("Orang terduga TBC"), _("Perkiraan Kemenkes; pembagi SPM 11.")),
    Sasaran("S_TB", _("Kasus TBC"), _("Perkiraan Kemenkes per kabupaten.")),
    Sasaran("S_HIVR", _("Orang berisiko HIV"), _("Pembagi SPM 12; termasuk ibu hamil.")),
    Sasaran("S_DIARE", _("Diare balita"), _("Perkiraan: kejadian diare x balita.")),
    Sasaran("S_PNEU", _("Pneumonia balita"), _("Perkiraan: persentase provinsi x balita.")),
    Sasaran("S_ANAK15", _("Anak di bawah 15 tahun"), _("Pembagi surveilans AFP.")),
    Sasaran("S_MALARIA", _("Penduduk berisiko malaria"), _("Kosong di wilayah bebas malaria.")),
    Sasaran("S_KK", _("Kepala keluarga"), _("Pendataan keluarga atau Dukcapil.")),
    Sasaran("S_RISTI", _("Lansia 70 tahun ke atas"), _("Bagian dari lansia, bukan tambahannya.")),
    Sasaran("S_NEOKOMP", _("Neonatus komplikasi"), _("Perkiraan: 15 % sasaran bayi.")),
    Sasaran("S_PUS", _("Pasangan usia subur"), _("Istri 15–49 tahun; pendataan keluarga.")),
    Sasaran("S_WUS", _("Wanita usia subur 15–49 tahun"), _("Pembagi status T5; bukan hanya PUS.")),
    Sasaran("S_CATIN", _("Calon pengantin"), _("Orang, bukan pasangan; terdaftar setahun.")),
)

"""School age and adolescents: health checks of a school year, findings, iron tablets of girls."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.cutoffs import REKAP_POSYANDU
from ilp.core.languages import filled
from reporting.catalogue.language import Aggregation, Breakdown, Element, Indicator, Kind
from reporting.catalogue.shorthand import SPM, USUAL, attendance, by_custom, by_law, reached, typed

PROGRAMME = "school"
FORM_UKM = "Laporan usia sekolah dan remaja Puskesmas"
ELEMENTS: tuple[Element, ...] = (
    *attendance(PROGRAMME),
    *reached(
        PROGRAMME,
        {
            "spm5_sekolah": _("Usia pendidikan dasar dilayani sesuai standar SPM 5"),
            "cek_sekolah": _("Siswa kelas 1–12 dengan pemeriksaan lengkap"),
            "dijaring_kelas_baru": _("Siswa kelas 1, 7, dan 10 dijaring"),
            "siswa_gigi": _("Siswa diperiksa giginya"),
            "temuan_karies": _("Siswa dengan karies"),
            "siswa_visus": _("Siswa diperiksa penglihatannya"),
            "temuan_visus": _("Siswa dengan gangguan penglihatan"),
            "siswa_dengar": _("Siswa diperiksa pendengarannya"),
            "temuan_dengar": _("Siswa dengan gangguan pendengaran"),
            "siswa_gizi": _("Siswa dengan IMT/U sahih"),
            "temuan_kurus": _("Siswa gizi kurang dan buruk (IMT/U)"),
            "temuan_gemuk": _("Siswa gizi lebih dan obesitas (IMT/U)"),
            "siswa_td": _("Siswa diukur tekanan darahnya"),
            "temuan_ht": _("Siswa dengan tekanan darah tinggi"),
            "siswa_hb": _("Siswa diperiksa Hb"),
            "temuan_anemia": _("Siswa anemia"),
            "remaja_rokok_ditanya": _("Remaja 10–18 tahun ditanya merokok"),
            "remaja_rokok": _("Remaja 10–18 tahun merokok"),
            "remaja_jiwa": _("Remaja 10–18 tahun diskrining jiwa"),
            "remaja_jiwa_positif": _("Remaja 10–18 tahun dengan skrining jiwa positif"),
            "ckg_sekolah": _("Anak sekolah dan remaja selesai CKG"),
            "siswa_ckg_temuan": _("Anak sekolah dengan temuan CKG"),
            "siswa_ckg_lanjut": _("Anak sekolah dengan temuan CKG yang ditindaklanjuti"),
        },
        breakdown=Breakdown.SEX,
    ),
    *reached(
        PROGRAMME,
        {
            "rematri_hb_7_10": _("Remaja putri kelas 7 dan 10 diperiksa Hb"),
            "rematri_hb": _("Remaja putri 12–18 tahun diperiksa Hb"),
            "rematri_anemia": _("Remaja putri 12–18 tahun anemia"),
            "rematri_ttd_bulan": _("Remaja putri mendapat 4 TTD bulan ini"),
            "rematri_ttd_52": _("Remaja putri mendapat 52 TTD setahun"),
            "rematri_minum_26": _("Remaja putri minum 26 TTD setahun"),
        },
    ),
    *typed(
        PROGRAMME,
        {
            "sekolah_ada": _("Sekolah di wilayah kerja"),
            "sekolah_dijaring": _("Sekolah yang sudah dijaring tahun ajaran ini"),
            "uks_aktif": _("Sekolah dengan UKS aktif"),
            "pkpr_ya": _("Puskesmas memenuhi standar PKPR"),
            "pkpr_belum": _("Puskesmas belum memenuhi standar PKPR"),
        },
        kind=Kind.STOCK,
    ),
)

checked = partial(
    Indicator, cluster="K2", stage="remaja", aggregation=Aggregation.SCHOOL, certain=False
)
SINCE_JULY = _(
    "Dijumlah sejak Juli, awal tahun ajaran, bukan sejak Januari; sasarannya menurut tahun "
    "kalender."
)
basic = partial(
    checked,
    numerator="spm5_sekolah",
    denominator="S_K1_9",
    definition=_(
        "Siswa kelas 1–9 dan anak 7–15 tahun di luar sekolah yang pada tahun ajaran ini lengkap "
        "diperiksa: gizi, tekanan darah, gigi, penglihatan, pendengaran, jiwa, sejak kelas 7 juga "
        "kesehatan reproduksi, dan temuannya ditindaklanjuti, dibagi sasarannya."
    ),
    why=_("Satu-satunya pemeriksaan yang menjangkau hampir semua anak usia sekolah."),
    misread=SINCE_JULY,
    source=SPM,
)


def _finding(code: str, label: Text, top: str, bottom: str, what: Text) -> Indicator:
    return checked(
        code,
        label,
        numerator=top,
        denominator=bottom,
        higher_is_better=False,
        definition=filled(
            _("Anak dengan %s pada tahun ajaran ini, dibagi anak yang diperiksa."), what
        ),
        why=_("Menjadi daftar anak yang perlu ditindaklanjuti bersama sekolah."),
        misread=_("Hasil pada yang dijaring, bukan prevalensi semua anak."),
        source=FORM_UKM,
        certain=True,
    )


CHECKS: tuple[Indicator, ...] = (
    checked(
        "RE01",
        _("Sekolah dijaring"),
        numerator="sekolah_dijaring",
        denominator="sekolah_ada",
        aggregation=Aggregation.STATE,
        definition=_("Sekolah yang tahun ajaran ini sudah dijaring, dibagi semua sekolah."),
        why=_("Sekolah yang terlewat berarti semua siswanya terlewat."),
        misread=_("Diisi pada laporan bulanan; sekolah dihitung sekali setelah selesai dijaring."),
        source=FORM_UKM,
        goals=by_custom(100),
    ),
    checked(
        "RE02",
        _("Penjaringan kelas 1, 7, dan 10"),
        numerator="dijaring_kelas_baru",
        denominator="S_KELASBARU",
        definition=_(
            "Siswa kelas 1, 7, dan 10 yang diperiksa gizi, tekanan darah, gigi, penglihatan, dan "
            "pendengarannya, dibagi siswa kelas itu."
        ),
        why=_("Siswa baru diperiksa sebelum masalahnya mengganggu belajar."),
        misread=SINCE_JULY,
        source=USUAL,
        goals=by_custom(100),
    ),
    basic("RE03", _("Pelayanan usia pendidikan dasar"), goals=by_custom(100)),
    basic("SPM05", _("SPM 5: pelayanan usia pendidikan dasar"), goals=by_law(), spm=5),
    checked(
        "RE04",
        _("CKG sekolah: pemeriksaan lengkap"),
        numerator="cek_sekolah",
        denominator="S_SISWA",
        definition=_("Siswa kelas 1–12 dengan pemeriksaan lengkap, dibagi siswa kelas 1–12."),
        why=_("Memperlihatkan jangkauan cek kesehatan gratis di sekolah."),
        misread=SINCE_JULY,
        source="Program CKG sekolah",
        certain=True,
    ),
)
GIRLS: tuple[Indicator, ...] = (
    checked(
        "RE05",
        _("Remaja putri mendapat 52 TTD"),
        numerator="rematri_ttd_52",
        denominator="S_REMATRI",
        definition=_(
            "Remaja putri 12–18 tahun yang sejak Juli menerima 52 tablet, dibagi sasarannya."
        ),
        why=_("Satu tablet seminggu mencegah anemia sebelum kehamilan."),
        misread=_("Baru dapat penuh menjelang akhir tahun ajaran; lihat juga RE05B tiap bulan."),
        source=USUAL,
        goals=by_custom(58),
    ),
    checked(
        "RE05B",
        _("Remaja putri mendapat 4 TTD bulan ini"),
        numerator="rematri_ttd_bulan",
        denominator="S_REMATRI",
        aggregation=Aggregation.MONTHLY,
        definition=_("Remaja putri yang bulan ini menerima 4 tablet, dibagi sasarannya."),
        why=_("Menunjukkan sekolah mana yang berhenti membagikan TTD."),
        misread=_("Rendah pada bulan libur sekolah."),
        source=USUAL,
        goals=by_custom(58),
    ),
    checked(
        "RE06",
        _("Remaja putri minum TTD"),
        numerator="rematri_minum_26",
        denominator="S_REMATRI",
        definition=_("Remaja putri yang sejak Juli minum 26 tablet, dibagi sasarannya."),
        why=_("Tablet yang dibagikan tetapi tidak diminum tidak mencegah anemia."),
        misread=_("Menurut pengakuan siswi; angka sejak Juli."),
        source="Renstra Kemenkes 2025–2029",
        certain=True,
    ),
    checked(
        "RE07",
        _("Skrining Hb remaja putri kelas 7 dan 10"),
        numerator="rematri_hb_7_10",
        denominator="S_REMATRI710",
        definition=_("Remaja putri kelas 7 dan 10 yang diperiksa Hb, dibagi sasarannya."),
        why=_("Anemia hanya dapat diobati bila diketahui."),
        misread=SINCE_JULY,
        source=USUAL,
    ),
    checked(
        "RE08",
        _("Remaja putri anemia"),
        numerator="rematri_anemia",
        denominator="rematri_hb",
        higher_is_better=False,
        definition=_("Remaja putri dengan Hb di bawah 12 g/dL, dibagi yang diperiksa Hb."),
        why=_("Anemia remaja berlanjut menjadi anemia ibu hamil."),
        misread=_("Hasil pada yang diperiksa; sekolah yang dipilih memengaruhi angkanya."),
        source="Renstra Kemenkes 2025–2029",
        certain=True,
    ),
)
FINDINGS: tuple[Indicator, ...] = (
    _finding("RE09A", _("Karies gigi"), "temuan_karies", "siswa_gigi", _("karies")),
    _finding(
        "RE09B", _("Gangguan penglihatan"), "temuan_visus", "siswa_visus", _("visus terganggu")
    ),
    _finding(
        "RE09C",
        _("Gangguan pendengaran"),
        "temuan_dengar",
        "siswa_dengar",
        _("pendengaran terganggu"),
    ),
    _finding(
        "RE09D", _("Anak sekolah kurus"), "temuan_kurus", "siswa_gizi", _("IMT/U di bawah -2 SD")
    ),
    _finding(
        "RE09E", _("Anak sekolah gemuk"), "temuan_gemuk", "siswa_gizi", _("IMT/U di atas +1 SD")
    ),
    _finding(
        "RE09F",
        _("Tekanan darah tinggi usia sekolah"),
        "temuan_ht",
        "siswa_td",
        _("tekanan darah tinggi"),
    ),
    _finding("RE09G", _("Anemia usia sekolah"), "temuan_anemia", "siswa_hb", _("anemia")),
    checked(
        "RE10",
        _("Perokok 10–18 tahun"),
        numerator="remaja_rokok",
        denominator="remaja_rokok_ditanya",
        higher_is_better=False,
        definition=_("Remaja 10–18 tahun yang mengaku merokok, dibagi yang ditanya."),
        why=_("Sebagian besar perokok mulai sebelum 19 tahun."),
        misread=_("Pengakuan di sekolah cenderung lebih rendah daripada kenyataan."),
        source=USUAL,
    ),
    checked(
        "RE11",
        _("Skrining jiwa remaja positif"),
        numerator="remaja_jiwa_positif",
        denominator="remaja_jiwa",
        higher_is_better=False,
        definition=_("Remaja 10–18 tahun dengan skor 6 atau lebih, dibagi yang diskrining."),
        why=_("Menjadi daftar remaja yang perlu didampingi."),
        misread=_("Skor bukan diagnosis; alat skrining lain memakai batas lain."),
        source=REKAP_POSYANDU,
        certain=True,
    ),
    checked(
        "RE12",
        _("Puskesmas PKPR"),
        numerator="pkpr_ya",
        denominator="pkpr_ya + pkpr_belum",
        aggregation=Aggregation.STATE,
        definition=_("Puskesmas yang memenuhi standar PKPR, dibagi Puskesmas yang melapor."),
        why=_("Remaja datang bila pelayanannya ramah bagi mereka."),
        misread=_("Puskesmas yang tidak melapor tidak masuk pembagi."),
        source=USUAL,
    ),
    checked(
        "RE13",
        _("Sekolah dengan UKS aktif"),
        numerator="uks_aktif",
        denominator="sekolah_ada",
        aggregation=Aggregation.STATE,
        definition=_("Sekolah dengan UKS aktif, dibagi semua sekolah."),
        why=_("UKS menjaga kesehatan siswa di antara dua penjaringan."),
        misread=_("Diisi pada laporan bulanan; ukuran aktif menurut program UKS."),
        source=USUAL,
    ),
)
INDICATORS: tuple[Indicator, ...] = (*CHECKS, *GIRLS, *FINDINGS)

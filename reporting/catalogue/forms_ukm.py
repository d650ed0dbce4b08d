"""The rows of the monthly UKM report of Permenkes 31/2019 that stand on no other form."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.form_shorthand import part_of, reported, section
from reporting.catalogue.forms_programmes import SINCE
from reporting.catalogue.language import FIFTH, Check, Element, Form, Indicator, Kind

PROGRAMME = "ukm"
TESTED = {  # counted by antenatal care
    "tes_hiv": _("Ibu hamil dites HIV"),
    "tes_sifilis": _("Ibu hamil dites sifilis"),
    "tes_hbsag": _("Ibu hamil dites HBsAg"),
    "kelas_ibu_4": _("Ibu hamil ikut kelas ibu 4 kali"),
    "p4k": _("Ibu hamil dengan P4K dan stiker"),
}
MOTHERS = {
    "bumil_hiv": _("Ibu hamil HIV positif"),
    "bumil_sifilis": _("Ibu hamil sifilis positif"),
    "bumil_sifilis_obat": _("Ibu hamil sifilis diobati"),
    "bumil_hbsag": _("Ibu hamil HBsAg reaktif"),
    "bumil_malaria_tes": _("Ibu hamil diperiksa malaria"),
    "bumil_malaria": _("Ibu hamil malaria positif"),
    "bumil_tb_tes": _("Ibu hamil ditapis TBC"),
    "bumil_tb": _("Ibu hamil dengan TBC"),
    "bumil_dirujuk": _("Komplikasi kebidanan dirujuk ke rumah sakit"),
    "bumil_donor": _("Ibu hamil dengan calon pendonor darah"),
    "kbps_mkjp": _("KB pasca salin: metode jangka panjang"),
    "kbps_non": _("KB pasca salin: metode lain"),
}
PUPILS = {  # counted by school health
    "dijaring_kelas_baru": _("Siswa kelas 1, 7, dan 10 dijaring"),
    "cek_sekolah": _("Siswa kelas 1–12 dengan pemeriksaan lengkap"),
    "temuan_karies": _("Siswa dengan karies"),
    "temuan_visus": _("Siswa dengan gangguan penglihatan"),
    "temuan_dengar": _("Siswa dengan gangguan pendengaran"),
    "temuan_kurus": _("Siswa gizi kurang dan buruk (IMT/U)"),
    "temuan_anemia": _("Siswa anemia"),
}
ELDERLY = {  # counted by screening and care of the elderly
    "lansia_dilayani": _("Lansia 60 tahun ke atas dilayani"),
    "skrining_lansia": _("Lansia diskrining lengkap"),
    "lansia_aks": _("Lansia dengan AKS tahun ini"),
    "lansia_mandiri": _("Di antaranya mandiri (A)"),
    "lansia_bergantung": _("Lansia ketergantungan sedang, berat, atau total (C) bulan ini"),
}
SCREENING = {  # counted by the screening of adults
    "iva": _("Perempuan 30–50 tahun diperiksa IVA"),
    "iva_positif": _("Di antaranya IVA positif"),
    "sadanis": _("Perempuan 30–50 tahun diperiksa SADANIS"),
}
POSBINDU = {
    "skrining_produktif": _("Usia 15–59 tahun diskrining lengkap"),
    "td_diukur": _("Diukur tekanan darahnya"),
    "td_tinggi": _("Di antaranya tinggi"),
    "gds_diukur": _("Diperiksa gula darahnya"),
    "gds_tinggi": _("Di antaranya 200 mg/dL atau lebih"),
    "obesitas": _("Obesitas menurut IMT"),
}
INFECTIONS = {
    "hepb_positif": _("Hepatitis B atau C ditemukan, selain ibu hamil"),
    "sifilis_positif": _("Sifilis ditemukan, selain ibu hamil"),
    "sifilis_obat": _("Di antaranya diobati"),
}
WATER = {
    "sam_rendah": _("Sarana air minum berisiko rendah"),
    "sam_sedang": _("Sarana air minum berisiko sedang"),
    "sam_tinggi": _("Sarana air minum berisiko tinggi"),
    "sam_amat_tinggi": _("Sarana air minum berisiko amat tinggi"),
}
POSTS = {"posbindu_aktif": _("Posbindu PTM atau Posyandu yang menapis PTM bulan ini")}
REPORTED = MOTHERS | INFECTIONS | WATER | POSTS
ALL = REPORTED | TESTED | PUPILS | ELDERLY | SCREENING | POSBINDU
ELEMENTS: tuple[Element, ...] = (
    *reported(PROGRAMME, MOTHERS | INFECTIONS | POSTS),
    *reported(PROGRAMME, WATER, Kind.STOCK),
)
INDICATORS: tuple[Indicator, ...] = ()
PAIRS = (
    *(("bumil_hiv", "tes_hiv"), ("bumil_sifilis", "tes_sifilis"), ("bumil_hbsag", "tes_hbsag")),
    *(("bumil_malaria", "bumil_malaria_tes"), ("bumil_tb", "bumil_tb_tes")),
    *(("sifilis_obat", "sifilis_positif"), ("iva_positif", "iva")),
    *(("td_tinggi", "td_diukur"), ("gds_tinggi", "gds_diukur"), ("lansia_mandiri", "lansia_aks")),
)
FORM = Form(
    code="UKM",
    label=_("UKM menurut Permenkes 31/2019"),
    kinds=("puskesmas",),
    sections=(
        section("A", _("Kesehatan ibu"), TESTED | MOTHERS),
        section("B", _("Kesehatan anak sekolah"), PUPILS),
        section("C", _("Kesehatan lansia"), ELDERLY),
        section("D", _("Deteksi dini kanker"), SCREENING),
        section("E", _("Penapisan penyakit tidak menular"), POSBINDU),
        section("F", _("Pos penapisan, hepatitis, dan sifilis"), POSTS | INFECTIONS),
        section("G", _("Sarana air minum menurut inspeksi terakhir"), WATER),
    ),
    checks=(
        *(part_of(part, whole, ALL) for part, whole in PAIRS),
        Check(
            "bumil_sifilis_obat",
            "<=",
            "bumil_sifilis",
            _("Yang diobati lebih banyak daripada yang positif bulan ini: dari bulan lalu?"),
            warning=True,
        ),
    ),
    due=FIFTH,
    source="Permenkes 31/2019",
    pages=2,
    since=SINCE,
)

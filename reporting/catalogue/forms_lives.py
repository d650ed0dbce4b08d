"""The monthly form about schools, adults and the elderly: what no visit tells."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.language import FIFTH, Check, Form, Item, Section
from reporting.catalogue.shorthand import FROM_2026

SCHOOLS = Section(
    _("Sekolah dan remaja"),
    (
        Item("1", "sekolah_ada", _("Sekolah di wilayah kerja (SD, SMP, SMA, dan sederajat)")),
        Item("2", "sekolah_dijaring", _("Di antaranya sudah dijaring tahun ajaran ini")),
        Item("3", "uks_aktif", _("Di antaranya dengan UKS aktif")),
        Item("4a", "pkpr_ya", _("Memenuhi standar PKPR (isi 1 bila ya, 0 bila belum)")),
        Item("4b", "pkpr_belum", _("Belum memenuhi standar PKPR (isi 1 bila belum)")),
    ),
)
ADULTS = Section(
    _("Dewasa"),
    (
        Item("5a", "ubm_ya", _("Ada layanan berhenti merokok (isi 1 bila ada, 0 bila tidak)")),
        Item("5b", "ubm_belum", _("Tidak ada layanan berhenti merokok (isi 1 bila tidak ada)")),
        Item("6", "pekerja", _("Pekerja di wilayah kerja")),
        Item("7", "pekerja_dilayani", _("Pekerja dilayani bulan ini")),
        Item("8", "ktpa_ditemukan", _("Korban kekerasan (KTPA) ditemukan bulan ini")),
        Item("9", "ktpa_dilayani", _("Di antaranya dilayani")),
    ),
)
OTHERS = Section(
    _("Lansia dan bayi baru lahir"),
    (
        Item("10a", "santun_ya", _("Santun lansia (isi 1 bila ya, 0 bila belum)")),
        Item("10b", "santun_belum", _("Belum santun lansia (isi 1 bila belum)")),
        Item("11", "ckg_bbl", _("Bayi baru lahir yang selesai CKG bulan ini")),
    ),
)
LIVES = Form(
    code="SDL",
    label=_("Sekolah, dewasa, dan lansia"),
    kinds=("puskesmas",),
    sections=(SCHOOLS, ADULTS, OTHERS),
    checks=(
        Check(
            "sekolah_dijaring",
            "<=",
            "sekolah_ada",
            _("Sekolah yang dijaring melebihi sekolah yang ada."),
        ),
        Check("uks_aktif", "<=", "sekolah_ada", _("UKS aktif melebihi sekolah yang ada.")),
        Check("pekerja_dilayani", "<=", "pekerja", _("Pekerja dilayani melebihi pekerja.")),
        Check(
            "ktpa_dilayani",
            "<=",
            "ktpa_ditemukan",
            _("Korban dilayani melebihi korban yang ditemukan."),
            warning=True,
        ),
    ),
    due=FIFTH,
    source="Laporan Puskesmas; isian yang tidak berasal dari kunjungan",
    since=FROM_2026,
)

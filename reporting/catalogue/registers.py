"""What the system itself knows: places of the registry, how far they are with ILP, reports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.language import Register

PROVINCE = "F_PROVINSI"
ALL: tuple[Register, ...] = (
    Register("F_PUSKESMAS", _("Puskesmas"), _("Yang buka pada akhir bulan.")),
    Register("F_PUSTU", _("Pustu"), _("Yang buka pada akhir bulan.")),
    Register("F_POSYANDU", _("Posyandu"), _("Yang buka pada akhir bulan.")),
    Register("F_DESA", _("Desa/kelurahan"), _("Yang berlaku pada akhir bulan.")),
    Register(
        "F_DESA_UCI",
        _("Desa/kelurahan UCI"),
        _("IDL sejak Januari mencapai batas UCI x bulan/12 dari sasaran S_SI desa itu."),
    ),
    Register(PROVINCE, _("Kode provinsi"), _("Menentukan indikator yang berlaku di sana.")),
    Register("F_PUSKESMAS_ILP", _("Puskesmas menerapkan ILP"), _("Berjalan atau terverifikasi.")),
    Register("F_PUSTU_ILP", _("Pustu menerapkan ILP"), _("Berjalan atau terverifikasi.")),
    Register(
        "F_POSYANDU_AKTIF", _("Posyandu aktif"), _("Dengan kunjungan di tempatnya bulan itu.")
    ),
    Register(
        "F_POSYANDU_SIKLUS",
        _("Posyandu siklus hidup"),
        _("Melayani ibu hamil, balita, dan dewasa atau lansia bulan itu."),
    ),
    Register("F_LAPORAN_WAJIB", _("Laporan wajib"), _("Formulir x tempat yang mengisinya.")),
    Register("F_LAPORAN_MASUK", _("Laporan dikirim"), _("Terkirim, diverifikasi, atau disahkan.")),
    Register("F_LAPORAN_TEPAT", _("Laporan tepat waktu"), _("Dikirim sampai batas tanggalnya.")),
)
# A Posyandu serves all ages when each of these services was given there in the month.
LIFE_CYCLE = ("antenatal", "growth", "adult")

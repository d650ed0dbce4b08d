"""What can be wrong with a deadline, a day off or an extension, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from ilp.core.errors import DomainError


class UnknownForm(DomainError):
    code = "unknown-form"
    text = _("Jenis laporan “%(form)s” tidak ada. Pilih dari daftar.")


class NobodyReports(DomainError):
    code = "nobody-reports"
    text = _("%(kind)s tidak mengisi laporan ini. Pilih jenis tempat lain, atau semua.")


class DayOrDistance(DomainError):
    code = "day-or-distance"
    text = _(
        "Isi salah satu: tanggal pada bulan berikutnya (1–28), atau jumlah hari sesudah masa "
        "laporan berakhir (1–90)."
    )


class GraceTooLong(DomainError):
    code = "grace-too-long"
    text = _("Toleransi paling lama 31 hari.")


class ClosesTooEarly(DomainError):
    code = "closes-too-early"
    text = _(
        "Tanggal tutup bulan laporan 15–28. Kosongkan bila ditutup pada hari terakhir bulan itu."
    )


class ClosesNoMonth(DomainError):
    code = "closes-no-month"
    text = _(
        "%(form)s tidak diisi setiap bulan, jadi tanggal tutupnya tidak dapat diatur. Kosongkan "
        "tanggal tutup, atau pilih laporan lain."
    )


class OpensTooLate(DomainError):
    code = "opens-too-late"
    text = _(
        "Laporan harus sudah dapat diisi sebelum batasnya lewat: isi 1–%(days)s hari sesudah masa "
        "laporan, atau kosongkan."
    )


class ReportsSent(DomainError):
    code = "deadline-reports-sent"
    text = _(
        "%(form)s %(month)s sudah ada yang dikirim, jadi masa laporannya tidak boleh bergeser. "
        "Pilih bulan sesudahnya."
    )


class NotLaterRule(DomainError):
    code = "deadline-not-later"
    text = _(
        "Batas baru harus mulai sesudah %(month)s, bulan mulai batas yang sekarang. Bulan yang "
        "lalu tetap memakai batas yang lama."
    )


class MonthsLocked(DomainError):
    code = "deadline-months-locked"
    text = _(
        "Bulan %(month)s sudah dikunci, jadi batas laporannya tidak boleh bergeser. Pilih bulan "
        "sesudahnya, atau minta kuncinya dibuka."
    )


class AlreadyEnded(DomainError):
    code = "deadline-ended"
    text = _("Batas ini sudah berakhir. Muat ulang halaman untuk melihat keadaan terakhir.")


class SourceMissing(DomainError):
    code = "source-missing"
    text = _("Tulis dasar keputusannya, contoh nomor dan tanggal SK.")


class HolidayTwice(DomainError):
    code = "holiday-twice"
    text = _("%(day)s sudah tercatat sebagai hari libur. Hapus dari isian, lalu simpan lagi.")


class HolidayNameMissing(DomainError):
    code = "holiday-name-missing"
    text = _("Tulis nama hari libur %(day)s sesudah tanggalnya.")


class NotAReporter(DomainError):
    code = "not-a-reporter"
    text = _("%(place)s tidak mengisi laporan itu untuk bulan %(month)s. Periksa pilihan Anda.")


class NotLonger(DomainError):
    code = "not-longer"
    text = _(
        "Batas biasanya %(day)s. Perpanjangan harus lebih lambat dari itu, dan paling lama setahun "
        "sesudahnya."
    )


class ReasonMissing(DomainError):
    code = "extension-reason-missing"
    text = _("Tulis mengapa tempat ini diberi waktu lebih lama.")


class ExtendedAlready(DomainError):
    code = "extended-already"
    text = _("Tempat ini sudah diberi perpanjangan untuk bulan itu. Batalkan dahulu yang lama.")


class ExtensionGone(DomainError):
    code = "extension-gone"
    text = _("Perpanjangan ini sudah dibatalkan. Muat ulang halaman.")

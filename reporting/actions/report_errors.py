"""What can be wrong with a step of a report, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from ilp.core.counting import counted_lazy
from ilp.core.errors import DomainError


class WrongPlace(DomainError):
    code = "wrong-place"
    text = _("%(place)s tidak mengisi laporan ini. Pilih tempat lain dari daftar laporan.")


class NotThisMonth(DomainError):
    code = "not-this-month"
    text = _("Laporan ini hanya diisi untuk bulan %(months)s. Pilih salah satu bulan itu.")


class NotInForce(DomainError):
    code = "form-not-in-force"
    text = _("Formulir ini tidak berlaku untuk %(month)s. Pilih bulan lain dari daftar laporan.")


class OfWeeks(DomainError):
    code = "report-of-weeks"
    text = _("Laporan ini diisi setiap minggu. Pilih minggunya dari daftar laporan.")


class WrongStep(DomainError):
    code = "wrong-step"
    text = _("Laporan berstatus “%(status)s”, sehingga langkah ini tidak dapat dilakukan.")


class AlreadyOpened(DomainError):
    code = "already-opened"
    text = _(
        "%(who)s sudah membuka laporan ini pada %(moment)s, jadi tidak dapat ditarik kembali. "
        "Minta pemeriksa mengembalikannya."
    )


class NotTheHolder(DomainError):
    code = "not-the-holder"
    text = _(
        "Laporan ini disahkan pengelola program %(names)s, dan Anda tidak ditunjuk untuk itu. "
        "Minta Admin Dinkes menunjuk Anda di Laporan › Pengesahan program."
    )


class ApprovedAlready(DomainError):
    code = "approved-already"
    text = _("Anda sudah mengesahkan laporan ini. Masih menunggu program %(names)s.")


class OwnReport(DomainError):
    code = "own-report"
    text = _(
        "Anda sendiri yang mengirim laporan ini, jadi tidak dapat memeriksanya sebagai pengganti. "
        "Minta orang lain yang berperan itu."
    )


class NotComplete(DomainError):
    code = "not-complete"
    text = counted_lazy(
        "Masih ada %(count)s isian kosong. Isi angkanya, 0 bila memang nihil, "
        "atau TA bila layanannya tidak ada."
    )


class SaysNothing(DomainError):
    code = "says-nothing"
    text = _("Laporan ini belum berisi apa pun. Isi 0 pada satu baris bila memang tidak ada kasus.")


class Unreadable(DomainError):
    code = "unreadable"
    text = counted_lazy(
        "Masih ada %(count)s isian yang ditandai. Perbaiki sesuai kalimat di bawahnya."
    )


class RuleBroken(DomainError):
    code = "rule-broken"
    text = _("%(message)s")


class ReasonMissing(DomainError):
    code = "reason-missing"
    text = _(
        "Baris %(rows)s berbeda dari %(what)s. Tulis alasannya di kolom Alasan, lalu kirim lagi."
    )


class UnusualUnexplained(DomainError):
    code = "unusual-unexplained"
    text = _(
        "Baris %(rows)s jauh dari yang biasa dilaporkan di sini. Periksa angkanya; bila benar, "
        "tulis alasannya di kolom Alasan, lalu kirim lagi."
    )


class OverTargetUnexplained(DomainError):
    code = "over-target-unexplained"
    text = _(
        "Kumulatif baris %(rows)s melebihi sasarannya. Periksa angkanya; bila benar, tulis "
        "alasannya di kolom Alasan, lalu kirim lagi."
    )


class UnknownCell(DomainError):
    code = "unknown-cell"
    text = _("Komentar untuk baris yang tidak ada di formulir ini. Muat ulang halaman.")


class NoteMissing(DomainError):
    code = "note-missing"
    text = _("Tulis apa yang perlu diperbaiki sebelum mengembalikan laporan.")

"""Why a month cannot be released, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from ilp.core.errors import DomainError


class MonthNotOver(DomainError):
    code = "month-not-over"
    text = _("%(month)s belum berakhir. Rilis mulai %(day)s.")


class NothingToRelease(DomainError):
    code = "nothing-to-release"
    text = _("Belum ada angka untuk %(month)s. Periksa kembali bulannya.")


class StillCounting(DomainError):
    code = "still-counting"
    text = _(
        "Masih ada perubahan %(month)s yang sedang dihitung. Tunggu sampai selesai, biasanya "
        "kurang dari satu menit, lalu coba lagi."
    )


class RevisionReasonMissing(DomainError):
    code = "revision-reason-missing"
    text = _("Tulis alasan revisi, misalnya “Posyandu Melati menyusulkan 12 balita”.")


class NothingChanged(DomainError):
    code = "nothing-changed"
    text = _("Angka %(month)s masih sama dengan rilis revisi %(number)s. Tidak ada yang dirilis.")


class ChangedMeanwhile(DomainError):
    code = "changed-since-release"
    text = _("Angka %(month)s sudah lain daripada rilis terakhirnya. Terbitkan revisi.")


class UnlockReasonMissing(DomainError):
    code = "unlock-reason-missing"
    text = _("Tulis alasan membuka kunci, misalnya siapa yang perlu memperbaiki apa.")

"""What can be wrong with the programmes that approve a form, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from ilp.core.errors import DomainError


class NameMissing(DomainError):
    code = "programme-name-missing"
    text = _("Tulis nama programnya, contoh: Gizi.")


class ApprovedBelow(DomainError):
    code = "programme-approved-below"
    text = _(
        "%(form)s diisi di bawah Puskesmas dan disahkan Kepala Puskesmas, jadi tidak menunggu "
        "program Dinkes. Pilih laporan yang diisi Puskesmas."
    )


class PeopleMissing(DomainError):
    code = "programme-people-missing"
    text = _("Pilih paling sedikit satu orang yang mengesahkan untuk program ini.")


class NotAnApprover(DomainError):
    code = "not-an-approver"
    text = _(
        "%(who)s tidak mempunyai peran yang mengesahkan laporan di %(district)s. Beri perannya "
        "dahulu di menu Pengguna, atau pilih orang lain."
    )


class HolderTwice(DomainError):
    code = "programme-twice"
    text = _(
        "Program %(name)s sudah mengesahkan laporan ini pada bulan-bulan itu. Akhiri dahulu yang "
        "lama, atau tambahkan orangnya di sana."
    )


class HolderEnded(DomainError):
    code = "programme-ended"
    text = _("Program ini sudah diakhiri. Muat ulang halaman untuk melihat keadaan terakhir.")


class EndsTooEarly(DomainError):
    code = "programme-ends-too-early"
    text = _("Program ini mulai mengesahkan laporan %(month)s. Pilih bulan itu atau sesudahnya.")


class PersonTwice(DomainError):
    code = "programme-person-twice"
    text = _("%(who)s sudah mengesahkan untuk program %(name)s.")


class LastPerson(DomainError):
    code = "programme-last-person"
    text = _(
        "%(who)s satu-satunya yang mengesahkan untuk program %(name)s. Tunjuk penggantinya dahulu, "
        "atau akhiri programnya."
    )


class PersonGone(DomainError):
    code = "programme-person-gone"
    text = _("Orang ini sudah tidak mengesahkan untuk program itu. Muat ulang halaman.")


class WrongMonth(DomainError):
    code = "programme-wrong-month"
    text = _("Tulis bulan sebagai tahun-bulan, contoh 2026-01.")

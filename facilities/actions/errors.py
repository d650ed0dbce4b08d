"""What can be wrong with a change of the tree, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from ilp.core.counting import counted_lazy
from ilp.core.errors import DomainError


class CodeTaken(DomainError):
    code = "code-taken"
    text = _("Kode %(code)s sudah dipakai %(holder)s. Pakai kode lain.")


class ParentUnknown(DomainError):
    code = "parent-unknown"
    text = _("Induk %(parent)s untuk %(place)s tidak ditemukan. Buka induknya dahulu.")


class WrongParent(DomainError):
    code = "wrong-parent"
    text = _("%(place)s tidak dapat berinduk pada %(parent)s. Pilih salah satu: %(allowed)s.")


class ParentNotOpen(DomainError):
    code = "parent-not-open"
    text = _("%(parent)s belum buka atau sudah tutup pada %(day)s. Pilih induk atau bulan lain.")


class NoParent(DomainError):
    code = "no-parent"
    text = _("%(place)s belum mempunyai induk. Pilih paling sedikit satu induk.")


class NothingToMove(DomainError):
    code = "nothing-to-move"
    text = _("%(place)s sudah berinduk pada %(parent)s. Pilih induk lain.")


class NotOpen(DomainError):
    code = "not-open"
    text = _("%(place)s tidak buka pada %(day)s. Pilih bulan ketika tempat ini buka.")


class ChildrenStillOpen(DomainError):
    code = "children-still-open"
    text = counted_lazy(
        "%(place)s masih membawahi %(count)s tempat yang buka (%(names)s). "
        "Pindahkan atau tutup dahulu."
    )


class MergeMismatch(DomainError):
    code = "merge-mismatch"
    text = _("%(place)s hanya dapat digabung dengan tempat lain yang sejenis.")


class NotAChild(DomainError):
    code = "not-a-child"
    text = _("%(child)s tidak langsung di bawah %(place)s pada %(day)s. Hapus dari pilihan.")

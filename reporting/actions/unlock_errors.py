"""Why a request to open a locked month, or its answer, cannot be taken, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from ilp.core.errors import DomainError


class RequestReasonMissing(DomainError):
    code = "unlock-request-reason-missing"
    text = _("Tulis apa yang perlu diperbaiki, misalnya “baris K3 tertukar dengan K4”.")


class AskedAlready(DomainError):
    code = "unlock-asked-already"
    text = _(
        "Buka kunci untuk laporan ini sudah diminta pada %(day)s dan belum dijawab. "
        "Tunggu jawaban Dinkes."
    )


class AnsweredAlready(DomainError):
    code = "unlock-answered-already"
    text = _("Permintaan ini sudah dijawab. Muat ulang halaman untuk melihat jawabannya.")


class RefusalReasonMissing(DomainError):
    code = "unlock-refusal-reason-missing"
    text = _("Tulis alasan menolak, supaya peminta tahu apa yang harus dilakukan.")

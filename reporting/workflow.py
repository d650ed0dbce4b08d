"""The steps a monthly report goes through. Data only."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from facilities.roles import Permission


class Status(models.TextChoices):
    DRAFT = "draft", _("Draf")
    SENT = "sent", _("Dikirim")
    VERIFIED = "verified", _("Diverifikasi")
    APPROVED = "approved", _("Disahkan")
    RETURNED = "returned", _("Dikembalikan")


class Step(models.TextChoices):
    SEND = "send", _("Kirim")
    VERIFY = "verify", _("Verifikasi")
    APPROVE = "approve", _("Sahkan")
    RETURN = "return", _("Kembalikan")
    TAKE_BACK = "take_back", _("Tarik kembali")


@dataclass(frozen=True)
class Transition:
    sources: frozenset[Status]
    target: Status
    permission: Permission
    needs_note: bool = False


S, P = Status, Permission
TRANSITIONS: dict[Step, Transition] = {
    Step.SEND: Transition(frozenset({S.DRAFT, S.RETURNED}), S.SENT, P.SEND),
    Step.VERIFY: Transition(frozenset({S.SENT}), S.VERIFIED, P.VERIFY),
    Step.APPROVE: Transition(frozenset({S.VERIFIED}), S.APPROVED, P.APPROVE),
    Step.RETURN: Transition(
        frozenset({S.SENT, S.VERIFIED, S.APPROVED}), S.RETURNED, P.RETURN, needs_note=True
    ),
    Step.TAKE_BACK: Transition(frozenset({S.SENT}), S.DRAFT, P.SEND),
}
# What comes from below a Puskesmas is looked at there alone: to verify it is to approve it. What
# was verified before this held goes the same way.
CHECKED_BELOW = Transition(frozenset({S.SENT, S.VERIFIED}), S.APPROVED, P.VERIFY)
BELOW: dict[Step, Transition] = {
    step: CHECKED_BELOW if step is Step.VERIFY else move
    for step, move in TRANSITIONS.items()
    if step is not Step.APPROVE
}
TO_THE_DINAS = "puskesmas"  # the kind of place whose reports the Dinas approves
CHECKING = frozenset({P.VERIFY, P.APPROVE})  # of those for whom sent reports wait
EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})


def moves_of(kind: str) -> Mapping[Step, Transition]:
    """The steps that there are for reports of a kind of place, and where each of them leads."""
    return TRANSITIONS if kind == TO_THE_DINAS else BELOW


def checking(kind: str) -> frozenset[Permission]:
    """Whose looking at a report of a kind of place ends its taking back."""
    moves = moves_of(kind)
    return frozenset(moves[one].permission for one in (Step.VERIFY, Step.APPROVE) if one in moves)


def steps_from(status: str, kind: str = TO_THE_DINAS) -> list[Step]:
    """The steps that lead on from a status."""
    return [step for step, move in moves_of(kind).items() if status in move.sources]

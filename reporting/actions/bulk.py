"""Several reports verified or approved at once: each by itself, none that must be looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from clusters.actions.locks import hold_months
from ilp.core.counting import counted_lazy
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import User
from reporting.actions.report_errors import WrongStep
from reporting.actions.reports import take_step
from reporting.models import Report
from reporting.selectors.verifying import candidates
from reporting.workflow import Status, Step

ONWARD = {Status.SENT: Step.VERIFY, Status.VERIFIED: Step.APPROVE}


class HasFlags(DomainError):
    code = "has-flags"
    text = counted_lazy("Ada %(count)s tanda. Buka laporannya, lalu putuskan.")


class ChangedSinceSeen(DomainError):
    code = "changed-since-seen"
    text = _("Angkanya berubah sejak daftar ini dibuka. Buka laporannya, lalu putuskan.")


class NotYours(DomainError):
    code = "not-yours"
    text = _("Langkah ini bukan wewenang Anda di tempat itu. Minta yang berwenang.")


@dataclass(frozen=True)
class Outcome:
    """What became of one of them: moved on, or left as it was and why."""

    report: Report
    refusal: DomainError | None


def take_all(*, seen: Iterable[tuple[int, int]], by: User) -> list[Outcome]:
    """Verify or approve each report, as (id, version seen), in a transaction of its own.

    One that is refused is left as it was and named; the others go through.
    """
    wanted = dict(seen)
    visible = Report.objects.visible_to(by).filter(pk__in=wanted).select_related("facility")
    found = visible.order_by("month", "week", "facility__name", "pk")
    return [_outcome(report, wanted[report.pk], by) for report in found]


def _outcome(report: Report, version: int, by: User) -> Outcome:
    try:
        return Outcome(take_onward(report=report, version=version, by=by), None)
    except Forbidden:
        return Outcome(report, NotYours())
    except DomainError as refusal:
        return Outcome(report, refusal)


@transaction.atomic
def take_onward(*, report: Report, version: int, by: User) -> Report:
    """The next step of a report that was seen in this version and has nothing doubtful in it."""
    hold_months([report.month])  # before the row, as everybody does
    held = Report.objects.select_for_update(of=("self",)).select_related("facility")
    now = held.get(pk=report.pk)
    if now.status not in ONWARD:
        raise WrongStep(status=now.get_status_display())
    if now.version != version:
        raise ChangedSinceSeen
    step = ONWARD[Status(now.status)]
    (candidate,) = candidates([(now, step)])
    if candidate.flags:
        raise HasFlags(count=candidate.flags)
    return take_step(report=now, step=step, by=by)

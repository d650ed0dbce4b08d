"""Approval by one person, or by each of the programmes that the district asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ilp.core.models import User
from reporting.actions.report_errors import ApprovedAlready, NotTheHolder
from reporting.models import Holder, Report, ReportApproval, ReportEvent
from reporting.selectors.holders import Share, approvals

__all__ = ["Approval", "approval", "give", "take_away"]


@dataclass(frozen=True)
class Approval:
    """What one person's approval does: for which programmes it speaks, and whether it is all."""

    holders: tuple[Holder, ...] = ()
    completes: bool = True
    behalf: int | None = None  # whose it is, where it is not the person's own

    @property
    def names(self) -> str:
        return ", ".join(holder.name for holder in self.holders)


def approval(*, report: Report, by: User | None, acting: Collection[int]) -> Approval:
    """What the approval by this person would do; a DomainError where it would do nothing.

    `acting` are the people in whose name the person may approve here.
    """
    needed = approvals(report)
    missing = needed.missing
    if not missing and (by is None or needed.open_to(acting)):
        return Approval()  # no programme is asked, or those that were missing no longer are
    if by is None:
        return Approval(tuple(share.holder for share in missing))
    mine = [share for share in missing if share.is_of(acting)]
    if not mine:
        if any(share.is_of(acting) for share in needed.shares):
            raise ApprovedAlready(names=_names(missing))
        raise NotTheHolder(names=_names(needed.shares))
    own = any(share.is_of({by.pk}) for share in mine)
    others = [user.pk for share in mine for user in share.people if user.pk in acting]
    return Approval(
        tuple(share.holder for share in mine),
        completes=len(mine) == len(missing),
        behalf=None if own else others[0],
    )


def give(*, report: Report, event: ReportEvent, holders: Collection[Holder]) -> None:
    """Keep for which programmes the step spoke."""
    ReportApproval.objects.bulk_create(
        ReportApproval(report=report, holder=holder, event=event) for holder in holders
    )


def take_away(*, report: Report) -> None:
    """A report that went back was approved by nobody; the history keeps who had."""
    ReportApproval.objects.filter(report=report, stands=True).update(stands=False)


def _names(shares: Iterable[Share]) -> str:
    return ", ".join(share.holder.name for share in shares)

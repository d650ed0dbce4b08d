"""Which programmes have to approve a report, who speaks for them, and which of them have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from facilities.access import stood_in_for
from facilities.models import Ancestry, Facility
from facilities.roles import Permission, roles_with
from ilp.core.models import User
from reporting.models import Holder, HolderPerson, Report, ReportApproval, ReportEvent
from reporting.workflow import TO_THE_DINAS


@dataclass(frozen=True)
class Share:
    """One programme's part in approving a report; `event` is its approval, if there is one."""

    holder: Holder
    people: tuple[User, ...]
    event: ReportEvent | None

    def is_of(self, users: Collection[int]) -> bool:
        return any(user.pk in users for user in self.people)


@dataclass(frozen=True)
class Approvals:
    """The programmes that have to approve a report; none where one approval is enough."""

    shares: tuple[Share, ...] = ()

    @property
    def missing(self) -> list[Share]:
        return [share for share in self.shares if share.event is None]

    def open_to(self, users: Collection[int]) -> bool:
        """Whether the approval of one of these people would bring the report on."""
        return not self.shares or any(s.is_of(users) for s in self.missing or self.shares)


def approvals(report: Report) -> Approvals:
    """What one report needs. One query where its form has no programmes, else five."""
    return approvals_of([report])[report.pk]


def approvals_of(reports: Collection[Report]) -> dict[int, Approvals]:
    """The same for many reports, by their ids. Five queries, however many there are."""
    holders = list(Holder.objects.filter(form_code__in={one.form_code for one in reports}))
    if not holders:
        return {one.pk: Approvals() for one in reports}
    asked = _asked(reports, holders)
    people = _people([holder.pk for holder in holders])
    given = _given(reports)
    return {
        one.pk: Approvals(
            tuple(Share(h, people.get(h.pk, ()), given.get((one.pk, h.pk))) for h in asked[one.pk])
        )
        for one in reports
    }


def open_to(
    *, user: User, reports: Collection[Report], given: Mapping[int, Collection[int]]
) -> set[int]:
    """Ids of the reports that an approval of the user would bring on, as `Approvals.open_to` says
    of one. `given`: by report the programmes that approved it. Two queries, however many reports.
    """
    acting = Q(user=user) | Q(user__in=stood_in_for(user, Permission.APPROVE))
    speaks = people_on(timezone.localdate()).filter(acting, user__is_active=True)
    rows = Holder.objects.filter(form_code__in={one.form_code for one in reports})
    holders: list[Any] = list(rows.annotate(is_mine=Exists(speaks.filter(holder=OuterRef("pk")))))
    mine = {holder.pk for holder in holders if holder.is_mine}
    asked = _asked(reports, holders) if holders else {}
    found = set()
    for one in reports:
        needed = {holder.pk for holder in asked.get(one.pk, ())}
        missing = needed.difference(given.get(one.pk, ()))
        if not needed or mine & (missing or needed):
            found.add(one.pk)
    return found


def _asked(reports: Collection[Report], holders: Collection[Holder]) -> dict[int, list[Holder]]:
    """Report -> the programmes of its form that the district asked for in its month, by name."""
    links = Ancestry.objects.filter(
        ancestor__in={h.district_id for h in holders},
        descendant__in={one.facility_id for one in reports},
    )
    homes = defaultdict(list)
    for district, place, valid in links.values_list("ancestor", "descendant", "valid"):
        homes[place].append((district, valid))
    ordered = sorted(holders, key=lambda h: h.name.lower())
    found: dict[int, list[Holder]] = {}
    for one in reports:
        if one.facility.kind != TO_THE_DINAS:  # the Puskesmas has the last word there
            found[one.pk] = []
            continue
        day = one.month.last_day
        districts = {district for district, valid in homes[one.facility_id] if day in valid}
        found[one.pk] = [
            h for h in ordered if h.form_code == one.form_code and h.district_id in districts
            and h.since <= one.month and (h.until is None or one.month < h.until)
        ]  # fmt: skip
    return found


def people_on(day: date) -> QuerySet[HolderPerson]:
    """Who speaks for a programme on the day."""
    return HolderPerson.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day
    ).select_related("user")


def _people(holders: Collection[int]) -> dict[int, tuple[User, ...]]:
    found: dict[int, tuple[User, ...]] = {}
    held = people_on(timezone.localdate()).filter(holder__in=holders, user__is_active=True)
    for row in held.order_by("user__first_name", "user__username"):
        found[row.holder_id] = (*found.get(row.holder_id, ()), row.user)
    return found


def _given(reports: Collection[Report]) -> dict[tuple[int, int], ReportEvent]:
    stands = ReportApproval.objects.filter(report__in=reports, stands=True)
    rows = stands.select_related("event__by")
    return {(row.report_id, row.holder_id): row.event for row in rows}


def candidates(district: Facility) -> QuerySet[User]:
    """Who may approve in the whole district today, and so may speak for a programme."""
    today = timezone.localdate()
    return (
        User.objects.filter(
            Q(assignments__ends_on=None) | Q(assignments__ends_on__gt=today),
            is_active=True,
            assignments__stands_for=None,
            assignments__starts_on__lte=today,
            assignments__role__in=roles_with(Permission.APPROVE),
            assignments__facility__below__descendant=district,
            assignments__facility__below__valid__contains=today,
        )
        .distinct()
        .order_by("first_name", "username")
    )

"""Which months there are numbers for, and how fresh these are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from django.db import connection
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from clusters.milestones import STATES
from clusters.models import TouchedPerson
from facilities.models import Ancestry, ChangedCell, DataVersion, Facility
from ilp.core.months import Month
from reporting import totals
from reporting.models import Report, Total
from reporting.selectors.parts import part
from reporting.selectors.places import Place


@dataclass(frozen=True)
class Span:
    """The first and the last month in which anything was counted at a place."""

    first: Month
    last: Month


@dataclass(frozen=True)
class _Any:
    """Stand in a kept statement for the place, the kind and the month that are asked for."""

    pk: int = -1
    kind: str = "?"
    month: Month = Month(1900, 1)


ANY = _Any()
# How people stand is carried into months in which nobody has come yet; that alone opens no month.
CARRIED = frozenset(state.service for state in STATES)


@part(lambda of: of.pk)
def span(*, of: Place) -> Span | None:
    """By what was recorded in the months; where there is nothing else, by how people stand."""
    rows = Total.objects.filter(place=of.pk)
    told = ~Q(programme__in=CARRIED)
    found = rows.aggregate(
        first=Coalesce(Min("month", filter=told), Min("month")),
        last=Coalesce(Max("month", filter=told), Max("month")),
    )
    return None if found["first"] is None else Span(found["first"], found["last"])


@dataclass(frozen=True)
class Freshness:
    """How far the numbers of a month may be trusted today.

    `reporting` of `expected` places below recorded something in the month, or sent a report
    that was approved; `pending` cells of the to-do list of the roll-up lie at the place or below
    it.
    """

    month: Month
    changed_at: datetime | None
    reporting: int
    expected: int
    kind: str  # of the places that are expected to report
    pending: int
    today: date

    @property
    def is_provisional(self) -> bool:
        unfinished = self.month.last_day >= self.today
        return unfinished or self.pending > 0 or self.reporting < self.expected

    @property
    def who(self) -> str:
        """ "5 dari 6 Puskesmas melapor"; empty at the bottom of the tree."""
        if not self.expected:
            return ""
        return _("%(reporting)d dari %(expected)d %(kind)s melapor") % {
            "reporting": self.reporting,
            "expected": self.expected,
            "kind": Facility.Kind(self.kind).label,
        }

    @property
    def sentence(self) -> str:
        state = _("Angka sementara") if self.is_provisional else _("Angka lengkap")
        return " – ".join(filter(None, (state, self.who)))


def freshness(*, of: Place, month: Month, kind: str, today: date) -> Freshness:
    """Two queries and one rule for every page: who recorded something or has an approved report."""
    changed_at, expected, reporting = _told(of=of, month=month, kind=kind)
    waiting, touched = _answer(_waiting_statement(), of=of, month=month)
    return Freshness(
        month=month,
        changed_at=changed_at,
        reporting=reporting,
        expected=expected,
        kind=kind,
        # Whoever is being worked out may live anywhere; rather say "provisional" once too often.
        pending=waiting or touched,
        today=today,
    )


@part(lambda of, month, kind: (of.pk, month, kind))
def _told(*, of: Place, month: Month, kind: str) -> tuple[Any, ...]:
    """Since when the numbers are as they are, how many ought to report and how many did."""
    return _answer(_statement(), of=of, month=month, kind=kind)


def _answer(
    statement: tuple[str, tuple[Any, ...]], *, of: Place, month: Month, kind: str = ""
) -> tuple[Any, ...]:
    text, params = statement
    asked: dict[Any, Any] = {ANY.pk: of.pk, ANY.kind: kind}
    asked |= {ANY.month.first_day: month.first_day, ANY.month.last_day: month.last_day}
    with connection.cursor() as cursor:
        cursor.execute(text, [asked.get(p, p) for p in params])
        return cast("tuple[Any, ...]", cursor.fetchone())


def _inside() -> QuerySet:
    links = Ancestry.objects.filter(ancestor_id=ANY.pk, valid__contains=ANY.month.last_day)
    return links.values("descendant")


@cache
def _statement() -> tuple[str, tuple[Any, ...]]:
    """Made once: every page asks it, and to put it together takes longer than to answer it."""
    above = Ancestry.objects.filter(ancestor=OuterRef("district"), descendant=ANY.pk)
    below_it = Ancestry.objects.filter(descendant=OuterRef("district"), ancestor=ANY.pk)
    versions = DataVersion.objects.filter(Exists(above) | Exists(below_it))
    counted = versions.exclude(changed_at=None)
    changes = counted.order_by("-changed_at").values("changed_at")
    below = Facility.objects.filter(pk__in=_inside(), kind=ANY.kind).exclude(pk=ANY.pk)
    found = Facility.objects.filter(pk=ANY.pk).values_list(
        Subquery(changes[:1]), _number(below), _number(below.filter(_reported(ANY.month)))
    )
    return found.query.sql_with_params()


@cache
def _waiting_statement() -> tuple[str, tuple[Any, ...]]:
    """Cells of the to-do list of the roll-up at the place or below it, and people anywhere."""
    waiting = ChangedCell.objects.filter(place__in=_inside())
    found = Facility.objects.filter(pk=ANY.pk).values_list(
        _number(waiting), _number(TouchedPerson.objects.all())
    )
    return found.query.sql_with_params()


def _reported(month: Month) -> Q:
    """Of places: states that are carried into a month by themselves say nothing of it."""
    told = ~Q(programme__in=CARRIED) | totals.attended(CARRIED)
    seen = Total.objects.filter(told, place=OuterRef("pk"), month=month)
    inside = Ancestry.objects.filter(
        ancestor=OuterRef(OuterRef("pk")), valid__contains=month.last_day
    ).values("descendant")
    approved = Report.objects.approved().filter(month=month, facility__in=inside)
    return Q(Exists(seen)) | Q(Exists(approved))


def _number(rows: QuerySet) -> Coalesce:
    """How many there are, as a number beside others."""
    one = rows.order_by().annotate(all=Value(1)).values("all")
    return Coalesce(Subquery(one.annotate(n=Count("pk")).values("n")), 0)

"""Which months there are numbers for, and how fresh these are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, Max, Min, OuterRef
from django.utils.translation import gettext as _

from clusters.models import TouchedPerson
from facilities.models import Ancestry, ChangedCell, DataVersion, Facility
from ilp.core.months import Month
from reporting.models import Total
from reporting.selectors.places import Place
from reporting.selectors.scores import Score


@dataclass(frozen=True)
class Span:
    """The first and the last month in which anything was counted at a place."""

    first: Month
    last: Month


def span(*, of: Place) -> Span | None:
    found = Total.objects.filter(place=of.pk).aggregate(first=Min("month"), last=Max("month"))
    return None if found["first"] is None else Span(found["first"], found["last"])


@dataclass(frozen=True)
class Freshness:
    """How far the numbers of a month may be trusted today.

    `reporting` of `expected` places below have numbers for the month; `pending` cells of the
    to-do list of the roll-up lie at the place or below it.
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


def freshness(
    *, of: Place, month: Month, kind: str, scores: Iterable[Score], today: date
) -> Freshness:
    """Two queries; who reported is read off the scores of the places below."""
    below: dict[int, bool] = {}
    for one in scores:
        if one.place != of.pk:
            below[one.place] = below.get(one.place, False) or one.reported
    above = Ancestry.objects.filter(ancestor=OuterRef("district"), descendant=of.pk)
    below_it = Ancestry.objects.filter(descendant=OuterRef("district"), ancestor=of.pk)
    versions = DataVersion.objects.filter(Exists(above) | Exists(below_it))
    changed = versions.aggregate(at=Max("changed_at"))
    links = Ancestry.objects.filter(ancestor_id=of.pk, valid__contains=month.last_day)
    waiting = ChangedCell.objects.filter(place__in=links.values("descendant"))
    return Freshness(
        month=month,
        changed_at=changed["at"],
        reporting=sum(below.values()),
        expected=len(below),
        kind=kind,
        # Whoever is being worked out may live anywhere; rather say "provisional" once too often.
        pending=waiting.count() or TouchedPerson.objects.count(),
        today=today,
    )

"""Which place and which month a page is about: both stand in its address."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from facilities.access import can, permissions
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import Forbidden
from ilp.core.http import Request
from ilp.core.models import User
from ilp.core.months import Month
from reporting.selectors import places
from reporting.selectors.book import CATALOGUE, LOCAL, Book, book
from reporting.selectors.periods import Freshness, Span, freshness, span
from reporting.selectors.places import Place
from reporting.selectors.releases import read_from, stamp_at
from reporting.selectors.surroundings import Surroundings, surroundings
from reporting.totals import Data, Source, Stamp, shown
from reporting.totals.shown import LIVE
from reporting.views.shown import asked_data

# What links between pages carry along, and what a page's address may hold besides.
CARRIED = ("w", "p", "d")
OWN = ("b", "i", "v", "s", "k", "m", "t", "kec")


@dataclass(frozen=True)
class Context:
    """The place and month that were asked for, and what a page needs to lead elsewhere."""

    path: str
    user: User
    place: Place
    month: Month
    span: Span | None
    source: Source = LIVE  # where the numbers of the page are read from
    data: str = ""  # what the address says of it, carried along
    own: dict[str, str] = field(default_factory=dict)
    held: frozenset[Permission] | None = None  # where they were asked for on the way here

    def query(self, **changes: object) -> dict[str, str]:
        """What a link to another page carries: `query(w="99.01.01")` to go to another place."""
        kept = {"w": self.place.code, "p": self.month, "d": self.data} | changes
        return {name: str(value) for name, value in kept.items() if value not in (None, "")}

    def here(self, **changes: object) -> str:
        """This very page with something else in its address."""
        return f"{self.path}?{urlencode(self.query(**(self.own | changes)))}"

    @property
    def hidden(self) -> dict[str, str]:
        """What the picker of places sends along."""
        kept = {"p": str(self.month)} | ({"d": self.data} if self.data else {})
        return kept | {k: v for k, v in self.own.items() if k not in ("b", "kec")}

    @cached_property
    def released(self) -> Stamp | None:
        """The last release of the month at the place, shown or not; None on pages of work, which
        have no choice. Two queries at most."""
        if self.source is LIVE:
            return None
        return stamp_at(of=self.place, month=self.month, source=self.source)

    @property
    def release(self) -> Stamp | None:
        """The release that the page shows."""
        return read_from(of=self.place, month=self.month, source=self.source)

    @property
    def other_data(self) -> str:
        """This page with live numbers instead of released ones, or back; empty without a choice."""
        if self.released is None:
            return ""
        return self.here(d="" if self.data else Data.LIVE.value)

    def state(self, fresh: Freshness | None) -> str:
        """Which numbers the page shows: "Rilis 10 Juni 2025, rev. 1", or who reported so far."""
        if self.source is LIVE:
            return fresh.sentence if fresh else ""
        if self.release is not None:
            return self.release.sentence
        return " – ".join(filter(None, (_("Data sementara"), fresh.who if fresh else "")))

    @cached_property
    def around(self) -> Surroundings:
        return surroundings(of=self.place, month=self.month, user=self.user)

    @property
    def choices(self) -> list[Place]:
        """Where one may go from here: upwards, and sideways or else downwards."""
        listed = (*self.around.crumbs, *(self.around.neighbours or self.below))
        return list(dict.fromkeys(listed))

    @property
    def kind(self) -> str:
        """Into which kind of place the page breaks the place down; empty at the bottom."""
        asked = self.own.get("b", "")
        return asked if asked in self.around.below else next(iter(self.around.below), "")

    @staticmethod
    def kind_name(kind: str) -> str:
        return str(Facility.Kind(kind).label)

    @cached_property
    def below(self) -> list[Place]:
        if not self.kind:
            return []
        return places.children(of=self.place, kind=self.kind, month=self.month)

    @property
    def previous(self) -> str:
        if self.span is None or self.month <= self.span.first:
            return ""
        return self.here(p=min(self.month.plus(-1), self.span.last))

    @property
    def next(self) -> str:
        if self.span is None or self.month >= self.span.last:
            return ""
        return self.here(p=max(self.month.plus(1), self.span.first))

    @cached_property
    def book(self) -> Book:
        """The indicators of this place: the catalogue's and its district's own."""
        return book(of=self.place.pk)

    def book_for(self, code: str) -> Book:
        """The one that may hold the code; the catalogue's own are found without a query."""
        return self.book if code.startswith(LOCAL) else CATALOGUE

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """What the user may do at one place or another."""
        return permissions(self.user) if self.held is None else self.held

    @cached_property
    def sees_people(self) -> bool:
        held = Permission.VIEW_PEOPLE in self.permissions
        return held and can(self.user, Permission.VIEW_PEOPLE, Facility(pk=self.place.pk))

    @property
    def exports(self) -> bool:
        return Permission.EXPORT in self.permissions


def context_of(request: Request, *, place: Place | None = None) -> Context:
    """The context that the address names; by default the top of the user's scope, now.

    Http404 for a place outside the scope and for a month that is none; Forbidden for those who
    may see no numbers at all.
    """
    given = request.GET
    if place is None:
        code = given.get("w", "")
        place = (
            places.place(code=code, user=request.user)
            if code
            else places.top_place(user=request.user)
        )
    if place is None:
        raise Forbidden(f"{request.user} sees no place")
    known = span(of=place)
    if place.kind == Facility.Kind.PROVINCE and shown().data is Data.RELEASED:
        shown().data = Data.LIVE  # districts release each for itself: their sum is nobody's release
    seen = getattr(request, "seen", None)
    made = Context(
        path=request.path,
        user=request.user,
        place=place,
        month=_month(given.get("p", ""), known),
        span=known,
        source=shown(),
        data=given.get("d", "") if asked_data(request) is Data.LIVE else "",
        own={name: given[name] for name in OWN if given.get(name)},
        held=seen.permissions if seen else None,
    )
    request.seen = made  # whatever else the page asks of its reader is asked once
    return made


def fresh(ctx: Context) -> Freshness:
    """How far the page's numbers may be trusted today."""
    return freshness(of=ctx.place, month=ctx.month, kind=ctx.kind, today=timezone.localdate())


def _month(text: str, known: Span | None) -> Month:
    if not text:
        return known.last if known else Month.of(timezone.localdate())
    try:
        found = Month.parse(text)
    except ValueError as error:
        raise Http404 from error
    if not 2000 <= found.year < 2100:  # as months in paths
        raise Http404
    return found

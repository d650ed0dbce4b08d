"""What a district and its places lack, as they said themselves and as their staff is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import cached_property

from facilities.models import (
    ASSESSED,
    Ancestry,
    Assessment,
    AssessmentRow,
    Facility,
    Group,
    StandardItem,
)
from facilities.selectors.staff import Counts, counts_at
from facilities.selectors.standards import GROUP_ORDER, asked_of, day_of, district_over, in_force

K = Facility.Kind
State = Assessment.State
SAID = (State.SENT, State.VERIFIED)  # what the place stands by
NO_COUNTS: Counts = {}


@dataclass(frozen=True)
class Site:
    """A place that needs something; `centre` is its Puskesmas, `state` "" before it began."""

    pk: int
    code: str
    name: str
    kind: str
    label: str
    centre: int | None
    above: str  # the name of that Puskesmas; names below it come again in others
    state: str
    asked: bool  # whether there is anything but staff to say something about


@dataclass(frozen=True)
class Need:
    """One item at one place: what it shall have and what it has; None is not known yet."""

    site: Site
    code: str
    name: str
    group: str
    unit: str
    standard: int
    present: int | None
    good: int | None
    price: int | None

    @property
    def is_known(self) -> bool:
        return self.good is not None

    @property
    def missing(self) -> int:
        """How many in good order it lacks; 0 where nobody said."""
        return 0 if self.good is None else max(0, self.standard - self.good)


@dataclass(frozen=True)
class ItemSum:
    """One item over places. Sums are over those that said something of it.

    `price` is that of one, None also where what is lacking has several prices; `cost` of all that
    is lacking, each at the price of its place.
    """

    code: str
    name: str
    group: str
    unit: str
    standard: int
    present: int
    good: int
    missing: int
    price: int | None
    cost: int | None
    places: int  # that shall have it
    known: int  # of them said how many they have
    short: int  # of them lack some

    @property
    def share(self) -> float | None:
        """How much of the standard is missing, in percent."""
        return 100 * self.missing / self.standard if self.standard else None

    @property
    def group_label(self) -> str:
        return str(Group(self.group).label)


@dataclass(frozen=True)
class Needs:
    """The needs of a place and all below it in a year, on a day."""

    place: Facility
    district: Facility
    year: int
    on: date
    kind: str
    sites: tuple[Site, ...]
    all: tuple[Need, ...]

    @cached_property
    def assessing(self) -> tuple[Site, ...]:
        """Places that are asked to assess themselves."""
        return tuple(site for site in self.sites if site.asked or site.state)

    @cached_property
    def states(self) -> Counter[str]:
        return Counter(site.state for site in self.sites)

    @property
    def verified(self) -> int:
        return self.states[State.VERIFIED]

    @property
    def said(self) -> int:
        """Places that sent their assessment, verified ones too."""
        return sum(self.states[state] for state in SAID)

    def of(self, group: str) -> tuple[Need, ...]:
        return tuple(need for need in self.all if not group or need.group == group)

    @cached_property
    def sums(self) -> tuple[ItemSum, ...]:
        """Every item, by group and name."""
        return items_of(self.all)

    @property
    def largest(self) -> list[ItemSum]:
        """What is lacking, by share of the standard and then by number."""
        lacking = [one for one in self.sums if one.missing]
        return sorted(lacking, key=lambda one: (-(one.share or 0), -one.missing, one.name))

    @cached_property
    def by_site(self) -> Mapping[int, Mapping[str, Need]]:
        found: dict[int, dict[str, Need]] = {site.pk: {} for site in self.sites}
        for need in self.all:
            found[need.site.pk][need.code] = need
        return found


def items_of(needs: Iterable[Need]) -> tuple[ItemSum, ...]:
    """Needs added up by item."""
    by_code: dict[str, list[Need]] = {}
    for need in needs:
        by_code.setdefault(need.code, []).append(need)
    sums = [_sum(members) for members in by_code.values()]
    return tuple(sorted(sums, key=lambda one: (GROUP_ORDER[one.group], one.name)))


def needs(*, of: Facility, year: int, today: date, kind: str = "") -> Needs:
    """Everything of a year; `kind` narrows to one kind of place. Eight queries."""
    on = day_of(year, today)
    district = district_over(of, on) or of
    places = list(Facility.objects.within(of, on).of_kind(*_kinds(kind)).open_on(on))
    places.sort(key=lambda place: (ASSESSED.index(K(place.kind)), place.name, place.code))
    items = in_force(district=district, on=on)
    asked = {place.pk: asked_of(place, items) for place in places}
    held = _assessments(places, year)
    said = _said(held.values())
    staff = counts_at(places=[place.pk for place in places], on=on)
    centres = centres_of(places, on)
    sites = []
    found: list[Need] = []
    for place in places:
        assessment, wanted = held.get(place.pk), asked[place.pk]
        state = assessment.state if assessment else ""
        things = any(item.group != Group.STAFF for item in wanted)
        site = _site(place, centres.get(place.pk), state, things)
        sites.append(site)
        rows = said.get(place.pk)
        found += _staff(site, wanted, staff.get(place.pk, NO_COUNTS))
        found += _things(site, wanted) if rows is None else _told(site, rows, wanted)
    return Needs(of, district, year, on, kind, tuple(sites), tuple(found))


def _kinds(kind: str) -> tuple[str, ...]:
    return (kind,) if kind in ASSESSED else ASSESSED


def _assessments(places: Collection[Facility], year: int) -> dict[int, Assessment]:
    found = Assessment.objects.filter(year=year, facility__in=places)
    return {one.facility_id: one for one in found}


def _said(held: Iterable[Assessment]) -> dict[int, list[AssessmentRow]]:
    """Rows of what the places stand by, by place."""
    sent = {one.pk: one.facility_id for one in held if one.state in SAID}
    found: dict[int, list[AssessmentRow]] = {place: [] for place in sent.values()}
    for row in AssessmentRow.objects.filter(assessment__in=list(sent)).select_related("item"):
        found[sent[row.assessment_id]].append(row)
    return found


def centres_of(places: Sequence[Facility], on: date) -> dict[int, tuple[int, str]]:
    """The Puskesmas over each place, itself included: its id and name. One query."""
    links = Ancestry.objects.filter(
        ancestor__kind=K.PUSKESMAS, descendant__in=places, valid__contains=on
    )
    rows = links.order_by("-ancestor").values_list("descendant", "ancestor", "ancestor__name")
    return {place: (centre, name) for place, centre, name in rows}


def _site(place: Facility, centre: tuple[int, str] | None, state: str, asked: bool) -> Site:
    pk, above = centre or (None, "")
    label = str(place.get_kind_display())
    return Site(place.pk, place.code, place.name, place.kind, label, pk, above, state, asked)


def _staff(site: Site, items: Iterable[StandardItem], counts: Counts) -> list[Need]:
    return [
        _need(site, item, item.number, *([counts[item.code].number] * 2))
        if item.code in counts
        else _need(site, item, item.number, None, None)
        for item in items
        if item.group == Group.STAFF
    ]


def _things(site: Site, items: Iterable[StandardItem]) -> list[Need]:
    asked = [item for item in items if item.group != Group.STAFF]
    return [_need(site, item, item.number, None, None) for item in asked]


def _told(site: Site, rows: Iterable[AssessmentRow], items: Iterable[StandardItem]) -> list[Need]:
    """What was said goes by the standard it was asked by, what it costs by the one in force."""
    prices = {item.code: item.price for item in items if item.price is not None}
    needs = [_need(site, row.item, row.standard, row.present, row.good) for row in rows]
    return [replace(need, price=prices.get(need.code, need.price)) for need in needs]


def _need(
    site: Site, item: StandardItem, standard: int, present: int | None, good: int | None
) -> Need:
    return Need(
        site, item.code, item.name, item.group, item.unit, standard, present, good, item.price
    )


def _sum(members: Sequence[Need]) -> ItemSum:
    known = [need for need in members if need.is_known]
    first = members[0]
    price, cost = _priced(members)
    return ItemSum(
        code=first.code,
        name=first.name,
        group=first.group,
        unit=first.unit,
        standard=sum(need.standard for need in known),
        present=sum(need.present or 0 for need in known),
        good=sum(need.good or 0 for need in known),
        missing=sum(need.missing for need in known),
        price=price,
        cost=cost,
        places=len(members),
        known=len(known),
        short=sum(need.missing > 0 for need in known),
    )


def _priced(members: Sequence[Need]) -> tuple[int | None, int | None]:
    """Price of one and cost of all that is lacking; who has no price takes that of the others."""
    usual = next((need.price for need in members if need.price is not None), None)
    if usual is None:
        return None, None
    lacking = [
        (need.missing, usual if need.price is None else need.price)
        for need in members
        if need.missing
    ]
    prices = {price for _count, price in lacking} or {usual}
    return min(prices) if len(prices) == 1 else None, sum(n * price for n, price in lacking)

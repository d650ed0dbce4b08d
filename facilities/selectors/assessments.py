"""What a place is asked about itself in a year, what it said, and how far that has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.core.paginator import Page
from django.db.models import Case, Count, Q, Value, When

from facilities.audit_words import EVENTS
from facilities.models import (
    ASSESSED,
    Ancestry,
    Assessment,
    AssessmentRow,
    Facility,
    Group,
    StandardItem,
)
from facilities.selectors.needs import centres_of
from facilities.selectors.pages import page_of, shown
from facilities.selectors.standards import GROUP_ORDER, asked_of, day_of, district_over, in_force
from ilp.core.models import AuditEvent, User

YEARS_BACK = 4
NOT_BEGUN = ""
NUMBERS = ("present", "good", "light", "heavy")


@dataclass(frozen=True)
class Row:
    """One item on the form, with what was said of it or what the year before proposes."""

    item: StandardItem
    standard: int
    present: int | None
    good: int | None
    light: int | None
    heavy: int | None
    note: str
    comment: str

    @property
    def missing(self) -> int | None:
        """How many in good order it lacks; what can be repaired is not in good order."""
        return None if self.good is None else max(0, self.standard - self.good)

    @property
    def is_filled(self) -> bool:
        return None not in (self.present, self.good, self.light, self.heavy)

    @property
    def adds_up(self) -> bool:
        """False only where all four numbers are there and contradict each other."""
        broken = (self.light or 0) + (self.heavy or 0)
        return not self.is_filled or self.present == (self.good or 0) + broken


@dataclass(frozen=True)
class Step:
    at: datetime
    who: str
    words: str


@dataclass(frozen=True)
class Sheet:
    """The form of a place and year; `proposed_from` is the year that its numbers come from."""

    place: Facility
    year: int
    assessment: Assessment | None
    sections: Sequence[tuple[str, Sequence[Row]]]
    proposed_from: int | None
    steps: Sequence[Step]
    years: Mapping[int, str]  # other years of the place: their states

    @property
    def rows(self) -> list[Row]:
        return [row for _label, rows in self.sections for row in rows]

    @property
    def state(self) -> str:
        return self.assessment.state if self.assessment else NOT_BEGUN

    @property
    def version(self) -> int:
        return self.assessment.version if self.assessment else 0

    @property
    def is_editable(self) -> bool:
        return self.assessment is None or self.assessment.is_editable

    @property
    def lacking(self) -> list[Row]:
        """What the place says that it lacks; until it is sent nothing is known of that."""
        return [] if self.is_editable else [row for row in self.rows if row.missing]

    @property
    def blank(self) -> int:
        """Rows that the place has still to fill in; what the year before proposes is not said."""
        return sum(bool(self.proposed_from) or not row.is_filled for row in self.rows)


def first_year(today: date) -> int:
    return today.year - YEARS_BACK


def asked(*, place: Facility, year: int, today: date) -> list[StandardItem]:
    """What the place has to say something about; of staff its register tells. Two queries."""
    on = day_of(year, today)
    district = district_over(place, on)
    items = in_force(district=district, on=on) if district else []
    return [item for item in asked_of(place, items) if item.group != Group.STAFF]


def sheet(*, place: Facility, year: int, today: date) -> Sheet:
    """The form as it stands. Six queries."""
    held = {one.year: one for one in Assessment.objects.filter(facility=place)}
    own, before = held.get(year), max((y for y in held if y < year), default=None)
    is_open = own is None or own.is_editable
    items = asked(place=place, year=year, today=today) if is_open else []
    said = _by_code(_rows(own), items)
    proposed = _by_code(_rows(held[before] if before and not said else None), items)
    if is_open:
        rows = [_row(item, said.get(item.code) or proposed.get(item.code)) for item in items]
        rows = [_current(row) for row in rows]
    else:
        rows = sorted((_row(one.item, one) for one in said.values()), key=_place_on_form)
    sections = [
        (str(Group(group).label), tuple(members))
        for group, members in groupby(rows, key=lambda row: row.item.group)
    ]
    return Sheet(
        place=place,
        year=year,
        assessment=own,
        sections=sections,
        proposed_from=before if proposed else None,
        steps=_steps(own) if own else (),
        years={y: str(one.get_state_display()) for y, one in sorted(held.items()) if y != year},
    )


@dataclass(frozen=True)
class Stock:
    """One item of one place, as its assessment of a year says it so far."""

    place: Facility
    item: StandardItem
    said: AssessmentRow | None
    version: int
    is_editable: bool


def stock(*, places: Sequence[Facility], year: int, today: date) -> list[Stock]:
    """What many places are asked and said, place by place. Four queries, one more a district."""
    on = day_of(year, today)
    links = Ancestry.objects.filter(
        ancestor__kind=Facility.Kind.DISTRICT, descendant__in=places, valid__contains=on
    )
    above = {link.descendant_id: link.ancestor for link in links.select_related("ancestor")}
    asked = {one: in_force(district=one, on=on) for one in set(above.values())}
    held = Assessment.objects.filter(year=year, facility__in=places).in_bulk()
    of = {one.facility_id: one for one in held.values()}
    rows: dict[int, list[AssessmentRow]] = {}
    for row in AssessmentRow.objects.filter(assessment__in=held).select_related("item"):
        rows.setdefault(held[row.assessment_id].facility_id, []).append(row)
    found = []
    for place in places:
        own = of.get(place.pk)
        version, is_open = (own.version, own.is_editable) if own else (0, True)
        items = asked_of(place, asked[above[place.pk]]) if place.pk in above else []
        said = _by_code(rows.get(place.pk, ()), items)
        found += [
            Stock(place, item, said.get(item.code), version, is_open)
            for item in items
            if item.group != Group.STAFF
        ]
    return found


@dataclass(frozen=True)
class Listed:
    """A place with how far its assessment is; `above` its Puskesmas, `rows` that it filled in."""

    place: Facility
    above: str
    state: str
    label: str
    rows: int
    sent_at: datetime | None


def assessments(
    *, user: User, year: int, kind: str, state: str, today: date, page: str | None
) -> Page[Listed]:
    """A page of the places that the user sees, the widest first. Five queries."""
    on = day_of(year, today)
    kinds = (kind,) if kind in ASSESSED else ASSESSED
    places = Facility.objects.visible_to(user).of_kind(*kinds).open_on(on)
    held = Assessment.objects.filter(year=year)
    if state == "belum":
        places = places.exclude(pk__in=held.values("facility"))
    elif state:
        places = places.filter(pk__in=held.filter(state=state).values("facility"))
    order = Case(*(When(kind=one, then=Value(at)) for at, one in enumerate(ASSESSED)))
    answer = page_of(places.order_by(order, "name", "code"), page)
    listed = list(answer.object_list)
    above = {place: name for place, (_pk, name) in centres_of(listed, on).items()}
    filled = Count("rows", filter=Q(rows__present__isnull=False))
    found = {a.facility_id: a for a in held.filter(facility__in=listed).annotate(filled=filled)}
    return shown(answer, [_listed(one, above.get(one.pk, ""), found.get(one.pk)) for one in listed])


def _listed(place: Facility, above: str, held: Assessment | None) -> Listed:
    if held is None:
        return Listed(place, above, NOT_BEGUN, "", 0, None)
    filled: int = held.filled  # type: ignore[attr-defined]
    return Listed(place, above, held.state, str(held.get_state_display()), filled, held.sent_at)


def _rows(assessment: Assessment | None) -> Iterable[AssessmentRow]:
    return assessment.rows.select_related("item") if assessment else ()


def _by_code(
    rows: Iterable[AssessmentRow], items: Iterable[StandardItem]
) -> dict[str, AssessmentRow]:
    """By code, so that an item that was replaced by another number is the same.

    Of two with one code that of the item now asked holds, else that of the later one.
    """
    now = {item.pk for item in items}
    listed = sorted(rows, key=lambda row: (row.item_id in now, row.item.since, row.item_id))
    return {row.item.code: row for row in listed}


def _place_on_form(row: Row) -> tuple[int, str]:
    return GROUP_ORDER[row.item.group], row.item.name


def _row(item: StandardItem, said: AssessmentRow | None) -> Row:
    numbers = {name: getattr(said, name, None) for name in NUMBERS}
    standard = said.standard if said else item.number
    return Row(
        item=item,
        standard=standard,
        note=said.note if said else "",
        comment=said.comment if said else "",
        **numbers,
    )


def _current(row: Row) -> Row:
    """What is still open is asked by the standard of today."""
    return Row(**{**vars(row), "standard": row.item.number})


def _steps(assessment: Assessment) -> list[Step]:
    label, pk = assessment._meta.label, str(assessment.pk)
    found = AuditEvent.objects.filter(subject=label, subject_id=pk).select_related("actor")
    return [Step(one.at, _who(one), str(EVENTS[one.event])) for one in found.order_by("-pk")[:20]]


def _who(event: AuditEvent) -> str:
    return event.actor.get_full_name() or event.actor.username if event.actor else ""

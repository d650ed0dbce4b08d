"""A Posyandu day: who is expected, who came, and what was recorded of somebody before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from clusters.growth import completed_months
from clusters.models import VISITS, Person, Visit
from clusters.selectors.places import AREAS
from clusters.selectors.uploads import recording_places
from clusters.selectors.visits import written
from clusters.services import SERVICES, STAGES, Service
from facilities.access import reach
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.models import User
from ilp.core.months import Month

CONDITION_LASTS = timedelta(days=300)  # a pregnancy, and the weeks that follow it
REGULAR = timedelta(days=400)  # who lives elsewhere and was seen here so recently is expected


@dataclass(frozen=True)
class Day:
    """What a roster is of: a service, at a place, on a day.

    Where the service is for a condition, such as a pregnancy, `everyone` also shows those who only
    fit by age and sex; `village` shows those who live anywhere in the place's village.
    """

    service: Service
    place: Facility
    on: date
    everyone: bool = False
    village: bool = False

    @property
    def for_a_condition(self) -> bool:
        return STAGES[self.service.stage].from_months is None

    @property
    def visits(self) -> QuerySet[Visit]:
        """What was recorded there on the day and stands."""
        standing = VISITS[self.service.code].objects.standing()
        return standing.filter(facility=self.place, seen_on=self.on)


@dataclass(frozen=True)
class Line:
    """Somebody in a roster, with the first thing that was measured the last time."""

    person: Person
    age_months: int
    came: bool
    last_on: date | None = None
    last: str = ""


class Roster:
    """Those who are expected at a place on a day, and those who came."""

    def __init__(self, user: User, day: Day) -> None:
        self.user, self.day = user, day

    @cached_property
    def came(self) -> set[int]:
        return set(self.day.visits.values_list("person_id", flat=True))

    @cached_property
    def persons(self) -> QuerySet[Person]:
        """By name. Whoever came is among them, as somebody who was seen here."""
        if self.day.for_a_condition and not self.day.everyone:
            return self._fitting().filter(self._in_the_condition())
        return self._fitting()

    def named(self, text: str) -> QuerySet[Person]:
        """Those with this in their own or their mother's name, whatever their condition."""
        return self._fitting().filter(Q(name__icontains=text) | Q(mother_name__icontains=text))

    @cached_property
    def waiting(self) -> QuerySet[Person]:
        return self.persons.exclude(pk__in=self.came)

    @cached_property
    def waiting_count(self) -> int:
        return self.waiting.count()

    def next_after(self, person: Person) -> Person | None:
        """Who has not come yet and follows in the roster; after the last, the first."""
        later = Q(name__gt=person.name) | Q(name=person.name, pk__gt=person.pk)
        others = self.waiting.exclude(pk=person.pk)
        return others.filter(later).first() or others.first()

    def lines(self, persons: Iterable[Person]) -> list[Line]:
        """The persons of a page with their last visit before the day."""
        persons = list(persons)
        last = last_visits(self.day, [one.pk for one in persons])
        return [self._line(one, last.get(one.pk)) for one in persons]

    def _line(self, person: Person, before: Visit | None) -> Line:
        months, came = completed_months(person.born_on, self.day.on), person.pk in self.came
        if before is None:
            return Line(person, months, came)
        return Line(person, months, came, before.seen_on, _first_measure(before))

    @property
    def _since(self) -> date:
        """The first day on which somebody may be of the service's age."""
        return self.day.on

    def _seen_at(self) -> Q:
        return Q(facility=self.day.place)

    def _fitting(self) -> QuerySet[Person]:
        """Who lives here or was seen here lately, is alive, and of the service's age and sex."""
        service, on = self.day.service, self.day.on
        living = Person.objects.standing().filter(home__in=self._homes().values("pk"))
        seen = (
            VISITS[service.code]
            .objects.standing()
            .filter(self._seen_at(), seen_on__range=(on - REGULAR, on))
        )
        least, most = service.age_months
        youngest, oldest = months_before(on, least), months_before(self._since, most)
        deaths = VISITS["vital"].objects.standing().filter(event="meninggal", seen_on__lt=on)
        found = Person.objects.standing().filter(
            pk__in=living.values("pk").union(seen.values("person_id")),
            sex__in=list(service.sexes),
            born_on__lte=youngest,
            born_on__gt=oldest,
        )
        alive = found.exclude(Exists(deaths.filter(person=OuterRef("pk"))))
        return alive.select_related("home").order_by("name", "pk")

    def _homes(self) -> QuerySet[Facility]:
        """The place and what lies below it or, if so asked, below its village."""
        day = self.day
        seen = Facility.objects.visible_to(self.user, Permission.VIEW_PEOPLE)
        if not day.village:
            return seen.filter(pk__in=Facility.objects.within(day.place, day.on).values("pk"))
        above = Facility.objects.above(day.place, day.on).of_kind(Facility.Kind.DESA)
        return seen.filter(above__ancestor__in=above.values("pk"), above__valid__contains=day.on)

    def _in_the_condition(self) -> Q:
        """Seen within the last months for this condition or one that goes with it."""
        since = self.day.on - CONDITION_LASTS
        seen = Q()
        for code in _same_condition(self.day.service):
            visits = (
                VISITS[code]
                .objects.standing()
                .filter(person=OuterRef("pk"), seen_on__range=(since, self.day.on))
            )
            seen |= Q(Exists(visits))
        return seen


def _same_condition(service: Service) -> list[str]:
    """Services for a condition of the same cluster: whoever is pregnant is delivered, then cared
    for after birth."""
    return [
        code
        for code, one in SERVICES.items()
        if one.cluster == service.cluster and STAGES[one.stage].from_months is None
    ]


def months_before(day: date, months: int) -> date:
    """The last birth date of those who have completed these months on the day."""
    then = Month.of(day).plus(-months)
    return then.first_day.replace(day=min(day.day, then.last_day.day))


def care_places(user: User) -> QuerySet[Facility]:
    """Open places that give care and where the user records."""
    return recording_places(user).exclude(kind__in=AREAS)


def person_to_record(user: User, pk: int) -> QuerySet[Person]:
    """The person, if they live where the user records or were seen there."""
    own = reach(user, Permission.RECORD)
    seen = Q(home__in=own)
    for model in VISITS.values():
        seen |= Q(Exists(model.objects.filter(person=OuterRef("pk"), facility__in=own)))
    return Person.objects.standing().filter(seen, pk=pk).select_related("home")


def known_as(identity: bytes) -> Person | None:
    """The person of an identity; a merged record leads to the kept one."""
    record = Person.objects.filter(identity=identity).select_related("merged_into__home").first()
    return record.merged_into or record if record else None


def last_visit(day: Day, person: Person) -> Visit | None:
    """The person's last visit of the service before the day, wherever it was."""
    return last_visits(day, [person.pk]).get(person.pk)


def last_visits(day: Day, persons: Collection[int]) -> dict[int, Visit]:
    """As `last_visit`, for several persons in one query."""
    before = (
        VISITS[day.service.code].objects.standing().filter(person__in=persons, seen_on__lt=day.on)
    )
    found = before.order_by("person_id", "-seen_on", "-pk").distinct("person_id")
    return {one.person_id: one for one in found}


def _first_measure(visit: Visit) -> str:
    """Such as "9,0 kg": the first number of the service that was taken."""
    for field in visit.service.numeric:
        value = getattr(visit, field.name)
        if value is not None:
            return f"{written(field, value)} {field.said_unit}".strip()
    return ""


def home_choices(place: Facility) -> list[tuple[str, str]]:
    """The Posyandu and villages of the place's Puskesmas, by code."""
    today = timezone.localdate()
    kinds = (Facility.Kind.POSYANDU, Facility.Kind.DESA)
    around = Facility.objects.above(place, today).of_kind(Facility.Kind.PUSKESMAS)
    near = Facility.objects.filter(
        above__ancestor__in=around.values("pk"), above__valid__contains=today
    )
    found = near.of_kind(*kinds).open_on(today).distinct().order_by("-kind", "name")
    return [(one.code, str(one)) for one in found]

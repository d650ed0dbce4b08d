"""A district's visits as they come in: late, put right, cancelled, moved, of people who move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

from clusters.actions.incoming import Incoming, by_name, in_order
from clusters.actions.visits import cancel_visit
from clusters.models import VISITS
from clusters.services import SERVICES
from facilities.models import Facility
from tests.clusters.workbooks import nik
from tests.oracle.random_courses import Somebody
from tests.oracle.random_visits import Made
from tests.oracle.sheets import send, together

Tree = Mapping[str, Facility]
NAMES = ("melati", "mawar", "pustu_satu", "pustu_dua", "first", "second")
MANY = {"antenatal": 14, "growth": 12, "vital": 16, "tb_case": 12, "outpatient": 12}
LATE, CORRECTED, CANCELLED, MOVED, AWAY = 0.15, 0.12, 0.05, 0.05, 0.04  # share of the rows


class District(Made):
    """Rows of one district: who is made here has a NIK that no other district gives."""

    def __init__(self, seed: int, tree: Tree, number: int):
        super().__init__(seed, [tree[name] for name in NAMES])
        self.tree, self.number = tree, number
        self.homes = [tree[name] for name in ("melati", "mawar", "desa_satu", "desa_dua")]
        self.known = {place.pk: place for place in tree.values()}

    def person(self, service: str) -> Somebody:
        """As others, and every second one moves house in the middle of 2025."""
        who = super().person(service)
        homes: tuple[Facility | None, ...] = tuple(self.chance.sample([*self.homes, None], 2))
        if self.chance.random() < 0.5:
            homes = (homes[0], homes[0])
        return replace(
            who,
            nik=nik(self.number * 2000 + self.count, who.born_on, who.sex),
            homes=homes,
            moves_on=date(2025, 4, 1) + timedelta(self.chance.randrange(120)),
        )

    def at_places(self, service, who, seen_on, values) -> Iterator[Incoming]:
        """The second of two places of a day may know of another home."""
        for number, row in enumerate(super().at_places(service, who, seen_on, values)):
            other = self.chance.choice(self.homes) if number else None
            yield replace(row, home_id=other.pk) if other else row

    def corrected(self, service: str, row: Incoming) -> Incoming:
        """The same visit with a few boxes filled in otherwise, or another home."""
        who = Somebody(row.nik or "", row.sex, row.born_on, (None,), row.seen_on, careless=0.2)
        boxes = self.chance.sample(SERVICES[service].fields, min(3, len(SERVICES[service].fields)))
        values = by_name(service, row) | {
            box.name: new for box in boxes if (new := self.value(who, box)) is not None
        }
        home = self.chance.choice(self.homes).pk if self.chance.random() < 0.2 else row.home_id
        return replace(row, values=in_order(service, values), home_id=home)

    def elsewhere(self, row: Incoming) -> Incoming:
        others = [place.pk for place in self.places if place.pk != row.facility_id]
        return replace(row, facility_id=self.chance.choice(others))

    def some(self, rows: list[Incoming], share: float) -> list[Incoming]:
        return self.chance.sample(rows, round(share * len(rows)))


def fill(made: District, visitors: dict[str, list[Incoming]]) -> dict[str, list[Incoming]]:
    """Send a district's visits in, and those of people of another; who of them goes on travelling.

    The first workbook lacks what comes late; the second brings that, what was put right and what
    was entered at the wrong place; what it replaces there was cancelled before.
    """
    travellers = {}
    for service in SERVICES:
        rows = together(made.rows(service, MANY.get(service, 8)))
        late = made.some(rows, LATE)
        prompt = [row for row in rows if row not in late]
        send(service, prompt, made.known, made.tree["district"])
        wrong = made.some(prompt, MOVED)
        put_right = [made.elsewhere(row) for row in wrong]
        for row in wrong:
            _cancel(service, row)
        good = [row for row in prompt if row not in wrong]
        put_right += [made.corrected(service, row) for row in made.some(good, CORRECTED)]
        coming = [*late, *put_right, *_at(made, visitors.get(service, []))]
        send(service, together(coming), made.known, made.tree["district"])
        for row in made.some(good, CANCELLED):
            _cancel(service, row)
        travellers[service] = made.some(rows, AWAY)
    return travellers


def _at(made: District, visitors: list[Incoming]) -> list[Incoming]:
    """People of another district, seen here a little later and living here since."""
    return [
        replace(
            row,
            seen_on=row.seen_on + timedelta(9),
            facility_id=made.chance.choice(made.places).pk,
            home_id=made.chance.choice(made.homes).pk,
        )
        for row in visitors
    ]


def _cancel(service: str, row: Incoming) -> None:
    found = VISITS[service].objects.standing().filter(
        person__identity=row.identity, facility=row.facility_id, seen_on=row.seen_on
    )  # fmt: skip
    for visit in found:
        cancel_visit(visit=visit, by=None)

"""SPM 4 of random children around 18 months: weighed well, with doses or without."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from clusters.actions.visits import cancel_visit
from clusters.models import Immunisation, Milestone, Person
from reporting.actions.roll_up import roll_up_changed
from tests.oracle.compare import whole_database
from tests.reporting.rows import incoming, write

CHILDREN = 130
DOSES = (["DPT4", "MR2"], ["DPT4"], ["MR2"])


def weighings(chance, born_on):
    """Two years of months, some of them left out; enough of the rest for the standard as a rule."""
    for month in range(24):
        day = date(2024, 7, 3) + timedelta(30 * month + chance.randrange(20))
        if (day - born_on).days > 200 and chance.random() < 0.85:
            measured = {"height": 70.0 + month, "measured": "h", "vitamin_a": "merah"}
            developed = {"kpsp": 9 if chance.random() < 0.8 else None}
            yield day, {"weight": 8 + month / 5, **measured, **developed}


def doses(chance, born_on):
    """From days too early to the next year, in one visit or two, at times one of them never."""
    found = {}
    for number in range(chance.choice([0, 1, 1, 2, 3])):
        late = chance.choice([-9, -1, 0, 1, 20, 60, 120, 250]) + number * 30
        given = DOSES[0] if number == 0 and chance.random() < 0.5 else chance.choice(DOSES)
        found[born_on + timedelta(540 + late)] = {"antigens": given}
    return found.items()


def fill(chance, tree):
    places = [tree[name] for name in ("melati", "mawar", "first", "second")]
    homes = [tree[name] for name in ("melati", "mawar", "desa_satu", "desa_dua")]
    for number in range(CHILDREN):
        born_on = date(2023, 1, 1) + timedelta(chance.randrange(700))
        who = {"nik": f"99010101{number:08d}", "born_on": born_on, "sex": chance.choice("LP")}
        made = {"growth": weighings(chance, born_on), "immunisation": doses(chance, born_on)}
        for service, visits in made.items():
            rows = [
                incoming(service, **who, seen_on=day, facility=chance.choice(places),
                         home=chance.choice(homes), row=row, **values)
                for row, (day, values) in enumerate(visits, start=2)
            ]  # fmt: skip
            write(service, rows, None)


def how_they_stand():
    """Of those asked in 2025: how many got there by a dose, by a weighing, or not."""
    asked = Person.objects.filter(born_on__range=(date(2023, 7, 1), date(2024, 6, 30)))
    reached = Milestone.objects.filter(code="spm4_balita", scope=date(2025, 1, 1))
    by_visit = Counter(reached.filter(person__in=asked).values_list("visit_service", flat=True))
    enough = Milestone.objects.filter(code="balita_dipantau", scope=date(2025, 1, 1))
    lacking = enough.filter(person__in=asked).exclude(person__in=reached.values("person"))
    return by_visit["immunisation"], by_visit[None], lacking.count()


@pytest.mark.parametrize("seed", [1, 2])
def test_children_of_18_months_count_as_their_doses_say(seed, tree):
    chance = Random(seed)
    fill(chance, tree)
    roll_up_changed()
    assert min(how_they_stand()) >= 2
    for visit in chance.sample(list(Immunisation.objects.order_by("pk")), 15):
        cancel_visit(visit=visit, by=None)
    roll_up_changed()

    seen = whole_database()

    assert seen.differences == []
    assert min(how_they_stand()) >= 2

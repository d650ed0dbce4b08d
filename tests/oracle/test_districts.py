"""A year of three districts in one database: every number is what the oracle says."""

from __future__ import annotations

import os

import pytest

from clusters.models import HomeChange, Person, Upload
from facilities.actions.places import move
from facilities.models import Axis, ChangedCell
from ilp.core.months import Month
from reporting.actions.roll_up import roll_up_changed
from reporting.actions.targets import set_targets
from reporting.catalogue import SASARAN
from reporting.models import TargetSet, Total
from tests.factories import small_district
from tests.oracle.compare import whole_database
from tests.oracle.random_districts import District, fill
from tests.oracle.test_oracle import registers, report, targets

SEEDS = tuple(int(seed) for seed in os.environ.get("ORACLE_SEEDS", "2025").split(","))
YEAR = 2025


@pytest.fixture
def trees(db):
    return [small_district(number) for number in (1, 2, 3)]


def fill_all(seed, trees):
    """Visits of each district and of travellers, reports, sasaran, and a Puskesmas that changes
    hands in the middle of the year."""
    travellers = {}
    districts = [District(seed * 10 + n, tree, n) for n, tree in enumerate(trees, start=1)]
    for made in districts:
        travellers = fill(made, travellers)
        targets(made.tree, made.chance)
        registers(made.tree, made.chance)
        for number in made.chance.sample(range(24), 4):
            report(made.tree["first"], Month(2024, 9).plus(number), made.chance)
    roll_up_changed()
    move(place=trees[0]["pustu_satu"], parent=trees[0]["second"], axis=Axis.NETWORK,
         since=Month(2025, 9), by=None)  # fmt: skip
    _change_hands(trees[2], trees[0], Month(2025, 7))
    set_targets(
        district=trees[0]["district"], year=YEAR, basis="proyeksi", since=Month(2025, 7),
        source="uji", by=None,
        rows=[(place.code, code, 7 * n) for place in (trees[0]["first"], trees[2]["second"])
              for n, code in enumerate(SASARAN) if n % 3],
    )  # fmt: skip
    roll_up_changed()


def _change_hands(old, new, since):
    """The second Puskesmas of the one district and its village go to the other."""
    move(place=old["second"], parent=new["district"], axis=Axis.NETWORK, since=since, by=None)
    for name in ("second", "desa_dua"):
        move(place=old[name], parent=new["kec_two"], axis=Axis.LABEL, since=since, by=None)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_year_of_three_districts_is_what_the_visits_say(seed, trees):
    fill_all(seed, trees)
    assert Upload.objects.filter(changed__gt=0).count() > 20
    assert HomeChange.objects.count() > 50
    assert Person.objects.count() > 300
    assert TargetSet.objects.values("district").distinct().count() == 3
    assert not ChangedCell.objects.exists()

    seen = whole_database(year=YEAR)

    assert seen.differences == []
    assert seen.filled > 40_000
    for tree in trees:
        assert Total.objects.filter(place=tree["district"], month__year=YEAR).exists()

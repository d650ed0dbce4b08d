"""The derived tree, against an obviously right walk in Python on random trees."""

import random
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from facilities.models import Ancestry, Axis, Facility, Placement, parent_kinds
from facilities.models.parents import PARENT_KINDS
from ilp.core import sql
from tests.factories import OPENED

K = Facility.Kind
START = date(2024, 1, 1)
REGIONS = {K.DESA, K.KECAMATAN}


def on_day(placements, kinds, place, day):
    """All that the place belongs to on the day, itself included."""
    found, open_ends = set(), [(place, False)]
    while open_ends:
        here, inherited = open_ends.pop()
        found.add(here)
        for child, parent, axis, first, last in placements:
            seat_of_another = inherited and axis != Axis.NETWORK and kinds[here] not in REGIONS
            if child == here and first <= day < last and not seat_of_another:
                open_ends.append((parent, True))
    return found


def grow(seed):
    chance = random.Random(seed)
    places = []
    for kind, number in ((K.DISTRICT, 1), (K.KECAMATAN, 2), (K.PUSKESMAS, 3), (K.DESA, 5)):
        places += [(kind, f"{kind}-{i}") for i in range(number)]
    places += [(kind, f"{kind}-{i}") for kind in (K.PUSTU, K.POSYANDU) for i in range(5)]
    rows = {
        code: Facility.objects.create(code=code, name=code, kind=kind, opened_on=START)
        for kind, code in places
    }
    placements = []
    for facility in rows.values():
        for axis in Axis:
            parents = [p for p in rows.values() if p.kind in parent_kinds(facility.kind, axis)]
            day = 0
            while parents and day < 100:
                first = day + chance.choice([0, 0, 7])
                day = first + chance.randint(1, 60)
                placements.append((facility.pk, chance.choice(parents).pk, axis, first, day))
    Placement.objects.bulk_create(
        Placement(
            facility_id=child,
            parent_id=parent,
            axis=axis,
            valid=DateRange(START + timedelta(first), START + timedelta(last)),
        )
        for child, parent, axis, first, last in placements
    )
    return {facility.pk: facility.kind for facility in rows.values()}, placements


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(8))
def test_the_derived_tree_is_what_a_walk_finds_on_every_day(seed):
    kinds, placements = grow(seed)
    sql.run("facilities/rebuild_ancestry")
    for number in range(0, 130, 5):
        links = Ancestry.objects.filter(valid__contains=START + timedelta(number))
        derived = sorted(links.values_list("descendant", "ancestor"))
        walked = sorted(
            (place, above) for place in kinds for above in on_day(placements, kinds, place, number)
        )
        assert derived == walked


@pytest.mark.django_db
def test_a_way_over_two_axes_is_one_link(tree):
    links = Ancestry.objects.filter(ancestor=tree["first"], descendant=tree["melati"])
    assert links.count() == 1


@pytest.mark.django_db
def test_a_village_does_not_inherit_where_its_puskesmas_stands(tree):
    Placement.objects.filter(facility=tree["desa_satu"], axis=Axis.LABEL).update(
        parent=tree["kec_two"]
    )
    sql.run("facilities/rebuild_ancestry")
    day = date(2025, 1, 1)
    inside = set(Facility.objects.within(tree["kec_one"], day))
    assert inside == {tree["kec_one"], tree["first"]}
    assert tree["melati"] in Facility.objects.within(tree["kec_two"], day)


def supervised_by(place, parent, axis, first, last):
    with transaction.atomic():
        Placement.objects.create(
            facility=place, parent=parent, axis=axis, valid=DateRange(first, last)
        )


@pytest.mark.django_db
def test_one_parent_per_axis_at_a_time(tree):
    days = date(2025, 1, 1), None
    with pytest.raises(IntegrityError, match="one_parent_per_axis_at_a_time"):
        supervised_by(tree["melati"], tree["second"], Axis.NETWORK, *days)
    supervised_by(tree["melati"], tree["kec_two"], Axis.LABEL, *days)
    supervised_by(tree["melati"], tree["second"], Axis.NETWORK, date(2019, 1, 1), OPENED)


@pytest.mark.django_db
def test_no_place_hangs_below_itself(tree):
    with pytest.raises(IntegrityError, match="no_place_below_itself"):
        Placement.objects.create(
            facility=tree["melati"],
            parent=tree["melati"],
            axis=Axis.LABEL,
            valid=DateRange(OPENED, None),
        )


def test_kinds_hang_below_kinds_in_one_direction():
    above = {kind: set() for kind in K}
    for table in PARENT_KINDS.values():
        for kind, parents in table.items():
            above[kind] |= parents
    order = []
    while above:
        free = [kind for kind, parents in above.items() if not parents - set(order)]
        assert free, f"a circle among {sorted(above)}"
        order += free
        above = {kind: parents for kind, parents in above.items() if kind not in free}


@pytest.mark.django_db
def test_a_posyandu_does_not_lie_where_the_pustu_above_it_stands(tree):
    Placement.objects.filter(facility=tree["melati"], axis=Axis.AREA).update(
        parent=tree["desa_dua"]
    )
    sql.run("facilities/rebuild_ancestry")
    day = date(2025, 1, 1)
    assert tree["melati"] not in Facility.objects.within(tree["desa_satu"], day)
    assert tree["melati"] in Facility.objects.within(tree["pustu_satu"], day)

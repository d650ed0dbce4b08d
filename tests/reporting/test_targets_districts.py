"""Sasaran of several districts in one database: a place that both name counts once."""

from random import Random

import pytest

from facilities.actions.opening import NewPlace, bulk_open
from facilities.actions.places import move
from facilities.models import Ancestry, Axis, Facility
from ilp.core.months import Month
from reporting.actions.targets import set_targets
from reporting.models import TargetSet
from reporting.selectors.targets import sasaran
from tests.factories import OPENED
from tests.reporting.sasaran import FIRST, ONE, put

K = Facility.Kind
MOVED, JUNE = Month(2025, 7), Month(2025, 6)


@pytest.fixture
def two(tree):
    """A second district, to which the first Puskesmas and its village go in July."""
    rows = [
        NewPlace("99.02", "Kabupaten Tetangga", K.DISTRICT, OPENED),
        NewPlace("99.02.01", "Kecamatan Tiga", K.KECAMATAN, OPENED, {Axis.LABEL: "99.02"}),
        NewPlace("P9902010101", "Melur", K.PUSKESMAS, OPENED, {Axis.NETWORK: "99.02"}),
    ]
    district, kecamatan, puskesmas = bulk_open(places=rows, by=None)
    made = {**tree, "other": district, "kec_three": kecamatan, "third": puskesmas}
    go(made, "other", "kec_three", MOVED)
    return made


def go(places, district, kecamatan, since):
    hang(places["first"], places[district], Axis.NETWORK, since)
    for name in ("first", "desa_satu"):
        hang(places[name], places[kecamatan], Axis.LABEL, since)


def hang(place, parent, axis, since):
    move(place=place, parent=parent, axis=axis, since=since, by=None)


def read(places, month):
    keys = ("district", "other", "first", "desa_satu", "third")
    found = sasaran(places=[places[k].pk for k in keys], codes=["S_BUMIL"], month=month)
    return {k: found[places[k].pk, "S_BUMIL"] for k in keys if (places[k].pk, "S_BUMIL") in found}


def put_by_other(two, rows, since=MOVED):
    return set_targets(district=two["other"], year=2025, basis="proyeksi", since=since,
                       source="uji", rows=rows, by=None)  # fmt: skip


def test_a_place_that_both_name_counts_once_as_its_own_district_says(two):
    put(two, [(ONE, "S_BUMIL", 40)])
    put_by_other(two, [(ONE, "S_BUMIL", 50), ("P9902010101", "S_BUMIL", 9)])

    found = read(two, MOVED)

    assert (found["desa_satu"], found["first"], found["other"]) == (50, 50, 59)
    assert "district" not in found
    assert read(two, JUNE)["district"] == 40


def test_who_has_said_nothing_yet_takes_over_what_the_other_said(two):
    put(two, [(ONE, "S_BUMIL", 40)])
    put_by_other(two, [("P9902010101", "S_BUMIL", 9)])

    assert read(two, MOVED)["other"] == 49


def test_the_puskesmas_that_moved_hides_its_villages_whoever_named_them(two):
    put(two, [(ONE, "S_BUMIL", 40)])
    put_by_other(two, [(FIRST, "S_BUMIL", 45)])

    assert read(two, MOVED)["other"] == 45


def test_back_again_the_first_district_speaks(two):
    put(two, [(ONE, "S_BUMIL", 40)])
    put_by_other(two, [(ONE, "S_BUMIL", 50)])
    go(two, "district", "kec_one", Month(2025, 10))

    found = read(two, Month(2025, 10))

    assert (found["district"], found["first"]) == (40, 40)
    assert "other" not in found


def test_of_two_districts_in_which_a_place_lies_the_last_one_speaks(two):
    hang(two["first"], two["kec_one"], Axis.LABEL, Month(2025, 8))
    put(two, [(ONE, "S_BUMIL", 40), (FIRST, "S_BUMIL", 41)])
    put_by_other(two, [(FIRST, "S_BUMIL", 50)])

    found = read(two, Month(2025, 8))

    assert (found["first"], found["district"], found["other"]) == (50, 50, 50)


COUNTED = (K.PUSKESMAS, K.DESA, K.POSYANDU)
CODES = ("S_BUMIL", "S_BALITA", "S_BAYI")


def links_in(month):
    """(above, below), each also below itself."""
    rows = Ancestry.objects.filter(valid__contains=month.last_day)
    return set(rows.values_list("ancestor", "descendant"))


def given_in(month, links):
    """(place, code) -> what counts of it: as its own district says, else as was said last."""
    in_force = {}
    for one in TargetSet.objects.filter(year=month.year, since__lte=month):
        held = in_force.get(one.district_id)
        if held is None or (held.since, held.version) < (one.since, one.version):
            in_force[one.district_id] = one
    said = {}
    for one in in_force.values():
        for place, code, value in one.targets.values_list("place", "code", "value"):
            elsewhere = (one.district_id, place) not in links
            rank = (elsewhere, -one.since.first_day.toordinal(), one.district_id)
            said.setdefault((place, code), []).append((rank, value))
    return {key: min(found)[1] for key, found in said.items()}


def worked_out(month, top, code):
    """The number of a place, from what stands in the tables; None without one."""
    links = links_in(month)
    given = {place: n for (place, one), n in given_in(month, links).items() if one == code}
    if top in given:
        return given[top]
    kinds = dict(Facility.objects.values_list("pk", "kind"))
    counted = [p for p in given if kinds[p] in COUNTED and (top, p) in links]
    hidden = {p for p in counted for upper in counted if upper != p and (upper, p) in links}
    return sum(given[p] for p in counted if p not in hidden) if counted else None


@pytest.mark.parametrize("seed", range(6))
def test_whatever_was_said_every_place_holds_what_was_worked_out_by_hand(two, seed):
    random = Random(seed)
    may_say = [*COUNTED, K.DISTRICT]
    for say, district, since in (
        (put, "district", Month(2025, 1)),
        (put_by_other, "other", JUNE),
        (put_by_other, "other", MOVED),
    ):
        within = Facility.objects.within(two[district], since.last_day).of_kind(*may_say)
        rows = [(one.code, c, random.randrange(99)) for one in within for c in CODES]
        say(two, random.sample(rows, random.randrange(1, len(rows) + 1)), since=since)

    everyone = list(Facility.objects.order_by("pk").values_list("pk", flat=True))
    for month in (JUNE, MOVED):
        whole = {(pk, code): worked_out(month, pk, code) for pk in everyone for code in CODES}
        whole = {key: number for key, number in whole.items() if number is not None}
        assert whole
        for places in ([pk] for pk in everyone), [everyone], [random.sample(everyone, 3)]:
            for some in places:
                right = {key: number for key, number in whole.items() if key[0] in some}
                assert sasaran(places=some, codes=CODES, month=month) == right

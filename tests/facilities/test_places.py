from datetime import date

import pytest
from django.utils import timezone

from facilities.actions import errors
from facilities.actions.joining import merge, split
from facilities.actions.opening import NewPlace, bulk_open
from facilities.actions.places import close, move, open_place, rename
from facilities.models import Ancestry, Axis, ChangedCell, Facility, FacilityAlias
from facilities.roles import Role
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from tests.factories import OPENED, worker

SINCE = Month(2025, 4)
BEFORE, AFTER = date(2025, 3, 31), date(2025, 4, 1)


def inside(place, day):
    return set(Facility.objects.within(place, day))


@pytest.fixture
def boss(tree):
    return worker(Role.ADMIN_DINAS, tree["district"])


def test_a_move_keeps_the_past(tree, boss):
    move(place=tree["pustu_satu"], parent=tree["second"], axis=Axis.NETWORK, since=SINCE, by=boss)
    move(place=tree["desa_satu"], parent=tree["second"], axis=Axis.AREA, since=SINCE, by=boss)
    assert tree["melati"] in inside(tree["first"], BEFORE)
    assert tree["melati"] not in inside(tree["first"], AFTER)
    assert tree["melati"] in inside(tree["second"], AFTER)


def test_a_move_marks_old_and_new_ancestors_for_every_month_since(tree, boss):
    move(place=tree["melati"], parent=tree["second"], axis=Axis.NETWORK, since=SINCE, by=boss)
    months = set(SINCE.until(Month.of(timezone.localdate())))
    for key in ("melati", "pustu_satu", "first", "second", "district"):
        cells = ChangedCell.objects.filter(place=tree[key])
        assert set(cells.values_list("month", flat=True)) == months
        assert set(cells.values_list("programme", "district")) == {("*", tree["district"].pk)}
    assert not ChangedCell.objects.filter(place=tree["mawar"])


def test_an_earlier_decision_about_a_later_month_is_replaced(tree, boss):
    later = Month(2025, 9)
    move(place=tree["melati"], parent=tree["pustu_dua"], axis=Axis.NETWORK, since=later, by=boss)
    move(place=tree["melati"], parent=tree["second"], axis=Axis.NETWORK, since=SINCE, by=boss)
    parents = tree["melati"].placements.filter(axis=Axis.NETWORK).order_by("valid")
    assert [row.parent for row in parents] == [tree["pustu_satu"], tree["second"]]


@pytest.mark.parametrize(
    ("place", "parent", "error"),
    [
        ("first", "melati", errors.WrongParent),
        ("melati", "melati", errors.WrongParent),
        ("melati", "pustu_satu", errors.NothingToMove),
    ],
)
def test_a_move_that_cannot_be(tree, boss, place, parent, error):
    with pytest.raises(error) as caught:
        move(place=tree[place], parent=tree[parent], axis=Axis.NETWORK, since=SINCE, by=boss)
    assert tree[place].name in caught.value.sentence


def test_nobody_moves_a_place_out_of_their_reach(tree):
    stranger = worker(Role.ADMIN_DINAS, tree["second"])
    with pytest.raises(Forbidden):
        move(
            place=tree["melati"], parent=tree["second"], axis=Axis.NETWORK, since=SINCE, by=stranger
        )
    assert not AuditEvent.objects.filter(event="place.moved")


def test_a_place_opens_below_its_parents(tree, boss):
    new = NewPlace(
        "99.01.01.2001-PSY-002",
        "Anggrek",
        "posyandu",
        SINCE.first_day,
        {Axis.NETWORK: tree["first"].code, Axis.AREA: tree["desa_satu"].code},
        aliases=("Posyandu Anggrek I",),
    )
    opened = open_place(place=new, by=boss)
    assert opened in inside(tree["district"], AFTER)
    assert opened not in inside(tree["district"], BEFORE)
    assert FacilityAlias.objects.get(facility=opened).text_normalised == "anggreki"


@pytest.mark.parametrize(
    ("code", "kind", "parents", "error"),
    [
        ("99.01", "posyandu", {Axis.NETWORK: "P9901010101"}, errors.CodeTaken),
        ("baru", "posyandu", {Axis.NETWORK: "tidak-ada"}, errors.ParentUnknown),
        ("baru", "pustu", {Axis.NETWORK: "99.01"}, errors.WrongParent),
        ("baru", "pustu", {}, errors.NoParent),
    ],
)
def test_a_place_that_cannot_be_opened(tree, code, kind, parents, error):
    with pytest.raises(error):
        bulk_open(places=[NewPlace(code, "Baru", kind, OPENED, parents)], by=None)
    assert Facility.objects.count() == len(tree)


def test_a_parent_must_be_open(tree):
    new = NewPlace("baru", "Baru", "pustu", date(2019, 1, 1), {Axis.NETWORK: tree["first"].code})
    with pytest.raises(errors.ParentNotOpen, match="belum buka"):
        bulk_open(places=[new], by=None)


def test_only_the_system_opens_a_district(boss):
    with pytest.raises(Forbidden):
        bulk_open(places=[NewPlace("99.02", "Contoh Dua", "dinas", OPENED)], by=boss)


def test_an_old_name_still_matches(tree, boss):
    rename(place=tree["melati"], name="Melati Indah", by=boss)
    assert FacilityAlias.objects.get(facility=tree["melati"]).text_normalised == "melati"
    assert AuditEvent.objects.get(event="place.renamed").detail["before"] == "Melati"


def test_a_place_closes_and_keeps_its_past(tree, boss):
    close(place=tree["melati"], since=SINCE, by=boss)
    assert tree["melati"] in inside(tree["first"], BEFORE)
    assert tree["melati"] not in inside(tree["first"], AFTER)
    assert ChangedCell.objects.filter(place=tree["district"], month=SINCE)
    with pytest.raises(errors.NotOpen):
        close(place=tree["melati"], since=SINCE, by=boss)


def test_nothing_open_is_left_below_a_closed_place(tree, boss):
    with pytest.raises(errors.ChildrenStillOpen, match="Melati"):
        close(place=tree["pustu_satu"], since=SINCE, by=boss)


def test_a_merged_place_hands_over_what_was_below_it(tree, boss):
    merge(place=tree["first"], into=tree["second"], since=SINCE, by=boss)
    gone = Facility.objects.get(pk=tree["first"].pk)
    assert (gone.closed_on, gone.successor) == (AFTER, tree["second"])
    assert {tree["melati"], tree["desa_satu"]} <= inside(tree["second"], AFTER)
    assert {tree["melati"], tree["desa_satu"]} <= inside(tree["first"], BEFORE)
    assert inside(tree["first"], AFTER) == set()


def test_only_places_of_one_kind_merge(tree, boss):
    with pytest.raises(errors.MergeMismatch):
        merge(place=tree["first"], into=tree["pustu_dua"], since=SINCE, by=boss)


def test_a_split_place_keeps_its_past_and_gives_away_what_is_named(tree, boss):
    part = NewPlace(
        "99.01.01.2002",
        "Desa baru",
        "desa",
        AFTER,
        {Axis.AREA: tree["first"].code, Axis.LABEL: tree["kec_one"].code},
    )
    new = split(place=tree["desa_satu"], part=part, children=[tree["melati"]], since=SINCE, by=boss)
    assert inside(new, AFTER) == {new, tree["melati"]}
    assert tree["melati"] in inside(tree["desa_satu"], BEFORE)
    assert tree["melati"] not in inside(tree["desa_satu"], AFTER)
    assert tree["pustu_satu"] in inside(tree["desa_satu"], AFTER)


def test_only_what_is_below_can_be_given_away(tree, boss):
    part = NewPlace("99.01.01.2002", "Desa baru", "desa", AFTER, {Axis.AREA: tree["first"].code})
    with pytest.raises(errors.NotAChild, match="Mawar"):
        split(place=tree["desa_satu"], part=part, children=[tree["mawar"]], since=SINCE, by=boss)
    assert not Facility.objects.filter(code="99.01.01.2002")


def test_every_pair_has_one_range_on_a_day(tree, boss):
    move(place=tree["melati"], parent=tree["first"], axis=Axis.NETWORK, since=SINCE, by=boss)
    pairs = Ancestry.objects.filter(valid__contains=AFTER).values_list("ancestor", "descendant")
    assert len(pairs) == len(set(pairs))

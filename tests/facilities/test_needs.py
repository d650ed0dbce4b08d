"""What places lack, as they said it and as their staff is counted."""

from datetime import date

from django.utils import timezone

from facilities.actions.standards import end_standard
from facilities.selectors.needs import needs
from tests.facilities.needing import (
    LONG_AGO,
    entry,
    give_back,
    save,
    sent,
    staff,
    standard,
    this_year,
    verified,
    worker_standard,
)
from tests.factories import place, small_district


def found(of, year=None, kind=""):
    return needs(of=of, year=year or this_year(), today=timezone.localdate(), kind=kind)


def summed(of, **more):
    return {one.code: one for one in found(of, **more).sums}


def test_only_what_places_stand_by_is_counted(tree):
    standard(tree["district"], number=3)
    sent(tree["pustu_satu"], entry(3, light=1))
    save(tree["pustu_dua"], entry(0))
    one = summed(tree["district"])["tensimeter"]
    assert (one.places, one.known, one.short) == (2, 1, 1)
    assert (one.standard, one.present, one.good, one.missing) == (3, 3, 2, 1)
    assert one.share == 100 / 3


def test_what_was_returned_counts_no_more_until_it_is_sent_again(tree):
    standard(tree["district"])
    held = sent(tree["pustu_satu"], entry(0))
    give_back(held)
    answer = found(tree["district"])
    assert (answer.said, answer.verified, answer.states["dikembalikan"]) == (0, 0, 1)
    assert answer.sums[0].known == 0


def test_more_than_enough_at_one_place_does_not_fill_the_gap_of_another(tree):
    standard(tree["district"], number=2)
    verified(tree["pustu_satu"], entry(9))
    verified(tree["pustu_dua"], entry(0))
    one = summed(tree["district"])["tensimeter"]
    assert (one.good, one.missing, one.short) == (9, 2, 1)


def test_staff_comes_from_its_register_on_the_last_day_of_the_year(tree):
    worker_standard(tree["district"], "bidan", number=2)
    staff(tree["pustu_satu"], LONG_AGO, bidan=1)
    staff(tree["pustu_satu"], timezone.localdate(), bidan=2)
    assert summed(tree["first"])["bidan"].missing == 0
    assert summed(tree["first"], year=this_year() - 1)["bidan"].missing == 1
    assert summed(tree["second"])["bidan"].known == 0
    assert found(tree["first"]).assessing == (), "staff is not assessed"


def test_the_standard_is_the_one_that_was_asked_for(tree):
    item = standard(tree["district"], number=2)
    verified(tree["pustu_satu"], entry(2))
    type(item).objects.filter(pk=item.pk).update(number=5)
    by_place = found(tree["district"]).by_site
    assert by_place[tree["pustu_satu"].pk]["tensimeter"].standard == 2
    assert by_place[tree["pustu_dua"].pk]["tensimeter"].standard == 5


def test_the_same_thing_in_two_kinds_of_places_is_one_row(tree):
    standard(tree["district"], "pustu", number=1)
    standard(tree["district"], "puskesmas", number=4, price=1_000)
    verified(tree["pustu_satu"], entry(0))
    verified(tree["first"], entry(1))
    one = summed(tree["district"])["tensimeter"]
    assert (one.missing, one.cost, one.places) == (4, 4_000, 4)
    only = summed(tree["district"], kind="pustu")["tensimeter"]
    assert (only.missing, only.places) == (1, 2)


def test_each_kind_of_place_pays_its_own_price(tree):
    standard(tree["district"], "puskesmas", number=4, price=2_500_000)
    standard(tree["district"], "posyandu", number=20, price=600_000)
    verified(tree["first"], entry(4))
    verified(tree["melati"], entry(0))
    one = summed(tree["district"])["tensimeter"]
    assert (one.missing, one.price, one.cost) == (20, 600_000, 12_000_000)
    verified(tree["second"], entry(3))
    one = summed(tree["district"])["tensimeter"]
    assert (one.missing, one.price, one.cost) == (21, None, 14_500_000)


def test_a_price_that_was_set_after_the_places_sent_counts(tree):
    item = standard(tree["district"], number=3)
    verified(tree["pustu_satu"], entry(1))
    assert summed(tree["first"])["tensimeter"].cost is None
    end_standard(item=item, until=timezone.localdate(), by=None)
    standard(tree["district"], number=9, price=600_000, since=timezone.localdate())
    one = summed(tree["first"])["tensimeter"]
    assert (one.standard, one.missing, one.cost) == (3, 2, 1_200_000)


def test_what_is_asked_no_more_costs_what_it_did(tree):
    item = standard(tree["district"], number=3, price=1_000)
    verified(tree["pustu_satu"], entry(1))
    end_standard(item=item, until=timezone.localdate(), by=None)
    assert summed(tree["district"])["tensimeter"].cost == 2_000


def test_each_place_has_its_puskesmas(tree):
    standard(tree["district"])
    centres = {site.name: site.centre for site in found(tree["district"]).sites}
    assert centres["Pustu satu"] == centres["Kenanga"] == tree["first"].pk
    assert centres["Mawar"] == tree["second"].pk


def test_what_lies_elsewhere_is_not_ours(tree):
    other = small_district(2)
    standard(tree["district"])
    assert {site.name for site in found(other["district"]).sites} != set()
    assert found(other["district"]).all == ()
    assert {site.name for site in found(tree["first"]).sites} == {"Kenanga", "Pustu satu", "Melati"}


def test_the_largest_gap_is_the_largest_share(tree):
    for name, number in (("Doppler", 10), ("Tensimeter", 2)):
        standard(tree["district"], name=name, number=number)
    verified(tree["pustu_satu"], entry(6), entry(0))
    assert [one.code for one in found(tree["district"]).largest] == ["tensimeter", "doppler"]


def test_a_year_that_is_over_is_seen_as_it_stood(tree):
    standard(tree["district"], since=date(this_year(), 1, 1))
    assert found(tree["district"], year=this_year() - 1).all == ()


def test_however_many_places_the_queries_are_few(tree, django_assert_max_num_queries):
    for name in ("Doppler", "Tensimeter"):
        standard(tree["district"], name=name)
    for _ in range(10):
        sent(place("pustu", network=tree["first"], area=tree["desa_satu"]), entry(1), entry(2))
    with django_assert_max_num_queries(8):
        found(tree["district"])

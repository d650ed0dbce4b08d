"""Totals equal what visits and approved reports say, whatever happened on the way."""

from datetime import date
from io import StringIO
from random import Random

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from clusters.actions.following import follow_touched
from clusters.actions.visits import cancel_visit
from clusters.models import VISITS, Growth, Milestone
from clusters.selectors.pending import pending
from facilities.actions.places import move
from facilities.models import Axis, ChangedCell, DataVersion, Facility
from ilp.core.months import Month
from reporting import totals
from reporting.actions import roll_up as rolling
from reporting.actions.roll_up import rebuild_totals, roll_up_changed
from reporting.models import Total
from reporting.selectors import verification
from tests.reporting import rows
from tests.reporting.rolled_up import approved, found, places_of, with_visits


@pytest.fixture
def places(tree):
    return places_of(tree)


@pytest.fixture
def visits(places):
    with_visits(places)


def test_totals_equal_the_visits(visits):
    assert Total.objects.exists()
    assert found() == []
    assert not ChangedCell.objects.exists()


def test_a_district_is_the_sum_of_all_that_lies_below(visits, tree, places):
    month = Month(2025, 3)

    cells = totals.read([tree["district"].pk], [month], ["growth_visits"])

    standing = VISITS["growth"].objects.standing().in_month(month).count()
    assert standing > 0
    assert cells.get(tree["district"].pk, month, "growth_visits") == standing


def test_rolling_up_again_changes_nothing(visits, tree):
    before = list(Total.objects.order_by("month", "place_id", "programme").values_list())
    first, last = verification.span()

    rebuild_totals(first=first, last=last, by=None)

    assert list(Total.objects.order_by("month", "place_id", "programme").values_list()) == before


def test_a_thousand_edits_cancellations_and_moves_leave_no_difference(visits, tree, places):
    random = Random(11)
    edits, months = 0, iter((3, 4, 6))
    for turn in range(10):
        for visit in random.sample(list(Growth.objects.filter(cancelled_at=None)), 12):
            cancel_visit(visit=visit, by=None)
        growth = rows.random_growth(random, places, children=14)
        mothers = rows.random_antenatal(random, places, mothers=6)
        edits += 12 + len(growth) + len(mothers)
        rows.write("growth", growth, places)
        rows.write("antenatal", mothers, places)
        if turn % 3 == 2:
            parent = tree["first"] if turn % 2 else tree["second"]
            move(
                place=tree["pustu_satu"],
                parent=parent,
                axis=Axis.NETWORK,
                since=Month(2025, next(months)),
                by=None,
            )
        roll_up_changed()

    assert edits >= 1000
    assert found() == []


def test_marks_of_moves_reports_and_visits_may_be_taken_in_any_pieces(
    visits, tree, places, monkeypatch
):
    """A visit only adds to what stands above it, even when the place above has moved meanwhile."""
    monkeypatch.setattr(rolling, "CLAIM", 3)
    random, month, standing = Random(5), Month(2025, 4), []
    for turn in range(6):
        for visit in random.sample(list(Growth.objects.filter(cancelled_at=None)), 4):
            cancel_visit(visit=visit, by=None)
        rows.write("growth", rows.random_growth(random, places, children=6), places)
        if turn % 2:
            standing.pop().delete()
            ChangedCell.objects.create(place=tree["first"], month=month, programme="growth")
        else:
            standing.append(approved(tree["first"], month, turn + 1))
        parent = tree["first"] if turn % 2 else tree["second"]
        move(place=tree["pustu_satu"], parent=parent, axis=Axis.NETWORK, since=month, by=None)
        follow_touched(by=None)
        marks = list(ChangedCell.objects.values("place_id", "month", "programme", "whole"))
        assert {mark["whole"] for mark in marks} == {True, False}
        ChangedCell.objects.all().delete()
        random.shuffle(marks)
        ChangedCell.objects.bulk_create(ChangedCell(**mark) for mark in marks)
        roll_up_changed()
        assert found() == []
        month = month.plus(1) if turn % 2 else month


def test_the_past_keeps_its_shape_after_a_move(visits, tree):
    def of(month):
        cells = totals.read([tree["second"].pk], [month], ["growth_visits"])
        return cells.get(tree["second"].pk, month, "growth_visits")

    before, after = of(Month(2025, 3)), of(Month(2025, 5))
    move(
        place=tree["pustu_satu"],
        parent=tree["second"],
        axis=Axis.NETWORK,
        since=Month(2025, 5),
        by=None,
    )
    roll_up_changed()

    assert of(Month(2025, 3)) == before
    assert of(Month(2025, 5)) > after


def test_a_mark_of_a_programme_that_is_gone_does_not_stop_the_others(visits, tree):
    Total.objects.all().delete()
    for programme in ("f_gone", "growth"):
        ChangedCell.objects.create(place=tree["melati"], month=Month(2025, 3), programme=programme)

    roll_up_changed()

    assert not ChangedCell.objects.exists()
    assert {*Total.objects.values_list("programme", flat=True)} == {"growth"}


def test_a_changed_number_raises_the_data_version(visits, tree, places):
    before = DataVersion.objects.get(district=tree["district"]).number
    cancel_visit(visit=Growth.objects.filter(cancelled_at=None).first(), by=None)

    roll_up_changed()

    assert DataVersion.objects.get(district=tree["district"]).number > before


def test_a_place_that_loses_its_last_visit_has_no_totals(places, tree):
    one = rows.incoming(
        "adult",
        nik="9901010000099999",
        born_on=date(1980, 1, 1),
        sex="L",
        seen_on=date(2025, 2, 3),
        facility=tree["melati"],
        home=tree["melati"],
        weight=70,
    )
    rows.write("adult", [one], [tree["melati"]])
    roll_up_changed()
    assert Total.objects.filter(place=tree["district"], programme="adult").exists()

    cancel_visit(visit=VISITS["adult"].objects.get(), by=None)
    roll_up_changed()

    assert not Total.objects.exists()
    assert not Milestone.objects.exists()


def test_a_total_is_of_a_place_that_there_is(visits):
    one, nobody = Total.objects.first(), Facility.objects.latest("pk").pk + 1
    with pytest.raises(IntegrityError, match="facilities_facility"), transaction.atomic():
        Total.objects.create(
            month=one.month, place_id=nobody, programme=one.programme, own=one.own, total=one.total
        )
    with pytest.raises(IntegrityError, match="facilities_facility"), transaction.atomic():
        Total.objects.filter(place=one.place_id).update(place=nobody)


def test_milestones_are_worked_out_anew_of_everyone(visits):
    before = set(Milestone.objects.values_list("person", "code", "on", "visit_id"))
    Milestone.objects.filter(pk__in=Milestone.objects.values("pk")[:20]).delete()
    Milestone.objects.filter(pk__in=Milestone.objects.values("pk")[:5]).update(on=date(2024, 1, 1))
    first, last = map(str, verification.span())

    call_command("rebuild_totals", first, last, "--milestones", stdout=StringIO())

    assert set(Milestone.objects.values_list("person", "code", "on", "visit_id")) == before
    assert found() == []
    roll_up_changed()  # what was worked out anew had marked its cells, too
    assert (found(), pending().count) == ([], 0)

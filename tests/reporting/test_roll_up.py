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
from facilities.actions.opening import NewPlace, bulk_open
from facilities.actions.places import move
from facilities.models import Axis, ChangedCell, DataVersion, Facility
from ilp.core.months import Month
from reporting import totals
from reporting.actions import roll_up as rolling
from reporting.actions.roll_up import rebuild_totals, roll_up_changed
from reporting.catalogue import ELEMENTS, FORMS
from reporting.models import Report, ReportValue, Total
from reporting.selectors import verification
from tests.reporting import rows


def found():
    span = verification.span()
    return list(verification.differences(first=span[0], last=span[1]))


@pytest.fixture
def places(tree):
    return [tree[k] for k in ("melati", "mawar", "pustu_satu", "pustu_dua", "first", "second")]


@pytest.fixture
def visits(places):
    random = Random(7)
    rows.write("growth", rows.random_growth(random, places), places)
    rows.write("antenatal", rows.random_antenatal(random, places), places)
    roll_up_changed()


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


def test_a_changed_number_raises_the_data_version(visits, tree, places):
    before = DataVersion.objects.get(district=tree["district"]).number
    cancel_visit(visit=Growth.objects.filter(cancelled_at=None).first(), by=None)

    roll_up_changed()

    assert DataVersion.objects.get(district=tree["district"]).number > before


def approved(place, month, number):
    """An approved F1 in which every box holds the number."""
    form = next(iter(FORMS.values()))
    report = Report.objects.create(
        facility=place,
        month=month,
        form_code=form.code,
        status="approved",
        sent_at="2025-06-01T00:00Z",
    )
    ReportValue.objects.bulk_create(
        ReportValue(report=report, element=code, part=part, value=number)
        for code in [item.element for item in form.items if item.element in ELEMENTS]
        for part in ELEMENTS[code].parts
    )
    ChangedCell.objects.create(place=place, month=month, programme="growth")
    return report


def test_an_approved_report_stands_in_for_all_below_it(visits, tree):
    month, code = Month(2025, 3), "skdn_d"
    places = [tree[k].pk for k in ("district", "first", "second", "melati")]
    before = totals.read(places, [month], [code, "growth_visits"])

    report = approved(tree["first"], month, 7)
    roll_up_changed()

    after = totals.read(places, [month], [code, "growth_visits"])
    boxes = 7 * len(ELEMENTS[code].parts)
    first, second, district, melati = (
        tree[k].pk for k in ("first", "second", "district", "melati")
    )
    assert after.get(first, month, code) == boxes
    assert after.get(district, month, code) == boxes + (before.get(second, month, code) or 0)
    assert after.get(melati, month, code) == before.get(melati, month, code)
    assert after.get(first, month, "growth_visits") == before.get(first, month, "growth_visits")
    assert found() == []

    report.delete()
    ChangedCell.objects.create(place=tree["first"], month=month, programme="growth")
    roll_up_changed()
    assert totals.read(places, [month], [code]).numbers == {
        key: {code: cell[code]} for key, cell in before.numbers.items()
    }


def test_reports_on_two_levels_are_not_added_up(visits, tree):
    month = Month(2025, 3)
    approved(tree["melati"], month, 2)
    approved(tree["first"], month, 7)

    roll_up_changed()

    assert found() == []
    cells = totals.read([tree["district"].pk, tree["first"].pk], [month], ["bgm"])
    assert cells.get(tree["first"].pk, month, "bgm") == 7 * len(ELEMENTS["bgm"].parts)


@pytest.fixture
def guest(tree):
    """A Posyandu whose Pustu stands in a village of the first and works for the second."""
    codes = {axis: tree[name].code for axis, name in
             ((Axis.NETWORK, "second"), (Axis.AREA, "desa_satu"))}  # fmt: skip
    kind = Facility.Kind
    pustu = NewPlace("99.01.01.2001-PST-09", "Tamu", kind.PUSTU, date(2020, 1, 1), codes)
    below = {Axis.NETWORK: pustu.code, Axis.AREA: tree["desa_dua"].code}
    posyandu = NewPlace("99.01.02.2001-PSY-09", "Tamu", kind.POSYANDU, date(2020, 1, 1), below)
    return bulk_open(places=[pustu, posyandu], by=None)


def test_what_a_silenced_report_spoke_for_counts_by_its_visits(tree, guest):
    """The Pustu's report is part of the first Puskesmas'; its Posyandu is not below that one."""
    month, (pustu, posyandu) = Month(2025, 3), guest
    child = rows.incoming(
        "growth", nik="9901010000099998", born_on=date(2024, 1, 1), sex="L",
        seen_on=date(2025, 3, 3), facility=posyandu, home=posyandu, weight=9.0,
    )  # fmt: skip
    rows.write("growth", [child], [posyandu])
    approved(tree["first"], month, 7)
    approved(pustu, month, 2)

    roll_up_changed()

    boxes = len(ELEMENTS["skdn_d"].parts)
    cells = totals.read([tree["district"].pk, tree["second"].pk], [month], ["skdn_d"])
    assert cells.get(tree["district"].pk, month, "skdn_d") == 7 * boxes + 1
    assert cells.get(tree["second"].pk, month, "skdn_d") == 2 * boxes
    assert found() == []


def test_a_report_counts_in_what_the_one_above_it_leaves_open(tree):
    month = Month(2025, 3)
    low, high = approved(tree["melati"], month, 2), approved(tree["first"], month, 7)
    high.values.filter(element="bgm").delete()
    low.values.filter(element="skdn_d").delete()

    roll_up_changed()

    asked = totals.read([tree["district"].pk], [month], ["bgm", "skdn_d"])
    for code, number in (("bgm", 2), ("skdn_d", 7)):
        boxes = len(ELEMENTS[code].parts)
        assert asked.get(tree["district"].pk, month, code) == number * boxes
    assert found() == []


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

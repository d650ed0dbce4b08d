"""Completeness and timeliness: the same places above and below the line, whatever happens."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from django.utils import timezone

from facilities.actions.places import close, move
from facilities.models import Axis, Facility, Placement
from ilp.core.months import Month
from reporting.actions.deadlines import Rule, add_holidays, grant_extension, set_deadline
from reporting.catalogue import FORMS
from reporting.models import Deadline, Extension, Holiday, Report
from reporting.selectors.completeness import IN, Mark, completeness, rates
from reporting.workflow import Status
from tests.factories import place, worker

YEAR = Month(2025, 1).until(Month(2025, 12))
TODAY = date(2026, 3, 1)
FORM = replace(FORMS["F1"], kinds=("puskesmas", "pustu", "posyandu"))
SEEDS = range(6)


def noon(day):
    return datetime.combine(day, time(12), timezone.get_default_timezone())


def send(at, month, day, status=Status.SENT, form="F1"):
    return Report.objects.create(
        facility=at, month=month, form_code=form, status=status, sent_at=day and noon(day)
    )


def shuffled_district(tree, chance):
    """Places open, move and close in any order; reports of any state come from anywhere."""
    posyandu = [tree["melati"], tree["mawar"]]
    for _ in range(12):
        opened = date(2025, chance.randrange(1, 13), chance.choice((1, 15, 28)))
        above = tree[chance.choice(("pustu_satu", "pustu_dua"))]
        posyandu.append(place("posyandu", opened_on=opened, network=above))
    chance.shuffle(posyandu)
    for one in posyandu[:6]:
        since = Month.of(one.opened_on).plus(chance.randrange(1, 5))
        held = Placement.objects.get(facility=one, axis=Axis.NETWORK, valid__endswith=None)
        others = [tree[k] for k in ("pustu_satu", "pustu_dua") if tree[k].pk != held.parent_id]
        when = max(since, Month(2025, 2))
        move(place=one, parent=others[0], axis=Axis.NETWORK, since=when, by=None)
    for one in posyandu[4:10]:
        after = max(Month.of(one.opened_on), Month(2025, 6)).plus(chance.randrange(1, 6))
        close(place=one, since=after, by=None)
    for one in Facility.objects.of_kind("puskesmas", "pustu", "posyandu", "desa"):
        for month in YEAR:
            if chance.random() < 0.7:
                day = month.last_day + timedelta(days=chance.randrange(-5, 20))
                status = chance.choice(list(Status))
                send(one, month, None if status == Status.DRAFT else day, status)


def ruled(tree, chance):
    """Deadlines of all sorts over the year."""
    for since, kind, day in ((1, "", 5), (4, "", None), (9, "puskesmas", 10)):
        grace, moves = chance.randrange(3), chance.random() < 0.5
        rule = Rule("F1", kind, day, None if day else 8, grace, moves, "SK")
        set_deadline(district=tree["district"], rule=rule, since=Month(2025, since), by=None)
    every = [date(2025, month, day) for month in range(2, 13) for day in (5, 6, 9)]
    days = {day: "Libur" for day in every if chance.random() < 0.5}
    add_holidays(district=tree["district"], days=days, by=None)
    longer = {"form": "F1", "month": Month(2025, 5), "until": date(2025, 6, 19)}
    grant_extension(place=tree["first"], reason="Banjir", by=None, **longer)


def last_day(place, month):
    """Until when, told once more from plain rows."""
    held = [
        r for r in Deadline.objects.filter(form_code="F1", kind__in=["", place.kind])
        if r.since <= month and (r.until is None or month < r.until)
    ]  # fmt: skip
    if not held:
        return month.plus(1).first_day.replace(day=5)
    rule = max(held, key=lambda r: r.kind != "")
    day = month.last_day + timedelta(days=rule.day or rule.days_after)
    while rule.to_workday and (day.isoweekday() > 5 or Holiday.objects.filter(day=day).exists()):
        day += timedelta(days=1)
    day += timedelta(days=rule.grace_days)
    longer = Extension.objects.filter(facility=place, month=month, cancelled_at=None)
    return max([day, *longer.values_list("until", flat=True)])


def counted_again(top, month):
    """Expected, in, in time at a place and below: walked over the placements of the day."""
    day = month.last_day
    parents = {}
    for held in Placement.objects.filter(valid__contains=day):
        parents.setdefault(held.facility_id, set()).add(held.parent_id)

    def below(pk):
        return pk == top.pk or any(below(parent) for parent in parents.get(pk, ()))

    inside = [
        one for one in Facility.objects.filter(kind__in=FORM.kinds)
        if one.opened_on <= day and (one.closed_on is None or one.closed_on > day) and below(one.pk)
    ]  # fmt: skip
    came = Report.objects.filter(facility__in=inside, month=month, form_code="F1", status__in=IN)
    in_time = [
        r for r in came
        if timezone.localtime(r.sent_at).date() <= last_day(r.facility, month)
    ]  # fmt: skip
    return (len(inside), len(came), len(in_time))


@pytest.mark.parametrize("seed", SEEDS)
def test_rates_stay_within_bounds_whatever_becomes_of_the_places(tree, seed):
    chance = Random(seed)
    shuffled_district(tree, chance)
    ruled(tree, chance)
    tops = [tree["district"], tree["first"], tree["second"], tree["pustu_satu"]]

    found = rates(places=[top.pk for top in tops], months=YEAR, forms=[FORM])

    for top in tops:
        for month in YEAR:
            rate = found[top.pk, month]
            assert 0 <= rate.in_time <= rate.sent <= rate.expected
            assert 0 <= rate.timely <= rate.complete <= 100
            again = counted_again(top, month)
            assert (rate.expected, rate.sent, rate.in_time) == again, (seed, top, month)
    assert any(rate.complete not in (0, 100) for rate in found.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_letters_of_the_matrix_add_up_to_the_rates(tree, seed):
    chance = Random(seed)
    shuffled_district(tree, chance)
    ruled(tree, chance)
    viewer = worker("kepala_dinas", tree["district"])

    shown = completeness(user=viewer, form=FORM, year=2025, kinds=FORM.kinds, today=TODAY)

    found = rates(places=[tree["district"].pk], months=YEAR, forms=[FORM])
    assert shown.months == tuple(YEAR)
    assert shown.by_month == [found[tree["district"].pk, month] for month in YEAR]
    marks = [cell.mark for line in shown.lines for cell in line.cells]
    in_time = marks.count(Mark.IN_TIME) + marks.count(Mark.SENT)
    assert shown.rate.in_time == in_time
    assert shown.rate.sent == in_time + marks.count(Mark.LATE)
    assert shown.rate.expected == len(marks) - marks.count(Mark.CLOSED)
    assert set(marks) == set(Mark) - {Mark.NOT_DUE, Mark.FREE}, "every place owes it"


def test_a_closed_places_report_counts_on_neither_side(tree):
    for key in ("first", "second"):
        send(tree[key], Month(2025, 3), date(2025, 4, 2))
    form = FORMS["F1"]
    for key in ("mawar", "pustu_dua", "desa_dua", "second"):
        close(place=Facility.objects.get(pk=tree[key].pk), since=Month(2025, 3), by=None)

    rate = rates(places=[tree["district"].pk], months=[Month(2025, 3)], forms=[form])

    (only,) = rate.values()
    assert (only.expected, only.sent, only.complete) == (1, 1, 100)


def test_a_month_counts_in_a_row_once_its_deadline_has_passed(tree):
    viewer = worker("kepala_dinas", tree["district"])
    send(tree["first"], Month(2025, 1), date(2025, 2, 1))
    send(tree["first"], Month(2025, 3), date(2025, 4, 1), Status.APPROVED)

    def shown(today):
        found = completeness(
            user=viewer, form=FORMS["F1"], year=2025, kinds=["puskesmas"], today=today
        )
        return {line.place.pk: line for line in found.lines}

    at_the_day = shown(date(2025, 4, 5))[tree["first"].pk]
    assert [c.mark.value for c in at_the_day.cells] == ["K", "–", "✓", "·"]
    assert (at_the_day.rate.sent, at_the_day.rate.expected) == (1, 2)
    after = shown(date(2025, 4, 6))[tree["first"].pk]
    assert (after.rate.sent, after.rate.expected) == (2, 3)
    other = shown(date(2025, 4, 5))[tree["second"].pk]
    assert [c.mark.value for c in other.cells] == ["–", "–", "·", "·"]
    assert [c.due.month.number for c in other.owed] == [1, 2]


def test_thousands_of_cells_cost_a_query_and_their_deadlines_one(tree, django_assert_num_queries):
    shuffled_district(tree, Random(1))
    places = list(Facility.objects.values_list("pk", flat=True))
    with django_assert_num_queries(2):
        rates(places=places, months=YEAR, forms=[FORM])
    viewer = worker("kepala_dinas", tree["district"])
    with django_assert_num_queries(3):
        completeness(user=viewer, form=FORM, year=2025, kinds=FORM.kinds, today=TODAY)

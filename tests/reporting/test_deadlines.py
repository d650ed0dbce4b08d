"""Until when a report is in time: the catalogue, what a district sets, who is given longer."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from ilp.core.months import Month
from reporting.actions import deadline_errors as errors
from reporting.actions import deadlines as actions
from reporting.actions.reports import open_report
from reporting.catalogue import FORMS
from reporting.models import Deadline, Holiday, Report
from reporting.selectors import due
from reporting.selectors.deadlines import deadlines, due_on
from reporting.selectors.registers import registers
from tests.factories import small_district
from tests.reporting.deadlines import F1, JANUARY, MARCH, SATURDAY, extend, set_rule, until


def send(place, form, month, day):
    report = open_report(facility=place, month=month, form=form, by=None)
    at = datetime.combine(day, time(23, 30), timezone.get_default_timezone())
    Report.objects.filter(pk=report.pk).update(status="sent", sent_at=at)
    return report


def test_without_a_rule_the_catalogue_says_it_with_its_source(tree):
    last = due_on(F1, tree["first"], MARCH)

    assert (last.day, last.until, last.is_extended) == (SATURDAY, SATURDAY, False)
    assert last.source == F1.due[-1].source
    assert until(tree, form=FORMS["MUTU"]) == date(2025, 4, 10)


def test_a_rule_holds_from_its_month_on_and_ends_the_one_before(tree):
    first = set_rule(tree, day=8)
    set_rule(tree, since=MARCH, day=None, days_after=12)

    assert until(tree, Month(2024, 12)) == date(2025, 1, 5)
    assert until(tree, Month(2025, 2)) == date(2025, 3, 8)
    assert until(tree, MARCH) == date(2025, 4, 12)
    first.refresh_from_db()
    assert first.until == MARCH
    with pytest.raises(errors.NotLaterRule, match="sesudah Maret 2025"):
        set_rule(tree, since=MARCH, day=9)


def test_an_ended_rule_gives_way_to_the_catalogue(tree):
    made = set_rule(tree, day=8)
    actions.end_deadline(deadline=made, until=MARCH, by=None)

    assert until(tree, Month(2025, 2)) == date(2025, 3, 8)
    assert until(tree, MARCH) == SATURDAY
    with pytest.raises(errors.AlreadyEnded):
        actions.end_deadline(deadline=made, until=MARCH, by=None)


def test_the_rule_that_names_more_goes_before(tree):
    set_rule(tree, form="", day=20)
    assert until(tree) == date(2025, 4, 20)
    set_rule(tree, form="", kind="puskesmas", day=19)
    assert until(tree) == date(2025, 4, 19)
    set_rule(tree, day=18)
    assert until(tree) == date(2025, 4, 18)
    set_rule(tree, kind="puskesmas", day=17)
    assert until(tree) == date(2025, 4, 17)
    assert until(tree, form=FORMS["KB"]) == date(2025, 4, 19)


def test_a_day_off_moves_it_only_where_the_rule_says_so(tree):
    actions.add_holidays(district=tree["district"], days={date(2025, 4, 7): "Cuti"}, by=None)
    set_rule(tree)
    assert until(tree) == SATURDAY

    set_rule(tree, since=MARCH, to_workday=True, grace_days=2)

    last = due_on(F1, tree["first"], MARCH)
    assert (last.day, last.until) == (date(2025, 4, 8), date(2025, 4, 10))
    actions.remove_holiday(holiday=Holiday.objects.get(), by=None)
    assert due_on(F1, tree["first"], MARCH).day == date(2025, 4, 7)


def test_another_districts_rules_and_days_off_are_its_own(tree):
    other = small_district(2)
    set_rule(other, day=9, to_workday=True)
    set_rule(tree, to_workday=True)
    actions.add_holidays(district=other["district"], days={date(2025, 4, 7): "Cuti"}, by=None)

    assert until(tree) == date(2025, 4, 7)
    assert until(other) == date(2025, 4, 9)


def test_one_place_is_given_longer_for_one_month(tree):
    made = extend(tree)

    last = due_on(F1, tree["first"], MARCH)
    assert (last.until, last.is_extended) == (date(2025, 4, 20), True)
    assert until(tree, place="second") == SATURDAY
    assert until(tree, Month(2025, 4)) == date(2025, 5, 5)
    assert until(tree, form=FORMS["KB"]) == SATURDAY
    with pytest.raises(errors.ExtendedAlready):
        extend(tree, date(2025, 4, 25))

    actions.cancel_extension(extension=made, by=None)
    assert until(tree) == SATURDAY
    with pytest.raises(errors.ExtensionGone):
        actions.cancel_extension(extension=made, by=None)


def test_all_forms_of_a_month_may_be_given_longer(tree):
    extend(tree, form="")

    assert until(tree, form=FORMS["KB"]) == date(2025, 4, 20)
    assert until(tree, form=FORMS["MUTU"]) == date(2025, 4, 20)


def test_a_later_rule_is_never_shortened_by_an_extension(tree):
    extend(tree)
    set_rule(tree, day=28)

    assert due_on(F1, tree["first"], MARCH).is_extended is False
    assert until(tree) == date(2025, 4, 28)


def test_a_rule_ended_before_it_held_makes_room_for_the_right_one(tree):
    actions.end_deadline(deadline=set_rule(tree, day=9), until=JANUARY, by=None)
    set_rule(tree, day=8)
    assert until(tree) == date(2025, 4, 8)


def counted(tree, code, form="F1", at="district"):
    found = registers(places=[tree[at].pk], codes=[code], months=[MARCH], forms=[FORMS[form]])
    return found[MARCH].get((tree[at].pk, code))


def test_lists_and_indicators_go_by_the_same_day(tree):
    send(tree["first"], "F1", MARCH, date(2025, 4, 8))
    assert (counted(tree, "F_LAPORAN_MASUK"), counted(tree, "F_LAPORAN_TEPAT")) == (1, 0)

    def late():
        (row,) = due.matrix(places=[tree["first"]], form=F1, months=[MARCH]).values()
        return row[0].is_late

    assert late()
    set_rule(tree, to_workday=True)  # Monday 7 April
    assert (counted(tree, "F_LAPORAN_TEPAT"), late()) == (0, True)
    set_rule(tree, since=MARCH, to_workday=True, grace_days=1)
    assert (counted(tree, "F_LAPORAN_TEPAT"), late()) == (1, False)
    Deadline.objects.all().delete()
    assert (counted(tree, "F_LAPORAN_TEPAT"), late()) == (0, True)
    extend(tree, form="")
    assert (counted(tree, "F_LAPORAN_TEPAT"), late()) == (1, False)
    assert (counted(tree, "F_LAPORAN_WAJIB"), counted(tree, "F_LAPORAN_MASUK")) == (2, 1)


def test_a_report_sent_late_in_the_evening_is_sent_on_that_day_here(tree):
    report = send(tree["first"], "F1", MARCH, SATURDAY)  # half an hour before midnight
    report.refresh_from_db()
    assert due_on(F1, tree["first"], MARCH).has(report)
    report.sent_at += timedelta(hours=1)
    assert not due_on(F1, tree["first"], MARCH).has(report)


def test_many_places_and_months_cost_one_query(tree, django_assert_num_queries):
    set_rule(tree, to_workday=True)
    extend(tree)
    places = [tree["first"], tree["second"]]
    with django_assert_num_queries(1):
        known = deadlines(places=[p.pk for p in places], months=MARCH.of_year)
        found = [known.of(F1, place, month).until for place in places for month in MARCH.of_year]

    assert found == [until(tree, m, place=p) for p in ("first", "second") for m in MARCH.of_year]

"""Reporting months that end on another day: every day in one report, asked for by its end."""

from datetime import date, datetime, time, timedelta
from random import Random

import pytest
from django.test import Client
from django.utils import timezone

from facilities.actions.places import move
from facilities.models import Axis, Facility
from ilp.core.months import Month
from ilp.core.weeks import Week
from ilp.core.windows import Window
from reporting.actions import deadlines as actions
from reporting.actions import reports as report_actions
from reporting.catalogue import FORMS
from reporting.models import Report
from reporting.selectors import due, home, owing
from reporting.selectors.completeness import completeness, rates
from reporting.selectors.deadlines import due_on
from reporting.selectors.editing import editing
from reporting.selectors.reminders import items_of
from tests.factories import small_district, worker
from tests.reporting import earlier
from tests.reporting.closing import set_rule, window, windows

F1 = FORMS["F1"]
JANUARY, FEBRUARY, MARCH, APRIL = (Month(2025, n) for n in range(1, 5))
JUNE = Month(2025, 6)
MARCH_21_20 = Window(date(2025, 2, 21), date(2025, 3, 20))
ONE_DAY = timedelta(days=1)


def days(window):
    return [window.first + n * ONE_DAY for n in range((window.last - window.first).days + 1)]


class TestWhichDays:
    def test_without_a_rule_a_report_covers_its_calendar_month(self, tree):
        assert window(tree) == Window(date(2025, 3, 1), date(2025, 3, 31))

    def test_from_the_21st_to_the_20th(self, tree):
        set_rule(tree, since=Month(2024, 6))
        assert window(tree) == MARCH_21_20
        assert window(tree, JANUARY) == Window(date(2024, 12, 21), date(2025, 1, 20))

    def test_the_days_between_two_rules_are_in_one_report(self, tree):
        made = set_rule(tree, since=MARCH)
        actions.end_deadline(deadline=made, until=JUNE, by=None)

        assert windows(tree["first"], FEBRUARY.until(Month(2025, 7))) == [
            Window(date(2025, 2, 1), date(2025, 2, 28)),
            Window(date(2025, 3, 1), date(2025, 3, 20)),
            Window(date(2025, 3, 21), date(2025, 4, 20)),
            Window(date(2025, 4, 21), date(2025, 5, 20)),
            Window(date(2025, 5, 21), date(2025, 6, 30)),
            Window(date(2025, 7, 1), date(2025, 7, 31)),
        ]
        # Asked for alone, a month still knows how the one before it ended.
        assert window(tree, APRIL).first == date(2025, 3, 21)
        assert window(tree, JUNE).first == date(2025, 5, 21)

    @pytest.mark.parametrize("seed", range(12))
    def test_every_day_is_in_one_window_whatever_changes(self, tree, seed):
        random, months = Random(seed), Month(2024, 1).until(Month(2026, 12))
        kind = {"kind": "puskesmas"}
        for scope in ({}, kind, {"form": "F1"}, {"form": "F1", **kind}):
            for since in sorted(random.sample(months, random.randrange(5))):
                made = set_rule(
                    tree, since=since, closes_on=random.choice([None, 15, 20, 28]), **scope
                )
                if random.random() < 0.4:
                    until = since.plus(random.randrange(1, 5))
                    actions.end_deadline(deadline=made, until=until, by=None)
        for form in ("F1", "KB", "LB1"):
            covered = [
                day for one in windows(tree["first"], months, FORMS[form]) for day in days(one)
            ]
            assert covered == days(Window(date(2024, 1, 1), covered[-1]))
            assert covered[-1] >= date(2026, 12, 15)

    def test_a_place_that_comes_to_another_district_leaves_no_day_out(self, tree):
        other = small_district(2)
        set_rule(tree)
        for name, axis in (("first", Axis.NETWORK), ("kec_one", Axis.LABEL)):
            move(place=tree[name], parent=other["district"], axis=axis, since=APRIL, by=None)
        assert windows(tree["first"], [MARCH, APRIL]) == [
            MARCH_21_20,
            Window(date(2025, 3, 21), date(2025, 4, 30)),
        ]
        assert window(other) == Window.of(MARCH)

    def test_a_place_that_opens_covers_no_days_before(self, tree):
        set_rule(tree)
        Facility.objects.filter(pk=tree["first"].pk).update(opened_on=date(2025, 3, 1))
        assert window(tree, at="second") == MARCH_21_20

    def test_weeks_and_quarters_keep_their_days(self, tree):
        set_rule(tree)
        set_rule(tree, form="SKDR", day=None, days_after=2, closes_on=None)
        week = Week(2025, 12)
        assert due_on(FORMS["SKDR"], tree["first"], week).window == Window.of(week)
        assert window(tree, form=FORMS["SPM"]) == Window.of(MARCH)

    def test_the_rule_that_names_more_says_all_of_it(self, tree):
        set_rule(tree)
        set_rule(tree, form="F1", closes_on=None)
        assert window(tree) == Window.of(MARCH)
        assert window(tree, form=FORMS["KB"]) == MARCH_21_20

    def test_a_report_is_told_the_same_days_with_its_rules(self, tree):
        set_rule(tree)
        actions.end_deadline(deadline=set_rule(tree, form="KB", closes_on=25), until=MARCH, by=None)
        for form in ("F1", "KB", "SPM"):
            for month in (FEBRUARY, MARCH, JUNE):
                report = earlier.reported(tree["first"], month, {}, form=form)
                said = editing(report=report.pk, by=None).window
                assert said == window(tree, month, FORMS[form])


class TestWhenItIsAskedFor:
    @pytest.fixture
    def filler(self, tree):
        return worker("admin_puskesmas", tree["first"])

    def owed(self, user, today):
        found = owing.next_to_fill(user=user, today=today)
        return [one.month for one in found if one.form_code == "F1"]

    def test_it_is_owed_from_the_day_after_its_last(self, tree, filler):
        earlier.reported(tree["first"], FEBRUARY, {})
        set_rule(tree, since=MARCH)
        assert self.owed(filler, date(2025, 3, 20)) == []
        assert self.owed(filler, date(2025, 3, 21)) == [MARCH]
        assert self.owed(filler, date(2025, 4, 20)) == [MARCH]
        assert self.owed(filler, date(2025, 4, 21)) == [MARCH, APRIL]

    def test_what_comes_next_is_what_is_not_owed_yet(self, tree, filler):
        set_rule(tree, form="F1", day=None, days_after=1)
        before = home.next_report(user=filler, today=date(2025, 3, 20))
        assert (before.form_code, before.month, before.due_on) == ("F1", MARCH, date(2025, 3, 21))
        after = home.next_report(user=filler, today=date(2025, 3, 21))
        assert (after.form_code, after.month) != ("F1", MARCH)

    def test_days_after_count_from_its_last_and_a_named_day_stays(self, tree):
        set_rule(tree, form="F1", day=None, days_after=5)
        set_rule(tree, form="KB", day=5)
        assert due_on(F1, tree["first"], MARCH).until == date(2025, 3, 25)
        assert due_on(FORMS["KB"], tree["first"], MARCH).until == date(2025, 4, 5)

    def test_who_fills_in_is_reminded_by_it(self, tree, filler):
        set_rule(tree, form="F1", day=None, days_after=5)
        listed = [
            item
            for items in items_of(user=filler, today=date(2025, 3, 24)).values()
            for item in items
            if item["form"] == "F1"
        ]
        assert [(one["period"], one["until"]) for one in listed] == [("2025-03", "2025-03-25")]

    def test_lists_and_rates_are_late_by_the_same_day_and_never_above_all(self, tree, filler):
        set_rule(tree, form="F1", day=None, days_after=5)
        for at, day in (("first", 25), ("second", 26)):
            report = earlier.reported(tree[at], MARCH, {}, status="sent")
            moment = datetime.combine(
                date(2025, 3, day), time(23, 30), timezone.get_default_timezone()
            )
            Report.objects.filter(pk=report.pk).update(sent_at=moment)

        (rate,) = rates(places=[tree["district"].pk], months=[MARCH], forms=[F1]).values()
        assert (rate.expected, rate.sent, rate.in_time) == (2, 2, 1)
        assert (rate.complete, rate.timely) == (100, 50)
        cells = due.matrix(places=[tree["first"], tree["second"]], form=F1, months=[MARCH])
        assert [cells[tree[at].pk][0].is_late for at in ("first", "second")] == [False, True]
        shown = completeness(
            user=worker("kepala_dinas", tree["district"]), form=F1, year=2025,
            kinds=F1.kinds, today=date(2025, 3, 26),
        )  # fmt: skip
        march = shown.by_month[2]
        assert (march.expected, march.sent, march.in_time) == (2, 2, 1)


class TestWhenItMayBeBegun:
    @pytest.fixture(autouse=True)
    def today(self, monkeypatch):
        self.day = date(2025, 3, 21)
        kept = timezone.localdate
        monkeypatch.setattr(
            timezone, "localdate", lambda *asked: kept(*asked) if asked else self.day
        )

    def begin(self, tree, month):
        return report_actions.open_report(facility=tree["first"], month=month, form="F1", by=None)

    def test_from_the_first_day_that_it_covers(self, tree):
        set_rule(tree)
        assert self.begin(tree, APRIL).month == APRIL
        with pytest.raises(report_actions.MonthNotOver) as refused:
            self.begin(tree, Month(2025, 5))
        assert "Mei 2025 (21 April – 20 Mei 2025) belum mulai" in refused.value.sentence

    def test_or_only_days_after_its_last(self, tree):
        set_rule(tree, day=None, days_after=5, opens_after=2)
        with pytest.raises(report_actions.NotYetOpen) as refused:
            self.begin(tree, MARCH)
        assert "mulai 22 Maret 2025" in refused.value.sentence
        assert "%(" not in refused.value.sentence
        user = worker("admin_puskesmas", tree["first"])
        browser = Client()
        browser.force_login(user)
        address = f"/laporan/F1/{tree['first'].code}/2025-03/"
        html = browser.get(address).content.decode()
        assert "mulai 22 Maret 2025" in html
        assert "Mulai mengisi" not in html
        assert "mulai 22 Maret 2025" in browser.post(address).content.decode()
        assert not Report.objects.exists()
        asked = owing.next_to_fill(user=user, today=self.day)
        assert ("F1", MARCH) not in [(one.form_code, one.month) for one in asked]

        self.day = date(2025, 3, 22)
        asked = owing.next_to_fill(user=user, today=self.day)
        assert ("F1", MARCH) in [(one.form_code, one.month) for one in asked]
        assert self.begin(tree, MARCH).month == MARCH

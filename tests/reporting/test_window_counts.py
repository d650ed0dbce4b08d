"""What is proposed for a report whose month ends on another day: what its days say."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from clusters.models import VISITS
from facilities.actions.places import move
from facilities.models import Axis, Facility
from ilp.core.months import Month
from ilp.core.windows import Window
from reporting import totals
from reporting.actions import deadlines as actions
from reporting.actions import reports as report_actions
from reporting.actions.roll_up import roll_up_changed
from reporting.catalogue import ELEMENTS, FORMS
from reporting.models import Deadline
from reporting.selectors.apart import cases
from reporting.selectors.counted import count_for
from reporting.selectors.gaps import gaps
from reporting.selectors.reports import sheet
from reporting.totals.windows import BY_DAY, count_days
from tests.reporting import earlier, rows
from tests.reporting.closing import set_rule, window, windows

F1, LB1 = FORMS["F1"], FORMS["LB1"]
FEBRUARY, MARCH, APRIL = (Month(2025, n) for n in range(2, 5))
ONE_DAY = timedelta(days=1)
MARCH_21_20 = Window(date(2025, 2, 21), date(2025, 3, 20))


def ill(number, tree, day, at="first", **more):
    return rows.incoming(
        "outpatient", nik=f"99010152039{number:05d}", born_on=date(1980, 3, 12), sex="P",
        seen_on=day, facility=tree[at], home=tree["melati"], row=number + 2,
        diagnosis="J06.9", case_kind="baru", **more,
    )  # fmt: skip


class TestWhatIsCounted:
    """Random visits at places of which one moves, against the calendar and one by one."""

    SPAN = Month(2024, 12).until(Month(2025, 10))
    CODES = [
        code
        for code, e in ELEMENTS.items()
        if e.programme in ("growth", "antenatal", "outpatient") and isinstance(e.source, BY_DAY)
    ]

    @pytest.fixture
    def visits(self, tree):
        random = Random(21)
        names = ("melati", "mawar", "pustu_satu", "pustu_dua", "first", "second")
        places = [tree[name] for name in names]
        first = date(2024, 12, 5)
        rows.write("growth", rows.random_growth(random, places, first=first), places)
        rows.write("antenatal", rows.random_antenatal(random, places, first=first), places)
        teeth = [
            ill(
                number, tree, first + random.randrange(270) * ONE_DAY, random.choice(names),
                teeth_filled=random.randrange(3),
            )
            for number in range(60)
        ]  # fmt: skip
        rows.write("outpatient", teeth, places)
        move(
            place=tree["melati"], parent=tree["pustu_dua"], axis=Axis.NETWORK,
            since=Month(2025, 4), by=None,
        )  # fmt: skip
        roll_up_changed()

    @pytest.fixture
    def windows(self, tree):
        """21st to 20th for months in between: the first and the last window make up for it."""
        made = set_rule(tree, since=self.SPAN[2])
        actions.end_deadline(deadline=made, until=self.SPAN[-1], by=None)
        return dict(zip(self.SPAN, windows(tree["first"], self.SPAN), strict=True))

    def test_windows_add_up_to_the_calendar(self, tree, visits, windows):
        assert windows[MARCH] == MARCH_21_20
        places = [tree[name].pk for name in ("district", "first", "second", "melati")]
        calendar, by_window = Counter(), Counter()
        for month, one in windows.items():
            for counts, asked in ((calendar, Window.of(month)), (by_window, one)):
                for place, said in totals.visits_over(places, month, asked, self.CODES).items():
                    for cell, number in said.items():
                        counts[place, cell] += number
        assert +by_window == +calendar
        used = {cell[0] for _place, cell in +calendar}
        sources = {type(ELEMENTS[code].source).__name__ for code in used}
        assert sources == {"Visits", "Summed", "Reached"}

    def test_each_visit_is_counted_on_its_day(self, tree, visits, windows):
        for place, month in ((tree["district"], MARCH), (tree["second"], APRIL)):
            below = set(Facility.objects.within(place, month.last_day).values_list("pk", flat=True))
            one = windows[month]
            for service in ("growth", "antenatal", "outpatient"):
                code = f"{service}_visits"
                said = totals.visits_over([place.pk], month, one, [code])[place.pk]
                standing = VISITS[service].objects.standing().filter(facility__in=below)
                here = standing.filter(seen_on__range=(one.first, one.last))
                if month == APRIL:  # what moved in on 1 April was elsewhere before
                    here = here.exclude(facility=tree["melati"], seen_on__lt=APRIL.first_day)
                assert said[code, ""] == here.count() > 0

    def test_a_whole_month_is_counted_as_its_totals(self, tree, visits, windows):
        """The statements of the window and the totals of the roll-up say the same of a month."""
        places = [tree[name].pk for name in ("district", "first", "second")]
        for month in self.SPAN:
            counted = count_days(places, month, Window.of(month), self.CODES)
            kept = totals.visits_below_each(places, month, self.CODES)
            for place in places:
                assert Counter(counted.get(place, {})) == Counter(kept[place])

    def test_shares_of_places_add_up_to_what_is_proposed(self, tree, visits, windows):
        place = tree["district"].pk
        found = 0
        for code in self.CODES:
            shares = totals.own_over(place, MARCH, MARCH_21_20, code)
            said = totals.visits_over([place], MARCH, MARCH_21_20, [code])[place]
            assert sum(shares.values()) == sum(said.values())
            found += len(shares) > 1
        assert found
        for code in ("growth_visits", "n_naik"):
            whole = totals.own_over(place, MARCH, Window.of(MARCH), code)
            assert whole == totals.own_below(place, MARCH, code)

    def test_where_nothing_was_recorded_nothing_is_said(self, tree, visits, windows):
        place, one = tree["first"].pk, Window(date(2023, 2, 21), date(2023, 3, 20))
        assert totals.visits_over([place], Month(2023, 3), one, self.CODES) == {place: {}}

    def test_the_sheet_proposes_what_its_days_say(self, tree, visits, windows):
        report = report_actions.open_report(facility=tree["first"], month=MARCH, form="F1", by=None)
        said = sheet(report=report)
        assert said.due.window == MARCH_21_20
        by_day = count_for(codes=F1.typed, place=tree["first"], month=MARCH, window=MARCH_21_20)
        calendar = count_for(
            codes=F1.typed, place=tree["first"], month=MARCH, window=Window.of(MARCH)
        )
        shown = {(b.element, b.part): b.counted for row in said.rows for b in row.typed}
        assert shown == {cell: by_day.get(cell) for cell in shown}
        differing = {cell[0] for cell in by_day if by_day[cell] != calendar.get(cell)}
        assert {"vit_a_merah", "f1_bumil"} & differing
        # How children stood is told once a month, with all of S and K.
        assert not {"n_naik", "b_baru", "skdn_s", "bgm"} & differing

    def test_approved_reports_are_held_against_the_same_days(self, tree, visits, windows):
        counted = count_for(codes=F1.typed, place=tree["first"], month=MARCH, window=MARCH_21_20)
        earlier.reported(tree["first"], MARCH, counted)
        assert gaps(places=[tree["first"].pk], month=MARCH) == {}
        Deadline.objects.all().delete()
        assert gaps(places=[tree["first"].pk], month=MARCH)[tree["first"].pk]


def test_lb1_counts_the_diagnoses_of_its_days(tree):
    seen = [date(2025, 2, 20), date(2025, 2, 21), date(2025, 3, 20), date(2025, 3, 21)]
    rows.write("outpatient", [ill(n, tree, day) for n, day in enumerate(seen)], None)
    set_rule(tree, since=Month(2024, 6))
    for month, expected in ((FEBRUARY, 1), (MARCH, 2), (APRIL, 1)):
        said = cases(
            codes=["lb1_j06"], place=tree["first"], month=month, window=window(tree, month, LB1)
        )
        assert sum(said.values()) == expected

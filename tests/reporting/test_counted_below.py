"""What is proposed where places below have handed in reports: what the totals will say."""

from datetime import date
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ilp.core.months import Month
from ilp.core.windows import Window
from reporting import totals
from reporting.actions.reports import open_report
from reporting.actions.roll_up import rebuild_totals, roll_up_changed
from reporting.catalogue import ELEMENTS, FORMS
from reporting.models import Report
from reporting.selectors.consisting import REGISTERED, consisting
from reporting.selectors.counted import count_for
from reporting.selectors.gaps import gaps
from tests.factories import place
from tests.reporting import rows
from tests.reporting.closing import set_rule, window
from tests.reporting.earlier import reported, visits_say
from tests.reporting.recaps import RECAP, approved

MONTH = Month(2026, 3)
SHARED = [c for c in RECAP.typed if c in FORMS["F1"].typed and c not in REGISTERED] + [
    *("diukur_bbu", "underweight", "mpasi_ditanya", "k1", "kek"),
]
CELLS = [(code, part) for code in SHARED for part in ELEMENTS[code].parts]


@pytest.fixture
def places(tree):
    """Those of the small district, and two Posyandu more: one of them hangs below a Pustu of the
    first Puskesmas and lies in a village of the second."""
    more = {
        "anggrek": place("posyandu", network=tree["pustu_satu"], area=tree["desa_satu"]),
        "dahlia": place("posyandu", network=tree["pustu_satu"], area=tree["desa_dua"]),
    }
    return {**tree, **more}


def some_visits(random, places):
    names = ("melati", "mawar", "anggrek", "dahlia", "pustu_satu", "first")
    at = [places[name] for name in names]
    first = date(2026, 2, 10)
    rows.write("growth", rows.random_growth(random, at, months=3, first=first), at)
    rows.write("antenatal", rows.random_antenatal(random, at, first=first), at)


def some_reports(random, places):
    """Of any of the places below, one above the other too, on some cells; TA among them."""
    for name in ("melati", "mawar", "anggrek", "dahlia", "pustu_satu"):
        if random.random() < 0.6:
            share = random.choice((0.2, 0.9))
            cells = [c for c in CELLS if c[0] in RECAP.typed and random.random() < share]
            values = {cell: random.choice((None, 0, random.randrange(30))) for cell in cells}
            status = random.choice(("approved", "approved", "approved", "sent"))
            reported(places[name], MONTH, values, form=RECAP.code, status=status)


def in_totals(at):
    names = {cell: "|".join(filter(None, cell)) for cell in CELLS}
    said = totals.read([at.pk], [MONTH], SHARED, by_part=True).of(at.pk, MONTH)
    return {cell: said.get(name) for cell, name in names.items()}


@pytest.mark.parametrize("seed", range(8))
def test_what_is_proposed_is_what_the_totals_say_before_the_place_reports(places, seed):
    random = Random(seed)
    some_visits(random, places)
    some_reports(random, places)
    rebuild_totals(first=MONTH, last=MONTH, by=None)

    own = set(Report.objects.approved().values_list("facility", flat=True))
    for name in ("first", "second", "pustu_satu", "desa_dua"):
        at = places[name]
        if at.pk in own:  # then the totals there say what it reported itself
            continue
        said = count_for(codes=SHARED, place=at, month=MONTH, window=Window.of(MONTH))
        told = in_totals(at)
        assert said == {cell: told[cell] for cell in said}
        assert not any(number for cell, number in told.items() if cell not in said)


@pytest.mark.parametrize("seed", range(4))
def test_the_days_of_a_report_are_counted_without_those_that_a_report_speaks_for(places, seed):
    random = Random(seed)
    set_rule(places, since=Month(2025, 6))
    some_visits(random, places)
    some_reports(random, places)
    rebuild_totals(first=MONTH, last=MONTH, by=None)
    days = window(places, MONTH, FORMS["F1"])
    assert days != Window.of(MONTH)
    first = places["first"]

    said = count_for(codes=SHARED, place=first, month=MONTH, window=days)

    whole = totals.visits_over([first.pk], MONTH, days, SHARED)[first.pk]
    standing = totals.counted_below(first.pk, MONTH, days, SHARED, SHARED)
    each = {code: totals.own_over(first.pk, MONTH, days, code) for code in SHARED}
    for cell, number in said.items():
        left = whole.get(cell, 0) - standing.left_out(cell)
        assert number == left + standing.reported(cell)
    for code in SHARED:
        covered = {one for part in ELEMENTS[code].parts for one in standing.covered((code, part))}
        for one in covered:
            own = standing.own.get(one, {})
            assert each[code].get(one, 0) == sum(
                own.get((code, p), 0) for p in ELEMENTS[code].parts
            )


def test_the_details_add_up_to_what_is_proposed(places):
    random = Random(3)
    some_visits(random, places)
    some_reports(random, places)
    rebuild_totals(first=MONTH, last=MONTH, by=None)
    first, seen = places["first"], 0

    for item in FORMS["F1"].items:
        if item.element in SHARED:
            found = consisting(form=FORMS["F1"], item=item, place=first, period=MONTH)
            assert (found.total or 0) == found.recorded + found.reported
            seen += found.reported
    assert seen


def test_a_recap_that_speaks_takes_the_place_of_the_visits_and_is_not_added(tree):
    visits_say(tree["melati"], MONTH, n_naik=41)
    visits_say(tree["pustu_satu"], MONTH, n_naik=17)
    before = count_for(codes=["n_naik"], place=tree["first"], month=MONTH, window=Window.of(MONTH))
    approved(tree["melati"], MONTH, n_naik=30)

    said = count_for(codes=["n_naik"], place=tree["first"], month=MONTH, window=Window.of(MONTH))

    assert sum(before.values()) == 58
    assert sum(said.values()) == 47
    at_melati = count_for(
        codes=["n_naik"], place=tree["melati"], month=MONTH, window=Window.of(MONTH)
    )
    assert sum(at_melati.values()) == 41, "what it had to go by itself"


def test_what_no_visit_counts_is_proposed_from_recaps_alone(tree):
    approved(tree["melati"], MONTH, f1_bumil_kek=3, pos_bumil_sasaran=9, pos_bumil_hadir=5)

    said = count_for(
        codes=FORMS["F1"].typed, place=tree["first"], month=MONTH, window=Window.of(MONTH)
    )

    assert said["f1_bumil_kek", ""] == 3
    assert ("f1_bumil", "") not in said
    assert ("f1_imd", "") not in said


def test_reports_are_held_against_visits_alone(tree):
    visits_say(tree["melati"], MONTH, n_naik=41)
    approved(tree["melati"], MONTH, n_naik=30)
    reported(tree["first"], MONTH, {("n_naik", "L:0-5"): 30})

    (gap,) = gaps(places=[tree["first"].pk], month=MONTH)[tree["first"].pk]

    assert (gap.reported, gap.visits) == (30, 41)


@pytest.mark.parametrize("below", [False, True])
def test_reports_below_cost_no_query_more(tree, below):
    visits_say(tree["melati"], MONTH, n_naik=41)
    if below:
        approved(tree["melati"], MONTH, n_naik=30)
    roll_up_changed()
    report = open_report(facility=tree["first"], month=MONTH, form="F1", by=None)

    with CaptureQueriesContext(connection) as asked:
        count_for(
            codes=["n_naik", "bgm"], place=report.facility, month=MONTH, window=Window.of(MONTH)
        )

    assert len(asked) == 1

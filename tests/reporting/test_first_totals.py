"""Where nothing stands yet, own numbers are added up and copied in as they were counted."""

from random import Random

import pytest
from django.db import connection

from ilp.core import sql
from ilp.core.months import Month
from reporting.actions.adding_first import write_first
from reporting.actions.roll_up import TABLES
from reporting.catalogue import WIDTH
from reporting.models import Total
from reporting.totals.own import Own
from tests.reporting.rolled_up import places_of

pytestmark = pytest.mark.django_db
MONTH = Month(2025, 3)
MOST = 2**31 - 1  # that a row can hold
PROGRAMMES = ("growth", "antenatal", "adult")


@pytest.fixture
def places(tree):
    """Some that visits are counted of, and the tables that say what lies above them."""
    found = [place.pk for place in places_of(tree)]
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        with cursor.copy("COPY changing FROM STDIN") as copy:
            copy.write("".join(f"{place}\n" for place in found))
    sql.run("reporting/find_affected", last_day=MONTH.last_day)
    return found


def write(counted):
    """programme -> place -> its numbers, none below zero."""
    write_first(month=MONTH, counted={p: Own.of(own, WIDTH[p]) for p, own in counted.items()})


def expected(counted):
    """(place, programme) -> own and total, added up number by number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT place_id, changing_id FROM upward")
        upward = cursor.fetchall()
    found = {}
    for programme, own in counted.items():
        zeros = [0] * WIDTH[programme]
        for place, changing in upward:
            if any(own.get(changing, zeros)):
                before = found.get((place, programme), (None, zeros))[1]
                total = [a + b for a, b in zip(before, own[changing], strict=True)]
                found[place, programme] = (own.get(place, zeros), total)
    return found


def written():
    rows = Total.objects.filter(month=MONTH).values_list("place_id", "programme", "own", "total")
    return {(place, programme): (own, total) for place, programme, own, total in rows}


@pytest.mark.parametrize("seed", range(5))
def test_every_place_above_gets_the_sum_of_what_lies_below(places, seed):
    random = Random(seed)

    def numbers(programme):
        choice = random.choice
        return [choice((0, 0, 1, random.randrange(300))) for _ in range(WIDTH[programme])]

    counted = {
        programme: {place: numbers(programme) for place in places if random.random() < 0.7}
        for programme in PROGRAMMES
    }

    write(counted)

    assert expected(counted)
    assert written() == expected(counted)


def test_a_large_number_does_not_run_over_into_its_neighbour(places):
    own = {places[0]: [MOST, 0, MOST, *[0] * (WIDTH["growth"] - 3)]}

    write({"growth": own})

    assert {tuple(total[:4]) for _own, total in written().values()} == {(MOST, 0, MOST, 0)}


def test_of_a_place_of_which_nothing_was_counted_there_is_no_row(places):
    write({"growth": {places[0]: [0] * WIDTH["growth"]}, "adult": {}})

    assert written() == {}


def test_what_no_slot_can_hold_is_refused_and_not_written_as_something_else(places):
    rest = [0] * (WIDTH["growth"] - 1)

    with pytest.raises(OverflowError):
        write({"growth": {place: [MOST, *rest] for place in places}})
    assert written() == {}


def test_nobody_counts_below_zero(places):
    rest = [0] * (WIDTH["growth"] - 1)

    with pytest.raises(OverflowError):
        write({"growth": {places[0]: [-1, *rest]}})
    assert written() == {}

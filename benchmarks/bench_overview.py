"""The district's overview: arrays of a place and month beside a long table of single values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db import connection, transaction

from benchmarks.district import LAST
from benchmarks.measuring import Result, Way, faster, interleaved, same
from facilities.models import Facility
from ilp.core.months import Month
from reporting import totals
from reporting.actions.roll_up import recompute
from reporting.catalogue import ELEMENTS, INDICATORS, PROGRAMMES, SLOTS
from reporting.selectors.scores import element_codes

MONTHS = 12
INDICATORS_SHOWN = 20
ROUNDS = 9
FILLED = frozenset({"antenatal", "growth", "immunisation", "adult"})
Numbers = dict[tuple[int, Month, str], int]


def run(*, months: int = MONTHS, rounds: int = ROUNDS) -> list[Result]:
    """On the database in use; rolls up and copies to the long table what is not there yet."""
    span = LAST.plus(1 - months).until(LAST)
    places = list(Facility.objects.values_list("pk", flat=True))
    for month in span:
        recompute(month=month, programmes=PROGRAMMES, places=places, by=None)
    make_long_table(span)
    shown = list(Facility.objects.filter(kind="puskesmas").values_list("pk", flat=True))
    codes = shown_elements()
    ways: dict[str, Way] = {
        "ours": lambda: totals.read(shown, span, codes),
        "long": lambda: read_long(shown, span, codes),
        "summed": lambda: read_summed(shown, span, codes),
    }
    again = interleaved(ways, rounds=rounds, before=lambda name: ways[name]())
    took = interleaved(ways, rounds=rounds)
    ours = totals.read(shown, span, codes)
    for other in (read_long, read_summed):
        found = other(shown, span, codes)
        same("overview", {key: dict(cell) for key, cell in ours.numbers.items()}, cells_of(found))
    name = f"overview, {len(shown)} Puskesmas x {INDICATORS_SHOWN} indicators x {months} months"
    return lines(name, again, took, len(codes))


def lines(
    name: str, again: dict[str, float], took: dict[str, float], elements: int
) -> list[Result]:
    return [
        faster(
            f"{name}, rows of the long table",
            again["ours"],
            again["long"],
            ">= 6",
            f"{elements} elements; the long table has a row for each place, month and slot, with "
            "its key and a covering index; both sides end with what answers for any place, month "
            "and element at once; each is asked once off the clock, so that either finds its own "
            "pages at hand",
        ),
        faster(f"{name}, the same after the other", took["ours"], took["long"], ""),
        faster(
            f"{name}, the long table added up by SQL",
            again["ours"],
            again["summed"],
            "",
            "the best that was found for the long table",
        ),
    ]


def shown_elements() -> list[str]:
    """What 20 indicators of the services that the district has visits of need."""
    every = [one for one in INDICATORS.values() if _programmes(one.codes) <= FILLED]
    spread = every[:: len(every) // INDICATORS_SHOWN][:INDICATORS_SHOWN]
    return sorted(element_codes(spread))


def _programmes(codes: Collection[str]) -> set[str]:
    return {ELEMENTS[code].programme for code in codes if code in ELEMENTS} or {""}


def make_long_table(span: list[Month]) -> None:
    """Every number of the totals on a row of its own."""
    slots = [(p, slot, code, part) for (p, code, part), slot in SLOTS.items() if code in ELEMENTS]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(
            "CREATE TEMP TABLE slot (programme text, number int, element text, part text) "
            "ON COMMIT DROP"
        )
        with cursor.copy("COPY slot FROM STDIN") as copy:
            for row in slots:
                copy.write_row(row)
        cursor.execute(
            """
            DROP TABLE IF EXISTS bench_long;
            CREATE TABLE bench_long AS
            SELECT place_id, month, element, part, total[number] AS value
            FROM reporting_total JOIN slot USING (programme)
            WHERE month BETWEEN %s AND %s;
            ALTER TABLE bench_long ADD PRIMARY KEY (place_id, month, element, part);
            CREATE INDEX ON bench_long (element, month, place_id) INCLUDE (part, value)
            """,
            [span[0].first_day, span[-1].first_day],
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE bench_long, reporting_total")


def read_long(places: list[int], span: list[Month], codes: list[str]) -> Numbers:
    """Every row fetched, the parts of an element added up here."""
    found: Numbers = {}
    months = {month.first_day: month for month in span}
    rows = _rows(
        "SELECT place_id, month, element, value FROM bench_long WHERE place_id = ANY(%s) "
        "AND month = ANY(%s) AND element = ANY(%s)",
        [places, list(months), codes],
    )
    for place, day, element, value in rows:
        key = place, months[day], element
        found[key] = found.get(key, 0) + value
    return found


def read_summed(places: list[int], span: list[Month], codes: list[str]) -> Numbers:
    """The parts of an element added up by PostgreSQL, so that fewer rows are fetched."""
    months = {month.first_day: month for month in span}
    rows = _rows(
        "SELECT place_id, month, element, sum(value)::int FROM bench_long WHERE place_id = ANY(%s) "
        "AND month = ANY(%s) AND element = ANY(%s) GROUP BY place_id, month, element",
        [places, list(months), codes],
    )
    return {(place, months[day], element): value for place, day, element, value in rows}


def _rows(statement: str, params: list[object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def cells_of(numbers: Numbers) -> dict[tuple[int, Month], dict[str, int]]:
    """By place and month, to compare."""
    found: dict[tuple[int, Month], dict[str, int]] = defaultdict(dict)
    for (place, month, element), value in numbers.items():
        found[place, month][element] = value
    return dict(found)

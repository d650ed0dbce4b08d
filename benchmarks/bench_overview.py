"""The district's overview: arrays of a place and month beside a long table of single values."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.db import connection, transaction

from benchmarks.district import LAST
from benchmarks.measuring import Result, faster, interleaved, same
from facilities.models import Facility
from ilp.core.months import Month
from reporting import totals
from reporting.actions.roll_up import recompute
from reporting.catalogue import ELEMENTS, INDICATORS, PROGRAMMES, SLOTS
from reporting.selectors.scores import element_codes

MONTHS = 12
INDICATORS_SHOWN = 20
ROUNDS = 9
Numbers = dict[tuple[int, Month], dict[str, int]]


def run(*, months: int = MONTHS, rounds: int = ROUNDS) -> list[Result]:
    """On the database in use; rolls up and copies to the long table what is not there yet."""
    span = LAST.plus(1 - months).until(LAST)
    places = list(Facility.objects.values_list("pk", flat=True))
    for month in span:
        for programme in PROGRAMMES:
            recompute(month=month, programme=programme, places=places, by=None)
    make_long_table(span)
    shown = list(Facility.objects.filter(kind="puskesmas").values_list("pk", flat=True))
    codes = shown_elements()
    took = interleaved(
        {
            "ours": lambda: totals.read(shown, span, codes),
            "long": lambda: read_long(shown, span, codes),
        },
        rounds=rounds,
    )
    same("overview", totals.read(shown, span, codes).numbers, read_long(shown, span, codes))
    return [
        faster(
            f"overview, {len(shown)} Puskesmas x {INDICATORS_SHOWN} indicators x {months} months",
            took["ours"],
            took["long"],
            ">= 6",
            f"{len(codes)} elements; the long table has a row for each place, month and slot, with "
            "its key and a covering index; both sides build the same dictionaries",
        )
    ]


def shown_elements() -> list[str]:
    """What 20 indicators of all services need."""
    every = list(INDICATORS.values())
    spread = every[:: len(every) // INDICATORS_SHOWN][:INDICATORS_SHOWN]
    return sorted(element_codes(spread))


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
    """The same answer as totals.read."""
    found: dict[tuple[int, date], dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place_id, month, element, value FROM bench_long "
            "WHERE place_id = ANY(%s) AND month = ANY(%s) AND element = ANY(%s)",
            [places, [m.first_day for m in span], codes],
        )
        for place, month, element, value in cursor:
            cell = found[place, month]
            cell[element] = cell.get(element, 0) + value
    return {(place, Month.of(month)): cell for (place, month), cell in found.items()}

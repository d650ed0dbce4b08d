"""How people stand month by month, from the last visits that say so: one statement a state.

Months are not cut at today: what a visit says of the months after it is written down now and
counted when they begin.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BooleanField, DateField, ExpressionWrapper, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Trunc

from clusters.milestones import STATES, State
from clusters.models import VISITS

# The last visit of each person and month; `first` is the first month of all.
ONE_A_MONTH = """
    SELECT DISTINCT ON (person_id, month) *
    FROM (SELECT *, min(month) OVER (PARTITION BY person_id) AS first FROM ({visits}) AS v) AS said
    {where}
    ORDER BY person_id, month, seen_on DESC, id DESC
"""
LASTING = """
    SELECT person_id, month AS since, holds, facility_id, home_id, sex, id,
           least(month + make_interval(months => %s - 1),
                 lead(month) OVER (PARTITION BY person_id ORDER BY month) - interval '1 month'
                 {end_of_year})::date AS last
    FROM ({months}) AS spoken
"""
END_OF_YEAR = ", date_trunc('year', month) + interval '11 months'"
UNBROKEN = """
    SELECT person_id, month AS since, month AS last, facility_id, home_id, sex, id,
           row_number() OVER (PARTITION BY person_id, date_trunc('year', month) ORDER BY month)
           = extract(month FROM age(month, greatest(first, date_trunc('year', month)))) + 1
           AS holds
    FROM ({months}) AS held
"""
INTO_REACHED = """
    INSERT INTO reached
        (person_id, code, scope, reached_on, facility_id, home_id, sex, visit_id)
    SELECT person_id, %s, month::date, month::date, facility_id, home_id, sex, id
    FROM ({spans}) AS span
    CROSS JOIN LATERAL generate_series(since, last, interval '1 month') AS month
    WHERE holds AND month >= %s AND (%s::date IS NULL OR month < %s::date)
"""


def collect_standing(service: str) -> None:
    """Add to the temporary table `reached` each month in which a touched person stands so."""
    for state in STATES:
        if state.service == service:
            text, params = _statement(state)
            with connection.cursor() as cursor:
                cursor.execute(text, params)


@cache
def _statement(state: State) -> tuple[str, tuple[Any, ...]]:
    visits, params = _visits(state)
    only_held = "WHERE holds" if state.unbroken else ""
    months = ONE_A_MONTH.format(visits=visits, where=only_held)
    if state.unbroken:
        spans = UNBROKEN.format(months=months)
    else:
        params = (state.months, *params)
        spans = LASTING.format(months=months, end_of_year=END_OF_YEAR if state.in_year else "")
    text = INTO_REACHED.format(spans=spans)
    return text, (state.code, *params, state.since, state.until, state.until)


def _visits(state: State) -> tuple[str, tuple[Any, ...]]:
    """The touched persons' visits that speak, each with whether the state holds in it."""
    holds: Any = (
        ExpressionWrapper(state.holds, BooleanField()) if state.holds else Value(value=True)
    )
    rows = (
        VISITS[state.service]
        .objects.filter(Q(cancelled_at=None) & state.of)
        .filter(person_id__in=RawSQL("SELECT person_id FROM touched", []))
        .annotate(month=Trunc("seen_on", "month", output_field=DateField()), holds=holds)
        .values("person_id", "facility_id", "home_id", "sex", "id", "seen_on", "month", "holds")
        .order_by()
    )
    text, params = rows.query.sql_with_params()
    return text, tuple(params)

"""Doing what was planned for the visits of an upload, and telling what it does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from clusters.actions.contradictions import standing_visits
from clusters.actions.incoming import typed_columns
from clusters.actions.locks import check_unlocked
from clusters.actions.planning import Plan
from clusters.actions.uploads import wait_for_neighbours
from clusters.models import GIVING_BACK, Upload
from clusters.services import SERVICES
from ilp.core import sql
from ilp.core.months import Month

MOST_STEPS = 10  # homes that one person had one after the other by the same upload


@dataclass(frozen=True)
class Counted:
    """Standing visits of a place in a month, and persons seen in them, before and after."""

    facility_id: int
    month: Month
    visits: tuple[int, int]
    persons: tuple[int, int]


@dataclass(frozen=True)
class Kept:
    """A visit that stays as it is. `why`: changed, cancelled, merged, recorded, contradicts."""

    visit_id: int
    facility_id: int
    seen_on: date
    why: str


@dataclass(frozen=True)
class Effect:
    """What becomes of an upload's visits; `kept` are those that others changed since."""

    cancelled: int
    restored: int
    standing: int
    kept: int
    cells: tuple[Counted, ...] = ()
    examples: tuple[Kept, ...] = ()

    @property
    def touched(self) -> int:
        return self.cancelled + self.restored + self.standing


def settle(upload: Upload, *, stands: bool) -> Effect:
    """Do what the plan says, mark what has to be counted anew, give homes back."""
    wait_for_neighbours(upload.facility)
    plan = Plan(upload, stands=stands)
    plan.work_out(hold=True)
    check_unlocked(plan.cells())
    done = effect_of_plan(plan, cells=False, examples=0)
    plan.run(_BEFORE)
    plan.run(_CANCEL)
    plan.run(f"SET LOCAL {GIVING_BACK} = 'on'")
    plan.run(_say_again(upload.service))
    plan.run(f"SET LOCAL {GIVING_BACK} = 'off'")
    plan.run(_AFTER)
    sql.run("clusters/mark_written", programme=upload.service)
    _give_homes_back(plan)
    plan.run("DROP TABLE known, written")
    plan.drop()
    return done


def _give_homes_back(plan: Plan) -> None:
    visits = standing_visits(
        "visit.home_id IS NOT NULL AND visit.person_id IN (SELECT person_id FROM asked_home)",
        columns="person_id, home_id, seen_on",
    )
    text = sql.text("clusters/give_homes_back").replace("{visits}", visits)
    for _step in range(MOST_STEPS):
        ((number,),) = plan.rows(text)
        plan.run("DROP TABLE given_back")
        if not number:
            break
    plan.run(_AS_IF_STAGED)
    sql.run("clusters/move_staged")
    plan.run("DROP TABLE staged, who")


def effect_of_plan(plan: Plan, *, cells: bool, examples: int) -> Effect:
    """What the plan comes to; with `cells` also by place and month, and so many kept visits."""
    found = dict(plan.rows(_NUMBERS))
    counted: Collection[Any] = plan.rows(_COUNTED) if cells else ()
    kept = plan.rows(f"{_KEPT} LIMIT {int(examples)}") if examples else ()
    return Effect(
        cancelled=found.get("cancel", 0),
        restored=found.get("restore", 0),
        standing=found.get("stand", 0),
        kept=found.get("kept", 0),
        cells=tuple(
            Counted(place, Month.of(day), (was, will), (who, then))
            for place, day, was, will, who, then in counted
        ),
        examples=tuple(Kept(*row) for row in kept),
    )


def _say_again(service: str) -> str:
    """Let visits stand, with the values that were set aside. What follows from other visits of the
    person is left to be worked out with them."""
    kept = ("home_id", "sex", "age_days", "age_months", "upload_id", "sheet", "row")
    names = [f'"{name}"' for name in (*kept, *typed_columns(service))]
    linked = [f'"{one.name}"' for one in SERVICES[service].derived if one.linked]
    values = [*(f"again.{name}" for name in names), *("NULL" for _name in linked)]
    return f"""
        UPDATE {{table}} AS visit SET ({", ".join([*names, *linked])}) = ({", ".join(values)})
        FROM plan, jsonb_populate_record(NULL::{{table}}, plan.said) AS again
        WHERE plan.id = visit.id AND plan.what IN ('restore', 'stand') AND plan.said IS NOT NULL;
        UPDATE {{table}} AS visit
        SET cancelled_at = NULL, extra = extra - 'cancelled_because'
        FROM plan WHERE plan.id = visit.id AND plan.what = 'stand'
    """  # noqa: S608 only names of our own columns


_NUMBERS = """
    SELECT coalesce(what, 'kept'), count(*) FROM plan
    WHERE what IS NOT NULL OR ours AND why IS NOT NULL GROUP BY 1
"""
_BEFORE = """
    CREATE TEMP TABLE known ON COMMIT DROP AS
    SELECT person_id, facility_id, seen_on, home_id FROM plan WHERE what IS NOT NULL
"""
_CANCEL = """
    UPDATE {table} AS visit
    SET cancelled_at = now(), extra = extra || '{"cancelled_because": "upload"}'
    FROM plan WHERE plan.id = visit.id AND plan.what = 'cancel'
"""
_AFTER = """
    CREATE TEMP TABLE written ON COMMIT DROP AS
    SELECT visit.person_id, visit.facility_id, visit.home_id, visit.seen_on
    FROM plan JOIN {table} AS visit ON visit.id = plan.id WHERE plan.what IS NOT NULL
"""
# What stands again may name a home on a later day than is known, as a row of a workbook does.
_AS_IF_STAGED = """
    CREATE TEMP TABLE staged ON COMMIT DROP AS
    SELECT plan.id AS ordinal, visit.home_id, visit.seen_on
    FROM plan JOIN {table} AS visit ON visit.id = plan.id
    WHERE plan.what IN ('restore', 'stand');
    CREATE TEMP TABLE who ON COMMIT DROP AS
    SELECT id AS ordinal, person_id, false AS is_new FROM plan
    WHERE what IN ('restore', 'stand')
"""
_COUNTED = """
    WITH seen AS (
        SELECT visit.facility_id, date_trunc('month', visit.seen_on)::date AS month,
               visit.person_id, visit.cancelled_at IS NULL AS was,
               CASE plan.what WHEN 'cancel' THEN false WHEN 'stand' THEN true
                    ELSE visit.cancelled_at IS NULL END AS will
        FROM {table} AS visit LEFT JOIN plan ON plan.id = visit.id
        WHERE visit.facility_id IN (SELECT facility_id FROM plan WHERE what IS NOT NULL)
          AND visit.seen_on >= (SELECT date_trunc('month', min(seen_on)) FROM plan
                                WHERE what IS NOT NULL)
          AND visit.seen_on < (SELECT date_trunc('month', max(seen_on)) + interval '1 month'
                               FROM plan WHERE what IS NOT NULL)
    )
    SELECT facility_id, month, count(*) FILTER (WHERE was), count(*) FILTER (WHERE will),
           count(DISTINCT person_id) FILTER (WHERE was),
           count(DISTINCT person_id) FILTER (WHERE will)
    FROM seen
    WHERE (facility_id, month) IN (
        SELECT facility_id, date_trunc('month', seen_on)::date FROM plan WHERE what IS NOT NULL
    )
    GROUP BY facility_id, month ORDER BY month, facility_id
"""
_KEPT = """
    SELECT id, facility_id, seen_on, why FROM plan WHERE ours AND why IS NOT NULL
    ORDER BY seen_on, id
"""

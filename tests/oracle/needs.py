"""Needs as predicates over visits, and the visit on which the last of them is met."""

from __future__ import annotations

import polars as pl

c = pl.col
Need = tuple[pl.Expr, int]
ANYTHING = pl.lit(1) == pl.lit(1)


def first(*conditions: pl.Expr) -> list[Need]:
    return [(condition, 1) for condition in conditions]


def firsts(single: dict[str, pl.Expr]) -> dict[str, list[Need]]:
    """Each reached by the first visit of which its one condition holds."""
    return {code: first(when) for code, when in single.items()}


def known(*names: str) -> list[pl.Expr]:
    return [c(name).is_not_null() for name in names]


def said(*names: str) -> list[pl.Expr]:
    return [c(name) == 1 for name in names]


def days_met(needs: list[Need], visits: pl.DataFrame) -> pl.DataFrame:
    """Columns person, scope, met: `i` numbers visits in order, and the largest of the needs' i is
    where all are met."""
    keys = ["person", "scope"]
    people: pl.DataFrame | None = None
    for when, nth in needs:
        met = (
            visits.filter(when)
            .sort("i")
            .group_by(keys)
            .agg(c("i").slice(nth - 1, 1).first().alias("met"))
            .drop_nulls("met")
        )
        if people is not None:
            met = met.join(people.rename({"met": "before"}), on=keys)
            met = met.with_columns(met=pl.max_horizontal("met", "before")).drop("before")
        people = met
    assert people is not None
    return people

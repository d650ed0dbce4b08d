"""Cut-offs of the dictionary as expressions over visits."""

from __future__ import annotations

import polars as pl

from tests.oracle import dictionary

c = pl.col


def limit(code: str) -> pl.Expr:
    """A cut-off as it stood on the day of each visit."""
    value = pl.lit(None, dtype=pl.Float64)
    for number, (since, until) in dictionary.cutoffs()[code]:
        held = c("seen_on").is_between(since, until, closed="left")
        value = pl.when(held).then(pl.lit(number)).otherwise(value)
    return value

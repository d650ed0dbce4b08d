"""The arrays in which totals are kept: the only package that knows what stands where in them."""

from reporting.totals.counting import count_own
from reporting.totals.reading import Cells, attended, history, read, visits_below, visits_below_each
from reporting.totals.shown import Data, Source, Stamp, showing, shown
from reporting.totals.windows import BY_DAY, visits_over

__all__ = [
    "BY_DAY",
    "Cells",
    "Data",
    "Source",
    "Stamp",
    "attended",
    "count_own",
    "history",
    "read",
    "showing",
    "shown",
    "visits_below",
    "visits_below_each",
    "visits_over",
]

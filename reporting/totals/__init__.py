"""The arrays in which totals are kept: the only package that knows what stands where in them."""

from reporting.totals.below import own_below
from reporting.totals.reading import (
    Cells,
    attended,
    history,
    read,
    slots_of,
    visits_below,
    visits_below_each,
)
from reporting.totals.shown import Data, Source, Stamp, showing, shown
from reporting.totals.standing_in import Below, counted_below, reports_below
from reporting.totals.windows import BY_DAY, own_over, visits_over

__all__ = [
    "BY_DAY",
    "Below",
    "Cells",
    "Data",
    "Source",
    "Stamp",
    "attended",
    "counted_below",
    "history",
    "own_below",
    "own_over",
    "read",
    "reports_below",
    "showing",
    "shown",
    "slots_of",
    "visits_below",
    "visits_below_each",
    "visits_over",
]

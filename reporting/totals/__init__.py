"""The arrays in which totals are kept: the only package that knows what stands where in them."""

from reporting.totals.below import own_below
from reporting.totals.counting import count_own
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

__all__ = [
    "Cells",
    "Data",
    "Source",
    "Stamp",
    "attended",
    "count_own",
    "history",
    "own_below",
    "read",
    "showing",
    "shown",
    "slots_of",
    "visits_below",
    "visits_below_each",
]

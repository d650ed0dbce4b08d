"""The arrays in which totals are kept: the only package that knows what stands where in them."""

from reporting.totals.counting import count_own
from reporting.totals.reading import Cells, attended, history, read, visits_below

__all__ = ["Cells", "attended", "count_own", "history", "read", "visits_below"]

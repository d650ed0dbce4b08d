"""What is read of persons, visits and uploads."""

from clusters.selectors.locks import (
    district_that_locked,
    locked_months,
    month_held_at,
    month_locked_at,
)

__all__ = ["district_that_locked", "locked_months", "month_held_at", "month_locked_at"]

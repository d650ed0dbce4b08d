"""What is read of persons, visits and uploads."""

from clusters.selectors.locks import locked_months, month_is_locked

__all__ = ["locked_months", "month_is_locked"]

"""What is read of persons, visits and uploads."""

from clusters.selectors.locks import locked_months, month_locked_at

__all__ = ["locked_months", "month_locked_at"]

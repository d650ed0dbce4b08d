"""What is read of persons, visits and uploads."""

from clusters.selectors.locks import locked_months

__all__ = ["locked_months"]

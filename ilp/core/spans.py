"""Constraints of rows that hold from one day or month to before another."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db.models import CheckConstraint, F, Func, Q
from django.db.models.expressions import Combinable


def one_at_a_time(name: str, *same: str | Combinable) -> ExclusionConstraint:
    """No two rows that are alike in `same` hold on the same day."""
    span = Func("since", "until", function="daterange", output_field=DateRangeField())
    alike = [(one, RangeOperators.EQUAL) for one in same]
    return ExclusionConstraint(name=name, expressions=[*alike, (span, RangeOperators.OVERLAPS)])


def ends_after_it_begins(name: str) -> CheckConstraint:
    """A row may have no end; one that ends where it begins never held."""
    return CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name=name)

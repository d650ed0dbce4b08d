"""Over which months the demo's reports of all forms go."""

import pytest

from ilp.core.months import Month
from reporting.demo.reports import months_of_forms


@pytest.mark.parametrize(
    ("last", "whole_year", "first"),
    [
        (Month(2026, 10), True, Month(2026, 1)),
        (Month(2026, 10), False, Month(2026, 7)),
        (Month(2026, 2), True, Month(2025, 11)),  # never fewer than the reports step by step
        (Month(2026, 2), False, Month(2025, 11)),
    ],
)
def test_since_january_or_some_months(last, whole_year, first):
    assert months_of_forms(last, whole_year) == first.until(last)

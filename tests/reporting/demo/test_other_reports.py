"""The reports of the demo keep the rules of their forms."""

from random import Random

import pytest

from reporting.catalogue import FORMS
from reporting.demo.other_reports import APART, numbers


@pytest.mark.parametrize("code", sorted(set(FORMS) - APART))
def test_every_row_is_filled_and_every_check_holds(code):
    form = FORMS[code]
    for seed in range(20):
        found = numbers(form, Random(seed))
        assert set(found) == set(form.typed)
        assert all(check.holds(found) for check in form.checks)
        for item in form.items:
            assert item.most is None or found[item.element] <= item.most

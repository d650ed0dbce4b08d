"""What a check between rows of a form does with cells that say nothing; anchors.md 1.4."""

import pytest

from reporting.catalogue.form_language import COMPARISONS, Blank, Check

# left is a + b, right is c: (values, strategy) -> whether "left <= right" is worked out, and holds
CASES = [
    ({"a": 1, "b": 2, "c": 3}, Blank.ANY, True),
    ({"a": 1, "b": 3, "c": 3}, Blank.ANY, False),
    ({"a": 4, "c": 3}, Blank.ANY, True),
    ({"a": 4, "c": 3}, Blank.ALL, False),
    ({"a": 4}, Blank.ALL, True),
    ({"c": 3}, Blank.ALL, True),
    ({}, Blank.ALL, True),
    ({"a": 4}, Blank.NONE, False),
    ({"c": 3}, Blank.NONE, True),
    ({}, Blank.NONE, True),
    ({"a": 4, "b": None, "c": 3}, Blank.ANY, True),
    ({"a": 4, "b": None, "c": 3}, Blank.ALL, False),
]


@pytest.mark.parametrize(("values", "blank", "holds"), CASES)
def test_blank_cells(values, blank, holds):
    assert Check("a + b", "<=", "c", "", blank=blank).holds(values) is holds


@pytest.mark.parametrize(
    ("operator", "holds"),
    [("<=", "yyn"), ("<", "ynn"), ("=", "nyn"), (">=", "nyy"), (">", "nny"), ("!=", "yny")],
)
def test_each_comparison(operator, holds):
    check = Check("a", operator, "b", "")
    found = [check.holds({"a": a, "b": 2}) for a in (1, 2, 3)]
    assert "".join("y" if one else "n" for one in found) == holds


def test_a_zero_is_no_blank():
    assert not Check("a", ">", "b", "").holds({"a": 0, "b": 0})


def test_every_comparison_is_tried_here():
    assert set(COMPARISONS) == {"<=", "<", "=", ">=", ">", "!="}

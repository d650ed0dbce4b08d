"""The spread of ILP: the curve, its target with its name, and the years below."""

import re

import pytest

from reporting.charts.rollout import NAME, PANEL, YEAR, RolloutPoint, draw, rollout
from tests.reporting.charts.invented import FIRST

AIM = re.compile(r'<text x="([\d.]+)" y="([\d.-]+)" text-anchor="end" class="t-target">Target')
YEARS = re.compile(r'<text x="([\d.]+)" y="[\d.]+" class="t-muted">(20\d\d)</text>')


def points(started, target):
    each = zip(started, target, strict=True)
    return [RolloutPoint(FIRST.plus(n), *pair) for n, pair in enumerate(each)]


def drawn(started, target):
    return draw(rollout(points(started, target)), "Pustu")


def corners(drawing, class_):
    (path,) = re.findall(rf'<path d="([^"]+)" class="{class_}"', drawing)
    return [tuple(map(float, pair)) for pair in re.findall(r"([\d.]+) ([\d.]+)", path)]


@pytest.mark.parametrize(
    "started",
    [
        [None] * 24,
        [*range(0, 40, 2), None, None, None, None],
        [*range(0, 80, 4), None, None, None, None],
        [40] * 24,
        [0] * 24,
        [36] * 24,
        [44] * 24,
    ],
)
def test_the_name_of_the_target_does_not_lie_on_the_curve(started):
    drawing = drawn(started, [40] * 24)
    end, foot = map(float, AIM.search(drawing).groups())
    assert NAME - 10 < end <= PANEL
    curve = corners(drawing, "c-this") if any(v is not None for v in started) else []
    for (x1, y1), (x2, y2) in zip(curve, curve[1:], strict=False):
        beside = max(x1, x2) <= end - NAME or min(x1, x2) >= end
        assert beside or max(y1, y2) <= foot - 14 or min(y1, y2) >= foot


def test_without_a_target_none_is_named():
    assert not AIM.search(drawn([3] * 24, [None] * 24))


def test_years_are_named_while_there_is_room():
    for count in (2, 3, 10, 25):
        found = YEARS.findall(drawn(range(12 * count), [None] * 12 * count))
        places = [float(x) for x, _year in found]
        assert found[0][1] == "2023"
        assert all(b - a >= YEAR - 0.1 for a, b in zip(places, places[1:], strict=False))
        assert places[-1] + YEAR - 8 <= PANEL
        assert (len(found) == count) == (count <= 5)


def test_the_end_of_the_curve_is_a_dot_and_months_to_come_have_none():
    drawing = drawn([1, 2, 3, *[None] * 9], [12] * 12)
    (spot,) = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawing)
    assert tuple(map(float, spot)) == corners(drawing, "c-this")[-1]
    assert "<circle" not in drawn([None] * 12, [12] * 12)

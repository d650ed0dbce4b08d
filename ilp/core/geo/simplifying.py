"""Areas on a grid of whole numbers, with so few points that all of them weigh what they may.

Visvalingam and Whyatt: the point whose triangle with its neighbours is smallest goes first. What
two areas share is simplified alike, as the same points have the same triangles.
"""

from __future__ import annotations

import gzip
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import cos, inf, radians

from ilp.core.geo.reading import Ring

GRID = 1000  # the longer side of a map
MOST_KEPT = 45_000  # points; more never weigh little enough
Spot = tuple[int, int]
Outline = list[Spot]  # of a ring; the first is not repeated at the end


@dataclass(frozen=True)
class Drawing:
    """Shapes on a grid: `paths` as an SVG takes them, `boxes` left, top, right, bottom."""

    width: int
    height: int
    outlines: Mapping[int, list[Outline]]

    @property
    def paths(self) -> dict[int, str]:
        return {key: path_of(rings) for key, rings in self.outlines.items()}

    @property
    def boxes(self) -> dict[int, tuple[int, int, int, int]]:
        return {key: _box(rings) for key, rings in self.outlines.items()}


def drawing(shapes: Mapping[int, Sequence[Ring]], most_bytes: int) -> Drawing:
    """The shapes, seen from above with north at the top; their paths zipped are `most_bytes`.

    No shape is lost: the smallest is left as a triangle.
    """
    width, height, placed = _placed(shapes)
    weighed = {key: [(ring, _weights(ring)) for ring in rings] for key, rings in placed.items()}
    every = sorted(weight for held in weighed.values() for _r, ws in held for weight in ws)
    low, high = max(bisect_right(every, 0), len(every) - MOST_KEPT), len(every)
    best = _above(weighed, inf)
    while low < high:
        middle = (low + high) // 2
        tried = _above(weighed, every[middle])
        if weight_of(tried) <= most_bytes:
            best, high = tried, middle
        else:
            low = middle + 1
    return Drawing(width, height, best)


def weight_of(outlines: Mapping[int, list[Outline]]) -> int:
    """Bytes of all paths together, zipped as the server sends them."""
    text = "\n".join(path_of(rings) for rings in outlines.values())
    return len(gzip.compress(text.encode(), 6))


def path_of(rings: Sequence[Outline]) -> str:
    """ "M10 20l5 0 0 5z": each point after the first by how far it lies from the one before."""
    pieces = []
    for ring in rings:
        steps = (f"{x - a} {y - b}" for (a, b), (x, y) in zip(ring, ring[1:], strict=False))
        pieces.append(f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z")
    return "".join(pieces)


def _placed(
    shapes: Mapping[int, Sequence[Ring]],
) -> tuple[int, int, dict[int, list[Outline]]]:
    """Degrees become whole numbers; a degree of longitude is as long as it is at that latitude."""
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    narrow = cos(radians((south + north) / 2))
    scale = GRID / (max((east - west) * narrow, north - south) or 1)
    placed = {
        key: [
            _outline([(round((x - west) * narrow * scale), round((north - y) * scale))
                      for x, y in ring])
            for ring in rings
        ]
        for key, rings in shapes.items()
    }  # fmt: skip
    width = round((east - west) * narrow * scale) + 1
    return width, round((north - south) * scale) + 1, placed


def _outline(spots: Outline) -> Outline:
    """Without points that fall on the one before; what is smaller than the grid is a triangle."""
    ring = [spot for spot, before in zip(spots, [*spots[-1:], *spots], strict=False)
            if spot != before]  # fmt: skip
    if len(set(ring)) >= 3:
        return ring
    x, y = spots[0]
    return [(x, y), (x + 1, y), (x, y + 1)]


def _weights(ring: Outline) -> list[float]:
    """For each point the area that goes with it, never less than what had to go before."""
    count = len(ring)
    before = [(at - 1) % count for at in range(count)]
    after = [(at + 1) % count for at in range(count)]
    area = [_triangle(ring[before[at]], ring[at], ring[after[at]]) for at in range(count)]
    weights = [inf] * count
    heap = [(size, at) for at, size in enumerate(area)]
    heapify(heap)
    left, reached = count, 0.0
    while heap and left > 3:
        size, at = heappop(heap)
        if weights[at] != inf or size != area[at]:
            continue  # gone already, or measured anew since
        reached = max(reached, size)
        weights[at] = reached
        left -= 1
        a, b = before[at], after[at]
        after[a], before[b] = b, a
        for near in (a, b):
            area[near] = _triangle(ring[before[near]], ring[near], ring[after[near]])
            heappush(heap, (area[near], near))
    return weights


def _triangle(a: Spot, b: Spot, c: Spot) -> float:
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


Weighed = Mapping[int, list[tuple[Outline, list[float]]]]


def _above(weighed: Weighed, least: float) -> dict[int, list[Outline]]:
    """Points that weigh as much; rings smaller than that go, save the largest of a shape."""
    found = {}
    for key, held in weighed.items():
        rings = sorted((ring for ring, _w in held), key=_size, reverse=True)
        kept = {id(ring) for ring in rings[1:] if _size(ring) >= least} | {id(rings[0])}
        found[key] = [
            [spot for spot, weight in zip(ring, weights, strict=True) if weight >= least]
            for ring, weights in held
            if id(ring) in kept
        ]
    return found


def _size(ring: Outline) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2


def _box(rings: Sequence[Outline]) -> tuple[int, int, int, int]:
    across = [x for ring in rings for x, _y in ring]
    down = [y for ring in rings for _x, y in ring]
    return min(across), min(down), max(across), max(down)

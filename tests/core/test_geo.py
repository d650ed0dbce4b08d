"""Boundaries: what is read, what is refused, and that simplified they weigh what they may."""

import gzip
import json
import re
from math import cos, pi, sin
from random import Random

import pytest

from ilp.core.errors import DomainError
from ilp.core.geo import reading
from ilp.core.geo.errors import BrokenArea, NoAreas, NotDegrees, NotFeatures, NotJson
from ilp.core.geo.reading import features_of
from ilp.core.geo.simplifying import drawing, path_of, weight_of

SQUARE = [[116.0, -8.0], [117.0, -8.0], [117.0, -9.0], [116.0, -9.0], [116.0, -8.0]]

METRES = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32750"}}


def collection(*geometries, properties=None, **more):
    listed = [
        {"type": "Feature", "properties": properties or {"kode": "1"}, "geometry": one}
        for one in geometries
    ]
    return json.dumps({"type": "FeatureCollection", "features": listed} | more).encode()


def polygon(*rings):
    return {"type": "Polygon", "coordinates": list(rings)}


def wild(random, points, across=1.0, middle=(116.5, -8.5)):
    """A ring that is closed, star-shaped and as rough as a coast."""
    spots = []
    for at in range(points):
        far = across * (0.5 + 0.5 * random.random())
        angle = 2 * pi * at / points
        spots.append((middle[0] + far * cos(angle), middle[1] + far * sin(angle)))
    return [*spots, spots[0]]


def test_areas_of_all_parts_and_holes_are_read():
    many = {"type": "MultiPolygon", "coordinates": [[SQUARE, SQUARE], [SQUARE]]}
    found = features_of(b"\xef\xbb\xbf" + collection(polygon(SQUARE), many))
    assert [len(one.rings) for one in found] == [1, 3]
    assert found[0].properties == {"kode": "1"}


def test_a_code_that_was_kept_as_a_number_is_the_code():
    content = collection(polygon(SQUARE), properties={"kode": 5202012001.0, "x": None, "y": [1]})
    assert features_of(content)[0].properties == {"kode": "5202012001"}


def test_points_and_lines_are_left_out():
    point = {"type": "Point", "coordinates": [116, -8]}
    assert len(features_of(collection(point, None, polygon(SQUARE)))) == 1


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", NotJson),
        (b"PK\x03\x04", NotJson),
        (collection(polygon(SQUARE))[:-20], NotJson),
        (b"\xff\xfe{\x00}\x00", NotJson),
        (b"[" * 100_000, NotJson),
        (collection(polygon([[float("nan"), 1.0]] * 5)), NotJson),
        (b"[]", NotFeatures),
        (b'{"type": "Topology", "objects": {}}', NotFeatures),
        (b'{"type": "FeatureCollection", "features": 3}', NotFeatures),
        (collection(), NoAreas),
        (collection({"type": "LineString", "coordinates": SQUARE}), NoAreas),
        (collection(polygon(SQUARE[:3])), BrokenArea),
        (collection(polygon(SQUARE[:-1])), BrokenArea),
        (collection(polygon([["a", "b"]] * 5)), BrokenArea),
        (collection(polygon([[1]] * 5)), BrokenArea),
        (collection(polygon(7)), BrokenArea),
        (collection({"type": "Polygon", "coordinates": 7}), BrokenArea),
        (collection({"type": "MultiPolygon", "coordinates": [3]}), BrokenArea),
        (collection(polygon([[10**400, 1]] * 5)), BrokenArea),
        (collection(polygon([[300_000.0, 9_000_000.0]] * 5)), NotDegrees),
        (
            collection(
                polygon(SQUARE), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::32750"}}
            ),
            NotDegrees,
        ),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_cannot_be_drawn_is_refused_with_what_to_do(content, error):
    with pytest.raises(error) as refused:
        features_of(content)
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("limit", "most"), [("MOST_BYTES", 10), ("MOST_AREAS", 1), ("MOST_POINTS", 9)]
)
def test_what_is_too_big_is_refused_with_its_size(monkeypatch, limit, most):
    content = collection(polygon(SQUARE), polygon(SQUARE))
    monkeypatch.setattr(reading, limit, most)
    with pytest.raises(DomainError) as refused:
        features_of(content)
    assert refused.value.code.startswith("boundaries-too-")


@pytest.mark.parametrize("seed", range(12))
def test_simplified_shapes_weigh_what_they_may_and_none_is_lost(seed):
    random = Random(seed)
    shapes = {
        key: [
            wild(random, random.randint(3, 400), random.random(),
                 (116 + random.random(), -8 - random.random()))
            for _ in range(random.randint(1, 4))
        ]
        for key in range(random.randint(1, 120))
    }  # fmt: skip
    most = random.choice([1_500, 4_000, 20_000])
    least = weight_of(drawing(shapes, 0).outlines)

    drawn = drawing(shapes, most)

    paths = "\n".join(drawn.paths.values())
    assert len(gzip.compress(paths.encode(), 6)) <= max(most, least)
    assert set(drawn.outlines) == set(shapes)
    for rings in drawn.outlines.values():
        assert rings
        assert all(len(ring) >= 3 for ring in rings)
        assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for r in rings for x, y in r)


def test_three_thousand_areas_at_their_simplest_fit_into_a_page():
    random = Random(3)
    shapes = {
        key: [wild(random, 5, 0.05, (116 + random.random(), -8 - random.random()))]
        for key in range(reading.MOST_AREAS)
    }
    assert weight_of(drawing(shapes, 0).outlines) <= 64 * 1024


def test_more_room_keeps_more_points():
    shapes = {1: [wild(Random(1), 2_000)]}
    few, many = (sum(map(len, drawing(shapes, most).outlines[1])) for most in (400, 3_000))
    assert 3 <= few < many


def test_a_straight_border_needs_no_points_between_its_ends():
    along = [(116 + at / 100, -8.0) for at in range(101)]
    ring = [*along, (117.0, -9.0), (116.0, -9.0), along[0]]
    outline = drawing({1: [ring]}, 150).outlines[1][0]
    assert len(outline) == 4


def test_north_is_at_the_top_and_paths_can_be_followed():
    north = [[116, 1], [117, 1], [117, 2], [116, 2], [116, 1]]
    south = [[116, -1], [117, -1], [117, 0], [116, 0], [116, -1]]
    drawn = drawing({1: [north], 2: [south]}, 10_000)
    assert drawn.boxes[1][1] < drawn.boxes[2][1]
    assert re.fullmatch(r"M\d+ \d+l-?\d+ -?\d+( -?\d+ -?\d+)+z", drawn.paths[1])
    assert path_of([[(1, 2), (4, 2), (4, 9)]]) == "M1 2l3 0 0 7z"


def test_what_two_areas_share_is_simplified_alike():
    random = Random(5)
    shared = [(116.5 + random.random() / 20, -8 - at / 50) for at in range(51)]
    west = [(116.0, -8.0), *shared, (116.0, -9.0), (116.0, -8.0)]
    east = [(117.0, -8.0), *shared, (117.0, -9.0), (117.0, -8.0)]
    drawn = drawing({1: [west], 2: [east]}, 160)
    one, other = (set(drawn.outlines[key][0]) for key in (1, 2))
    assert len(one & other) >= min(len(one), len(other)) - 4


def test_an_island_smaller_than_the_grid_is_still_there():
    big = [[116, -8], [120, -8], [120, -12], [116, -12], [116, -8]]
    tiny = [[118, -13], [118.00001, -13], [118.00001, -13.00001], [118, -13]]
    assert len(drawing({1: [big], 2: [tiny]}, 10_000).outlines[2][0]) == 3

"""The district is fictitious, whole, and of the size asked for."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from facilities import registry
from facilities.models import Facility
from facilities.registry import normalised
from reporting.demo.places import DISTRICT, _new, plan
from reporting.demo.sizes import SIZES

PARENTLESS = {DISTRICT}


def registered_names():
    with Path(registry.__file__).with_name("puskesmas.csv").open() as file:
        return {normalised(row["name"]) for row in csv.DictReader(file)}


@pytest.mark.parametrize("code", ["mini", "small", "pandeglang"])
def test_as_many_places_as_promised(code):
    size = SIZES[code]
    kinds = Counter(place.kind for place in _new(plan(size)))
    assert kinds["puskesmas"] == size.puskesmas
    assert kinds["pustu"] == size.pustu
    assert kinds["posyandu"] == size.posyandu


def test_codes_are_unique_and_parents_come_first():
    opened = set()
    for place in _new(plan(SIZES["pandeglang"])):
        assert place.code not in opened
        assert set(place.parents.values()) <= opened
        assert bool(place.parents) is (place.code not in PARENTLESS)
        opened.add(place.code)
    assert all(code.startswith(("99.01", "P9901")) for code in opened)


def test_no_puskesmas_bears_the_name_of_a_real_one():
    real = registered_names()
    assert len(real) > 100
    for one in plan(SIZES["pandeglang"]):
        assert normalised(one.name) not in real
        assert normalised(one.name.replace(" ", "")) not in real


def test_names_tell_places_apart():
    planned = plan(SIZES["pandeglang"])
    names = [one.name for one in planned]
    assert len(set(names)) == len(names)
    for one in planned:
        posyandu = [place.name for place in one.posyandu]
        assert len(set(posyandu)) == len(posyandu)
    villages = [village.name for one in planned for village in one.villages]
    assert len(set(villages)) == len(villages)


def test_a_posyandu_without_pustu_hangs_on_its_puskesmas():
    kinds = {p.code: p.kind for p in _new(plan(SIZES["small"]))}
    above = Counter(
        kinds[place.parents["network"]]
        for place in _new(plan(SIZES["small"]))
        if place.kind == Facility.Kind.POSYANDU
    )
    assert above == {"pustu": 36, "puskesmas": 54}

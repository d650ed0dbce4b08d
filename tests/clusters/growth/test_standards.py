import csv
import gzip
import io
from decimal import Decimal

import pytest

from clusters.growth import build_standards
from clusters.growth.standards import (
    DATA,
    LENGTHS,
    LYING_FROM,
    PLAUSIBLE,
    STANDING_FROM,
    DamagedStandards,
    read,
    standards,
)
from tests.clusters.growth import who


@pytest.fixture(scope="module")
def text():
    with gzip.open(DATA, "rt", encoding="ascii", newline="") as file:
        return file.read()


@pytest.mark.parametrize("sex", ["L", "P"])
@pytest.mark.parametrize("index", LENGTHS)
def test_every_number_is_the_one_who_published(index, sex):
    ours = getattr(standards()[sex], index)
    theirs = who.table(index, sex)
    assert ours == tuple((float(p), float(m), float(s)) for _, p, m, s in theirs)


@pytest.mark.parametrize(("index", "first"), [("lying", LYING_FROM), ("standing", STANDING_FROM)])
def test_tables_by_size_begin_where_we_think(index, first):
    assert [at * 10 for at, *_ in who.table(index, "L")] == list(
        range(first, first + LENGTHS[index])
    )


def test_the_file_is_what_the_script_builds(text):
    assert build_standards.content().decode() == text


def test_the_script_builds_the_same_bytes_each_time():
    first = build_standards.packed()
    assert first == build_standards.packed()
    assert gzip.decompress(first) == build_standards.content()


def test_the_file_is_compact():
    assert DATA.stat().st_size < 150_000


@pytest.mark.parametrize(
    ("sex", "index", "at", "position", "value"),
    [
        ("L", "weight", 0, 0, 0.3487),
        ("L", "weight", 0, 1, 3.3464),
        ("L", "weight", 0, 2, 0.14602),
        ("P", "weight", 365, 1, 8.9462),
        ("P", "height", 0, 1, 49.1477),
        ("L", "lying", 0, 1, 2.441),
        ("L", "standing", 550, 1, 22.353),
        ("P", "lying", 0, 0, -0.3833),
    ],
)
def test_spot_values(sex, index, at, position, value):
    assert getattr(standards()[sex], index)[at][position] == value


@pytest.mark.parametrize(
    ("sex", "index", "day", "median"),
    [
        ("L", "weight", 365, 9.6479),
        ("P", "weight", 365, 8.9481),
        ("L", "height", 730, 87.8161),
        ("P", "height", 1826, 109.4233),
    ],
)
def test_the_day_tables_agree_with_the_published_months(sex, index, day, median):
    """WHO prints months too; the day nearest to the month differs by less than two days' growth."""
    assert getattr(standards()[sex], index)[day][1] == pytest.approx(median, abs=0.06)


@pytest.mark.parametrize("line", [1, 5_000, -1])
def test_a_missing_row_is_noticed(text, line):
    rows = text.splitlines()
    del rows[line]
    with pytest.raises(DamagedStandards):
        read(io.StringIO("\n".join(rows)))


def test_a_missing_table_is_noticed(text):
    rows = [row for row in csv.reader(io.StringIO(text)) if row[0] != "bmi"]
    with pytest.raises(DamagedStandards):
        read(io.StringIO("\n".join(map(",".join, rows))))


def test_origin_and_licence_lie_beside_the_numbers():
    notice = DATA.with_name("NOTICE.txt").read_text()
    assert "World Health Organization" in notice
    assert "Copyright (c) 2017-2025, Jon Baldivieso" in notice
    assert "Redistributions in binary form must reproduce" in notice


def test_limits_of_the_plausible_say_since_when_and_by_whom():
    assert {(x.index, x.low, x.high) for x in PLAUSIBLE.values()} == {
        ("waz", -6, 5),
        ("haz", -6, 6),
        ("whz", -5, 5),
        ("bmiz", -5, 5),
        ("school_bmiz", -5, 5),
    }
    assert all(x.since.year in (2006, 2007) and "WHO" in x.source for x in PLAUSIBLE.values())


def test_weight_for_size_has_one_power_for_all_sizes():
    """As WHO published it: fitted with a constant power, so it is no slip of ours."""
    for sex, power in (("L", -0.3521), ("P", -0.3833)):
        for index in ("lying", "standing"):
            assert {row[0] for row in getattr(standards()[sex], index)} == {power}
            assert {row[1] for row in who.table(index, sex)} == {Decimal(str(power))}


def test_what_the_formula_counts_on():
    """Heights have power 1, and no power is so near to nought that it needs the logarithm."""
    for sex in "LP":
        standard = standards()[sex]
        assert {row[0] for row in standard.height} == {1.0}
        for index in LENGTHS:
            assert min(abs(row[0]) for row in getattr(standard, index)) >= 1e-4

"""Tables on paper: headings of several levels, sums, and what does not fit is cut where it may."""

import pytest

from reporting.catalogue import FORMS
from reporting.catalogue.breakdowns import part_path
from reporting.selectors.checking import parts_of
from reporting.selectors.grids import (
    Block,
    Cell,
    Grid,
    Line,
    added,
    cells_of,
    columns_of,
    split,
)

SEX_AGE = {f"{sex}:{age}": (sex, age) for sex in "LP" for age in ("0", "1", "5")}
# As an LB1 may be broken down: new and old, by sex, by twelve ages.
WIDE = {
    f"{kind}:{sex}:{age}": (kind, sex, str(age))
    for kind in ("B", "L") for sex in ("L", "P") for age in range(12)
}  # fmt: skip


def columns(paths):
    return columns_of(paths, "Jumlah", "Jml")


def grid(paths):
    made = columns(paths)
    numbers = {part: Cell(at) for at, part in enumerate(paths)}
    line = Line("1", "Baris", cells_of(made, numbers))
    return Grid("", "Uraian", made, (Block("", (line,)),))


def told(table):
    return [[(h.text, h.columns, h.rows) for h in row] for row in table.headings]


def test_one_undivided_number_has_one_column_that_is_no_sum():
    (only,) = columns({"": ()})
    assert (only.path, only.parts, only.is_sum, only.number) == (("Jumlah",), ("",), False, 3)


def test_two_sexes_and_their_sum():
    assert told(grid({"L": ("Laki-laki",), "P": ("Perempuan",)})) == [
        [("Laki-laki", 1, 1), ("Perempuan", 1, 1), ("Jumlah", 1, 1)]
    ]


def test_ages_stand_below_their_sex_and_the_sum_beside_both():
    assert told(grid(SEX_AGE)) == [
        [("L", 4, 1), ("P", 4, 1), ("Jumlah", 1, 2)],
        [(age, 1, 1) for _sex in "LP" for age in ("0", "1", "5", "Jml")],
    ]


@pytest.mark.parametrize("paths", [SEX_AGE, WIDE], ids=["sex and age", "three levels"])
def test_each_row_of_headings_covers_every_column_once(paths):
    table = grid(paths)
    for level in range(table.depth):
        above = sum(
            h.columns
            for row, headings in enumerate(table.headings[: level + 1])
            for h in headings
            if row + h.rows > level
        )
        assert above == len(table.columns)


def test_sums_are_of_the_parts_below_their_heading():
    cells = [cell.number for cell in grid(SEX_AGE).lines[0].cells]
    assert cells == [0, 1, 2, 3, 3, 4, 5, 12, 15]


@pytest.mark.parametrize(
    ("cells", "total"),
    [
        ([Cell(2), Cell(3)], Cell(5)),
        ([Cell(2), Cell()], Cell(2)),
        ([Cell(2), Cell(text="TA")], Cell(2)),
        ([Cell(0), Cell()], Cell(0)),
        ([Cell(), Cell()], Cell()),
        ([Cell(text="TA"), Cell(text="TA")], Cell(text="TA")),
        ([Cell(text="TA"), Cell()], Cell()),
    ],
)
def test_nothing_said_is_no_zero_and_ta_adds_nothing(cells, total):
    assert added(cells) == total


def test_what_fits_is_left_whole():
    assert split(grid(SEX_AGE), 9) == [grid(SEX_AGE)]


def test_a_cut_keeps_what_stands_below_one_heading_together():
    first, second = split(grid(SEX_AGE), 8)
    assert [c.path[0] for c in first.columns] == ["L"] * 4 + ["P"] * 4
    assert [c.number for c in second.columns] == [11]
    assert [cell.number for cell in second.lines[0].cells] == [15]
    assert second.lines[0].label == "Baris"


@pytest.mark.parametrize("most", [5, 13, 22])
def test_a_wide_breakdown_is_cut_at_its_next_level_and_nothing_is_lost(most):
    whole = grid(WIDE)
    pieces = split(whole, most)
    assert all(0 < len(piece.columns) <= most for piece in pieces)
    assert [c for piece in pieces for c in piece.columns] == list(whole.columns)
    assert [c for piece in pieces for c in piece.lines[0].cells] == list(whole.lines[0].cells)
    if most >= 13:  # a sex of twelve ages fits, so it is never torn apart
        for piece in pieces:
            groups = {c.path[:2] for c in piece.columns if len(c.path) == 3}
            for group in groups:
                assert sum(c.path[:2] == group for c in piece.columns) == 12


def test_every_part_of_every_form_has_a_heading_of_its_own():
    for form in FORMS.values():
        for item in form.items:
            paths = [part_path(part) for part in parts_of(item)]
            assert len(set(paths)) == len(paths)
            assert all(all(path) for path in paths)


def test_ages_and_sexes_are_said_in_words():
    assert part_path("L:12-23") == ("Laki-laki", "12–23 bln")
    assert part_path("P") == ("Perempuan",)
    assert part_path("") == ()
    assert part_path("baru:L:0-7 hr") == ("baru", "Laki-laki", "0-7 hr")

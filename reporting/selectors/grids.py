"""Tables as they stand on paper: headings of several levels, and as many columns as fit. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils.functional import cached_property

Path = tuple[str, ...]
LEADING = 2  # columns before the numbers: No. and what the row is about


@dataclass(frozen=True)
class Cell:
    """A number, or a text in its place ("TA", what cannot be read yet), or nothing: not filled."""

    number: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Column:
    """`path`: the headings above it, the widest first. `parts`: what is added up in it."""

    path: Path
    parts: tuple[str, ...]
    is_sum: bool = False
    number: int = 0  # as the row of column numbers counts it, set by the grid


@dataclass(frozen=True)
class Line:
    """A row. `kind`: "" an ordinary one, "sum" a computed one, "out" one that is not counted."""

    number: str
    label: str
    cells: tuple[Cell, ...] = ()
    kind: str = ""
    note: str = ""  # why it has no numbers


@dataclass(frozen=True)
class Block:
    """Rows below a heading of their own; without a heading where the table's title says it."""

    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Heading:
    text: str
    columns: int
    rows: int
    is_sum: bool = False


@dataclass(frozen=True)
class Grid:
    """A table. `upright`: the lowest headings are long and are read from below."""

    title: str
    about: str  # what the rows are: "Uraian"
    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    upright: bool = False

    @cached_property
    def depth(self) -> int:
        return max((len(column.path) for column in self.columns), default=1)

    @cached_property
    def headings(self) -> tuple[tuple[Heading, ...], ...]:
        """The rows of headings above the columns of numbers."""
        return tuple(tuple(self._level(level)) for level in range(self.depth))

    def _level(self, level: int) -> Iterator[Heading]:
        """Neighbours below the same headings share one; the last of a path reaches down."""
        for path, group in groupby(self.columns, key=lambda column: column.path[: level + 1]):
            under = list(group)
            if len(path) <= level:
                continue  # said above already
            is_last = len(under[0].path) == level + 1
            yield Heading(
                path[-1], len(under), self.depth - level if is_last else 1, under[0].is_sum
            )

    @property
    def lines(self) -> list[Line]:
        return [line for block in self.blocks for line in block.lines]


def columns_of(paths: Mapping[str, Path], total: str, subtotal: str) -> tuple[Column, ...]:
    """A column for each part, a sum behind each group of parts and one behind all of them."""
    every = tuple(paths)
    found: list[Column] = []
    if len(every) > 1:
        for _top, group in groupby(every, key=lambda part: paths[part][:1]):
            parts = tuple(group)
            found += [Column(paths[part], (part,)) for part in parts]
            if len(parts) > 1 and len(paths[parts[0]]) > 1:
                path = (*paths[parts[0]][:1], subtotal)
                found.append(Column(path, parts, is_sum=True))
    return numbered([*found, Column((total,), every, is_sum=len(every) > 1)])


def apart(paths: Mapping[str, Path]) -> tuple[Column, ...]:
    """A column for each part, where they do not add up to anything."""
    return numbered([Column(path, (part,)) for part, path in paths.items()])


def numbered(columns: Sequence[Column]) -> tuple[Column, ...]:
    return tuple(replace(c, number=LEADING + at) for at, c in enumerate(columns, start=1))


def added(cells: Sequence[Cell]) -> Cell:
    """What stands in a column of sums. TA adds nothing; of nothing but TA the sum is TA."""
    known = [cell.number for cell in cells if cell.number is not None]
    if known:
        return Cell(sum(known))
    texts = {cell.text for cell in cells}
    return Cell(text=texts.pop()) if len(texts) == 1 else Cell()


def cells_of(columns: Sequence[Column], by_part: Mapping[str, Cell]) -> tuple[Cell, ...]:
    """A row's cells: each part as it is, and the sums."""
    return tuple(
        added([by_part.get(part, Cell()) for part in column.parts])
        if column.is_sum
        else by_part.get(column.parts[0], Cell())
        for column in columns
    )


def split(grid: Grid, most: int) -> list[Grid]:
    """The same table as several, each with at most so many columns of numbers.

    What stands below one heading stays together while it fits.
    """
    chosen = list(_runs(list(range(len(grid.columns))), grid.columns, most, 0))
    if len(chosen) <= 1:
        return [grid]
    return [_taken(grid, columns) for columns in chosen]


def _runs(
    indexes: Sequence[int], columns: Sequence[Column], most: int, level: int
) -> Iterator[list[int]]:
    """Runs of neighbours, filled group by group; too wide a group is cut at its next level."""
    run: list[int] = []
    for _path, members in groupby(indexes, key=lambda at: columns[at].path[: level + 1]):
        group = list(members)
        if len(run) + len(group) <= most:
            run += group
            continue
        if run:
            yield run
            run = []
        if len(group) <= most:
            run = group
        elif len(columns[group[0]].path) > level + 1:
            *whole, run = _runs(group, columns, most, level + 1)
            yield from whole
        else:  # nothing more to cut at
            yield from (group[at : at + most] for at in range(0, len(group), most))
    if run:
        yield run


def _taken(grid: Grid, indexes: Sequence[int]) -> Grid:
    """The table with some of its columns; they keep their numbers."""
    blocks = tuple(
        replace(
            block,
            lines=tuple(
                replace(line, cells=tuple(line.cells[at] for at in indexes) if line.cells else ())
                for line in block.lines
            ),
        )
        for block in grid.blocks
    )
    return replace(grid, columns=tuple(grid.columns[at] for at in indexes), blocks=blocks)

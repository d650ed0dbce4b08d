"""What a chart shows as a table: the page, the file and the test read the same rows."""

from __future__ import annotations

from dataclasses import dataclass

Cell = str | int | float | None


@dataclass(frozen=True)
class Told:
    """A row for each mark of a chart, unrounded; None is what is not known."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

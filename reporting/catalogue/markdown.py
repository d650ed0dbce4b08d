"""Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def table(header: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A Markdown table with an empty line after it."""
    titles = list(header)
    yield _row(titles)
    yield "|" + " --- |" * len(titles)
    yield from (_row(row) for row in rows)
    yield ""


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"

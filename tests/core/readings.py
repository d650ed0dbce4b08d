"""How the tests try a reader on anything at all."""

from ilp.core.cells import Cell, CellError, Reader


def sentence_or_none(read: Reader, cell: Cell) -> str | None:
    """The reader's complaint about a cell, None if it can read it; other errors get through."""
    try:
        read(cell)
    except CellError as error:
        return str(error.sentence)
    return None

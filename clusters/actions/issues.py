"""What is wrong or odd in one row of a workbook, as it will be shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Issue:
    """`row` is Excel's number; `value` holds no name and no full NIK; `reason` says the remedy.
    `visit` tells apart the visits of a row that holds several. What is odd about a whole sheet or
    its totals is not `of_row`: it stands at a row, and no row is accepted with a warning for it."""

    sheet: str
    row: int
    column: str
    value: str
    code: str
    reason: str
    is_warning: bool = False
    name: str = ""  # of the column, as clusters.excel.columns has it
    visit: int = 0
    of_row: bool = True

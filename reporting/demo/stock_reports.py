"""LPLPO of the fictitious Puskesmas: stock goes from month to month, and some shelves are empty."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from facilities.models import Facility
from ilp.core.months import Month
from reporting.actions.reports import Cell, open_report, save_values, take_step
from reporting.selectors import reports
from reporting.workflow import Step

FORM = "LPLPO"
MONTHS_OF_STOCK = 3  # what a Puskesmas wants to have on its shelves
EMPTY = 0.05  # of the drugs, those that ran out and did not come
USED = (20, 600)  # a month, of what is used at all
REASON = "Hasil stok opname akhir bulan."


def file_stock_report(facility: Facility, month: Month, seed: int, steps: Sequence[Step]) -> None:
    """The report of a month, handed on as far as `steps` say."""
    rng = Random(f"{seed}:{FORM}:{facility.code}:{month}")  # noqa: S311 nothing secret
    lasting = Random(f"{seed}:{FORM}:{facility.code}")  # noqa: S311 the same in every month
    report = open_report(facility=facility, month=month, form=FORM, by=None)
    values: dict[Cell, int] = {}
    reasons = {}
    for row in reports.sheet(report=report).rows:
        usual = lasting.randint(*USED)
        left = next((box.counted for box in row.boxes if box.counted is not None), None)
        begun = left if left is not None else usual * rng.randint(1, MONTHS_OF_STOCK)
        if left and rng.random() < EMPTY:
            begun += 1
            reasons[row.element] = REASON
        values |= _columns(row.element, begun, usual, rng)
    report = save_values(
        report=report, values=values, reasons=reasons, version=report.version, by=None
    )
    for step in steps:
        note = "Cocokkan stok awal dengan kartu stok." if step is Step.RETURN else ""
        report = take_step(report=report, step=step, by=None, note=note)


def _columns(element: str, begun: int, usual: int, rng: Random) -> dict[Cell, int]:
    came = 0 if rng.random() < EMPTY else max(0, 2 * usual - begun)
    there = begun + came
    used = min(there, round(usual * rng.uniform(0.7, 1.2)))
    spoilt = min(there - used, rng.choice((0, 0, 0, 0, 1, 5)))
    wanted = usual * MONTHS_OF_STOCK
    numbers = {
        "awal": begun,
        "terima": came,
        "pakai": used,
        "rusak": spoilt,
        "optimum": wanted,
        "minta": max(0, wanted - (there - used - spoilt)),
    }
    return {(element, part): number for part, number in numbers.items()}

"""LB1 of the fictitious Puskesmas: what their visits say, with a few cases out of the register."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from facilities.models import Facility
from ilp.core.months import Month
from reporting.actions.reports import Cell, open_report, save_values, take_step
from reporting.models import Report
from reporting.selectors import reports
from reporting.workflow import Step

FORM = "LB1"
MONTHS = 3  # the last ones
REASON = "Ditambah dari buku register Pustu."
ADDED = 0.15  # of the rows in use, those with cases that nobody typed as visits


def file_sickness_report(
    facility: Facility, month: Month, seed: int, steps: Sequence[Step]
) -> None:
    """The report of a month, handed on as far as `steps` say."""
    rng = Random(f"{seed}:{FORM}:{facility.code}:{month}")  # noqa: S311 nothing secret
    report = open_report(facility=facility, month=month, form=FORM, by=None)
    values, reasons = _values(report, rng)
    if not values:
        return  # a place without any visit has not begun to fill it in
    report = save_values(
        report=report, values=values, reasons=reasons, version=report.version, by=None
    )
    for step in steps:
        note = "Cocokkan dengan register rawat jalan." if step is Step.RETURN else ""
        report = take_step(report=report, step=step, by=None, note=note)


def _values(report: Report, rng: Random) -> tuple[dict[Cell, int], dict[str, str]]:
    values: dict[Cell, int] = {}
    reasons = {}
    for row in reports.sheet(report=report).rows:
        if row.is_blank:
            continue
        values |= {(box.element, box.part): box.counted or 0 for box in row.boxes}
        if rng.random() < ADDED:
            values[row.element, f"{rng.choice('LP')}:20-44"] += rng.randint(1, 4)
            reasons[row.element] = REASON
    return values, reasons

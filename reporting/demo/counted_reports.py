"""LB3, LB4 and UKM of the fictitious Puskesmas: what visits say, and beside it what none says."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from facilities.models import Facility
from ilp.core.months import Month
from reporting.actions.reports import Cell, open_report, save_values, take_step
from reporting.catalogue import FORMS
from reporting.catalogue.form_language import Form
from reporting.demo.explaining import explained
from reporting.demo.other_reports import Around, around, drawn, part_of
from reporting.demo.places import Puskesmas
from reporting.models import Report
from reporting.selectors import reports
from reporting.selectors.boxes import Row
from reporting.workflow import Step

CODES = ("LB3", "LB4", "UKM")


def file_counted_reports(
    centre: Puskesmas, facility: Facility, month: Month, seed: int, steps: Sequence[Step]
) -> None:
    """The three reports of a month, handed on as far as `steps` say."""
    for code in CODES:
        rng = Random(f"{seed}:{code}:{facility.code}:{month}")  # noqa: S311 nothing secret
        lasting = Random(f"{seed}:{code}:{facility.code}")  # noqa: S311
        report = open_report(facility=facility, month=month, form=code, by=None)
        values = _values(report, around(centre, facility, month, lasting), rng)
        report = save_values(
            report=report, values=values, reasons={}, version=report.version, by=None
        )
        report = explained(report)
        for step in steps:
            note = "Lengkapi dengan laporan Pustu." if step is Step.RETURN else ""
            report = take_step(report=report, step=step, by=None, note=note)


def _values(report: Report, at: Around, rng: Random) -> dict[Cell, int]:
    """What is counted stays as it is; the rest holds together with it."""
    form = FORMS[report.form_code]
    rows = {row.element: row for row in reports.sheet(report=report).rows}
    values: dict[Cell, int] = {}
    for row in _wholes_first(form, rows):
        whole = _whole_of(form).get(row.element)
        for box in row.typed:
            cell = (box.element, box.part)
            if box.counted is not None:
                values[cell] = box.counted
            elif whole:
                values[cell] = part_of(box.element, values[whole, box.part], rng)
            else:
                values[cell] = drawn(box.element, at, rng) if not box.part else 0
    return values | _of_outpatients(values)


def _whole_of(form: Form) -> dict[str, str]:
    return {c.left: c.right for c in form.checks if c.operator == "<=" and "+" not in c.left}


def _wholes_first(form: Form, rows: dict[str, Row]) -> list[Row]:
    """Rows after those that they are parts of."""
    whole_of = _whole_of(form)

    def depth(code: str) -> int:
        return 1 + depth(whole_of[code]) if code in whole_of else 0

    return sorted(rows.values(), key=lambda row: depth(row.element))


def _of_outpatients(values: dict[Cell, int]) -> dict[Cell, int]:
    """What adds up to the outpatient visits, where the form asks for them."""
    every = values.get(("outpatient_visits", ""))
    if every is None:
        return {}
    insured = min(every, values["rj_jkn", ""])
    return {
        ("rj_lama", ""): every - min(every, values["rj_baru", ""]),
        ("rj_umum", ""): every - insured,
        ("rj_lain", ""): 0,
    }

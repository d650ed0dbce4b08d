"""Monthly reports of the fictitious Puskesmas: some approved, some on their way, some sent back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from facilities.models import Facility
from ilp.core.months import Month
from reporting.actions.reports import Cell, open_report, save_values, take_step
from reporting.catalogue import FORMS
from reporting.demo.counted_reports import file_counted_reports
from reporting.demo.explaining import explained
from reporting.demo.other_reports import file_other_reports
from reporting.demo.places import Puskesmas
from reporting.demo.school_reports import file_school_report
from reporting.demo.sickness_reports import MONTHS as SICKNESS_MONTHS
from reporting.demo.sickness_reports import file_sickness_report
from reporting.demo.sizes import Size
from reporting.demo.stock_reports import file_stock_report
from reporting.models import Report
from reporting.selectors import reports
from reporting.workflow import Step

FORM, BIAS = "F1", "BIAS"
MONTHS = 4  # the last ones
ON_THEIR_WAY: tuple[tuple[Step, ...], ...] = (
    (Step.SEND, Step.VERIFY),
    (Step.SEND,),
    (),
    (Step.SEND, Step.VERIFY, Step.APPROVE),
    (Step.SEND, Step.RETURN),
)
NOTE = "Angka K lebih besar daripada bulan lalu. Periksa kembali jumlah balita yang punya KMS."
REASON = "Dua balita pindahan belum tercatat di aplikasi."
# Numbers that no visit gives: at most, and the row of which each is a part.
TYPED: tuple[tuple[str, int, str], ...] = (
    ("s36", 6, ""),
    ("s36_cukup", 6, "s36"),
    ("f1_nifas", 20, ""),
    ("f1_nifas_vit_a", 20, "f1_nifas"),
    ("f1_bumil", 60, ""),
    ("f1_bumil_kek", 8, "f1_bumil"),
    ("f1_bumil_ttd", 60, "f1_bumil"),
    ("f1_imd", 15, ""),
)


def file_reports(
    planned: Sequence[Puskesmas], places: Mapping[str, Facility], last: Month, seed: int, size: Size
) -> int:
    """Fill in and hand on the reports of the last months, once; how many there are."""
    if Report.objects.filter(facility__in=places.values(), form_code=FORM).exists():
        return 0
    count = 0
    for one in planned:
        rng = Random(f"{seed}:{FORM}:{one.code}")  # noqa: S311 nothing secret
        for back in range(MONTHS - 1, -1, -1):
            if not (one.is_late and back == 0):
                _file_month(one, places[one.code], last, back, seed, rng)
                count += 1
        for month in months_of_forms(last, size.whole_year):
            if not (one.is_late and month == last):
                file_school_report(places[one.code], month, seed)
                file_other_reports(one, places[one.code], month, seed)
    return count


def _file_month(
    one: Puskesmas, facility: Facility, last: Month, back: int, seed: int, rng: Random
) -> None:
    """The reports of one of the last months that go on their way step by step."""
    month, steps = last.plus(-back), _steps(one.number, back)
    _file(facility, month, steps, rng)
    if back < SICKNESS_MONTHS:
        file_sickness_report(facility, month, seed, steps)
        file_stock_report(facility, month, seed, steps)
        file_counted_reports(one, facility, month, seed, steps)
    if one.number % 3 == 0:
        _file_bias(facility, month, rng)


def months_of_forms(last: Month, whole_year: bool) -> list[Month]:
    """Since January, for what is added up over the year; at least the months of the others."""
    some = last.plus(1 - MONTHS)
    return (min(Month(last.year, 1), some) if whole_year else some).until(last)


def _steps(number: int, back: int) -> tuple[Step, ...]:
    """Older reports are approved, save one; those of the last month are anywhere."""
    if back == 0:
        return ON_THEIR_WAY[number % len(ON_THEIR_WAY)]
    if back == 1 and number % 4 == 3:
        return (Step.SEND, Step.RETURN)
    return (Step.SEND, Step.VERIFY, Step.APPROVE)


def _file_bias(facility: Facility, month: Month, rng: Random) -> None:
    """What the visits to schools say, handed in on paper as well: the report speaks alone."""
    if FORMS[BIAS].is_due(month):
        _file(facility, month, (Step.SEND, Step.VERIFY, Step.APPROVE), rng, form=BIAS)


def _file(
    facility: Facility, month: Month, steps: Sequence[Step], rng: Random, form: str = FORM
) -> None:
    report = open_report(facility=facility, month=month, form=form, by=None)
    values = _values(report, rng)
    reasons = {}
    if rng.random() < 0.35 and (cell := ("skdn_s", "L:36-59")) in values:
        values[cell] += 2
        reasons["skdn_s"] = REASON
    report = save_values(
        report=report, values=values, reasons=reasons, version=report.version, by=None
    )
    report = explained(report)
    for step in steps:
        note = NOTE if step is Step.RETURN else ""
        report = take_step(report=report, step=step, by=None, note=note)


def _values(report: Report, rng: Random) -> dict[Cell, int]:
    """What the visits say and, where they say nothing, numbers that hold together."""
    values: dict[Cell, int] = {}
    open_cells = set()
    for row in reports.sheet(report=report).rows:
        if row.is_computed:
            continue
        for box in row.boxes:
            values[box.element, box.part] = box.counted or 0
            if box.counted is None:
                open_cells.add((box.element, box.part))
    for element, most, whole in TYPED:
        for cell in sorted(cell for cell in open_cells if cell[0] == element):
            limit = values[whole, cell[1]] if whole else most
            values[cell] = rng.randint(min(limit, most) // 2, min(limit, most))
    return values

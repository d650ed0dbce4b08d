"""Filled-in recaps of Posyandu for tests."""

from reporting.actions.reports import open_report, save_values, take_step
from reporting.catalogue import FORMS, ROWS
from reporting.selectors import reports
from reporting.workflow import Step

RECAP = FORMS["POSYANDU"]


def recap(place, month, by=None, **said):
    """A complete draft: what is said, of the first part of each row, and 0 in every other cell.

    Where it differs from what is proposed it says why.
    """
    report = open_report(facility=place, month=month, form=RECAP.code, by=by)
    cells = [(code, part) for code in RECAP.typed for part in ROWS[code].parts]
    first = {(code, ROWS[code].parts[0]): number for code, number in said.items()}
    values = dict.fromkeys(cells, 0) | first
    report = save_values(report=report, values=values, reasons={}, version=report.version, by=by)
    asked = [row.element for row in reports.sheet(report=report).rows if row.asks_why]
    reasons = dict.fromkeys(asked, "Kunjungan tidak dicatat satu per satu")
    return save_values(report=report, values={}, reasons=reasons, version=report.version, by=by)


def approved(place, month, **said):
    """The same as its Puskesmas has approved it."""
    report = recap(place, month, **said)
    for step in (Step.SEND, Step.VERIFY):
        report = take_step(report=report, step=step, by=None)
    return report

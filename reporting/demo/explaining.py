"""What is far from the usual is explained before a made-up report is sent, as people have to."""

from __future__ import annotations

from reporting.actions.reports import save_values
from reporting.models import Report
from reporting.selectors import reports

REASON = "Sudah dicocokkan dengan register."


def explained(report: Report) -> Report:
    """The report, with a reason in every row that asks for one and has none."""
    rows = reports.sheet(report=report).rows
    asked = {row.element: REASON for row in rows if row.asks_why and not row.reason}
    if not asked:
        return report
    return save_values(report=report, values={}, reasons=asked, version=report.version, by=None)

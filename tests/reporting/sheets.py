"""Filled-in reports for tests."""

from reporting.actions.reports import open_report, save_values
from reporting.catalogue import ELEMENTS, FORMS
from reporting.forms import SheetForm
from reporting.selectors import reports

FORM = FORMS["F1"]


def numbers(**changed) -> dict:
    """A number for every typed cell of F1 that breaks no rule: 4 N and 0 T in each part."""
    usual = {"skdn_s": 10, "skdn_k": 8, "n_naik": 4}
    return {
        (code, part): changed.get(code, usual.get(code, 0))
        for code in FORM.typed
        for part in ELEMENTS[code].parts
    }


def filled(place, month, by=None, **changed):
    """A complete draft; where it differs from the visits it says why."""
    report = open_report(facility=place, month=month, form=FORM.code, by=by)
    report = save_values(
        report=report, values=numbers(**changed), reasons={}, version=report.version, by=by
    )
    differing = [row.element for row in reports.sheet(report=report).rows if row.differs]
    return save_values(
        report=report,
        values={},
        reasons=dict.fromkeys(differing, "Dilayani di faskes lain"),
        version=report.version,
        by=by,
    )


def posted(report, **changed) -> dict:
    """What a browser sends when the page is saved: every box as it stands, then what was typed."""
    sheet = reports.sheet(report=report)
    data = {"tampil": SheetForm(sheet).seen}
    for row in sheet.rows:
        if row.is_computed:
            continue
        data |= {box.name: box.shown for box in row.boxes}
        if row.differs or row.reason:
            data[f"alasan|{row.element}"] = row.reason
    return data | {name.replace("__", "|"): value for name, value in changed.items()}

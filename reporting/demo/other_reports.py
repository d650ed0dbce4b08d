"""The reports that no visit says anything of, filled in as their own checks ask, all approved."""

from __future__ import annotations

from random import Random

from facilities.models import Facility
from ilp.core.months import Month
from reporting.actions.reports import open_report, save_values, take_step
from reporting.catalogue import FORMS
from reporting.catalogue.language import Form
from reporting.workflow import Step

# Those with a story of their own are filled in elsewhere.
APART = frozenset({"F1", "SDL", "KB", "BIAS"})
SIZE = (8, 60)  # of a whole of which other rows are parts
SMALL = (0, 4)  # of what is counted by itself


def file_other_reports(facility: Facility, month: Month, seed: int) -> None:
    """All of them that are due for a month at a place."""
    for form in FORMS.values():
        due = form.since <= month.last_day and (form.until is None or month.last_day < form.until)
        if form.code in APART or facility.kind not in form.kinds:
            continue
        if due and form.is_due(month):
            _file(form, facility, month, Random(f"{seed}:{form.code}:{facility.code}:{month}"))  # noqa: S311


def _file(form: Form, facility: Facility, month: Month, rng: Random) -> None:
    values = {(code, ""): number for code, number in numbers(form, rng).items()}
    report = open_report(facility=facility, month=month, form=form.code, by=None)
    report = save_values(report=report, values=values, reasons={}, version=report.version, by=None)
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        report = take_step(report=report, step=step, by=None, note="")


def numbers(form: Form, rng: Random) -> dict[str, int]:
    """A number for every row, parts never larger than their wholes."""
    whole_of = {check.left: check.right for check in form.checks if check.operator == "<="}
    wholes = set(whole_of.values())
    most = {item.element: item.most for item in form.items}
    found: dict[str, int] = {}

    def number(code: str) -> int:
        if code not in found:
            limit = most[code]
            if code in whole_of:
                above = number(whole_of[code])
                found[code] = min(above, round(above * rng.uniform(0.55, 1.02)))
            elif limit is not None:
                found[code] = int(rng.random() < 0.8) * limit
            else:
                found[code] = rng.randint(*(SIZE if code in wholes else SMALL))
        return found[code]

    return {code: number(code) for code in form.typed}

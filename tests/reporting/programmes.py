"""Programmes whose approval a form needs, and a report that waits for it."""

from ilp.core.months import Month
from reporting.actions import holders
from reporting.actions import reports as actions
from reporting.workflow import Step
from tests.reporting.sheets import filled

MONTH = Month(2025, 3)
SK = "SK Kepala Dinas 12/2025"
LIST = "/laporan/pengesahan/"


def programme(tree, name, *people, since=MONTH, by=None, **changes):
    given = {"district": tree["district"], "form": "F1", "source": SK} | changes
    return holders.set_holder(name=name, people=people, since=since, by=by, **given)


def verified(tree, place="first", month=MONTH):
    report = filled(tree[place], month)
    for step in (Step.SEND, Step.VERIFY):
        report = actions.take_step(report=report, step=step, by=None)
    return report


def approve(report, by):
    return actions.take_step(report=report, step=Step.APPROVE, by=by)

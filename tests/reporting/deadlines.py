"""Rules of when a report is due, and a place that is given longer, for tests."""

from datetime import date

from ilp.core.months import Month
from reporting.actions import deadlines as actions
from reporting.catalogue import FORMS
from reporting.selectors.deadlines import due_on

JANUARY, MARCH = Month(2025, 1), Month(2025, 3)
F1 = FORMS["F1"]
SATURDAY = date(2025, 4, 5)


def rule(**changes):
    usual = {
        "form": "F1", "kind": "", "day": 5, "days_after": None, "grace_days": 0,
        "to_workday": False, "source": "SK Kepala Dinas 4/2025",
    }  # fmt: skip
    return actions.Rule(**(usual | changes))


def set_rule(tree, since=JANUARY, by=None, **changes):
    return actions.set_deadline(district=tree["district"], rule=rule(**changes), since=since, by=by)


def until(tree, month=MARCH, form=F1, place="first"):
    return due_on(form, tree[place], month).until


def extend(tree, day=date(2025, 4, 20), **changes):
    usual = {"form": "F1", "month": MARCH, "reason": "Banjir", "by": None}
    return actions.grant_extension(place=tree["first"], until=day, **(usual | changes))

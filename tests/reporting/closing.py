"""The rule of a reporting month that closes early, for tests."""

from ilp.core.months import Month
from reporting.actions import deadlines as actions
from reporting.catalogue import FORMS
from reporting.selectors.deadlines import deadlines, due_on

JANUARY, MARCH = Month(2025, 1), Month(2025, 3)
F1 = FORMS["F1"]


def set_rule(tree, since=JANUARY, by=None, **changes):
    usual = {
        "form": "", "kind": "", "day": 5, "days_after": None, "grace_days": 0,
        "to_workday": False, "source": "SK Kepala Dinas 7/2025", "closes_on": 20,
    }  # fmt: skip
    rule = actions.Rule(**(usual | changes))
    return actions.set_deadline(district=tree["district"], rule=rule, since=since, by=by)


def window(tree, month=MARCH, form=F1, at="first"):
    return due_on(form, tree[at], month).window


def windows(place, months, form=F1):
    known = deadlines(places=[place.pk], months=months)
    return [known.window(form, place, month) for month in months]

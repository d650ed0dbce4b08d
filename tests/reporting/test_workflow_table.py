"""The whole table of steps: every role, status, step and place, with the month open and locked.

What is expected is written here by hand and not taken from reporting/workflow.py.
"""

import pytest
from django.db import transaction

from clusters.actions.locks import lock_month
from facilities.roles import Role
from ilp.core.errors import Forbidden
from ilp.core.months import Month
from reporting.actions.report_errors import WrongStep
from reporting.actions.reports import take_step
from reporting.models import Report, ReportEvent
from reporting.selectors.editing import MonthLocked, editing
from reporting.workflow import Status, Step
from tests.factories import worker
from tests.reporting.sheets import filled

MONTH = Month(2025, 3)
#            send    verify      approve     return      take_back
TABLE = """
draft        sent    -           -           -           -
sent         -       verified    -           returned    draft
verified     -       -           approved    returned    -
approved     -       -           -           returned    -
returned     sent    -           -           -           -
"""
STEPS = ("send", "verify", "approve", "return", "take_back")
WHO = {
    "kepala_dinas": "",
    "programmer": "approve return",
    "admin_dinas": "approve return",
    "admin_puskesmas": "send take_back",
    "kepala_puskesmas": "verify return",
    "nakes": "",
    "kader": "",
    "ti": "",
    "lihat": "",
}
PLACES = {"first": True, "district": True, "kec_one": True, "second": False, "melati": False,
          "desa_satu": False}  # fmt: skip
FILLERS = {"admin_puskesmas"}
UNSENT = {"draft", "returned"}


def leads() -> dict[tuple[str, str], str]:
    rows = [line.split() for line in TABLE.strip().splitlines()]
    return {
        (status, step): target
        for status, *targets in rows
        for step, target in zip(STEPS, targets, strict=True)
    }


LEADS = leads()


class Undo(Exception):
    """Leaves the transaction as it was."""


def outcome(report, step, user):
    """What the step did: the new status, or the name of the refusal, with nothing changed."""
    before = report.status
    try:
        with transaction.atomic():
            moved = take_step(report=report, step=Step(step), by=user, note="Periksa K")
            kept = Report.objects.get(pk=report.pk).status
            assert moved.status == kept
            assert ReportEvent.objects.get(report=report).step == step
            raise Undo
    except Undo:
        return kept
    except (Forbidden, WrongStep, MonthLocked) as refused:
        assert Report.objects.get(pk=report.pk).status == before
        assert not ReportEvent.objects.filter(report=report).exists()
        return type(refused).__name__


def expected(role, place, status, step, locked):
    if step not in WHO[role].split() or not PLACES[place]:
        return "Forbidden"
    if locked:
        return "MonthLocked"
    return "WrongStep" if LEADS[status, step] == "-" else LEADS[status, step]


def test_the_table_names_every_role_status_and_step():
    assert WHO.keys() == set(Role.values)
    assert LEADS.keys() == {(status, step) for status in Status.values for step in Step.values}


@pytest.mark.parametrize("locked", [False, True], ids=["open", "locked"])
@pytest.mark.parametrize("role", Role.values)
def test_every_step_from_every_status_by_this_role_at_every_place(tree, role, locked):
    report = filled(tree["first"], MONTH)
    users = {place: worker(role, tree[place]) for place in PLACES}
    if locked:
        lock_month(district=tree["district"], month=MONTH, by=None)
    found, wanted = {}, {}
    for status in Status.values:
        sent = None if status == "draft" else "2025-04-02T00:00Z"
        Report.objects.filter(pk=report.pk).update(status=status, sent_at=sent)
        report.refresh_from_db()
        for place, user in users.items():
            for step in STEPS:
                found[status, place, step] = outcome(report, step, user)
                wanted[status, place, step] = expected(role, place, status, step, locked)
            editable = role in FILLERS and PLACES[place] and status in UNSENT and not locked
            found[status, place, "edit"] = editing(report=report.pk, by=user).allowed
            wanted[status, place, "edit"] = editable

    assert found == wanted
    assert len(found) == 5 * 6 * 6

"""Every step, from every status, by every role, from inside, above and beside."""

import pytest

from facilities.roles import GRANTS, Role
from ilp.core.errors import Forbidden
from ilp.core.months import Month
from reporting.actions.reports import NoteMissing, WrongStep, take_step
from reporting.models import Report, ReportEvent
from reporting.workflow import EDITABLE, TRANSITIONS, Status, Step, steps_from
from tests.factories import worker
from tests.reporting.recaps import recap
from tests.reporting.sheets import filled

MAY = {
    Step.SEND: {Role.ADMIN_PUSKESMAS},
    Step.VERIFY: {Role.KEPALA_PUSKESMAS},
    Step.APPROVE: {Role.PROGRAMMER, Role.ADMIN_DINAS},
    Step.TAKE_BACK: {Role.ADMIN_PUSKESMAS},
    Step.RETURN: {Role.KEPALA_PUSKESMAS, Role.PROGRAMMER, Role.ADMIN_DINAS},
}
LEADS = {
    (Status.DRAFT, Step.SEND): Status.SENT,
    (Status.RETURNED, Step.SEND): Status.SENT,
    (Status.SENT, Step.TAKE_BACK): Status.DRAFT,
    (Status.SENT, Step.VERIFY): Status.VERIFIED,
    (Status.VERIFIED, Step.APPROVE): Status.APPROVED,
    (Status.SENT, Step.RETURN): Status.RETURNED,
    (Status.VERIFIED, Step.RETURN): Status.RETURNED,
    (Status.APPROVED, Step.RETURN): Status.RETURNED,
}
# From below a Puskesmas: to verify it is to approve it, and the Dinas has no step of its own.
LEADS_BELOW = {
    **{key: to for key, to in LEADS.items() if key[1] not in (Step.VERIFY, Step.APPROVE)},
    (Status.SENT, Step.VERIFY): Status.APPROVED,
    (Status.VERIFIED, Step.VERIFY): Status.APPROVED,
}
NOW = "2025-06-01T00:00Z"


@pytest.fixture
def report(tree):
    return filled(tree["first"], Month(2025, 3))


def put(report, status):
    sent = None if status == Status.DRAFT else NOW
    Report.objects.filter(pk=report.pk).update(status=status, sent_at=sent)


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("step", Step)
def test_each_step_leads_from_where_it_should_and_nowhere_else(report, status, step):
    put(report, status)

    if (status, step) in LEADS:
        assert (
            take_step(report=report, step=step, by=None, note="Periksa K").status
            == (LEADS[status, step])
        )
        assert ReportEvent.objects.get(report=report).step == step
    else:
        with pytest.raises(WrongStep):
            take_step(report=report, step=step, by=None, note="Periksa K")
        assert Report.objects.get(pk=report.pk).status == status


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", ["first", "district", "second", "melati"])
def test_only_the_role_in_reach_takes_the_step(tree, report, step, role, where):
    put(report, min(TRANSITIONS[step].sources))
    user = worker(role, tree[where])
    allowed = role in MAY[step] and where in ("first", "district")

    if allowed:
        take_step(report=report, step=step, by=user, note="Periksa K")
        assert ReportEvent.objects.get(report=report).by == user
    else:
        with pytest.raises(Forbidden):
            take_step(report=report, step=step, by=user, note="Periksa K")
        assert not ReportEvent.objects.exists()


@pytest.fixture
def below(tree):
    """The recap of a Posyandu of the first Puskesmas."""
    return recap(tree["melati"], Month(2026, 3))


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("step", Step)
def test_from_below_a_puskesmas_it_leads_to_the_puskesmas_and_no_further(below, status, step):
    put(below, status)

    if (status, step) in LEADS_BELOW:
        moved = take_step(report=below, step=step, by=None, note="Periksa N")
        assert moved.status == LEADS_BELOW[status, step]
        assert ReportEvent.objects.get(report=below).step == step
    else:
        with pytest.raises(WrongStep):
            take_step(report=below, step=step, by=None, note="Periksa N")
        assert Report.objects.get(pk=below.pk).status == status
    assert (step in Report(status=status, facility=below.facility).steps) is (
        (status, step) in LEADS_BELOW
    )


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("where", ["first", "district", "second", "melati", "mawar"])
def test_only_the_role_in_reach_takes_the_step_below(tree, below, step, role, where):
    put(below, min(TRANSITIONS[step].sources))
    user = worker(role, tree[where])
    in_reach = role in MAY[step] and where in ("first", "district", "melati")

    if in_reach and step is not Step.APPROVE:
        take_step(report=below, step=step, by=user, note="Periksa N")
        assert ReportEvent.objects.get(report=below).by == user
    else:
        with pytest.raises(WrongStep if in_reach else Forbidden):
            take_step(report=below, step=step, by=user, note="Periksa N")
        assert not ReportEvent.objects.exists()


def test_a_return_says_what_is_to_be_put_right(report):
    put(report, Status.SENT)

    with pytest.raises(NoteMissing):
        take_step(report=report, step=Step.RETURN, by=None, note="  ")


def test_no_role_holds_all_the_keys():
    chain = [TRANSITIONS[s].permission for s in (Step.SEND, Step.VERIFY, Step.APPROVE)]

    assert all(sum(p in held for p in chain) <= 1 for held in GRANTS.values())


def test_what_may_be_changed_may_be_sent():
    assert {s for s in Status if Step.SEND in steps_from(s)} == EDITABLE

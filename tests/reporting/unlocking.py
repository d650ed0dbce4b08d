"""A report of a locked month, and how it is asked to be opened, for tests."""

from django.test import Client
from django.urls import reverse

from clusters.actions.locks import lock_month
from clusters.models import LockedMonth
from ilp.core.months import Month
from reporting.actions import reports as actions
from reporting.actions.unlocking import ask_unlock
from reporting.models import Report
from reporting.workflow import Step
from tests.reporting.sheets import filled

MONTH = Month(2025, 3)
WHY = "K tertukar dengan D"


def locked(tree):
    """Approved, and its month locked."""
    made = filled(tree["first"], MONTH)
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        made = actions.take_step(report=made, step=step, by=None)
    lock_month(district=tree["district"], month=MONTH, by=None)
    return made


def ask(tree, by=None, at="first", reason=WHY, period=MONTH, form="F1"):
    return ask_unlock(place=tree[at], period=period, form=form, reason=reason, by=by)


def page(tree, form="F1", period=MONTH, at="first"):
    return reverse("reporting:unlock", args=[form, tree[at].code, period])


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def text(answer):
    return " ".join(answer.content.decode().split())


def status(report):
    return Report.objects.get(pk=report.pk).status


def is_locked(tree):
    return LockedMonth.objects.filter(district=tree["district"], month=MONTH).exists()

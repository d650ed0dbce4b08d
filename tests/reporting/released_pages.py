"""A month that was corrected since its release, and those who look at it, for tests."""

from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from facilities.selectors.glance import SESSIONS
from ilp.core import formats
from reporting.actions.releases import open_for_correction, release_month
from reporting.catalogue import indicators_on
from reporting.selectors.scores import scores
from reporting.totals import Data, showing
from reporting.views.caching import BODIES, PATHS
from tests.factories import worker
from tests.reporting.releasing import MONTH, correct, targets, with_visits

LIVE = {"d": "sementara"}
PAGE = reverse("reporting:release", args=[MONTH])


def forget():
    """Empty what pages are kept in, so that no test sees one of another."""
    cache.clear()
    for memory in (BODIES, PATHS, SESSIONS):
        memory.clear()


def corrected_since(tree):
    """Released, opened, and corrected since: the released and the live scores of the district."""
    with_visits(tree)
    district = tree["district"]
    release_month(district=district, month=MONTH, by=None)
    open_for_correction(district=district, month=MONTH, by=None, reason="Susulan")
    correct(tree)
    targets(tree, 55)
    return tree, told(Data.RELEASED, district), told(Data.LIVE, district)


def told(data, district):
    listed = indicators_on(MONTH.last_day).values()
    with showing(data):
        found = scores(places=[district.pk], indicators=listed, month=MONTH)
    return {code: score for (_place, code), score in found.items()}


def changed(before, after):
    """An indicator with a value on both sides that is another now."""
    return next(
        code for code in before
        if before[code].value is not None is not after[code].value
        and before[code].value != after[code].value
        and before[code].indicator.unit == "%"
    )  # fmt: skip


def signed_in(role, at):
    client = Client()
    client.force_login(worker(role, at))
    return client


def text(answer):
    return answer.content.decode()


def stamp(number=1):
    return f"Rilis {formats.day(timezone.localdate())}, rev. {number}"

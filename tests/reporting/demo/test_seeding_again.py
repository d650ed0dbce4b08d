"""The demo where something was there before, or nothing at all."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from clusters.models import VISITS, Person
from reporting.demo.accounts import accounts, open_accounts
from reporting.demo.places import known_places, open_places, plan
from reporting.demo.sizes import SIZES
from reporting.models import Report

pytestmark = pytest.mark.django_db


def test_a_run_that_was_broken_off_is_completed():
    planned = plan(SIZES["mini"])
    open_accounts(accounts(planned[0]), open_places(planned), None)
    out = io.StringIO()
    call_command("seed_demo", "--size", "mini", stdout=out, stderr=io.StringIO())
    summary = json.loads(out.getvalue())
    assert summary["visits"] == sum(model.objects.count() for model in VISITS.values()) > 300
    assert summary["people"] == Person.objects.count() > 80
    assert Report.objects.exists()


def test_without_a_demo_there_are_no_facts_but_a_hint():
    with pytest.raises(CommandError, match="seed_demo"):
        call_command("demo_facts", stdout=io.StringIO())


def test_before_the_first_run_no_place_is_known():
    assert known_places() == {}

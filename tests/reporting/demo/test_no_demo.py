"""The demo where nothing is there yet."""

import io

import pytest
from django.core.management import CommandError, call_command

from reporting.demo.places import known_places

pytestmark = pytest.mark.django_db


def test_without_a_demo_there_are_no_facts_but_a_hint():
    with pytest.raises(CommandError, match="seed_demo"):
        call_command("demo_facts", stdout=io.StringIO())


def test_before_the_first_run_no_place_is_known():
    assert known_places() == {}

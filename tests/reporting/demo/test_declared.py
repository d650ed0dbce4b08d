"""Any service at all can be made up from its declaration, within its ranges and rules."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest

from clusters.services import SERVICES
from reporting.demo import declared
from reporting.demo.contacts import Setting
from reporting.demo.district import TOLD
from reporting.demo.people import Someone
from tests.reporting.demo.made_up import SPAN, small

AGES = (0, 1, 2, 3, 9, 16, 25, 33, 47, 68)  # in years, at the end of the span


@pytest.fixture(scope="module")
def at():
    centre = small()[0].planned
    home = centre.villages[0].posyandu[0]
    return Setting(centre, home, SPAN, {}, 1.0, 1.0, Random(5))


def everybody(at):
    last = SPAN.last.last_day
    for number in range(600):
        born = date(last.year - AGES[number % len(AGES)], 1, 1 + number % 28)
        yield Someone("", f"Orang {number}", "LP"[number % 2], born, "", at.home)


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_visits_follow_from_a_declaration(service, at, monkeypatch):
    monkeypatch.setattr(declared, "SEEN", 1)
    contacts = [c for person in everybody(at) for c in declared.visits(service, person, at)]
    assert contacts
    for contact in contacts:
        assert contact.person.sex in service.sexes
        assert contact.values.keys() == set(service.typed)
        for field in service.numeric:
            low, high = field.reject or (0, 1)
            value = contact.values[field.name]
            assert value is None or low <= value <= high


def test_some_come_and_most_do_not(at):
    service = SERVICES["adult"]
    contacts = [c for person in everybody(at) for c in declared.visits(service, person, at)]
    assert 0 < len(contacts) < 80


def test_nothing_is_made_up_where_everything_contradicts(at, monkeypatch):
    monkeypatch.setattr(declared, "SEEN", 1)
    rule = replace(SERVICES["adult"].rules[0], broken=lambda values: True, warning=False)
    service = replace(SERVICES["adult"], rules=(rule,))
    assert [c for person in everybody(at) for c in declared.visits(service, person, at)] == []


def test_whose_story_is_told_is_declared():
    assert set(SERVICES) >= TOLD

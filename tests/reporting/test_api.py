"""The API gives what the selector gives, to those who may take it."""

from random import Random

import pytest
from django.test import Client

from ilp.core.months import Month
from reporting.actions.roll_up import roll_up_changed
from reporting.actions.targets import set_targets
from reporting.catalogue import indicators_on
from reporting.selectors.scores import scores
from tests.factories import worker
from tests.reporting import rows

MONTH = Month(2025, 3)
SCORES = "/api/v1/scores/"


@pytest.fixture
def numbers(tree):
    places = [tree[key] for key in ("melati", "mawar", "first", "second")]
    rows.write("growth", rows.random_growth(Random(5), places), places)
    rows.write("antenatal", rows.random_antenatal(Random(6), places), places)
    set_targets(
        district=tree["district"], year=2025, basis="proyeksi", since=Month(2025, 1), source="SK",
        rows=[("99.01.01.2001", "S_BUMIL", 37), ("99.01.02.2001", "S_BUMIL", 41)], by=None,
    )  # fmt: skip
    roll_up_changed()


def client(role, place):
    browser = Client()
    browser.force_login(worker(role, place))
    return browser


@pytest.fixture
def programmer(tree):
    return client("programmer", tree["district"])


def test_scores_are_those_of_the_selector_unrounded(tree, numbers, programmer):
    answer = programmer.get(SCORES, {"place": "99.01", "month": "2025-03"}).json()

    listed = indicators_on(MONTH.last_day).values()
    expected = scores(places=[tree["district"].pk], indicators=listed, month=MONTH)
    assert len(answer) == len(listed)
    assert any(row["value"] not in (None, 0) for row in answer)
    for row in answer:
        score = expected[tree["district"].pk, row["indicator"]]
        for name in ("numerator", "denominator", "value", "target", "target_now"):
            assert row[name] == getattr(score, name), (row, name)
        assert row["status"] == score.standing


def test_children_are_the_places_below(numbers, programmer):
    query = {"place": "99.01", "month": "2025-03", "children": "puskesmas", "indicators": "SPM01"}

    answer = programmer.get(SCORES, query).json()

    assert [row["place"] for row in answer] == ["P9901020101", "P9901010101"]
    assert {row["denominator"] for row in answer} == {37, 41}


def test_who_has_not_signed_in_gets_401_and_costs_no_query():
    for path in (SCORES, "/api/v1/indicators/", "/api/schema/"):
        assert Client().get(path).status_code == 401


def test_who_may_not_take_numbers_out_gets_403(tree):
    for role in ("lihat", "ti", "kader"):
        answer = client(role, tree["district"]).get(SCORES, {"place": "99.01", "month": "2025-03"})
        assert answer.status_code == 403


def test_what_lies_outside_the_scope_is_not_found(tree):
    admin = client("admin_puskesmas", tree["first"])
    query = {"month": "2025-03", "indicators": "SPM01"}

    assert admin.get(SCORES, query | {"place": "P9901010101"}).status_code == 200
    for place in ("P9901020101", "99.01", "nowhere", ""):
        assert admin.get(SCORES, query | {"place": place}).status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"month": "2025-13"}, 400),
        ({"month": "x"}, 400),
        ({"indicators": "NOPE"}, 400),
        ({"indicators": ",".join(["SPM01"] * 101)}, 400),
        ({"children": "kota"}, 404),
        ({"children": "sekolah"}, 200),
    ],
)
def test_nonsense_is_answered_in_words(programmer, db, query, status):
    answer = programmer.get(SCORES, {"place": "99.01", "month": "2025-03"} | query)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"


def test_indicators_with_their_definitions(programmer):
    listed = programmer.get("/api/v1/indicators/", {"month": "2025-03"}).json()

    held = indicators_on(MONTH.last_day)
    assert {row["code"] for row in listed} == held.keys()
    for row in listed:
        goal = held[row["code"]].goal(MONTH.last_day)
        assert row["target"] == (goal and goal.value)
        assert row["definition"]


def test_the_description_names_every_path(programmer):
    text = programmer.get("/api/schema/").content.decode()

    assert "/api/v1/scores/" in text
    assert "target_now" in text


def test_it_only_reads(programmer):
    assert programmer.post(SCORES).status_code in (403, 405)

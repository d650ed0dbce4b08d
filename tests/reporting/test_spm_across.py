"""SPM 4 by hand, of a child whose care was written down in several services."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from clusters.actions.visits import cancel_visit
from clusters.models import Development, Growth, Milestone, Person
from clusters.selectors.standards import counts_of, standards_of
from ilp.core.months import Month
from reporting.actions.roll_up import roll_up_changed
from reporting.catalogue import INDICATORS
from reporting.selectors.scores import scores
from tests.reporting.rows import incoming, write

DECEMBER = Month(2025, 12)
CHILD = {"nik": "9901011006230001", "born_on": date(2023, 6, 1), "sex": "L"}


def numerator(tree, code):
    roll_up_changed()
    place = tree["first"].pk
    found = scores(places=[place], indicators=[INDICATORS[code]], month=DECEMBER)
    return found[place, code].numerator


@pytest.fixture
def record(tree):
    """Write visits of one person: the day and what is written down; where they were made."""

    def run(service, *visits, who=CHILD, at="first"):
        rows = [
            incoming(service, **who, seen_on=day, facility=tree[at], home=tree["melati"],
                     row=number, **values)
            for number, (day, values) in enumerate(visits, start=2)
        ]  # fmt: skip
        assert write(service, rows, None).new == len(rows)

    return run


def weighings(*, looked_at=0, first=1):
    """Eight months from January on or another: all that SPM 4 asks for, but for development."""
    for number in range(8):
        yield (
            date(2025, first + number, 10),
            {
                "weight": 11.0 + number / 10,
                "height": 84.0 + number,
                "measured": "h",
                "vitamin_a": "merah",
                "kpsp": 9 if number < looked_at else None,
            },
        )


def by_form(*days, score=9):
    return [(day, {"kpsp_form": 21, "kpsp": score, "hearing": "normal"}) for day in days]


MARCH, SEPTEMBER = date(2025, 3, 5), date(2025, 9, 5)


@pytest.mark.parametrize("code", ["SPM04", "AN37"])
@pytest.mark.parametrize(
    ("looked_at", "forms", "number"),
    [
        (1, [MARCH], 1),
        (0, [MARCH, SEPTEMBER], 1),
        (0, [MARCH], 0),
        (1, [], 0),
        (1, [date(2025, 1, 10)], 0),  # written down twice on one day
        (1, [date(2024, 12, 5)], 0),  # last year's
    ],
    ids=["one-each", "forms-alone", "one-form", "one-weighing", "one-day", "last-year"],
)
def test_development_is_counted_from_both_services(tree, record, code, looked_at, forms, number):
    record("growth", *weighings(looked_at=looked_at))
    if forms:
        record("development", *by_form(*forms), at="second")
    assert numerator(tree, code) == number


def test_a_form_without_kpsp_is_no_look_at_development(tree, record):
    record("growth", *weighings(looked_at=1))
    record("development", (MARCH, {"hearing": "normal"}))
    assert numerator(tree, "SPM04") == 0


def test_a_form_before_the_first_birthday_counts_for_an_37_alone(tree, record):
    """The form on 5 March, at eleven months; all eight weighings from April on."""
    who = CHILD | {"born_on": date(2024, 3, 20)}
    record("growth", *weighings(looked_at=1, first=4), who=who)
    record("development", *by_form(MARCH), who=who)
    assert numerator(tree, "AN37") == 1
    assert numerator(tree, "SPM04") == 0


def test_a_form_that_comes_later_or_is_cancelled_is_followed(tree, record):
    """Also where the child was not weighed in the service that was changed."""
    record("growth", *weighings(looked_at=1))
    assert numerator(tree, "SPM04") == 0
    record("development", *by_form(SEPTEMBER), at="second")
    assert numerator(tree, "SPM04") == 1
    reached = Milestone.objects.get(code="spm4_balita")
    form = Development.objects.get()
    assert (reached.on, reached.facility, reached.home) == (SEPTEMBER, tree["second"], form.home)
    assert (reached.visit_service, reached.visit_id) == ("development", form.pk)
    cancel_visit(visit=form, by=None)
    assert numerator(tree, "SPM04") == 0


def test_a_visit_of_the_service_itself_is_said_to_be_one(tree, record):
    record("development", *by_form(date(2025, 2, 5), MARCH))
    record("growth", *weighings())
    roll_up_changed()
    reached = Milestone.objects.get(code="spm4_balita")
    assert reached.visit_service is None
    assert reached.visit_id == Growth.objects.order_by("seen_on").last().pk


def test_explain_says_of_which_service_the_visits_are(tree, record):
    record("growth", *weighings(looked_at=1))
    record("development", *by_form(SEPTEMBER))
    roll_up_changed()
    out = StringIO()
    call_command("explain", "SPM04", f"--place={tree['first'].code}", "--month=2025-12", stdout=out)
    rows = json.loads(out.getvalue())["rows"]
    found = {row["service"]: row["ids"] for row in rows if row["kind"] == "milestone"}
    assert found == {"growth": [], "development": [Development.objects.get().pk]}


def test_the_card_says_what_is_still_missing_of_both(tree, record):
    record("growth", *weighings(looked_at=1))
    record("development", *by_form(date(2025, 1, 10), MARCH), at="second")
    person = Person.objects.get()
    found = standards_of(person, counts_of(person), date(2025, 9, 30))
    (spm4,) = [one for one in found if one.code == "spm4_balita"]
    looked_at = next(part for part in spm4.parts if "KPSP" in part.words)
    assert (looked_at.done, looked_at.needed) == (2, 2)
    assert looked_at.words == (
        "Skor KPSP atau Checklist perkembangan lengkap; atau pada Perkembangan anak (SDIDTK): "
        "Hasil KPSP"
    )
    Development.objects.get(seen_on=MARCH).delete()
    found = standards_of(person, counts_of(person), date(2025, 9, 30))
    (spm4,) = [one for one in found if one.code == "spm4_balita"]
    assert [(part.words, part.done) for part in spm4.missing] == [(looked_at.words, 1)]

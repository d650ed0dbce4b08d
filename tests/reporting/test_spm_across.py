"""SPM 4 and 12 by hand, of people whose care was written down in several services."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from clusters.actions.visits import cancel_visit
from clusters.models import Antenatal, Development, Growth, Milestone, Person
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
    return found[place, code].numerator or 0  # none where nobody reached anything all year


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
    record("immunisation", (date(2025, 10, 6), {"antigens": ["DPT4", "MR2"]}), who=who)
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
    form = Development.objects.get().pk
    assert found == {"growth": [], "development": [form], "immunisation": []}


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


WOMAN = {"nik": "9901015203900001", "born_on": date(1990, 3, 12), "sex": "P"}
EXPECTING = {"lmp_on": date(2025, 1, 6)}
PREGNANT = ("antenatal", (MARCH, EXPECTING | {"hiv_test": True, "counselling": True}))
FOUND = ("tb_case", (MARCH, {"diagnosed_on": MARCH, "hiv_status": "negatif"}))
AT_RISK = ("hiv_test", (SEPTEMBER, {"education": True, "r1": "nonreaktif"}))


@pytest.mark.parametrize(
    ("visits", "tested", "served"),
    [
        ([PREGNANT], 1, 1),
        ([AT_RISK], 1, 1),
        ([PREGNANT, AT_RISK], 1, 1),
        ([PREGNANT, FOUND, AT_RISK], 1, 1),
        ([FOUND], 1, 0),  # that anybody spoke of HIV with her is written down nowhere
        ([FOUND, ("hiv_test", (SEPTEMBER, {"education": True}))], 1, 1),
        ([("antenatal", (MARCH, EXPECTING | {"hiv_test": True}))], 1, 0),
        ([("antenatal", (MARCH, EXPECTING | {"counselling": True}))], 0, 0),
        ([("hiv_test", (MARCH, {"education": True, "r1": "reaktif"}))], 1, 0),
        ([("tb_case", (MARCH, {"diagnosed_on": MARCH, "hiv_status": "tidak"}))], 0, 0),
        ([("tb_case", (MARCH, {"diagnosed_on": date(2024, 11, 5), "hiv_status": "negatif"}))],
         0, 0),
    ],
)  # fmt: skip
def test_who_was_tested_counts_once_wherever_it_was(tree, record, visits, tested, served):
    for number, (service, visit) in enumerate(visits):
        record(service, visit, who=WOMAN, at=("first", "second")[number % 2])
    assert (numerator(tree, "HI01"), numerator(tree, "SPM12")) == (tested, served)


def test_the_same_woman_counts_in_another_year_again(tree, record):
    record("antenatal", (date(2024, 12, 30), {"weeks": 12, "hiv_test": True}), who=WOMAN)
    record(*AT_RISK, who=WOMAN)
    roll_up_changed()
    reached = Milestone.objects.filter(code="hiv_dites").order_by("on")
    assert [(one.scope.year, one.visit_service) for one in reached] == [
        (2024, "antenatal"), (2025, None),
    ]  # fmt: skip


def test_a_pregnant_woman_never_seen_elsewhere_is_followed_when_her_visit_goes(tree, record):
    record(*PREGNANT, who=WOMAN)
    assert numerator(tree, "SPM12") == 1
    cancel_visit(visit=Antenatal.objects.get(), by=None)
    assert numerator(tree, "SPM12") == 0
    assert not Milestone.objects.filter(service="hiv_test").exists()


def test_the_card_asks_who_is_pregnant_for_what_spm_12_lacks(tree, record):
    record("antenatal", (MARCH, EXPECTING | {"hiv_test": True}), who=WOMAN)
    person = Person.objects.get()

    def due(today):
        found = standards_of(person, counts_of(person), today)
        return [one for one in found if one.code == "spm12_hiv"]

    (spm12,) = due(date(2025, 6, 2))
    assert [(part.words, part.done) for part in spm12.missing] == [
        ("Edukasi; atau pada Pemeriksaan kehamilan (ANC): Temu wicara", 0)
    ]
    assert due(date(2026, 1, 2)) == []  # the year after she is no longer asked

"""SPM 4 by hand: the doses of 18 months, asked in the year in which a child comes to that age."""

from datetime import date

import pytest

from clusters.actions.visits import cancel_visit
from clusters.models import Immunisation, Milestone, Person
from clusters.selectors.standards import counts_of, standards_of
from ilp.core.months import Month
from reporting.actions.roll_up import roll_up_changed
from reporting.catalogue import INDICATORS
from reporting.selectors.scores import scores
from tests.reporting.rows import incoming, write

BORN = date(2024, 1, 5)  # twelve months old on 5 January 2025, eighteen on 5 July
BOTH = ["DPT4", "MR2"]
TOLD = ("DPT-HB-Hib 4 (sejak umur 18 bulan)", "MR 2 (sejak umur 18 bulan)")


@pytest.fixture
def child(tree):
    """Eight months of a year with all that is done at weighings, and doses on these days."""

    def write_down(*doses, born_on=BORN, year=2025, at="second"):
        weighed = [
            (date(year, month, 10), {"weight": 10 + month / 5, "height": 76.0 + month,
             "measured": "h", "kpsp": 9, "vitamin_a": "merah"})
            for month in range(1, 9)
        ]  # fmt: skip
        given = [(day, {"antigens": antigens}) for day, antigens in doses]
        for service, visits, place in (("growth", weighed, "first"), ("immunisation", given, at)):
            rows = [
                incoming(service, nik="9901010501240001", born_on=born_on, sex="L", seen_on=day,
                         facility=tree[place], home=tree["melati"], row=number, **values)
                for number, (day, values) in enumerate(visits, start=2)
            ]  # fmt: skip
            write(service, rows, None)
        roll_up_changed()

    return write_down


def reached():
    return list(Milestone.objects.filter(code="spm4_balita").values_list("scope", "on"))


def numerator(tree, month):
    place = tree["first"].pk
    found = scores(places=[place], indicators=[INDICATORS["SPM04"]], month=month)
    return found[place, "SPM04"].numerator or 0


def test_a_child_of_one_year_counts_on_the_day_of_the_last_dose(tree, child):
    child((date(2025, 7, 20), ["DPT4"]), (date(2025, 10, 3), ["MR2"]))
    assert reached() == [(date(2025, 1, 1), date(2025, 10, 3))]
    assert [numerator(tree, Month(2025, month)) for month in (9, 10)] == [0, 1]
    last = Immunisation.objects.get(seen_on=date(2025, 10, 3))
    found = Milestone.objects.get(code="spm4_balita")
    assert (found.visit_service, found.visit_id) == ("immunisation", last.pk)
    assert (found.facility, found.home) == (tree["second"], tree["melati"])


def test_doses_before_the_last_weighing_leave_its_day(child):
    child((date(2025, 7, 20), BOTH))
    assert reached() == [(date(2025, 1, 1), date(2025, 8, 10))]
    assert Milestone.objects.get(code="spm4_balita").visit_service is None


@pytest.mark.parametrize(
    "doses",
    [
        [],
        [(date(2025, 7, 20), ["DPT4"])],
        [(date(2025, 7, 20), ["MR2"])],
        [(date(2025, 6, 27), BOTH)],  # 539 days old: too early by a day, so they do not count
        [(date(2025, 7, 20), ["DPT4"]), (date(2026, 1, 2), ["MR2"])],
    ],
    ids=["none", "no-mr", "no-dpt", "too-early", "next-year"],
)
def test_a_child_of_one_year_that_lacks_a_dose_does_not_count(child, doses):
    child(*doses)
    assert reached() == []


@pytest.mark.parametrize(
    ("born_on", "asked"),
    [
        (date(2023, 6, 30), False),  # eighteen months on 30 December 2024
        (date(2023, 7, 1), True),  # on 1 January 2025
        (date(2022, 3, 1), False),  # two years old, and all year
    ],
)
def test_only_the_year_of_eighteen_months_asks(child, born_on, asked):
    child(born_on=born_on)
    assert reached() == ([] if asked else [(date(2025, 1, 1), date(2025, 8, 10))])


def test_the_doses_of_the_days_before_the_year_are_doses(child):
    """540 days old on 23 December 2024, eighteen months on 2 January 2025."""
    child((date(2024, 12, 24), BOTH), born_on=date(2023, 7, 2))
    assert reached() == [(date(2025, 1, 1), date(2025, 8, 10))]


def test_the_years_before_2025_are_left_as_they_were(child):
    child(born_on=date(2023, 1, 5), year=2024)
    assert reached() == [(date(2024, 1, 1), date(2024, 8, 10))]


def test_a_dose_that_is_cancelled_is_followed(child):
    child((date(2025, 9, 20), BOTH))
    assert reached() == [(date(2025, 1, 1), date(2025, 9, 20))]
    cancel_visit(visit=Immunisation.objects.get(), by=None)
    roll_up_changed()
    assert reached() == []


def spm_4(today):
    person = Person.objects.get()
    found = standards_of(person, counts_of(person), today)
    return next(one for one in found if one.code == "spm4_balita")


def test_the_card_names_the_dose_that_is_missing(child):
    child((date(2025, 7, 20), ["DPT4"]))
    parts = {part.words: (part.done, part.needed) for part in spm_4(date(2025, 9, 30)).parts}
    assert [parts[words] for words in TOLD] == [(1, 1), (0, 1)]
    assert [part.words for part in spm_4(date(2025, 9, 30)).missing] == [TOLD[1]]


@pytest.mark.parametrize("day", [date(2025, 3, 1), date(2026, 3, 1)])
def test_the_card_asks_all_year_and_not_in_the_next(child, day):
    child()
    asked = {part.words for part in spm_4(day).parts} & set(TOLD)
    assert asked == (set(TOLD) if day.year == 2025 else set())

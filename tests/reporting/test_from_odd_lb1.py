"""LB1 as people draw it: ages in other spellings, old cases beside the ages, columns of no age."""

import pytest

from ilp.core.months import Month
from reporting.actions.reports import open_report
from tests.reporting.test_from_national import read

AGES = {
    **{"0-7 Hr": "0-7h", "8–28 hari": "8-28h", "29hr-<1th": "1-11b", "1-4 thn": "1-4"},
    **{"5-9 Th": "5-9", "10-14th": "10-14", "15-19": "15-19", "20-44": "20-44", "45-54": "45-54"},
    **{"55-59": "55-59", "60-69": "60-69", "≥70": "70+"},
}
DISEASES = (("J06", "ISPA"), ("A09", "Diare"), ("I10", "Hipertensi"))


@pytest.fixture
def lb1(tree):
    return open_report(facility=tree["first"], month=Month(2026, 5), form="LB1", by=None)


def table(ages, diseases=DISEASES, parts=("L", "P"), more=()):
    """A recap: ages over sexes, `more` columns behind them; each cell holds its column's number."""
    top = ["No", "Kode", "Penyakit"]
    for age in ages:
        top += [age, *[None] * (len(parts) - 1)]
    low = [None, None, None, *parts * len(ages), *more]
    numbers = range(1, len(low) - 2)
    body = [[n, code, name, *numbers] for n, (code, name) in enumerate(diseases, start=1)]
    return [["LAPORAN BULANAN LB1"], [], [*top, *[None] * len(more)], low, *body]


def test_ages_in_any_spelling(lb1):
    found = read(lb1, LB1=table(AGES))
    said = {part: text for (element, part), text in found.cells.items() if element == "lb1_j06"}
    assert said == {
        f"{sex}:{age}": str(2 * at + nth)
        for at, age in enumerate(AGES.values())
        for nth, sex in enumerate("LP", start=1)
    }
    assert found.notes == []


def test_old_cases_that_stand_a_level_above_the_ages(lb1):
    rows = table(AGES, more=("L", "P"))
    above = [None, None, None, "Kasus baru menurut umur", *[None] * 23, "Kasus lama", None]
    found = read(lb1, LB1=[*rows[:2], above, *rows[2:]])
    assert (found.cells["lb1_j06", "L:lama"], found.cells["lb1_j06", "P:lama"]) == ("25", "26")
    assert found.cells["lb1_j06", "P:70+"] == "24"
    assert found.notes == []


def test_columns_of_ages_that_are_not_the_forms_are_told(lb1):
    ages = [*list(AGES)[:-1], "70-79 th", "80 th ke atas"]
    found = read(lb1, LB1=table(ages))
    assert len(found.notes) == 4
    assert "Kolom “70 79 thn > laki laki” tidak dikenal, jadi tidak dibaca." in found.notes
    assert ("lb1_j06", "L:70+") not in found.cells


def test_sums_of_each_age_are_not_told_as_unknown(lb1):
    found = read(lb1, LB1=table(AGES, parts=("L", "P", "Jml")))
    assert (found.cells["lb1_j06", "P:8-28h"], found.notes) == ("5", [])


def test_a_code_in_small_letters_is_a_code(lb1):
    found = read(lb1, LB1=table(AGES, [*DISEASES[:2], ("i10", "Hipertensi")]))
    assert (found.unknown, found.guessed) == ([], {"lb1_i10_i15": "i10"})

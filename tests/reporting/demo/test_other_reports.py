"""The reports of the demo keep the rules of their forms."""

from random import Random

import pytest

from ilp.core.months import Month
from reporting.catalogue import FORMS
from reporting.demo.other_reports import APART, Around, happened, numbers


def around(people=2700, month=10):
    lasting = Random(people)
    return Around(people, 5, 15, 2, inpatient=True, month=Month(2026, month), lasting=lasting)


@pytest.mark.parametrize("code", sorted(set(FORMS) - APART))
def test_every_row_is_filled_and_every_check_holds(code):
    form = FORMS[code]
    for seed in range(20):
        found = numbers(form, around(), Random(seed))
        assert set(found) == set(form.typed)
        assert all(check.holds(found) for check in form.checks)
        for item in form.items:
            assert item.most is None or found[item.element] <= item.most


def year(people, code, form="P2P"):
    return sum(numbers(FORMS[form], around(people), Random(n))[code] for n in range(12))


def test_diseases_are_as_rare_as_in_life():
    assert 20 < year(1_000_000, "kusta_baru") < 100
    assert 300 < year(1_000_000, "dbd_kasus") < 600
    assert year(1_000_000, "malaria_positif") == year(1_000_000, "frambusia") == 0
    assert year(2_700, "dbd_kasus") < 10


def test_what_is_rare_comes_as_often_as_expected():
    rng = Random(1)
    assert 0.2 < sum(happened(0.25, rng) for _ in range(2000)) / 2000 < 0.3
    assert happened(0.0, rng) == 0


def test_what_stands_does_not_jump_and_what_is_spent_grows():
    spring, autumn = (
        numbers(FORMS["MANAJEMEN"], around(month=month), Random(month)) for month in (3, 9)
    )
    assert spring["jkn_peserta"] == autumn["jkn_peserta"] > 2_400
    assert spring["pagu"] == autumn["pagu"] >= autumn["realisasi"] > 2 * spring["realisasi"]

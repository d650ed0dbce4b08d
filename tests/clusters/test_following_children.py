"""Growth labels and doses that follow from visits, against plain Python of its own."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest

from clusters.actions.following import follow_touched
from clusters.actions.visits import cancel_visit
from clusters.models import Growth, GrowthMonth, Immunisation, Milestone
from tests.clusters.following import SEED, take
from tests.clusters.workbooks import nik

ANTIGENS = {  # code: (title, least age in days)
    "HB0": ("HB0", 0), "BCG": ("BCG", 0), "OPV1": ("OPV 1", 0), "OPV2": ("OPV 2", 56),
    "OPV3": ("OPV 3", 84), "OPV4": ("OPV 4", 112), "DPT1": ("DPT-HB-Hib 1", 56),
    "DPT2": ("DPT-HB-Hib 2", 84), "DPT3": ("DPT-HB-Hib 3", 112), "IPV1": ("IPV 1", 112),
    "IPV2": ("IPV 2", 252), "MR1": ("MR 1", 270), "DPT4": ("DPT-HB-Hib 4", 540),
    "MR2": ("MR 2", 540),
}  # fmt: skip
BASIC = ["HB0", "BCG", "OPV1", "OPV2", "OPV3", "OPV4", "DPT1", "DPT2", "DPT3", "IPV1", "MR1"]
# Least gain in grams by completed month of age, boys and girls, as printed on the growth card.
GAIN = {
    "L": [None, 800, 900, 800, 600, 500, 400, 400] + [300] * 3 + [300] + [200] * 49,
    "P": [None, 800, 900, 800, 600, 500, 400, 300] + [300] * 3 + [200] + [200] * 49,
}


def child_row(number, sex, born, seen, **values):
    return {
        **{"NIK": nik(number, born, sex), "Nama": "Anak", "Nama ibu": "Ibu"},
        **{"Tanggal lahir": born, "Jenis kelamin": sex, "Posyandu": "Melati"},
        "Tanggal kunjungan": seen,
    } | values


def check_labels():
    by_child = defaultdict(dict)
    weights = Growth.objects.filter(cancelled_at=None, weight__isnull=False)
    for v in weights.order_by("seen_on", "pk"):
        month = v.seen_on.year * 12 + v.seen_on.month - 1
        by_child[v.person_id][month] = (v.weight, v.sex, v.age_months)  # the last one counts
    expected = {}
    for person, months in by_child.items():
        for month, (weight, sex, age) in months.items():
            before = [m for m in months if m < month]
            if not before:
                label = "B"
            elif month - 1 not in months:
                label = "O"
            else:
                gained = (weight - months[month - 1][0]) * 1000
                label = "N" if gained >= (GAIN[sex][age] or 1) else "T"
            expected[person, month] = label
    got = {
        (g.person_id, g.month.year * 12 + g.month.number - 1): g.label
        for g in GrowthMonth.objects.all()
    }
    assert got == expected
    twice = {
        (g.person_id, g.month.year * 12 + g.month.number - 1)
        for g in GrowthMonth.objects.filter(twice_t=True)
    }
    assert twice == {
        (person, month)
        for (person, month), label in expected.items()
        if label == "T" and expected.get((person, month - 1)) == "T"
    }
    return set(expected.values())


def test_growth_labels_after_import_correction_and_cancellation(tree):
    chance = random.Random(SEED)
    rows = []
    for number in range(60):
        sex, born = chance.choice("LP"), date(2024, 1, 1) + timedelta(days=chance.randrange(300))
        weight = 3.2
        for month in range(1, 16):
            weight += chance.choice([0.1, 0.2, 0.3, 0.4, 0.9])
            seen = born + timedelta(days=30 * month + chance.randrange(12))
            if chance.random() < 0.75 and seen < date(2025, 9, 1):
                values = {"Berat badan (kg)": round(weight, 2)}
                rows.append(child_row(number + 1, sex, born, seen, **values))
    chance.shuffle(rows)
    take(tree, rows[:200], "growth")
    check_labels()
    take(tree, rows[200:], "growth")
    assert check_labels() == {"N", "T", "O", "B"}
    changed = [r | {"Berat badan (kg)": r["Berat badan (kg)"] + 0.3} for r in rows[:60]]
    take(tree, changed, "growth")
    check_labels()
    for visit in chance.sample(list(Growth.objects.all()), 60):
        cancel_visit(visit=visit, by=None)
    follow_touched(by=None)
    check_labels()


def check_doses():
    by_child = defaultdict(dict)
    born_on = {}
    for v in Immunisation.objects.filter(cancelled_at=None).select_related("person"):
        born_on[v.person_id] = v.person.born_on
        for code in v.antigens or ():
            if v.age_days >= ANTIGENS[code][1]:
                known = by_child[v.person_id].get(code)
                by_child[v.person_id][code] = min(known or v.seen_on, v.seen_on)
    expected = set()
    for person, doses in by_child.items():
        expected |= {(person, code.lower(), day) for code, day in doses.items()}
        wanted = BASIC + (["IPV2"] if born_on[person] >= date(2023, 1, 1) else [])
        days = [doses.get(code) for code in wanted]
        if all(days) and all((day - born_on[person]).days <= 365 for day in days):
            expected.add((person, "idl", max(days)))
        if {"DPT4", "MR2"} <= doses.keys():
            expected.add((person, "baduta_lengkap", max(doses["DPT4"], doses["MR2"])))
    codes = {code.lower() for code in ANTIGENS} | {"idl", "baduta_lengkap"}
    got = Milestone.objects.filter(code__in=codes).values_list("person", "code", "on")
    assert set(got) == expected
    return {code for _person, code, _day in expected}


def test_doses_and_complete_immunisation(tree):
    chance = random.Random(SEED)
    rows = []
    for number in range(50):
        sex = chance.choice("LP")
        born = date(2022, 6, 1) + timedelta(days=chance.randrange(400))
        days = defaultdict(dict)
        for title, least in ANTIGENS.values():
            if chance.random() < 0.97:
                at = max(0, least + chance.choice([-5, 0, 0, 3, 10, 20, 20, 60]))
                days[at][title] = "v"
        rows += [
            child_row(number + 1, sex, born, born + timedelta(days=day), **ticks)
            for day, ticks in days.items()
        ]
    chance.shuffle(rows)
    take(tree, rows[:250], "immunisation")
    check_doses()
    take(tree, rows[250:], "immunisation")
    assert {"idl", "baduta_lengkap"} <= check_doses()
    for visit in chance.sample(list(Immunisation.objects.all()), 60):
        cancel_visit(visit=visit, by=None)
    follow_touched(by=None)
    check_doses()


@pytest.mark.parametrize("kilograms", [3.9, 4.0])
def test_the_least_gain_itself_is_enough(tree, kilograms):
    born = date(2025, 1, 1)
    rows = [
        child_row(1, "L", born, date(2025, 2, 3), **{"Berat badan (kg)": 3.1}),
        child_row(1, "L", born, date(2025, 3, 3), **{"Berat badan (kg)": kilograms}),
    ]
    take(tree, rows, "growth")
    label = GrowthMonth.objects.order_by("-month").first().label
    assert label == ("N" if kilograms == 4.0 else "T")

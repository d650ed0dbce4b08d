"""What follows from visits, against plain Python that shares no code with the product."""

import random
from collections import defaultdict
from datetime import date, timedelta

import pytest

from clusters.actions.following import follow_touched
from clusters.actions.visits import cancel_visit
from clusters.excel.imports import run_import
from clusters.models import Antenatal, Growth, GrowthMonth, Immunisation, Milestone
from tests.clusters.workbooks import file, nik

SEED = 20250506
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


def take(tree, rows, service):
    result = run_import(
        path=file(*rows), file_name="a.xlsx", service=service, facility=tree["first"],
        by=None, keep=True,
    )  # fmt: skip
    assert result.rejected == 0, result.issues[:5]
    follow_touched(by=None)
    return result


def random_pregnancies(chance):
    rows = []
    for number in range(60):
        born = date(1988, 1, 1) + timedelta(days=chance.randrange(4000))
        begin = date(2024, 6, 1) + timedelta(days=chance.randrange(300))
        for day in sorted(chance.sample(range(20, 275), chance.randrange(1, 10))):
            seen = begin + timedelta(days=day)
            rows.append(
                {
                    **{"NIK": nik(number + 1, born), "Nama": "Contoh", "Tanggal lahir": born},
                    **{"Jenis kelamin": "P", "Posyandu": "Melati", "Tanggal kunjungan": seen},
                    "HPHT": begin,
                    "Pemeriksa": chance.choice(["Dokter", "Bidan"]),
                    "TTD/MMS diberikan (tablet)": chance.choice([None, 30, 30, 60]),
                    "TTD/MMS diminum (tablet)": chance.choice([None, 30, 60]),
                }
            )
    return rows


def expected_pregnancy(visits):
    """Milestones of one pregnancy from (day, completed weeks, by a doctor, given, taken)."""
    found = {"k1": visits[0][0]}

    def trimester(seen, weeks):
        first, second = (13, 27) if seen < date(2026, 1, 1) else (12, 24)
        return 1 if weeks <= first else 2 if weeks <= second else 3

    in_trimester = {n: [v for v in visits if trimester(v[0], v[1]) == n] for n in (1, 2, 3)}

    def nth(rows, n):
        return rows[n - 1][0] if len(rows) >= n else None

    def reached(code, *dates):
        if all(dates):
            found[code] = max(dates)

    one, two, three = (in_trimester[n] for n in (1, 2, 3))
    reached("k4", nth(one, 1), nth(two, 1), nth(three, 2))
    doctor = [[v for v in rows if v[2]] for rows in (one, three)]
    reached("k6", nth(one, 1), nth(two, 2), nth(three, 3), nth(doctor[0], 1), nth(doctor[1], 1))
    early = [v for v in visits if v[1] <= 12]
    reached("k1_murni", nth(early, 1))
    for code, column, least in (
        ("ttd_90", 3, 90), ("ttd_180", 3, 180), ("ttd_180_minum", 4, 180)
    ):  # fmt: skip
        total = 0
        for visit in visits:
            total += visit[column] or 0
            if total >= least:
                found[code] = visit[0]
                break
    return found


def check_pregnancies():
    by_person = defaultdict(list)
    for v in Antenatal.objects.filter(cancelled_at=None).order_by("seen_on", "pk"):
        weeks = (v.seen_on - v.lmp_on).days // 7
        by_person[v.person_id].append(
            (v.seen_on, weeks, v.examiner == "dokter", v.tablets, v.tablets_taken)
        )
    expected = {
        (person, code, day)
        for person, visits in by_person.items()
        for code, day in expected_pregnancy(visits).items()
    }
    codes = {"k1", "k1_murni", "k4", "k6", "ttd_90", "ttd_180", "ttd_180_minum"}
    got = Milestone.objects.filter(code__in=codes).values_list("person", "code", "on")
    assert set(got) == expected
    return {code for _person, code, _day in expected}


def test_pregnancies_after_import_correction_and_cancellation(tree):
    chance = random.Random(SEED)
    rows = random_pregnancies(chance)
    chance.shuffle(rows)
    half = len(rows) // 2
    take(tree, rows[:half], "antenatal")
    check_pregnancies()
    take(tree, rows[half:], "antenatal")  # earlier visits come in after later ones
    reached = check_pregnancies()
    assert reached == {"k1", "k1_murni", "k4", "k6", "ttd_90", "ttd_180", "ttd_180_minum"}
    changed = [
        row | {"Pemeriksa": "Bidan", "TTD/MMS diberikan (tablet)": 90}
        for row in chance.sample(rows, 40)
    ]
    take(tree, changed, "antenatal")
    check_pregnancies()
    for visit in chance.sample(list(Antenatal.objects.all()), 40):
        cancel_visit(visit=visit, by=None)
    follow_touched(by=None)
    check_pregnancies()


def test_two_pregnancies_of_one_woman_are_counted_apart(tree):
    born = date(1990, 1, 1)
    rows = [
        {
            **{"NIK": nik(1, born), "Nama": "Contoh", "Tanggal lahir": born, "Jenis kelamin": "P"},
            "Tanggal kunjungan": begin + timedelta(days=after),
            "HPHT": begin + timedelta(days=slip),
            "TTD/MMS diberikan (tablet)": 90,
        }
        for begin in (date(2023, 3, 1), date(2024, 9, 1))
        for after, slip in ((60, 0), (120, 5), (200, -9))
    ]
    take(tree, rows[3:], "antenatal")
    take(tree, rows[:3], "antenatal")
    begins = Milestone.objects.filter(code="k1").order_by("on").values_list("scope", flat=True)
    assert list(begins) == [date(2023, 3, 1), date(2024, 9, 1)]
    assert Milestone.objects.filter(code="ttd_180").count() == 2
    so_far = Antenatal.objects.order_by("seen_on").values_list("tablets_so_far", flat=True)
    assert list(so_far) == [90, 180, 270, 90, 180, 270]


def test_one_date_typed_wrong_does_not_cut_a_pregnancy_in_two(tree):
    """In whatever order: the wrong date is a pregnancy by itself, and six contacts stay six."""
    born, begin = date(1990, 1, 1), date(2024, 9, 1)
    typed = {60: 0, 90: 3, 120: -150, 150: 0, 180: 2, 210: -4, 240: 130}
    rows = [
        {
            **{"NIK": nik(1, born), "Nama": "Contoh", "Tanggal lahir": born, "Jenis kelamin": "P"},
            "Tanggal kunjungan": begin + timedelta(days=after),
            "HPHT": begin + timedelta(days=slip),
            "TTD/MMS diberikan (tablet)": 30,
        }
        for after, slip in typed.items()
    ]
    take(tree, rows[1::2], "antenatal")
    take(tree, rows[::2], "antenatal")
    visits = Antenatal.objects.order_by("seen_on")
    wrong = {begin + timedelta(days=slip) for slip in (-150, 130)}
    assert set(visits.values_list("pregnancy_on", flat=True)) == {begin, *wrong}
    held = visits.filter(pregnancy_on=begin).values_list("tablets_so_far", flat=True)
    assert list(held) == [30, 60, 90, 120, 150]
    assert Milestone.objects.get(code="ttd_90", scope=begin).on == begin + timedelta(days=150)


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

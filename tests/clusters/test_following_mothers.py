"""What follows from visits in pregnancy, against plain Python that shares no product code."""

import random
from collections import defaultdict
from datetime import date, timedelta

from clusters.actions.following import follow_touched
from clusters.actions.visits import cancel_visit
from clusters.models import Antenatal, Milestone
from tests.clusters.following import SEED, take
from tests.clusters.workbooks import nik


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

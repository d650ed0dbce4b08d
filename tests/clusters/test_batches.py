"""Where a file is cut into batches makes no difference to what is written."""

import random
from datetime import date, timedelta

import pytest
from django.db import transaction

from clusters.actions import staging
from clusters.actions.following import follow_touched
from clusters.excel.imports import run_import
from clusters.models import (
    Antenatal,
    Growth,
    GrowthMonth,
    HomeChange,
    Milestone,
    Person,
    TouchedPerson,
)
from facilities.models import ChangedCell
from tests.clusters.workbooks import ANTENATAL, GROWTH, file, nik

TABLES = (Person, HomeChange, Growth, Antenatal, Milestone, GrowthMonth, TouchedPerson, ChangedCell)
# Numbers that sequences and the clock give, and what is sealed anew each time.
MADE = {"id", "person_id", "visit_id", "upload_id", "recorded_at", "registered_at", "at"}
MADE |= {"nik_sealed", "uid"}


def weighings(chance):
    """Children seen several times, some moving, some without a home, some born wrongly."""
    rows = []
    for number in range(25):
        born = date(2024, 1, 1) + timedelta(days=chance.randrange(200))
        for month in chance.sample(range(3, 10), 4):
            wrong = chance.random() < 0.1
            rows.append(
                GROWTH
                | {
                    "NIK": nik(number + 1, born, "L"),
                    "Nama": f"Anak {'ABCDEFGHIJ'[number % 10]}",
                    "Tanggal lahir": born + timedelta(days=wrong),
                    "Tanggal kunjungan": date(2025, month, chance.randrange(1, 28)),
                    "Posyandu": chance.choice(["Melati", "Mawar", None]),
                    "Berat badan (kg)": round(chance.uniform(7.5, 11), 1),
                }
            )
    chance.shuffle(rows)
    return rows


def pregnancies(chance):
    rows = []
    for number in range(12):
        born = date(1995, 1, 1) + timedelta(days=number)
        begin = date(2025, 1, 1) + timedelta(days=chance.randrange(60))
        for day in chance.sample(range(40, 240), 5):
            rows.append(
                ANTENATAL
                | {
                    "NIK": nik(number + 1, born),
                    "Tanggal lahir": born,
                    "HPHT": begin,
                    "Usia kehamilan (minggu)": None,
                    "Tanggal kunjungan": begin + timedelta(days=day),
                    "TTD/MMS diberikan (tablet)": chance.choice([None, 30, 60]),
                }
            )
    chance.shuffle(rows)
    return rows


def written():
    """Every row of every table, without what no two imports have in common."""
    found = {}
    for model in TABLES:
        rows = model.objects.values()
        told = [sorted((k, repr(v)) for k, v in row.items() if k not in MADE) for row in rows]
        found[model.__name__] = sorted(told)
    return found


def take(tree, rows, service):
    result = run_import(
        path=file(*rows), file_name="a.xlsx", service=service, facility=tree["first"], by=None,
        keep=True,
    )  # fmt: skip
    refused = sorted((i.row, i.code) for i in result.issues if not i.is_warning)
    return (result.read, result.new, result.changed, result.same, result.rejected), refused


def outcome(tree, chance):
    first, second = weighings(chance), weighings(chance)
    told = [
        take(tree, first, "growth"),
        take(tree, second, "growth"),
        take(tree, first[:30] + second[30:], "growth"),
        take(tree, pregnancies(chance), "antenatal"),
    ]
    before = written()
    follow_touched(by=None)
    return told, before, written()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_batches_of_any_size_write_the_same(tree, monkeypatch, seed):
    outcomes = []
    for size in (10_000, 7, 1):
        monkeypatch.setattr(staging, "BATCH", size)
        with transaction.atomic():
            outcomes.append(outcome(tree, random.Random(seed)))
            transaction.set_rollback(True)
    (told, _before, _after), *others = outcomes
    assert any(refused for _counts, refused in told)
    assert all(other == outcomes[0] for other in others)

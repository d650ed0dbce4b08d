"""What really happened: persons and their visits, before anybody writes them down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from tests.clusters.workbooks import nik

MAY = date(2025, 5, 1)
POSYANDU = ("Melati", "Anggrek")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
AGES = {  # in days at the visit
    "growth": (200, 1600),
    "immunisation": (600, 1500),
    "antenatal": (7300, 14000),
    "premarital": (7300, 12000),
    "adult": (7300, 20000),
    "elderly": (23000, 29000),
    "outpatient": (7300, 25000),
    "tb_screening": (7300, 25000),
}
SERVICES = tuple(AGES)


@dataclass(frozen=True)
class Truth:
    """One visit: who, when and where, and what was found; names as the services declare them."""

    name: str
    nik: str
    mother_name: str
    born_on: date
    sex: str
    home_posyandu: str
    seen_on: date
    found: dict[str, Any]


def truths(service: str, chance: Random, count: int, month: date = MAY) -> list[Truth]:
    """So many different persons, sorted by Posyandu as registers are."""
    made = [_truth(service, chance, number, month) for number in range(count)]
    return sorted(made, key=lambda one: POSYANDU.index(one.home_posyandu))


def _truth(service: str, chance: Random, number: int, month: date) -> Truth:
    seen = month + timedelta(days=chance.randrange(0, 27))
    born = seen - timedelta(days=chance.randrange(*AGES[service]))
    sex = "P" if service == "antenatal" else chance.choice("LP")
    serial = chance.randrange(1, 990) * 10 + 1 + number % 9  # none ends in 0: that is a fault
    letter, other = LETTERS[number % 26], LETTERS[number // 26]
    return Truth(
        f"Contoh {letter}{other} Warga",
        nik(serial, born, sex),
        f"Ibu Contoh {letter}{other}" if service in ("growth", "immunisation") else "",
        born,
        sex,
        chance.choice(POSYANDU),
        seen,
        FOUND[service](chance, (seen - born).days),
    )


def _tenths(chance: Random, low: float, high: float) -> Decimal:
    return Decimal(chance.randrange(int(low * 10), int(high * 10))) / 10


def _growth(chance: Random, days: int) -> dict[str, Any]:
    return {
        "weight": (Decimal(65) + Decimal(days // 18)) / 10 + _tenths(chance, 0, 1),
        "height": Decimal(650 + days // 5) / 10 + _tenths(chance, 0, 2),
        "muac": _tenths(chance, 13, 17),
        "kia_book": chance.random() < 0.7,
        "education": True,
    }


def _pressure(chance: Random) -> dict[str, Any]:
    return {"systole": chance.randrange(100, 150), "diastole": chance.randrange(60, 95)}


def _body(chance: Random) -> dict[str, Any]:
    return {"weight": _tenths(chance, 45, 85), "height": _tenths(chance, 145, 178)}


FOUND = {
    "growth": _growth,
    "immunisation": lambda chance, days: {
        "antigens": sorted(chance.sample(["DPT4", "MR2", "PCV3"], chance.randrange(1, 4)))
    },
    "antenatal": lambda chance, days: {
        "weeks": chance.randrange(8, 38),
        "weight": _tenths(chance, 45, 75),
        "muac": _tenths(chance, 22, 32),
        **_pressure(chance),
        "hb": _tenths(chance, 9, 13),
        "tablets": chance.choice((0, 30, 60)),
        "usg": chance.random() < 0.5,
    },
    "premarital": lambda chance, days: {
        **_body(chance),
        "muac": _tenths(chance, 22, 32),
        **_pressure(chance),
        "counselling": chance.random() < 0.6,
    },
    "adult": lambda chance, days: {
        **_body(chance),
        "waist": _tenths(chance, 65, 105),
        **_pressure(chance),
        "glucose": chance.randrange(85, 210),
        "smoker": chance.random() < 0.4,
        "education": True,
    },
    "elderly": lambda chance, days: {
        **_pressure(chance),
        "glucose": chance.randrange(85, 210),
        "cholesterol": chance.randrange(140, 260),
        "gds15": chance.randrange(0, 10),
        "education": chance.random() < 0.6,
    },
    "outpatient": lambda chance, days: {
        "diagnosis": chance.choice(("J06.9", "I10", "K30", "M79.1")),
        "breaths": chance.randrange(14, 26),
        "referred": chance.random() < 0.3,
    },
    "tb_screening": lambda chance, days: {
        "cough": True,
        "fever": chance.random() < 0.4,
        "contact": chance.random() < 0.3,
        "education": chance.random() < 0.7,
    },
}

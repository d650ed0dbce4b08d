"""Every indicator of the domain's list is in the catalogue, or missing for a reason told here."""

import csv
from pathlib import Path

from reporting import catalogue

LIST = Path(__file__).with_name("indikator_katalog.csv")
NO_NUMBER = "a list of diseases, not one number: shown as a table of diagnoses on /penyakit/"
LATER = {
    NO_NUMBER: "LK02",
}
MISSING = {code: why for why, codes in LATER.items() for code in codes.split()}


def listed():
    with LIST.open(encoding="utf-8") as file:
        return [row["kode"] for row in csv.DictReader(file)]


def codes_of(row: str) -> list[str]:
    """Rows may name several codes: "IM02-05"."""
    first, _dash, last = row.partition("-")
    if not last:
        return [row]
    stem, low = first[:2], int(first[2:])
    return [f"{stem}{n:02d}" for n in range(low, int(last.removeprefix(stem)) + 1)]


def test_every_row_of_the_list_is_an_indicator_or_missing_for_a_reason():
    wanted = {code for row in listed() for code in codes_of(row)}
    there = set(catalogue.INDICATORS)
    there |= {code.rstrip("ABCDEFG") for code in there}  # RE09A to RE09G are the list's RE09
    assert sorted(wanted - there - set(MISSING)) == []
    assert sorted(set(MISSING) & there) == []
    assert sorted(set(MISSING) - wanted) == []

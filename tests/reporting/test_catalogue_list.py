"""Every indicator of the domain's list is in the catalogue, or missing for a reason told here."""

import csv
from pathlib import Path

from reporting import catalogue

LIST = Path(__file__).with_name("indikator_katalog.csv")
NO_NUMBER = "a list of diseases, not one number: shown as a table of diagnoses"
ELSEWHERE = "worked on beside this: "
LATER = {
    NO_NUMBER: "LK02",
    ELSEWHERE + "delivery, postnatal care, newborns, family planning": (
        "IB10 IB11 IB12 IB13 IB14 IB15 IB16 IB22 IB23 IB33 IB34 IB35 IB36 IB37 AN01 AN02 AN03 "
        "AN04 AN05 AN06 AN07"
    ),
    ELSEWHERE + "development and sick children": "AN13 AN15 AN31 AN32 AN33 AN34 AN38 AN39 AN40",
    ELSEWHERE + "school age and adolescents": (
        "RE01 RE02 RE03 RE04 RE05 RE06 RE07 RE08 RE09 RE10 RE11 RE12 RE13"
    ),
    ELSEWHERE + "elderly, mental health, follow-up of chronic disease, free health checks": (
        "DW02 DW03 DW04 DW05 DW17 DW18 DW19 DW20 DW21 DW22 LA01 LA02 LA03 LA04 LA07 "
        "CK01 CK02 CK03 CK04 CK05 CK06 CK07 CK08"
    ),
    "immunisation that no declared part covers yet: pupils, women, villages, cold chain, events": (
        "IM02 IM26 IM27 IM28 IM29 IM30 IM31 IM32 IM33 IM34 IM35"
    ),
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
    assert sorted(wanted - there - set(MISSING)) == []
    assert sorted(set(MISSING) & there) == []
    assert sorted(set(MISSING) - wanted) == []

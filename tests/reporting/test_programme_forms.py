"""LB3, LB4 and UKM: rows that visits count are reused, and one place says a thing once."""

from dataclasses import replace
from datetime import date

import pytest

from ilp.core.months import Month
from reporting import catalogue
from reporting.actions.reports import RuleBroken, open_report, save_values, take_step
from reporting.actions.roll_up import roll_up_changed
from reporting.catalogue.checks_forms import said_twice
from reporting.catalogue.language import Reported
from reporting.selectors.reports import sheet
from reporting.totals import read
from reporting.workflow import Step
from tests.reporting.rows import incoming, write

MARCH = Month(2026, 3)
CODES = ("LB3", "LB4", "UKM")


def pregnant(number, tree, at="first"):
    return incoming(
        "antenatal", nik=f"99010150039{number:05d}", born_on=date(1996, 3, 4), sex="P",
        seen_on=date(2026, 3, 9), facility=tree[at], home=tree["melati"], row=number + 2,
        weeks=9, hiv_test=True,
    )  # fmt: skip


def opened(tree, code, place="first"):
    return open_report(facility=tree[place], month=MARCH, form=code, by=None)


def complete(report, **numbers):
    """Every cell 0 but those named; where it differs from the visits it says why."""
    values = {(b.element, b.part): 0 for row in sheet(report=report).rows for b in row.typed}
    values |= {(code, ""): number for code, number in numbers.items()}
    why = dict.fromkeys({code for code, _part in values}, "Koreksi dari register")
    return save_values(report=report, values=values, reasons=why, version=report.version, by=None)


def approve(report):
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        report = take_step(report=report, step=step, by=None)
    return report


def counted(tree, place, *codes):
    roll_up_changed()
    cells = read([tree[place].pk], [MARCH], sorted(codes))
    return tuple(cells.get(tree[place].pk, MARCH, code) for code in codes)


def test_the_report_stands_in_place_of_the_visits_and_is_not_added(tree):
    write("antenatal", [pregnant(n, tree) for n in range(4)], None)
    assert counted(tree, "first", "k1", "tes_hiv") == (4, 4)
    report = opened(tree, "LB3")
    rows = {row.element: row.counted for row in sheet(report=report).rows}
    assert (rows["k1"], rows["k1_murni"], rows["k4"]) == (4, 4, 0)

    approve(complete(report, k1=7, k1_murni=5))

    for place in ("first", "district"):
        assert counted(tree, place, "k1", "k1_murni", "tes_hiv") == (7, 5, 4)
    assert counted(tree, "melati", "k1") == (4,)
    approve(complete(opened(tree, "UKM"), tes_hiv=6, bumil_hiv=1))
    assert counted(tree, "district", "k1", "tes_hiv", "bumil_hiv") == (7, 6, 1)
    take_step(report=report, step=Step.RETURN, by=None, note="Periksa lagi.")
    assert counted(tree, "district", "k1", "tes_hiv") == (4, 6)


def test_visits_are_proposed_where_care_was_given_for_what_a_puskesmas_did(tree):
    rows = [
        incoming(
            "outpatient", nik=f"99010152039{n:05d}", born_on=date(1980, 3, 12), sex="P",
            seen_on=date(2026, 3, 8), facility=tree[at], home=tree["mawar"], row=n + 2,
            diagnosis="J06", case_kind="baru", payer="jkn",
        )
        for n, at in enumerate(("first", "pustu_satu", "second"))
    ]  # fmt: skip
    write("outpatient", rows, None)
    roll_up_changed()
    report = opened(tree, "LB4")
    found = {row.element: row.counted for row in sheet(report=report).rows}
    assert (found["outpatient_visits"], found["rj_baru"], found["rj_jkn"]) == (2, 2, 2)
    assert found["rj_umum"] is None


@pytest.mark.parametrize(
    ("code", "numbers", "said"),
    [
        ("LB3", {"bersalin_nakes": 2, "bersalin": 1}, "Di antaranya ditolong tenaga kesehatan"),
        ("LB4", {"rj_umum": 3, "outpatient_visits": 2}, "Kunjungan bayar sendiri"),
        ("UKM", {"bumil_hbsag": 1}, "Ibu hamil HBsAg reaktif"),
    ],
)
def test_a_part_larger_than_its_whole_is_not_sent(tree, code, numbers, said):
    report = complete(opened(tree, code), **numbers)
    with pytest.raises(RuleBroken, match=said):
        take_step(report=report, step=Step.SEND, by=None)


def test_what_need_not_add_up_only_warns(tree):
    report = complete(opened(tree, "LB4"), outpatient_visits=9, rj_jkn=4, rj_umum=3)
    warned = [found.element for found in sheet(report=report).findings]
    assert warned == ["rj_jkn", "rj_baru"]
    assert take_step(report=report, step=Step.SEND, by=None).status == "sent"


def test_no_place_is_asked_for_the_same_thing_on_two_forms():
    forms = catalogue.ALL_FORMS
    assert list(said_twice(forms)) == []
    f1 = catalogue.FORMS["F1"]
    again = replace(catalogue.FORMS["LB4"], code="X", sections=f1.sections[:1])
    assert "skdn_s: filled in on F1 and on X" in list(said_twice([f1, again]))
    assert list(said_twice([f1, replace(again, kinds=("pustu",))])) == []
    assert list(said_twice([replace(f1, rounds=(3,)), replace(again, rounds=(4, 8))])) == []
    assert list(said_twice([replace(f1, until=again.since), again])) == []


def test_every_row_of_lb3_is_counted_by_visits_and_new_numbers_have_programmes_of_their_own():
    elements = catalogue.ELEMENTS
    assert not [c for c in catalogue.FORMS["LB3"].typed if isinstance(elements[c].source, Reported)]
    for code, programme in (("LB4", "kegiatan"), ("UKM", "ukm")):
        new = [c for c in catalogue.FORMS[code].typed if isinstance(elements[c].source, Reported)]
        assert {elements[c].programme for c in new} == {programme}
        assert len(new) >= 20


@pytest.mark.parametrize("code", CODES)
def test_the_rows_of_a_section_are_split_alike(code):
    for section in catalogue.FORMS[code].sections:
        assert len({catalogue.ELEMENTS[i.element].breakdown for i in section.items}) == 1

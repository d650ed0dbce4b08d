"""Where an LB1 report is approved, the page of diseases says what it says, and never both."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from clusters.actions.incoming import by_name
from facilities.roles import Role
from ilp.core.months import Month
from reporting.actions.reports import open_report, save_values, take_step
from reporting.catalogue import FORMS
from reporting.catalogue.breakdowns import PARTS, Breakdown
from reporting.selectors.diseases import largest_diseases
from reporting.selectors.places import place as place_of
from reporting.selectors.reports import sheet
from reporting.workflow import Step
from tests.factories import worker
from tests.reporting.rows import incoming, write

MONTHS = [Month(2026, 2), Month(2026, 3)]
FIRST = {"first", "desa_satu", "pustu_satu", "melati"}
SECOND = {"second", "desa_dua", "pustu_dua", "mawar"}
BELOW = {
    "district": FIRST | SECOND,
    "first": FIRST,
    "second": SECOND,
    "pustu_satu": {"pustu_satu", "melati"},
}
# Diagnosis -> the line of the page, written down by hand.
LINES = {
    "J06.9": "J06", "J18.0": "J12–J18", "J15": "J12–J18", "A09": "A09", "E11.9": "E10–E14",
    "Q66": "Q66", "R51": "G43–G44, R51", "Z00.0": "Z00",
}  # fmt: skip
ROWS = {"lb1_j06": "J06", "lb1_j12_j18": "J12–J18", "lb1_a09": "A09", "lb1_i10_i15": "I10–I15"}
NEW = [p for p in PARTS[Breakdown.LB1] if not p.endswith("lama")]
TODDLER = {"0-7h", "8-28h", "1-11b", "1-4"}


def random_visits(rng, tree):
    rows = {}
    for number in range(120):
        day = date(2026, 2, 1) + timedelta(days=rng.randrange(58))
        named = rng.sample(sorted(LINES), rng.randint(1, 3))
        codes = dict(zip(("diagnosis", "diagnosis_2", "diagnosis_3"), named, strict=False))
        at = rng.choice(sorted(FIRST | SECOND))
        rows[number] = (at, incoming(
            "outpatient", nik=f"99010152039{number:05d}", row=number + 2, sex=rng.choice("LP"),
            born_on=day - timedelta(days=rng.choice([3, 40, 900, 1824, 1900, 9000])), seen_on=day,
            facility=tree[at], home=tree["melati"],
            case_kind=rng.choice(["baru", "baru", "lama", None]), **codes,
        ))  # fmt: skip
    return list(rows.values())


def file_report(rng, tree, place, month):
    """A report with random numbers; how far it came and what it says."""
    report = open_report(facility=tree[place], month=month, form="LB1", by=None)
    said = {
        (code, part): rng.choice([0, 0, 0, 1, 4]) for code in ROWS for part in PARTS[Breakdown.LB1]
    }
    said |= {("lb1_lain", part): rng.randint(0, 2) for part in PARTS[Breakdown.LB1]}
    said |= {(row.element, b.part): 0 for row in sheet(report=report).rows if not row.is_blank
             for b in row.boxes if (row.element, b.part) not in said}  # fmt: skip
    why = dict.fromkeys({code for code, _part in said}, "Koreksi dari register")
    report = save_values(report=report, values=said, reasons=why, version=report.version, by=None)
    steps = rng.choice([(), (Step.SEND,), (Step.SEND, Step.VERIFY, Step.APPROVE)])
    for step in steps:
        report = take_step(report=report, step=step, by=None)
    return len(steps) == 3, said


def expected(at, months, visits, approved):
    """Cases and those of young children by line and sex, worked out from what was put in."""
    cases, young = Counter(), Counter()
    for place, row in visits:
        month = Month.of(row.seen_on)
        reporter = "first" if place in FIRST else "second"
        told = (reporter, month) in approved and reporter in BELOW[at]
        said = by_name("outpatient", row)
        if place not in BELOW[at] or month not in months or told or said["case_kind"] != "baru":
            continue
        named = [said[n] for n in ("diagnosis", "diagnosis_2", "diagnosis_3") if said[n]]
        for code in {code[:3]: code for code in named}.values():
            cases[LINES[code], row.sex] += 1
            young[LINES[code]] += row.age_months < 60
    for (reporter, month), said in approved.items():
        if reporter not in BELOW[at] or month not in months:
            continue
        for (element, part), number in said.items():
            sex, age = part.split(":")
            if age != "lama":
                cases[ROWS.get(element, "lain"), sex] += number
                young[ROWS.get(element, "lain")] += number * (age in TODDLER)
    return cases, young


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("months", [MONTHS, MONTHS[1:]], ids=["two", "one"])
def test_reports_stand_in_place_of_visits_and_never_beside_them(tree, seed, months):
    rng = Random(seed)
    visits = random_visits(rng, tree)
    write("outpatient", [row for _at, row in visits], None)
    approved = {}
    for place in ("first", "second"):
        for month in MONTHS:
            speaks, said = file_report(rng, tree, place, month)
            if speaks:
                approved[place, month] = said
    user = worker(Role.KEPALA_DINAS, tree["district"])
    for at in BELOW:
        cases, young = expected(at, months, visits, approved)
        place = place_of(code=tree[at].code, user=user)
        found = largest_diseases(of=place, first=months[0], last=months[-1])
        assert found.total == sum(cases.values()), (at, seed)
        named = {line for (line, _sex), n in cases.items() if n and line != "lain"}
        shown = {one.code: (one.male, one.female, one.under_five) for one in found.largest}
        assert len(named) <= 10
        assert shown == {line: (cases[line, "L"], cases[line, "P"], young[line]) for line in named}
        told = [key for key in approved if key[0] in BELOW[at] and key[1] in months]
        assert found.reported == sum(
            n for key in told for (_e, part), n in approved[key].items() if part in NEW
        )


def test_approving_what_the_visits_say_changes_no_number(tree):
    visits = random_visits(Random(99), tree)
    write("outpatient", [row for _at, row in visits], None)
    user = worker(Role.KEPALA_DINAS, tree["district"])
    place = place_of(code=tree["first"].code, user=user)
    before = largest_diseases(of=place, first=MONTHS[0], last=MONTHS[0])
    report = open_report(facility=tree["first"], month=MONTHS[0], form="LB1", by=None)
    said = {(b.element, b.part): b.proposed for row in sheet(report=report).rows for b in row.boxes}
    report = save_values(report=report, values=said, reasons={}, version=report.version, by=None)
    for step in (Step.SEND, Step.VERIFY, Step.APPROVE):
        report = take_step(report=report, step=step, by=None)

    after = largest_diseases(of=place, first=MONTHS[0], last=MONTHS[0])

    assert before.total == after.total == after.reported > 0
    on_list = [one for one in before.largest if one.code not in ("Q66", "Z00")]
    assert [(d.code, d.cases, d.under_five) for d in on_list] == [
        (d.code, d.cases, d.under_five) for d in after.largest
    ]
    taken_back = take_step(report=report, step=Step.RETURN, by=None, note="Periksa lagi.")
    assert taken_back.form_code == FORMS["LB1"].code
    assert largest_diseases(of=place, first=MONTHS[0], last=MONTHS[0]) == before

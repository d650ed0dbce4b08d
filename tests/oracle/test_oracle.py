"""Every total and every indicator equals an independent recomputation from the exports."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from django.db.models import Count, Q

from clusters.actions.visits import cancel_visit
from clusters.models import VISITS, Growth, Milestone
from clusters.services import SERVICES
from facilities.actions.opening import NewPlace
from facilities.actions.places import close, move, open_place
from facilities.models import Axis, ChangedCell, Facility, IlpStatus
from ilp.core.months import Month
from reporting.actions.roll_up import roll_up_changed
from reporting.actions.targets import set_targets
from reporting.catalogue import ELEMENTS, FORMS, SASARAN
from reporting.models import Report, ReportValue
from tests.oracle.compare import whole_database
from tests.oracle.random_visits import Made
from tests.reporting.rows import write

PEOPLE = dict.fromkeys(SERVICES, 20)
PEOPLE |= {"antenatal": 25, "growth": 25, "immunisation": 25, "adult": 30}
PEOPLE |= {"newborn": 25, "premarital": 15, "tb_case": 25, "outpatient": 25, "vital": 40}
PEOPLE |= {"development": 25, "school": 25, "chronic": 25}


@pytest.fixture
def anggrek(tree):
    """A Posyandu that is closed in the middle of the time."""
    code = {axis: tree[key].code for axis, key in
            ((Axis.NETWORK, "pustu_dua"), (Axis.AREA, "desa_dua"))}  # fmt: skip
    new = NewPlace(
        "99.01.02.2001-PSY-002", "Anggrek", Facility.Kind.POSYANDU, date(2020, 1, 1), code
    )
    return open_place(place=new, by=None)


def report(place, month, chance, status="approved", code="F1"):
    """A report with random numbers, some boxes left empty; an F1 if nothing else is said."""
    form = FORMS[code]
    if not form.is_due(month):
        return
    made = Report.objects.create(
        facility=place, month=month, form_code=form.code, status=status,
        sent_at=f"{month.plus(1)}-{chance.randrange(1, 20):02d}T03:00Z",
    )  # fmt: skip
    codes = [item.element for item in form.items if item.element in ELEMENTS]
    ReportValue.objects.bulk_create(
        ReportValue(report=made, element=code, part=part, value=chance.randrange(0, 40))
        for code in codes
        if chance.random() < 0.85
        for part in ELEMENTS[code].parts
    )
    programmes = {ELEMENTS[item].programme for item in codes}
    ChangedCell.objects.bulk_create(
        ChangedCell(place=place, month=month, programme=programme) for programme in programmes
    )


def targets(tree, chance):
    """Two versions in a year; a Puskesmas whose number is not the sum of its villages."""
    for year, since in ((2025, 1), (2025, 7), (2026, 1)):
        rows = [
            (tree[key].code, code, chance.randrange(0, 60))
            for key in ("desa_satu", "desa_dua", "second", "melati")
            for code in SASARAN
            if chance.random() < 0.9
        ]
        set_targets(
            district=tree["district"], year=year, basis="proyeksi", since=Month(year, since),
            source="uji", rows=rows, by=None,
        )  # fmt: skip


def registers(tree, chance):
    """Reports of all kinds, in and not in, and places on their way to ILP."""
    for code in ("P2P", "KESLING", "MANAJEMEN", "MUTU"):
        for place in ("first", "second"):
            for number in chance.sample(range(24), 12):
                status = chance.choice(["approved", "approved", "sent", "returned"])
                report(tree[place], Month(2024, 9).plus(number), chance, status, code)
    for month in (Month(2024, 11), Month(2025, 8), Month(2025, 11)):
        report(tree["first"], month, chance, code="BIAS")
    for place, state, since in (
        ("first", "persiapan", date(2025, 1, 10)),
        ("first", "berjalan", date(2025, 6, 15)),
        ("second", "terverifikasi", date(2026, 2, 1)),
        ("pustu_dua", "berjalan", date(2025, 3, 1)),
    ):
        IlpStatus.objects.create(facility=tree[place], state=state, since=since)


def fill(seed, tree, anggrek):
    """Two rounds of visits with corrections, cancellations, reports, moves and a closing."""
    chance = Random(seed)
    names = ("melati", "mawar", "pustu_satu", "pustu_dua", "desa_satu", "first", "second")
    places = [*(tree[name] for name in names), anggrek]
    made = Made(seed, places)
    for service, people in PEOPLE.items():
        rows = made.rows(service, people)
        write(service, rows, places)
        made.chance.shuffle(rows)
        again = made.rows(service, 6) + rows[:9]
        once = {(row.identity, row.facility_id, row.seen_on): row for row in again}
        write(service, list(once.values()), places)
        for visit in chance.sample(list(VISITS[service].objects.standing().order_by("pk")), 6):
            cancel_visit(visit=visit, by=None)
    move(place=tree["pustu_satu"], parent=tree["second"], axis=Axis.NETWORK,
         since=Month(2025, 9), by=None)  # fmt: skip
    roll_up_changed()
    move(place=tree["melati"], parent=tree["desa_dua"], axis=Axis.AREA,
         since=Month(2026, 2), by=None)  # fmt: skip
    close(place=anggrek, since=Month(2026, 4), by=None)
    for place, months in (("first", 5), ("second", 5), ("melati", 3), ("pustu_satu", 3)):
        for number in chance.sample(range(24), months):
            report(tree[place], Month(2024, 9).plus(number), chance)
    for number in chance.sample(range(24), 5):
        report(tree["first"], Month(2024, 9).plus(number), chance, code="KB")
    for number in chance.sample(range(24), 4):
        report(tree["first"], Month(2024, 9).plus(number), chance, code="SDL")
    registers(tree, chance)
    report(tree["mawar"], Month(2025, 5), chance, status="sent")
    targets(tree, chance)
    roll_up_changed()


@pytest.mark.parametrize("seed", [1, 2])
def test_every_total_and_indicator_is_what_the_visits_say(seed, tree, anggrek):
    fill(seed, tree, anggrek)
    looked_at = Growth.objects.filter(Q(kpsp__isnull=False) | Q(checklist=True))
    twice = looked_at.values("person").annotate(n=Count("pk")).filter(n__gte=2)
    followed = Milestone.objects.filter(code="balita_dipantau")
    assert followed.exclude(person__in=twice.values("person")).exists()  # not without the form
    tested = Milestone.objects.filter(code="hiv_dites").values_list("visit_service", flat=True)
    assert set(tested) == {None, "antenatal", "tb_case"}

    seen = whole_database()

    assert seen.differences == []
    assert seen.filled > 40_000


def test_what_the_commands_print_is_what_the_visits_say(tree, anggrek):
    fill(4, tree, anggrek)

    seen = whole_database(printed=True, district=tree["district"].code)

    assert seen.differences == []
    assert seen.filled > 20_000

"""Two days of a birth that cannot both be true, and the pregnancy that a birth ended."""

from datetime import date, timedelta

import pytest

from clusters.actions.following import follow_touched
from clusters.actions.merging import BirthsTooClose, merge_persons
from clusters.actions.visits import cancel_visit, write_visits
from clusters.models import Antenatal, Delivery, Merge, Milestone, Person, Postnatal
from tests.clusters.workbooks import (
    ANTENATAL,
    DELIVERY,
    POSTNATAL,
    refused,
)
from tests.reporting.rows import incoming

BORN = date(2025, 12, 9)


def on(day, row=DELIVERY, **more):
    return row | {"HPHT": None, "Tanggal kunjungan": day} | more


def test_two_births_within_five_months_are_a_contradiction(take, tree):
    assert take(on(BORN)).new == 1
    result = take(on(BORN + timedelta(149)))
    assert refused(result) == [(2, "Tanggal kunjungan", "births-too-close")]
    assert "batalkan dahulu" in result.issues[0].reason
    assert Delivery.objects.count() == 1
    assert take(on(BORN - timedelta(149)), keep=False).rejected == 1
    assert take(on(BORN + timedelta(150))).new == 1
    assert take(on(BORN), at="first").same == 1
    elsewhere = on(BORN, **{"Kode faskes": tree["pustu_satu"].code})
    assert take(elsewhere).new == 1  # the same birth, told by two places


def test_of_two_births_in_a_file_the_first_is_taken_and_a_cancelled_one_says_nothing(take):
    result = take(on(BORN), on(BORN + timedelta(20)), on(BORN + timedelta(200)))
    assert [(row, code) for row, _column, code in refused(result)] == [(3, "births-too-close")]
    assert (result.read, result.new, result.rejected) == (3, 2, 1)
    for visit in Delivery.objects.all():
        cancel_visit(visit=visit, by=None)
    assert take(on(BORN + timedelta(20))).new == 1


@pytest.mark.parametrize(("days", "are_one"), [(0, True), (149, False), (150, True)])
def test_records_of_two_births_too_close_are_not_one(take, days, are_one):
    take(on(BORN))
    take(on(BORN + timedelta(days), NIK=None))
    kept, gone = Person.objects.get(is_temporary=False), Person.objects.get(is_temporary=True)
    if are_one:
        merge_persons(kept=kept, gone=gone, by=None)
        return
    with pytest.raises(BirthsTooClose) as refused_for:
        merge_persons(kept=kept, gone=gone, by=None)
    assert "batalkan persalinan yang keliru" in refused_for.value.sentence
    assert not Merge.objects.exists()
    cancel_visit(visit=Delivery.objects.get(person=gone), by=None)
    merge_persons(kept=kept, gone=gone, by=None)


def test_whoever_writes_is_told_of_the_other_birth(tree):
    rows = [
        incoming(
            "delivery", nik="9901015203900001", born_on=date(1990, 3, 12), sex="P",
            seen_on=BORN + timedelta(days), facility=tree["melati"], home=tree["melati"],
            birthplace="rs",
        )
        for days in (0, 30)
    ]  # fmt: skip
    assert write_visits(service="delivery", rows=rows[:1], upload=None, by=None).new == 1
    outcome = write_visits(service="delivery", rows=rows[1:], upload=None, by=None)
    assert (outcome.new, [(m.ordinal, m.field) for m in outcome.mismatches]) == (
        0,
        [(0, "seen_on")],
    )


def test_nifas_visits_agree_on_the_day_of_the_birth(take):
    days = {"Tanggal kunjungan": BORN + timedelta(5)}
    assert take(POSTNATAL).new == 1
    other = POSTNATAL | days | {"Tanggal bersalin": BORN + timedelta(1)}
    result = take(other)
    assert refused(result) == [(2, "Tanggal bersalin", "births-too-close")]
    assert result.issues[0].value == "10/12/2025"
    together = take(POSTNATAL | {"Tanggal bersalin": BORN - timedelta(1)}, other | {
        "Tanggal bersalin": BORN - timedelta(1)})  # fmt: skip
    assert (together.new, together.changed, together.rejected) == (1, 1, 0)
    assert set(Postnatal.objects.values_list("delivered_on", flat=True)) == {BORN - timedelta(1)}


LMP = date(2025, 3, 4)
SIX = ((60, "dokter"), (100, "bidan"), (150, "bidan"), (210, "bidan"), (240, "dokter"),
       (265, "bidan"))  # fmt: skip


def checked(take, visits=SIX, lmp=LMP):
    rows = [
        ANTENATAL | {
            "HPHT": lmp, "Usia kehamilan (minggu)": None, "Pemeriksa": examiner,
            "Tanggal kunjungan": lmp + timedelta(days),
        }
        for days, examiner in visits
    ]  # fmt: skip
    result = take(*rows)
    assert result.rejected == 0, result.issues


def delivered_with_k6():
    follow_touched(by=None)
    return Milestone.objects.filter(code="k6_bersalin").values_list("on", flat=True)


@pytest.mark.parametrize("born_first", [False, True])
def test_k6_of_those_who_gave_birth_counts_on_the_day_of_the_birth(take, born_first):
    steps = [lambda: checked(take), lambda: take(DELIVERY)]
    for step in reversed(steps) if born_first else steps:
        step()
        follow_touched(by=None)
    assert list(delivered_with_k6()) == [BORN]
    cancel_visit(visit=Antenatal.objects.get(seen_on=LMP + timedelta(60)), by=None)
    assert list(delivered_with_k6()) == []


@pytest.mark.parametrize(
    ("visits", "lmp", "born"),
    [
        (SIX[1:], LMP, BORN),  # only five contacts
        (SIX, LMP - timedelta(500), BORN),  # another pregnancy
        (SIX, LMP, LMP + timedelta(262)),  # born before the sixth contact
    ],
)
def test_k6_counts_only_in_the_pregnancy_that_ended_so(take, visits, lmp, born):
    checked(take, visits, lmp)
    take(on(born))
    assert list(delivered_with_k6()) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"Hb (g/dL)": 10.4}, {"anemia_ringan", "anemia_ringan_ttd"}),
        ({"Hb (g/dL)": 10.4, "TTD/MMS diberikan (tablet)": 0}, {"anemia_ringan"}),
        ({"Hb (g/dL)": 9.9}, {"anemia_berat"}),
        (
            {"Hb (g/dL)": 9.9, "Tata laksana lanjut anemia": "ya"},
            {"anemia_berat", "anemia_berat_layan"},
        ),
        ({"Hb (g/dL)": 6.9, "Dirujuk": "ya"}, {"anemia_berat", "anemia_berat_layan"}),
        ({"Hb (g/dL)": 11}, set()),
    ],
)
def test_anaemia_is_treated_by_its_degree(take, values, expected):
    take(ANTENATAL | values)
    follow_touched(by=None)
    codes = set(Milestone.objects.values_list("code", flat=True))
    assert {code for code in codes if code.startswith("anemia_")} == expected

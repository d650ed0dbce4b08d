"""Nobody is seen after death, also when the death and the visit stand in two records."""

from datetime import date

import pytest

from clusters.actions.following import follow_touched
from clusters.actions.merging import SeenAfterDeath, merge_persons, undo_merge
from clusters.actions.visits import cancel_visit
from clusters.models import VISITS, Adult, Merge, Person, TouchedPerson, Vital
from tests.clusters.workbooks import ADULT, MAN, VITAL

DEATH = date(2025, 5, 6)  # the day of VITAL
SEEN = {k: v for k, v in ADULT.items() if k not in MAN} | MAN
NAMELESS = {"NIK": None, "Nama": "Conto Tiga"}


@pytest.fixture
def records(take):
    """The record with a NIK and the one without, of which one is dead and the other seen."""

    def make(dead_has_nik, seen_on):
        dead, alive = (MAN, MAN | NAMELESS) if dead_has_nik else (MAN | NAMELESS, MAN)
        take(VITAL | dead | {"Tanggal kunjungan": DEATH}, service="vital")
        take(SEEN | alive | {"Tanggal kunjungan": seen_on}, service="adult")
        return Person.objects.get(is_temporary=False), Person.objects.get(is_temporary=True)

    return make


@pytest.mark.parametrize("dead_has_nik", [True, False])
def test_a_dead_and_a_living_record_are_not_one(records, dead_has_nik):
    kept, gone = records(dead_has_nik, date(2025, 5, 7))

    with pytest.raises(SeenAfterDeath) as refused:
        merge_persons(kept=kept, gone=gone, by=None)

    assert "batalkan kematian atau kunjungan yang keliru" in refused.value.sentence
    assert not Merge.objects.exists()
    assert Adult.objects.standing().count() == Vital.objects.standing().count() == 1


@pytest.mark.parametrize("dead_has_nik", [True, False])
def test_seen_on_the_last_day_they_may_be(records, dead_has_nik):
    kept, gone = records(dead_has_nik, DEATH)
    merge_persons(kept=kept, gone=gone, by=None)
    assert {v.person_id for v in (Adult.objects.get(), Vital.objects.get())} == {kept.pk}


@pytest.mark.parametrize("wrong", ["vital", "adult"])
def test_once_the_wrong_one_is_cancelled_they_may_be(records, wrong):
    kept, gone = records(True, date(2025, 5, 7))
    cancel_visit(visit=VISITS[wrong].objects.get(), by=None)
    merge_persons(kept=kept, gone=gone, by=None)
    assert Merge.objects.count() == 1


def test_a_person_dies_once(take):
    take(VITAL | {"Tanggal kunjungan": DEATH}, service="vital")
    take(VITAL | NAMELESS | {"Tanggal kunjungan": date(2025, 6, 3)}, service="vital")
    kept, gone = Person.objects.order_by("pk")
    with pytest.raises(SeenAfterDeath):
        merge_persons(kept=kept, gone=gone, by=None)


@pytest.mark.parametrize("late", ["vital", "adult"])
def test_what_was_on_its_way_during_the_merge_is_left_out_with_the_reason(records, late):
    seen_on = date(2025, 5, 7)
    kept, gone = records(late == "adult", seen_on)
    visit = VISITS[late].objects.get(person=gone)
    VISITS[late].objects.filter(pk=visit.pk).update(person=kept, seen_on=DEATH)
    Adult.objects.update(seen_on=DEATH)
    merge = merge_persons(kept=kept, gone=gone, by=None)
    if late == "adult":
        Adult.objects.update(person=gone, seen_on=seen_on)
    else:
        Adult.objects.update(seen_on=seen_on)
        Vital.objects.update(person=gone, seen_on=DEATH)
    TouchedPerson.objects.create(person=gone, service=late)

    follow_touched(by=None)

    visit.refresh_from_db()
    assert (visit.person_id, visit.extra) == (kept.pk, {"cancelled_because": "died"})
    assert visit.cancelled_at is not None
    undo_merge(merge=merge, by=None)
    visit.refresh_from_db()
    assert (visit.person_id, visit.extra, visit.cancelled_at) == (gone.pk, {}, None)

"""Two records of one person become one, and are two again, exactly."""

from datetime import date

import pytest
from django.forms.models import model_to_dict

from clusters.actions.following import follow_touched
from clusters.actions.merging import AlreadyUndone, NewerFirst, merge_persons, undo_merge
from clusters.actions.undoing import undo_upload
from clusters.models import (
    VISITS,
    Growth,
    GrowthMonth,
    Immunisation,
    Milestone,
    Person,
    TouchedPerson,
)
from ilp.core import sql
from ilp.core.models import AuditEvent
from reporting.actions.roll_up import roll_up_changed
from reporting.models import Total
from reporting.selectors import verification
from tests.clusters.merging import TEMPORARY, two_records, weighed
from tests.clusters.workbooks import GROWTH


@pytest.fixture
def two(take):
    return two_records(take)


def differences():
    first, last = verification.span()
    return list(verification.differences(first=first, last=last))


def everything():
    """All that a merge could change, but the trail of what was done."""
    visits = [
        model_to_dict(visit) | {"pk": visit.pk, "cancelled": visit.cancelled_at is not None}
        for model in VISITS.values()
        for visit in model.objects.order_by("pk")
    ]
    derived = [
        [tuple(v for k, v in row.items() if k != "id") for row in model.objects.values()]
        for model in (Milestone, GrowthMonth)
    ]
    persons = list(Person.objects.order_by("pk").values())
    totals = list(Total.objects.order_by("place", "month", "programme").values())
    for row in totals:
        row.pop("id", None)
    return visits, [sorted(rows, key=str) for rows in derived], persons, totals


def test_visits_milestones_and_totals_become_one_persons(two):
    kept, gone = two
    assert GrowthMonth.objects.count() == 4

    merge_persons(kept=kept, gone=gone, by=None)
    roll_up_changed()

    assert set(Growth.objects.values_list("person", flat=True)) == {kept.pk}
    assert Immunisation.objects.get().person_id == kept.pk
    standing = Growth.objects.standing().order_by("seen_on").values_list("weight", flat=True)
    assert [float(kilos) for kilos in standing] == [8.9, 9.2, 9.5]  # the fuller one of 6 May
    labels = GrowthMonth.objects.order_by("month").values_list("person", "label")
    assert list(labels) == [(kept.pk, "B"), (kept.pk, "N"), (kept.pk, "N")]
    assert set(Milestone.objects.values_list("person", flat=True)) == {kept.pk}
    assert differences() == []
    event = AuditEvent.objects.get(event="persons.merged")
    assert event.detail == {"other": gone.pk, "number": 3}


def test_a_merged_child_is_registered_once(two, tree):
    def registered():
        rows = sql.run(
            "reporting/children_registered", place=tree["first"].pk, last_day=date(2025, 5, 31)
        )
        return sum(children for _sex, _months, children, _cards in rows)

    assert registered() == 2
    merge = merge_persons(kept=two[0], gone=two[1], by=None)
    assert registered() == 1
    undo_merge(merge=merge, by=None)
    assert registered() == 2


def test_undo_restores_exactly(two):
    kept, gone = two
    before = everything()
    merge = merge_persons(kept=kept, gone=gone, by=None, take=["name", "mother_name", "home"])
    roll_up_changed()
    assert everything() != before

    undo_merge(merge=merge, by=None)
    roll_up_changed()

    assert everything() == before
    assert differences() == []
    with pytest.raises(AlreadyUndone):
        undo_merge(merge=merge, by=None)


def test_what_was_chosen_is_taken_over_and_given_back_unless_changed_since(two, tree):
    kept, gone = two
    merge = merge_persons(kept=kept, gone=gone, by=None, take=["name"])
    kept.refresh_from_db()
    assert kept.name == "Anak Conto"
    Person.objects.filter(pk=kept.pk).update(name="Anak Ketiga")

    undo_merge(merge=merge, by=None)

    kept.refresh_from_db()
    assert kept.name == "Anak Ketiga"


def test_the_temporary_record_uploaded_again_finds_the_kept_person(two, take):
    kept, gone = two
    merge_persons(kept=kept, gone=gone, by=None)

    result = take(weighed(TEMPORARY, date(2025, 6, 10), 9.9), service="growth")

    assert (result.new, result.rejected) == (1, 0)
    assert Growth.objects.get(seen_on=date(2025, 6, 10)).person_id == kept.pk
    assert Person.objects.count() == 2


def test_rows_of_both_records_on_one_day_are_refused_with_the_reason(two, take):
    kept, gone = two
    merge_persons(kept=kept, gone=gone, by=None)
    day = date(2025, 6, 10)

    result = take(weighed(GROWTH, day, 9.9), weighed(TEMPORARY, day, 9.8), service="growth")

    assert (result.new, result.rejected) == (1, 1)
    assert [issue.code for issue in result.issues] == ["twice-since-merged"]
    assert float(Growth.objects.get(seen_on=day).weight) == 9.9


def test_the_same_for_visits_that_wait_for_the_whole_file(take):
    woman = {
        "Nama": "Contoh Satu", "Tanggal lahir": date(1990, 3, 12), "Posyandu": "Melati",
        "Tanggal kunjungan": date(2025, 5, 6), "HPHT": date(2025, 3, 4),
    }  # fmt: skip
    named = woman | {"NIK": "9901015203900001"}
    take(named, service="antenatal")
    take(woman | {"Nama": "Contoh Satoe"}, service="antenatal")
    kept, gone = Person.objects.order_by("pk")
    merge_persons(kept=kept, gone=gone, by=None)
    later = {"Tanggal kunjungan": date(2025, 6, 3)}

    result = take(woman | {"Nama": "Contoh Satoe"} | later, named | later, service="antenatal")

    assert (result.new, result.rejected) == (1, 1)


def test_a_visit_that_was_on_its_way_is_brought_home(two):
    kept, gone = two
    merge_persons(kept=kept, gone=gone, by=None)
    follow_touched(by=None)
    late = Growth.objects.get(seen_on=date(2025, 4, 8))
    Growth.objects.filter(pk=late.pk).update(person=gone)
    TouchedPerson.objects.create(person=gone, service="growth")

    follow_touched(by=None)

    late.refresh_from_db()
    assert late.person_id == kept.pk
    assert not TouchedPerson.objects.exists()
    assert not Milestone.objects.filter(person=gone).exists()


def test_undo_leaves_cancelled_what_was_taken_back_meanwhile(two, take):
    kept, gone = two
    poorer = Growth.objects.get(person=kept, seen_on=date(2025, 5, 6))
    merge = merge_persons(kept=kept, gone=gone, by=None)
    poorer.refresh_from_db()
    assert poorer.cancelled_at is not None
    undo_upload(upload=poorer.upload, by=None)

    undo_merge(merge=merge, by=None)

    poorer.refresh_from_db()
    assert poorer.cancelled_at is not None


def test_records_of_records_lead_to_one_person(take):
    names = ["Anak Contoh", "Anak Conto", "Anak Cntoh"]
    for name, nik in zip(names, ["9901011003240002", None, None], strict=True):
        take(GROWTH | {"NIK": nik, "Nama": name}, service="growth")
    kept, second, third = Person.objects.order_by("pk")
    inner = merge_persons(kept=second, gone=third, by=None)
    outer = merge_persons(kept=kept, gone=second, by=None)
    assert set(Person.objects.exclude(merged_into=None).values_list("merged_into", flat=True)) == {
        kept.pk
    }
    with pytest.raises(NewerFirst):
        undo_merge(merge=inner, by=None)

    undo_merge(merge=outer, by=None)

    third.refresh_from_db()
    assert third.merged_into_id == second.pk
    undo_merge(merge=inner, by=None)
    assert Growth.objects.standing().values("person").distinct().count() == 3

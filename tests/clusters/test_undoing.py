"""An upload is taken back and put back; what others did since stays."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from clusters.actions.locks import MonthLocked, lock_month, unlock_month
from clusters.actions.merging import merge_persons, undo_merge
from clusters.actions.undoing import (
    NotRedoable,
    NotUndoable,
    TooLateToRedo,
    TooLateToUndo,
    effect_of_redo,
    effect_of_undo,
    redo_upload,
    undo_upload,
)
from clusters.actions.visits import cancel_visit
from clusters.models import Growth, HomeChange, Person, Upload, Vital
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from tests.clusters.undoing import DAY, homes, standing, totals, uploaded, weighed
from tests.factories import worker
from tests.oracle.compare import whole_database
from tests.reporting.rows import incoming, write


def counts(effect):
    return effect.cancelled, effect.restored, effect.standing, effect.kept


def undo(upload):
    return counts(undo_upload(upload=upload, by=None))


def redo(upload):
    return counts(redo_upload(upload=upload, by=None))


def test_what_was_new_goes_and_what_was_changed_is_what_it_was(tree):
    first = uploaded(tree, [weighed(tree, n, 9 + n / 10) for n in range(4)])
    before, numbers = standing(), totals()
    again = [weighed(tree, n, 12, home="mawar", vitamin_a="biru") for n in (1, 2)]
    second = uploaded(tree, [*again, weighed(tree, 3, 9.3), weighed(tree, 7, 11)])
    assert (second.read, second.new, second.changed, second.same) == (4, 1, 2, 1)
    after, changed = standing(), totals()
    assert changed != numbers

    assert undo(second) == (1, 2, 0, 0)

    assert standing() == before
    assert totals() == numbers
    assert {upload for _weight, _home, upload, _row in before.values()} == {first.pk}
    assert redo(second) == (0, 2, 1, 0)
    assert standing() == after
    assert totals() == changed
    assert whole_database().differences == []


def test_every_column_is_given_back(tree):
    uploaded(tree, [weighed(tree, 1, 9.4, height=74.25, kia_book=True, education=False)])
    ignored = ("recorded_at",)
    before = Growth.objects.values().get()
    second = uploaded(tree, [weighed(tree, 1, 12, home="mawar", height=80)])
    assert Growth.objects.values().get() != before

    undo(second)

    found = Growth.objects.values().get()
    assert {k: v for k, v in found.items() if k not in ignored} == {
        k: v for k, v in before.items() if k not in ignored
    }


def test_what_others_changed_since_stays_and_is_counted(tree):
    upload = uploaded(tree, [weighed(tree, n, 9) for n in range(5)])
    uploaded(tree, [weighed(tree, 1, 10)])
    write("growth", [weighed(tree, 2, 11)], ())
    by_hand = Growth.objects.get(person__nik_sealed__isnull=False, row=2, upload=upload,
                                 person=Growth.objects.order_by("pk")[3].person)  # fmt: skip
    cancel_visit(visit=by_hand, by=None, reason="twice")
    told = effect_of_undo(upload=upload, by=None)
    assert [kept.why for kept in told.examples] == ["changed", "changed", "cancelled"]
    (cell,) = told.cells
    assert (cell.visits, cell.persons) == ((4, 2), (4, 2))

    assert undo(upload) == counts(told) == (2, 0, 0, 3)

    assert sorted(weight for weight, *_rest in standing().values()) == [10, 11]
    assert redo(upload) == (0, 0, 2, 3)
    by_hand.refresh_from_db()
    assert by_hand.extra == {"cancelled_because": "twice"}


def test_two_uploads_taken_back_in_either_order_leave_nothing(tree):
    for turned in (False, True):
        one = uploaded(tree, [weighed(tree, 1, 9)])
        other = uploaded(tree, [weighed(tree, 1, 10)])
        pair = (other, one) if turned else (one, other)
        for upload in pair:
            undo_upload(upload=upload, by=None)
        assert standing() == {}

        redo_upload(upload=one, by=None)
        assert [weight for weight, *_rest in standing().values()] == [9]
        redo_upload(upload=other, by=None)
        assert [weight for weight, *_rest in standing().values()] == [10]
        for upload in pair:
            undo_upload(upload=upload, by=None)


def test_what_was_recorded_in_its_place_stays(tree):
    upload = uploaded(tree, [weighed(tree, 1, 9), weighed(tree, 2, 9)])
    undo(upload)
    write("growth", [weighed(tree, 1, 12)], ())

    assert [one.why for one in effect_of_redo(upload=upload, by=None).examples] == ["recorded"]
    assert redo(upload) == (0, 0, 1, 1)

    assert sorted(weight for weight, *_rest in standing().values()) == [9, 12]


def test_a_form_that_comes_back_to_the_old_value_is_still_the_last_word(tree):
    write("growth", [weighed(tree, 1, 9)], ())
    upload = uploaded(tree, [weighed(tree, 1, 10)])
    undo(upload)
    for weight in (11, 9):
        write("growth", [weighed(tree, 1, weight)], ())

    assert redo(upload) == (0, 0, 0, 1)

    assert Growth.objects.get().weight == Decimal(9)


def test_a_death_that_came_meanwhile_keeps_visits_out(tree):
    upload = uploaded(tree, [weighed(tree, 1, 9), weighed(tree, 2, 9)])
    undo(upload)
    died = incoming(
        "vital", nik="9901010211200001", born_on=date(2023, 11, 2), sex="L",
        seen_on=DAY - timedelta(9), facility=tree["first"], home=None, event="meninggal",
    )  # fmt: skip
    write("vital", [died], ())
    assert Vital.objects.get().person == Growth.objects.order_by("pk").first().person

    assert redo(upload) == (0, 0, 1, 1)


def test_merging_decided_over_some_and_a_merge_taken_apart_leaves_the_rest_to_the_upload(tree):
    upload = uploaded(tree, [weighed(tree, n, 9, day=DAY + timedelta(n)) for n in (1, 2, 3)])
    kept, gone, _other = Person.objects.order_by("pk")
    merge = merge_persons(kept=kept, gone=gone, by=None)

    assert undo(upload) == (2, 0, 0, 1)
    assert [one.why for one in effect_of_redo(upload=upload, by=None).examples] == []

    undo_merge(merge=merge, by=None)
    assert redo(upload) == (0, 0, 2, 0)
    assert len(standing()) == 3
    totals()
    assert whole_database().differences == []


def test_a_visit_that_a_merge_had_cancelled_stands_again_with_its_upload(tree):
    upload = uploaded(tree, [weighed(tree, 1, 9)])
    uploaded(tree, [weighed(tree, 2, 9, height=75)])
    gone, kept = Person.objects.order_by("pk")
    merge = merge_persons(kept=kept, gone=gone, by=None)
    undo(upload)
    undo_merge(merge=merge, by=None)
    assert len(standing()) == 1

    assert redo(upload) == (0, 0, 1, 0)


def test_homes_are_given_back_and_taken_again(tree):
    uploaded(tree, [weighed(tree, 1, 9)])
    before = homes()
    rows = [weighed(tree, n, 9, day=DAY + timedelta(30), home="mawar") for n in (1, 2)]
    upload = uploaded(tree, rows)
    after = homes()
    assert HomeChange.objects.count() == 1

    undo(upload)

    assert {k: v for k, v in homes().items() if k in before} == before
    assert [v for k, v in homes().items() if k not in before] == [(None, None)]
    assert not HomeChange.objects.exists()
    redo(upload)
    assert homes() == after


def test_a_home_that_somebody_else_also_names_stays(tree):
    uploaded(tree, [weighed(tree, 1, 9)])
    moved = DAY + timedelta(30)
    upload = uploaded(tree, [weighed(tree, 1, 9, day=moved, home="mawar")])
    write("growth", [weighed(tree, 1, 9, day=moved, home="mawar", at="mawar")], ())

    undo(upload)

    assert Person.objects.get().home == tree["mawar"]


def test_not_after_its_days_nor_twice(tree, settings):
    upload = uploaded(tree, [weighed(tree, 1, 9)])
    with pytest.raises(NotRedoable):
        redo(upload)
    Upload.objects.update(finished_at=timezone.now() - timedelta(days=8))
    with pytest.raises(TooLateToUndo) as late:
        undo(upload)
    assert "7 hari" in late.value.sentence
    settings.UPLOAD_UNDO_DAYS = 9
    undo(upload)
    with pytest.raises(NotUndoable):
        undo(upload)
    long_ago = timezone.now() - timedelta(days=31)
    Upload.objects.update(finished_at=long_ago, undone_at=long_ago)
    with pytest.raises(TooLateToRedo) as late:
        redo(upload)
    assert "30 hari" in late.value.sentence
    settings.UPLOAD_REDO_DAYS = 60
    redo(upload)


def test_a_locked_month_is_named_and_nothing_changes(tree):
    upload = uploaded(tree, [weighed(tree, 1, 9), weighed(tree, 2, 9, day=date(2025, 6, 3))])
    lock_month(district=tree["district"], month=Month(2025, 6), by=None)
    for ask in (effect_of_undo, undo_upload):
        with pytest.raises(MonthLocked) as locked:
            ask(upload=upload, by=None)
        assert "Juni 2025" in locked.value.sentence
    assert len(standing()) == 2
    unlock_month(district=tree["district"], month=Month(2025, 6), by=None, reason="perbaikan")
    undo(upload)
    lock_month(district=tree["district"], month=Month(2025, 5), by=None)
    with pytest.raises(MonthLocked):
        redo(upload)
    assert standing() == {}


@pytest.mark.parametrize(("role", "at"), [("admin_puskesmas", "second"), ("nakes", "melati")])
def test_only_who_records_there(tree, role, at):
    upload = uploaded(tree, [weighed(tree, 1, 9)])
    stranger = worker(role, tree[at])
    for ask in (undo_upload, effect_of_undo):
        with pytest.raises(Forbidden):
            ask(upload=upload, by=stranger)
    undo(upload)
    for ask in (redo_upload, effect_of_redo):
        with pytest.raises(Forbidden):
            ask(upload=upload, by=stranger)
    assert standing() == {}


def test_who_and_what_is_on_record(tree):
    admin = worker("admin_puskesmas", tree["first"])
    upload = uploaded(tree, [weighed(tree, 1, 9)])
    undo_upload(upload=upload, by=admin)
    redo_upload(upload=upload, by=admin)
    upload.refresh_from_db()
    assert (upload.undone_by, upload.redone_by, upload.status) == (admin, admin, "done")
    told = AuditEvent.objects.filter(event__in=("upload.undone", "upload.redone")).order_by("pk")
    assert [(one.actor, one.detail["cancelled"], one.detail["standing"]) for one in told] == [
        (admin, 1, 0),
        (admin, 0, 1),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"undone_at": "2020-01-01T00:00Z"},
        {"redone_at": "2030-01-01T00:00Z"},
        {"status": "done", "undone_at": "2030-01-01T00:00Z"},
        {"file_deleted_at": "2030-01-01T00:00Z"},
    ],
)
def test_the_database_keeps_to_the_states(tree, wrong):
    upload = uploaded(tree, [weighed(tree, 1, 9)])
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(**wrong)

"""Who merges two records, which may not be merged, and what the database holds to."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from clusters.actions.locks import MonthLocked, lock_month
from clusters.actions.merging import (
    AlreadyMerged,
    DifferentBirth,
    KeepTheNik,
    merge_persons,
    tell_apart,
    undo_merge,
)
from clusters.models import Merge, Person, ToldApart
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from tests.clusters.merging import TEMPORARY, two_records
from tests.factories import worker


@pytest.fixture
def two(take):
    return two_records(take)


def test_what_may_not_be_merged(two, take, tree):
    kept, gone = two
    with pytest.raises(KeepTheNik):
        merge_persons(kept=gone, gone=kept, by=None)
    take(TEMPORARY | {"Tanggal lahir": date(2024, 3, 11)}, service="growth")
    other = Person.objects.latest("pk")
    with pytest.raises(DifferentBirth):
        merge_persons(kept=kept, gone=other, by=None)
    lock_month(district=tree["district"], month=Month(2025, 4), by=None)
    with pytest.raises(MonthLocked):
        merge_persons(kept=kept, gone=gone, by=None)
    assert not Merge.objects.exists()


def test_a_merged_record_is_not_merged_again(two):
    kept, gone = two
    merge_persons(kept=kept, gone=gone, by=None)
    with pytest.raises(AlreadyMerged):
        merge_persons(kept=kept, gone=gone, by=None)


@pytest.mark.parametrize(
    ("role", "at", "may"),
    [
        ("admin_puskesmas", "first", True),
        ("nakes", "first", True),
        ("admin_dinas", "district", True),
        ("admin_puskesmas", "second", False),
        ("kepala_puskesmas", "first", False),
        ("kader", "melati", False),
        ("programmer", "district", False),
        ("lihat", "district", False),
        ("ti", "district", False),
    ],
)
def test_who_may_merge(two, tree, role, at, may):
    kept, gone = two
    by = worker(role, tree[at])
    if may:
        undo_merge(merge=merge_persons(kept=kept, gone=gone, by=by), by=by)
        tell_apart(one=kept, other=gone, by=by)
        return
    with pytest.raises(Forbidden):
        merge_persons(kept=kept, gone=gone, by=by)
    with pytest.raises(Forbidden):
        tell_apart(one=kept, other=gone, by=by)
    assert not Merge.objects.exists()
    assert not ToldApart.objects.exists()


def test_two_persons_are_told_apart_once(two):
    kept, gone = two
    assert tell_apart(one=gone, other=kept, by=None) == tell_apart(one=kept, other=gone, by=None)
    assert AuditEvent.objects.filter(event="persons.told-apart").count() == 1


def test_the_database_holds_it(two):
    kept, gone = two
    merge = merge_persons(kept=kept, gone=gone, by=None)

    def refused(change):
        with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
            change()

    refused(lambda: Person.objects.filter(pk=kept.pk).update(merged_into=gone))
    refused(lambda: Person.objects.filter(pk=gone.pk).update(merged_into=gone))
    refused(lambda: Merge.objects.create(kept=kept, gone=gone))
    refused(lambda: Merge.objects.create(kept=kept, gone=kept))
    refused(lambda: merge.delete())
    refused(lambda: ToldApart.objects.create(first=gone, second=kept))

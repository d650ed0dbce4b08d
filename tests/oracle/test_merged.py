"""Records of one person, merged and some taken apart again, count as the oracle counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clusters.actions.merging import merge_persons, undo_merge
from clusters.models import MergedVisit, Person
from ilp.core.crypto import blind_index
from reporting.actions.roll_up import roll_up_changed
from tests.oracle.compare import whole_database
from tests.oracle.random_visits import Made
from tests.reporting.rows import write

PEOPLE = {"antenatal": 15, "growth": 15, "immunisation": 15, "adult": 15}


def second(row):
    """The same row under a record without NIK."""
    return replace(row, identity=blind_index(f"kembar:{row.identity.hex()}"), nik=None)


def doubled(rows, chance):
    """Each row under one of two records of its person, and some under both."""
    for row in rows:
        kind = chance.randrange(5)
        if kind < 3:
            yield row
        if kind > 1:
            yield second(row)


@pytest.mark.parametrize("seed", [11])
def test_merging_and_undoing_leave_the_numbers_right(seed, tree):
    places = [tree[name] for name in ("melati", "mawar", "pustu_satu", "desa_dua", "first")]
    made = Made(seed, places)
    for service, people in PEOPLE.items():
        write(service, list(doubled(made.rows(service, people), made.chance)), places)
    roll_up_changed()
    known = {bytes(person.identity): person for person in Person.objects.all()}
    pairs = [
        (person, known[twin])
        for identity, person in known.items()
        if (twin := blind_index(f"kembar:{identity.hex()}")) in known
    ]
    assert len(pairs) > 15

    merges = [merge_persons(kept=kept, gone=gone, by=None) for kept, gone in pairs]
    roll_up_changed()

    assert whole_database().differences == []
    assert MergedVisit.objects.filter(cancelled=True).exists()
    for merge in merges[::2]:
        undo_merge(merge=merge, by=None)
    roll_up_changed()
    seen = whole_database()
    assert seen.differences == []
    assert seen.filled > 5_000

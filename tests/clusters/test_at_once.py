"""A death, a visit and a merge that are written at the same moment find each other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import monotonic, sleep

import pytest
from django.db import connection, transaction

from clusters.actions.following import follow_touched
from clusters.actions.merging import merge_persons
from clusters.models import VISITS, Person, TouchedPerson
from tests.reporting.rows import incoming, write

pytestmark = pytest.mark.django_db(transaction=True)
BORN, BEFORE, DEATH, AFTER = (date(1980, 3, 12), date(2025, 5, 6), date(2025, 6, 3),
                              date(2025, 6, 9))  # fmt: skip
PEOPLE = [f"99010112038000{n:02d}" for n in range(1, 9)]


@pytest.fixture
def visits(tree):
    def rows(service, day, people, **values):
        return [
            incoming(service, nik=nik, born_on=BORN, sex="L", seen_on=day,
                     facility=tree["first"], home=tree["melati"], row=n, **values)
            for n, nik in enumerate(people, start=2)
        ]  # fmt: skip

    return {
        "death": lambda people: ("vital", rows("vital", DEATH, people, event="meninggal")),
        "visit": lambda people: ("adult", rows("adult", AFTER, people)),
        "known": lambda people: ("adult", rows("adult", BEFORE, people)),
    }


def someone_waits():
    """In this database: other tests run beside these on the same server."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) "
            "WHERE NOT granted AND datname = current_database())"
        )
        return cursor.fetchone()[0]


def elsewhere(work):
    """Done on a connection of its own, that is closed afterwards."""
    try:
        return work()
    finally:
        connection.close()


def at_once(first, second, before_the_end=lambda: None):
    """What the second says that began before the first had ended."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            other = pool.submit(elsewhere, second)
            until = monotonic() + 5
            while not (other.done() or someone_waits()) and monotonic() < until:
                sleep(0.02)
            before_the_end()
        return other.result(timeout=30)


def standing(service):
    return VISITS[service].objects.standing().filter(seen_on__gte=DEATH).count()


@pytest.mark.parametrize("is_known", [True, False], ids=["known", "new"])
@pytest.mark.parametrize(
    ("one", "other", "why"), [("visit", "death", "seen_later"), ("death", "visit", "died")]
)
def test_the_second_is_left_out_with_the_reason(visits, one, other, why, is_known):
    if is_known:
        write(*visits["known"](PEOPLE), None)

    second = at_once(
        lambda: write(*visits[one](PEOPLE), None),
        lambda: write(*visits[other](PEOPLE[::-1]), None),
    )

    assert {mismatch.field for mismatch in second.mismatches} == {why}
    assert (second.new, len(second.mismatches)) == (0, len(PEOPLE))
    assert standing("vital" if one == "visit" else "adult") == 0


def test_visits_do_not_wait_for_one_another(visits):
    write(*visits["known"](PEOPLE), None)
    service, rows = visits["visit"](PEOPLE[::-1])

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        write(*visits["known"](PEOPLE), None)
        other = pool.submit(elsewhere, lambda: write(service, rows, None))
        assert other.result(timeout=5).new == len(PEOPLE)


def test_who_follows_takes_persons_in_one_order_over_all_services(visits, tree):
    """A worker that held the later person for the first service would cross with another."""
    write(*visits["known"](PEOPLE[:2]), None)
    earlier, later = Person.objects.order_by("pk").values_list("pk", flat=True)
    TouchedPerson.objects.all().delete()
    TouchedPerson.objects.create(person_id=later, service="adult")
    TouchedPerson.objects.create(person_id=earlier, service="growth")
    held = Person.objects.select_for_update(no_key=True, nowait=True)

    followed = at_once(
        lambda: held.get(pk=earlier),
        lambda: follow_touched(by=None),
        before_the_end=lambda: held.get(pk=later),
    )

    assert followed == 2


def test_a_merge_waits_for_what_is_being_written(visits):
    write(*visits["known"](PEOPLE[:2]), None)
    kept, gone = Person.objects.order_by("pk")

    at_once(
        lambda: write(*visits["visit"](PEOPLE[1:2]), None),
        lambda: merge_persons(kept=kept, gone=gone, by=None),
    )

    assert set(VISITS["adult"].objects.values_list("person", flat=True)) == {kept.pk}


def test_what_comes_in_during_a_merge_is_the_kept_persons(visits):
    write(*visits["known"](PEOPLE[:2]), None)
    kept, gone = Person.objects.order_by("pk")

    second = at_once(
        lambda: merge_persons(kept=kept, gone=gone, by=None),
        lambda: write(*visits["visit"](PEOPLE[1:2]), None),
    )

    assert second.new == 1
    assert VISITS["adult"].objects.get(seen_on=AFTER).person_id == kept.pk

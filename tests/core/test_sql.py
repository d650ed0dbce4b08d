"""Statements that PostgreSQL plans once for each connection, and statements in flight."""

import pytest
from django.db import DataError, OperationalError, close_old_connections, connection, transaction

from ilp.core import sql
from ilp.core.models import User

pytestmark = pytest.mark.django_db
ADD = "SELECT $1::int + $2::int"


def prepared():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'kept_%%'", [])
        return cursor.fetchone()[0]


def test_a_statement_is_prepared_once(django_assert_num_queries):
    sql.run_prepared(ADD, [1, 2])
    before = prepared()
    with django_assert_num_queries(1):
        assert sql.run_prepared(ADD, [2, 3]) == [(5,)]
    assert prepared() == before


def test_lists_missing_values_and_quotes_arrive_as_they_are():
    statement = "SELECT $1::text, cardinality($2::bigint[]), $3::date"
    assert sql.run_prepared(statement, ["a'; --", [1, 2], None]) == [("a'; --", 2, None)]
    assert sql.run_prepared(statement, ["%s", [], None]) == [("%s", 0, None)]


def test_rows_come_as_they_are_written(django_assert_num_queries):
    statement = "SELECT $1::int, ARRAY[$2::text, 'b'], NULL::date FROM generate_series(1, 2)"
    sql.run_written(statement, ["1", "a"])
    with django_assert_num_queries(1):
        assert sql.run_written(statement, ["7", "é"]) == [(b"7", "{é,b}".encode(), None)] * 2


def test_what_goes_wrong_is_one_of_djangos_errors():
    with pytest.raises(DataError), transaction.atomic():
        sql.run_written(ADD, ["1", "many"])
    assert sql.run_written(ADD, ["1", "2"]) == [(b"3",)]


@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_said_to_be_lost():
    sql.run_written(ADD, ["1", "2"])
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    other.close()
    with pytest.raises(OperationalError):
        sql.run_written(ADD, ["1", "2"])
    close_old_connections()
    assert sql.run_written(ADD, ["1", "2"]) == [(b"3",)]


def test_a_connection_holds_only_so_many(monkeypatch):
    monkeypatch.setattr(sql, "MOST_PREPARED", 2)
    for number in range(5):
        assert sql.run_prepared(f"SELECT $1::int + {number}", [1]) == [(number + 1,)]
    assert prepared() <= 2
    assert sql.run_prepared("SELECT $1::int + 0", [1]) == [(1,)]


def test_names_become_numbers_in_order():
    statement, names = sql.numbered("facilities/glance")
    assert names == ("user", "today", "session", "content", "now")
    assert "%(" not in statement
    assert "--" not in statement


def test_statements_in_flight_answer_in_order_when_they_land():
    with sql.InFlight() as flight:
        assert flight.land() == []
        flight.send("CREATE TEMP TABLE number (n int) ON COMMIT DROP")
        flight.send("INSERT INTO number SELECT generate_series(1, %(most)s)", {"most": 3})
        flight.send("DELETE FROM number WHERE n > 1 RETURNING n")
        assert [sorted(rows) for rows in flight.land()] == [[], [], [(2,), (3,)]]
        flight.send("SELECT n FROM number")
    with connection.cursor() as cursor:  # the connection is as before
        cursor.execute("SELECT n FROM number")
        assert cursor.fetchall() == [(1,)]


def test_statements_in_flight_are_asked_and_answered_in_stages():
    with sql.InFlight() as flight:
        assert list(flight.each()) == []
        flight.send("SELECT 1")
        flight.send("SELECT 2")
        answered = list(flight.each())
        flight.send("SELECT 3")
        assert answered == [[(1,)], [(2,)]]
        assert list(flight.each()) == [[(3,)]]
        assert list(flight.each()) == []


def test_what_goes_wrong_in_flight_is_raised_when_it_lands():
    with transaction.atomic():
        flight = sql.InFlight()
        flight.send("SELECT 1 / %(nothing)s", {"nothing": 0})
        with pytest.raises(DataError):
            flight.land()
        transaction.set_rollback(True)
    assert User.objects.count() == 0  # the connection is as before


def fail_in_flight():
    with transaction.atomic(), sql.InFlight() as flight:
        flight.send("SELECT pg_sleep(0.01)")
        raise KeyError


def test_a_failure_of_ours_leaves_nothing_in_flight():
    with pytest.raises(KeyError):
        fail_in_flight()
    assert User.objects.count() == 0

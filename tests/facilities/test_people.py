from datetime import timedelta

import pyotp
import pytest
from django.contrib.auth.hashers import identify_hasher
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from facilities.actions import login, people
from facilities.models import Assignment
from facilities.roles import Role
from facilities.selectors.login import FREE_TRIES, LONGEST_WAIT, tries_left, wait_left
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent, User
from tests.factories import worker


@pytest.fixture
def admin(tree):
    return worker(Role.ADMIN_PUSKESMAS, tree["first"])


def new_kader(tree, by, username="kader.melati"):
    return people.create_user(
        username=username, name="Sari", phone="", role="kader", facility=tree["melati"], by=by
    )


def test_a_new_user_gets_a_random_password_to_be_changed(tree, admin):
    one, two = new_kader(tree, admin), new_kader(tree, admin, "lain")
    user = User.objects.get(pk=one.user.pk)
    assert user.check_password(one.password)
    assert one.password != two.password
    assert identify_hasher(user.password).algorithm == "argon2"
    assert user.must_change_password


def test_a_username_is_taken_whatever_its_case(tree, admin):
    new_kader(tree, admin)
    with pytest.raises(people.UsernameTaken, match="sudah dipakai"):
        new_kader(tree, admin, "KADER.Melati")


@pytest.mark.parametrize("role", [Role.ADMIN_DINAS, Role.KEPALA_PUSKESMAS, Role.TI])
def test_nobody_gives_a_role_beyond_their_own(tree, admin, role):
    kader = worker(Role.KADER, tree["melati"])
    with pytest.raises(people.RoleNotAssignable):
        people.assign_role(
            user=kader, facility=tree["first"], role=role, starts_on=timezone.localdate(), by=admin
        )


def test_nobody_gives_a_role_to_themselves(tree):
    boss = worker(Role.ADMIN_DINAS, tree["district"])
    with pytest.raises(people.RoleNotAssignable):
        people.assign_role(
            user=boss, facility=tree["first"], role="nakes", starts_on=timezone.localdate(), by=boss
        )


def test_a_role_is_given_once(tree):
    kader = worker(Role.KADER, tree["melati"])
    with pytest.raises(people.AlreadyAssigned):
        people.assign_role(
            user=kader,
            facility=tree["melati"],
            role="kader",
            starts_on=timezone.localdate(),
            by=None,
        )


def test_it_staff_may_open_the_admin_for_as_long_as_they_are(tree):
    ti = people.create_user(
        username="ti", name="", phone="", role="ti", facility=tree["district"], by=None
    ).user
    assert User.objects.get(pk=ti.pk).is_staff
    people.end_role(assignment=Assignment.objects.get(user=ti), by=None)
    assert not User.objects.get(pk=ti.pk).is_staff


def test_only_those_above_help_with_a_password(tree, admin):
    user, old = (new := new_kader(tree, admin)).user, new.password
    with pytest.raises(Forbidden):
        people.reset_password(user=user, by=worker(Role.ADMIN_PUSKESMAS, tree["second"]))
    with pytest.raises(Forbidden):
        people.reset_password(user=worker(Role.ADMIN_DINAS, tree["district"]), by=admin)
    password = people.reset_password(user=user, by=admin)
    user.refresh_from_db()
    assert user.check_password(password)
    assert not user.check_password(old)


def test_a_weak_password_is_refused(tree, admin):
    with pytest.raises(ValidationError):
        people.change_password(user=admin, password="12345678", by=admin)
    people.change_password(user=admin, password="kuda-laut-biru-7", by=admin)
    assert not User.objects.get(pk=admin.pk).must_change_password


def test_the_second_factor_needs_the_right_code(admin):
    secret = pyotp.random_base32()
    with pytest.raises(people.WrongSecondFactor):
        people.set_totp(user=admin, secret=secret, code="000000x", by=admin)
    people.set_totp(user=admin, secret=secret, code=pyotp.TOTP(secret).now(), by=admin)
    assert User.objects.get(pk=admin.pk).totp_secret == secret


def test_failures_slow_the_next_try_and_more_each_time(db):
    now = timezone.now()
    waits = []
    for _ in range(8):
        waits.append(wait_left(username="Siapa", now=now).total_seconds())
        login.note_failed_login(username="SIAPA ", now=now)
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120]
    later = now + timedelta(seconds=100)
    assert wait_left(username="siapa", now=later) == timedelta(seconds=140)


def test_the_wait_has_a_limit(db):
    now = timezone.now()
    for _ in range(40):
        login.note_failed_login(username="siapa", now=now)
    assert wait_left(username="siapa", now=now) == LONGEST_WAIT


def test_a_login_that_works_forgets_the_failures(tree, admin):
    for _ in range(6):
        login.note_failed_login(username=admin.username, now=timezone.now())
    login.note_login(user=admin, by=admin)
    assert tries_left(username=admin.username) == FREE_TRIES


@pytest.mark.parametrize(
    "statement", ["UPDATE core_auditevent SET event = 'x'", "DELETE FROM core_auditevent"]
)
def test_the_audit_trail_cannot_be_changed(tree, statement):
    before = AuditEvent.objects.count()
    assert before
    with (
        pytest.raises(DatabaseError, match="Cannot delete or update"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEvent.objects.exclude(event="x").count() == before

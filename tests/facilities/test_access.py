from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from facilities.access import assignable_roles, can, has_anywhere, manages, permissions, require
from facilities.models import Assignment, Facility, IlpStatus
from facilities.roles import ASSIGNABLE, GRANTS, Permission, Role
from ilp.core.errors import Forbidden
from ilp.core.models import User
from tests.factories import worker


@pytest.mark.parametrize(
    ("post", "place", "allowed"),
    [
        ("district", "melati", True),
        ("first", "melati", True),
        ("first", "desa_satu", True),
        ("pustu_satu", "melati", True),
        ("desa_satu", "melati", True),
        ("kec_one", "melati", True),
        ("kec_one", "first", True),
        ("melati", "melati", True),
        ("melati", "pustu_satu", False),
        ("melati", "first", False),
        ("first", "district", False),
        ("first", "second", False),
        ("second", "melati", False),
        ("kec_two", "melati", False),
        ("mawar", "melati", False),
    ],
)
def test_a_role_reaches_downwards_only(tree, post, place, allowed):
    user = worker(Role.LIHAT, tree[post])
    assert can(user, Permission.VIEW, tree[place]) is allowed
    assert Facility.objects.visible_to(user).filter(pk=tree[place].pk).exists() is allowed


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("permission", list(Permission))
def test_a_role_holds_what_the_table_says(tree, role, permission):
    user = worker(role, tree["first"])
    assert can(user, permission, tree["melati"]) is (permission in GRANTS[role])
    assert has_anywhere(user, permission) is (permission in GRANTS[role])


@pytest.mark.parametrize("role", [Role.KEPALA_DINAS, Role.PROGRAMMER, Role.ADMIN_DINAS])
def test_the_dinas_sees_no_names(tree, role):
    assert Permission.VIEW_PEOPLE not in permissions(worker(role, tree["district"]))


def test_a_role_that_has_ended_or_not_begun_opens_nothing(tree):
    today = timezone.localdate()
    later = worker(Role.LIHAT, tree["first"], starts_on=today + timedelta(days=1))
    over = worker(Role.LIHAT, tree["first"])
    Assignment.objects.filter(user=over).update(ends_on=today)
    assert not can(later, Permission.VIEW, tree["first"])
    assert not can(over, Permission.VIEW, tree["first"])
    assert permissions(over) == frozenset()


def test_a_closed_place_stays_readable_for_whom_it_belonged_to(tree):
    from facilities.actions.places import close
    from ilp.core.months import Month

    close(place=tree["melati"], since=Month(2025, 3), by=None)
    assert can(worker(Role.LIHAT, tree["first"]), Permission.VIEW, tree["melati"])
    assert not can(worker(Role.LIHAT, tree["second"]), Permission.VIEW, tree["melati"])


def test_the_system_may_and_a_stranger_may_not(tree):
    require(None, Permission.MANAGE_PLACES, tree["melati"])
    with pytest.raises(Forbidden):
        require(User.objects.create(username="asing"), Permission.VIEW, tree["melati"])


def test_a_superuser_may_everything(tree):
    root = User.objects.create(username="root", is_superuser=True)
    assert can(root, Permission.APPROVE, tree["melati"])
    assert permissions(root) == frozenset(Permission)


def test_rows_of_a_place_follow_the_place(tree):
    for key in ("melati", "mawar"):
        IlpStatus.objects.create(facility=tree[key], state="persiapan", since=date(2025, 1, 1))
    seen = IlpStatus.objects.visible_to(worker(Role.LIHAT, tree["first"]))
    assert [status.facility for status in seen] == [tree["melati"]]


def test_a_puskesmas_admin_gives_roles_to_nakes_and_kader_only(tree):
    admin = worker(Role.ADMIN_PUSKESMAS, tree["first"])
    assert assignable_roles(admin, tree["melati"]) == {Role.NAKES, Role.KADER}
    assert assignable_roles(admin, tree["mawar"]) == frozenset()
    assert manages(admin, worker(Role.KADER, tree["melati"]))
    assert not manages(admin, worker(Role.KADER, tree["mawar"]))
    assert not manages(admin, worker(Role.KEPALA_PUSKESMAS, tree["first"]))


def test_only_those_who_manage_users_may_give_roles():
    holders = {role for role, granted in GRANTS.items() if Permission.MANAGE_USERS in granted}
    assert holders == set(ASSIGNABLE)


def test_nobody_is_asked_who_has_not_signed_in():
    assert not hasattr(AnonymousUser(), "assignments")

"""A colleague stands in: same role, same place, those days, on record, and nothing more."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from facilities.access import (
    acting_for,
    assignable_roles,
    can,
    held_at,
    managed,
    offered_roles,
    permissions,
)
from facilities.actions import people
from facilities.actions import substitutes as actions
from facilities.actions.places import move
from facilities.models import Assignment, Axis
from facilities.roles import GRANTS, Permission, Role
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from tests.factories import small_district, worker

PAGE = "/akun/pengganti/"
VERIFY = Permission.VERIFY


def day(n):
    return timezone.localdate() + timedelta(days=n)


@pytest.fixture
def head(tree):
    return worker("kepala_puskesmas", tree["first"], first_name="Lalu")


@pytest.fixture
def nurse(tree):
    return worker("nakes", tree["first"], first_name="Evi")


def name(absent, other, first=0, last=6, by=None, post=None):
    return actions.name_substitute(
        post=post or absent.assignments.get(), username=other.username, first=day(first),
        last=day(last), by=by or absent,
    )  # fmt: skip


def test_the_substitute_holds_the_role_at_the_place_and_no_more(tree, head, nurse):
    name(head, nurse)

    own = GRANTS[Role.NAKES] | GRANTS[Role.KEPALA_PUSKESMAS]
    assert permissions(nurse) == own
    assert can(nurse, VERIFY, tree["first"])
    assert can(nurse, VERIFY, tree["melati"])
    assert not can(nurse, VERIFY, tree["second"])
    assert not can(nurse, VERIFY, tree["district"])
    assert acting_for(nurse, VERIFY, tree["first"]) == {head.pk: False}
    assert acting_for(nurse, Permission.VIEW, tree["first"])[nurse.pk] is True
    assert can(head, VERIFY, tree["first"]), "the absent person keeps the role"


@pytest.mark.parametrize(
    ("shift", "holds"), [(-1, False), (0, False), (1, True), (3, True), (4, False), (9, False)]
)
def test_it_begins_and_ends_by_itself(tree, head, nurse, shift, holds):
    made = name(head, nurse, first=1, last=3)
    made.starts_on -= timedelta(days=shift)
    made.ends_on -= timedelta(days=shift)
    made.save()

    assert can(nurse, VERIFY, tree["first"]) is holds


def test_it_is_on_record(head, nurse):
    made = name(head, nurse)

    event = AuditEvent.objects.get(event="substitute.named")
    assert (event.actor, event.facility_id) == (head, made.facility_id)
    assert event.detail == {
        "user": nurse.pk, "role": "kepala_puskesmas", "since": str(day(0)), "until": str(day(6)),
    }  # fmt: skip


def test_what_is_stood_in_for_is_not_passed_on(tree, head, nurse):
    made = name(head, nurse)

    with pytest.raises(Forbidden):
        name(head, worker("nakes", tree["first"]), post=made, by=nurse)


def test_nobody_names_a_substitute_for_another(tree, head, nurse):
    for other in (worker("admin_dinas", tree["district"]), nurse):
        with pytest.raises(Forbidden):
            name(head, nurse, by=other)


def test_a_role_that_ended_is_not_stood_in_for(head, nurse):
    head.assignments.update(ends_on=day(0))

    with pytest.raises(Forbidden):
        name(head, nurse)


@pytest.mark.parametrize(("first", "last"), [(-1, 3), (3, 2), (0, 90), (200, 400)])
def test_the_days_are_checked(head, nurse, first, last):
    with pytest.raises(actions.WrongDays, match="90 hari"):
        name(head, nurse, first, last)


def test_ninety_days_are_the_most_and_one_the_least(head, nurse):
    assert name(head, nurse, 0, 0).ends_on == day(1)
    assert name(head, nurse, 1, 90).ends_on == day(91)


def test_not_longer_than_the_role_itself(head, nurse):
    head.assignments.update(ends_on=day(5))

    with pytest.raises(actions.OutlastsPost):
        name(head, nurse, 0, 5)
    assert name(head, nurse, 0, 4)


def test_only_an_active_colleague_of_the_district(tree, head):
    other = small_district(2)
    gone = worker("nakes", tree["first"], is_active=False)
    former = worker("nakes", tree["first"])
    former.assignments.update(ends_on=day(0))
    for user in (
        head,
        gone,
        former,
        worker("nakes", other["first"]),
        worker("kader", tree["melati"]),
    ):
        with pytest.raises(actions.NotAColleague, match="kabupaten yang sama"):
            name(head, user)
    assert not Assignment.objects.filter(stands_for__isnull=False).exists()
    assert name(head, worker("kepala_puskesmas", tree["second"]))


def test_a_cadre_stands_in_for_a_cadre(tree):
    assert name(worker("kader", tree["melati"]), worker("kader", tree["mawar"]))


def test_who_runs_the_system_is_not_stood_in_for(tree, nurse):
    with pytest.raises(actions.RoleNotPassedOn, match="Petugas TI"):
        name(worker("ti", tree["district"]), nurse)


def test_one_at_a_time(tree, head, nurse):
    other = worker("nakes", tree["first"])
    name(head, nurse, 0, 6)
    with pytest.raises(actions.SubstitutedAlready):
        name(head, other, 6, 8)

    assert name(head, other, 7, 8)


def test_the_absent_person_comes_back_early(tree, head, nurse):
    now, later = name(head, nurse, 0, 6), name(head, nurse, 7, 9)
    with pytest.raises(Forbidden):
        actions.end_substitute(substitute=now, by=nurse)

    actions.end_substitute(substitute=now, by=head)

    assert not can(nurse, VERIFY, tree["first"])
    later.refresh_from_db()
    assert later.ends_on == day(10), "the other stays"
    assert AuditEvent.objects.get(event="substitute.ended").actor == head
    with pytest.raises(actions.SubstituteGone):
        actions.end_substitute(substitute=now, by=head)


@pytest.mark.parametrize("way", ["role", "account"])
def test_it_ends_with_what_it_stands_for(tree, head, nurse, way):
    coming = name(head, nurse, 3, 6)
    name(head, nurse, 0, 2)
    admin = worker("admin_dinas", tree["district"])

    if way == "role":
        people.end_role(assignment=head.assignments.get(), by=admin)
    else:
        people.set_active(user=head, active=False, by=admin)

    assert not can(nurse, VERIFY, tree["first"])
    coming.refresh_from_db()
    assert coming.ends_on == coming.starts_on
    assert AuditEvent.objects.filter(event="substitute.ended", actor=admin).count() == 2


def test_an_admin_of_the_puskesmas_does_not_take_over_the_account_meanwhile(tree, head, nurse):
    admin = worker("admin_puskesmas", tree["first"])
    assert people.reset_password(user=nurse, by=admin)
    name(head, nurse)

    with pytest.raises(Forbidden):
        people.reset_password(user=nurse, by=admin)


def test_the_database_knows_no_substitute_without_an_end(head, nurse):
    made = name(head, nurse)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=made.pk).update(ends_on=None)


def test_what_is_held_at_a_place_ends_when_the_place_moves_away(tree, head):
    assert VERIFY in held_at(head, tree["pustu_satu"])
    month = Month.of(timezone.localdate())
    for axis, parent in ((Axis.NETWORK, "second"), (Axis.AREA, "desa_dua")):
        move(place=tree["pustu_satu"], axis=axis, parent=tree[parent], since=month, by=None)

    assert not can(head, VERIFY, tree["pustu_satu"])
    assert held_at(head, tree["pustu_satu"]) == frozenset()
    assert acting_for(head, VERIFY, tree["pustu_satu"]) == {}


def test_the_page_names_and_ends_without_a_script(head, nurse):
    client = Client()
    client.force_login(head)
    data = {
        "post": head.assignments.get().pk, "username": nurse.username.upper(),
        "first": str(day(0)), "last": str(day(2)),
    }  # fmt: skip

    page = client.post(PAGE, data, follow=True).content.decode()
    assert "Pengganti tercatat." in page
    assert "<strong>Evi</strong>" in page
    made = Assignment.objects.get(stands_for__isnull=False)
    theirs = Client()
    theirs.force_login(nurse)
    assert "Anda menggantikan Lalu sebagai Kepala Puskesmas" in theirs.get(PAGE).content.decode()
    assert theirs.post(f"{PAGE}{made.pk}/akhiri/").status_code == 404

    page = client.post(f"{PAGE}{made.pk}/akhiri/", follow=True).content.decode()
    assert "Penggantian diakhiri." in page
    page = client.post(f"{PAGE}{made.pk}/akhiri/", follow=True).content.decode()
    assert "sudah berakhir" in page


def test_the_page_says_what_is_wrong(head, nurse):
    client = Client()
    client.force_login(head)
    empty = client.post(PAGE, {"username": ""}).content.decode()
    for sentence in ("Pilih peran.", "Tulis nama pengguna yang menggantikan Anda.", "Isi tanggal"):
        assert sentence in empty
    data = {"username": nurse.username, "first": str(day(0)), "last": str(day(2))}
    others = client.post(PAGE, data | {"post": nurse.assignments.get().pk}).content.decode()
    assert "Pilih salah satu peran Anda sendiri." in others
    mine = data | {"post": head.assignments.get().pk}
    assert "kabupaten yang sama" in client.post(PAGE, mine | {"username": "x"}).content.decode()
    assert "90 hari" in client.post(PAGE, mine | {"last": "2199-01-01"}).content.decode()
    assert not Assignment.objects.filter(stands_for__isnull=False).exists()


def test_an_admin_of_the_dinas_sees_it_at_the_account_and_may_end_it(tree, head, nurse):
    made = name(head, nurse)
    client = Client()
    client.force_login(worker("admin_dinas", tree["district"]))

    assert "a.n. Lalu, sebelum" in client.get(f"/pengguna/{nurse.pk}/").content.decode()
    client.post(f"/peran/{made.pk}/akhiri/")

    assert not can(nurse, VERIFY, tree["first"])


def test_a_substitute_gives_no_roles(tree):
    """For a day in the admin's place nobody becomes one who makes admins."""
    admin = worker("admin_dinas", tree["district"])
    nurse = worker("nakes", tree["district"])
    name(admin, nurse)
    assert can(nurse, Permission.MANAGE_USERS, tree["first"])
    assert assignable_roles(admin, tree["first"])
    assert assignable_roles(nurse, tree["first"]) == frozenset()
    assert offered_roles(nurse) == frozenset()
    other = worker("nakes", tree["first"])
    assert managed(admin, [other]) == {other.pk}
    assert managed(nurse, [other]) == set()

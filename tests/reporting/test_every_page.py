"""Each page that needs no more than its address, for each role: open or refused as declared."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from facilities.access import of_roles
from facilities.roles import Permission, Role
from ilp.guide import BY_PAGE
from tests.factories import worker
from tests.reporting.rolled_up import places_of, with_visits

P = Permission
ROLES_AT = {
    Role.KEPALA_DINAS: "district",
    Role.PROGRAMMER: "district",
    Role.ADMIN_DINAS: "district",
    Role.LIHAT: "district",
    Role.TI: "district",
    Role.ADMIN_PUSKESMAS: "first",
    Role.KEPALA_PUSKESMAS: "first",
    Role.NAKES: "pustu_satu",
    Role.KADER: "melati",
}
TAKES_ONLY_POST = {
    *("facilities:logout", "language", "reporting:quality-confirm", "reporting:form-upload"),
    *("reporting:form-confirm", "reporting:target-upload", "reporting:target-confirm"),
    *("reporting:target-names", "reporting:target-marks"),
}
# Signed in already, or nothing was asked for: one is led on.
LEADS_ON = {"facilities:login", "facilities:login-code", "clusters:template"}
# Where the help is for more people than the page itself.
NARROWER = {
    "reporting:target-template": {P.MANAGE_TARGETS},
    "facilities:facility-open": {P.MANAGE_PLACES},
    "reporting:follow-up-new": {P.PLAN},
}
WIDER = {  # empty, or only what is theirs
    "reporting:findings": {P.SYSTEM},
    "facilities:facility-list": {P.SYSTEM},
    "facilities:assessments": {P.SYSTEM},
}
# Whose roles, not whose permissions, decide.
BY_ROLE = {
    "facilities:second-factor": {Role.ADMIN_DINAS, Role.ADMIN_PUSKESMAS, Role.TI},
    "reporting:holders": {Role.ADMIN_DINAS},
}


def addresses():
    for name in BY_PAGE:
        try:
            yield name, reverse(name)
        except NoReverseMatch:
            continue


def expected(name, role):
    held = of_roles([role])
    who = NARROWER.get(name, BY_PAGE[name].who)
    if name in BY_ROLE:
        opens = role in BY_ROLE[name]
    else:
        opens = not who or bool(held & (who | WIDER.get(name, set())))
    if name in TAKES_ONLY_POST:
        return {405}
    if not opens:
        return {403, 404}
    return {302} if name in LEADS_ON else {200}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES_AT, ids=lambda role: role.value)
def test_every_page_is_open_to_whom_it_is_meant_for_and_to_nobody_else(tree, role):
    with_visits(places_of(tree))
    client = Client()
    client.force_login(worker(role, tree[ROLES_AT[role]]))

    found = {name: client.get(address).status_code for name, address in addresses()}

    assert len(found) > 50
    wrong = {n: status for n, status in found.items() if status not in expected(n, role)}
    assert wrong == {}

"""How many findings wait is said on the home page of those who answer for numbers."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from facilities.models import DataVersion
from facilities.roles import Role
from reporting.views import findings
from tests.factories import worker
from tests.reporting.figures import filled_district
from tests.reporting.findings import MAY, USUAL, history

ANSWERS = {Role.PROGRAMMER, Role.ADMIN_DINAS, Role.ADMIN_PUSKESMAS}


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


@pytest.fixture
def odd(tree):
    """K1 of the first Puskesmas, and so of the district, is far from the months before."""
    for place in ("first", "district"):
        history(tree[place], "k1", USUAL, 0)
    DataVersion.objects.update(number=1)
    return tree


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def said(client):
    """The number on the home page, and where it leads; None where nothing is said.

    Where it has to be counted the page asks for it afterwards, as its script does.
    """
    html = client.get("/").content.decode()
    if "data-later" in html:
        assert ">Temuan mutu data<" in html, "without a script a link says where they are"
        html = client.get(re.search(r'data-later="([^"]+)"', html)[1]).content.decode()
    html = " ".join(html.split()).replace("&amp;", "&")
    found = re.search(r'<a href="(/mutu/[^"]+)">[^0-9]*<strong>(\d+) temuan mutu data', html)
    return (int(found[2]), found[1]) if found else None


@pytest.mark.parametrize("role", list(Role))
def test_who_answers_for_numbers_sees_how_many_wait(odd, role):
    at = "first" if role == Role.ADMIN_PUSKESMAS else "district"
    client = browser(worker(role, odd[at]))

    told = said(client)

    assert (told is not None) is (role in ANSWERS)
    if told:
        page = client.get(told[1]).content.decode()
        assert f"Semua ({told[0]})" in page
        assert told[0] == (1 if at == "first" else 2)
        assert "Mei 2025" in client.get("/").content.decode()
        assert "data-later" not in client.get("/").content.decode(), "it is kept"


def test_what_is_said_to_be_right_is_not_counted_any_more(odd):
    client = browser(worker("admin_puskesmas", odd["first"]))
    dinas = browser(worker("programmer", odd["district"]))
    assert (said(client)[0], said(dinas)[0]) == (1, 2)

    answer = client.post(
        reverse("reporting:quality-confirm"),
        {"tempat": odd["first"].code, "bulan": str(MAY), "periksa": "ekstrem", "hal": "k1",
         "angka": "0", "alasan": "Layanan tutup"},
    )  # fmt: skip

    assert answer.status_code == 302
    assert (said(client), said(dinas)[0]) == (None, 1)


def test_counting_is_done_again_only_some_time_after_the_numbers_changed(odd, monkeypatch):
    client = browser(worker("programmer", odd["district"]))

    def asked():
        with CaptureQueriesContext(connection) as captured:
            said(client)
        return len(captured)

    asked()
    usual = asked()
    assert asked() == usual
    DataVersion.objects.update(number=2)
    assert asked() == usual, "it changed a moment ago"
    monkeypatch.setattr(findings, "LAG_SECONDS", -1)
    cache.clear()
    assert asked() > usual
    assert asked() == usual
    DataVersion.objects.update(number=3)
    assert asked() > usual


@pytest.mark.parametrize("role", sorted(ANSWERS))
def test_nothing_to_look_at_is_not_mentioned(tree, role):
    assert said(browser(worker(role, tree["district"]))) is None


def test_a_full_district_is_counted_within_the_home_page(db):
    tree = filled_district()
    client = browser(worker("admin_dinas", tree["district"]))

    count, address = said(client)

    assert f"Semua ({count})" in client.get(address).content.decode()

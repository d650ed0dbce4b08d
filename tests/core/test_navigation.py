"""The bar of destinations shows what exists and what the person may see."""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from django.utils.translation import override

from facilities.roles import GRANTS, Role
from ilp.core.models import User
from ilp.navigation import DESTINATIONS, address, is_here, menu
from tests.factories import small_district, worker


def page(request):
    """Never called: only its address matters."""


urlpatterns = [
    path("beranda/", page, name="home"),
    path("situasi/", include(([path("", page, name="situation")], "reporting"))),
    path("pengguna/", include(([path("", page, name="user-list")], "facilities"))),
]


def bar(user, where="/beranda/"):
    request = RequestFactory().get(where)
    request.user = user
    return list(menu(request)["nav"])


def test_strangers_see_no_destinations():
    assert bar(AnonymousUser()) == []


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_destinations_follow_the_permissions():
    nobody = User.objects.create(username="baru")
    assert [item.name for item in bar(nobody)] == ["Beranda"]
    chief = User.objects.create(username="kepala", is_superuser=True)
    assert [item.name for item in bar(chief)] == ["Beranda", "Situasi", "Pengguna"]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_a_page_below_a_destination_marks_it():
    chief = User.objects.create(username="kepala", is_superuser=True)
    assert [item.active for item in bar(chief, "/situasi/rinci/")] == [False, True, False]


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_nobody_has_more_than_nine_in_the_bar_and_nothing_is_lost(role):
    places = small_district()
    user = worker(role, places["district"])
    held = GRANTS[role]

    shown = bar(user, "/")

    assert len(shown) <= 9
    behind = [item for group in shown for item in group.items]
    names = [item.name for item in shown if not item.items] + [item.name for item in behind]
    assert sorted(names) == sorted(
        str(one.label) for one in DESTINATIONS if one.permission in (None, *held)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.ADMIN_DINAS, "Kelola"),
        (Role.ADMIN_PUSKESMAS, "Kelola"),
        (Role.KEPALA_DINAS, "Lainnya"),
        (Role.KADER, "Lainnya"),
    ],
)
def test_the_group_is_called_after_what_one_does_there(role, name):
    user = worker(role, small_district()["district"])
    assert [item.name for item in bar(user, "/") if item.items] == [name]


@pytest.mark.django_db
def test_the_page_that_is_open_is_marked_within_the_group_and_on_it(client):
    client.force_login(worker(Role.ADMIN_DINAS, small_district()["district"]))

    text = client.get("/pengguna/").content.decode()

    menu = text.partition('class="main-nav"')[2].partition("</nav>")[0]
    assert '<summary aria-current="true">Kelola</summary>' in menu
    assert menu.count('aria-current="page"') == 1
    assert re.search(r'href="/pengguna/"\s+aria-current="page"', menu)
    assert " open" not in menu
    text = client.get("/faskes/").content.decode()
    assert "<summary>Kelola</summary>" in text


@override_settings(ROOT_URLCONF=__name__)
def test_pages_that_do_not_exist_have_no_address():
    assert address("reporting:rollout") == ""


def test_the_front_page_is_not_above_all_others():
    assert is_here("/", "/")
    assert not is_here("/situasi/", "/")


@pytest.mark.django_db
def test_in_english_the_list_of_places_is_named_after_many():
    """The label of a box in which one is chosen is the same word in Indonesian."""
    places = small_district()
    admin = worker(Role.ADMIN_DINAS, places["district"])
    with override("en"):
        assert "Facilities" in {item.name for item in every(bar(admin))}
    browser = Client()
    browser.force_login(admin)
    browser.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = browser.get("/faskes/buka/").content.decode()
    trail = page.split('class="breadcrumbs"')[1].split("</nav>")[0]
    assert "Facilities" in trail
    assert "Facility" not in trail
    upload = Client()
    upload.force_login(worker(Role.ADMIN_PUSKESMAS, places["first"]))
    upload.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert ">Facility" in upload.get("/unggah/baru/").content.decode()


def every(items):
    return [one for item in items for one in (item, *item.items)]

"""The bar of destinations shows what exists and what the person may see."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory, override_settings
from django.urls import include, path

from ilp.core.models import User
from ilp.navigation import address, is_here, menu


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


@override_settings(ROOT_URLCONF=__name__)
def test_pages_that_do_not_exist_have_no_address():
    assert address("reporting:rollout") == ""


def test_the_front_page_is_not_above_all_others():
    assert is_here("/", "/")
    assert not is_here("/situasi/", "/")

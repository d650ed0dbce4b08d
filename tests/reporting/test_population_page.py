"""The pyramid of a place: who is registered there, beside its sasaran."""

import pytest
from django.urls import reverse

from facilities.roles import Role
from tests.factories import worker
from tests.reporting.cards import people_of_melati
from tests.reporting.figures import sasaran
from tests.reporting.released_pages import forget

PAGE = reverse("reporting:population")


@pytest.fixture(autouse=True)
def empty_cache():
    forget()


def text(client, tree, role=Role.KEPALA_DINAS, at="district", **asked):
    client.force_login(worker(role, tree[at]))
    answer = client.get(PAGE, {"p": "2025-05"} | asked)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_registered_are_counted_by_age_and_sex_where_they_live(client, tree):
    people = people_of_melati(tree)
    sasaran(tree["district"], {tree["desa_satu"]: {"S_PDD": 6, "S_BUMIL": 2}})
    page = text(client, tree, w=tree["desa_satu"].code)
    assert f"{len(people)} orang terdaftar, 50,0% dari 6 penduduk sasaran" in page
    assert "0–4 tahun: laki-laki 1, perempuan 0" in page
    assert "Sasaran ibu hamil" in page
    assert "/klaster/K2/?" in page
    shares = text(client, tree, w=tree["desa_satu"].code, m="persen")
    assert "0–4 tahun: laki-laki 33,3%, perempuan 0,0%" in shares


def test_where_nobody_is_registered_it_says_so(client, tree):
    assert "Belum ada orang yang terdaftar di sini" in text(client, tree)


def test_a_place_outside_ones_scope_does_not_exist(client, tree):
    client.force_login(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
    assert client.get(PAGE, {"w": tree["second"].code}).status_code == 404


def test_the_picture_and_its_rows_are_files(client, tree):
    people_of_melati(tree)
    here = {"w": tree["desa_satu"].code, "p": "2025-05"}
    client.force_login(worker(Role.PROGRAMMER, tree["district"]))
    drawn = client.get(reverse("reporting:population-file", args=["svg"]), here).content.decode()
    assert "3 orang terdaftar" in drawn
    assert "class=" not in drawn
    rows = client.get(reverse("reporting:population-file", args=["csv"]), here).content.decode()
    assert "Jumlah,2,1,3" in rows
    client.force_login(worker(Role.LIHAT, tree["district"]))
    assert client.get(reverse("reporting:population-file", args=["csv"]), here).status_code == 403

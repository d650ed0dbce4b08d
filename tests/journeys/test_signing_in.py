"""Everybody signs in, sees what is theirs, and nothing of what is not."""

import pytest

from facilities.roles import Role

MAY = {
    Role.KEPALA_DINAS: {"Situasi", "Indikator", "Laporan"},
    Role.PROGRAMMER: {"Situasi", "Indikator", "Laporan"},
    Role.ADMIN_DINAS: {"Situasi", "Indikator", "Laporan", "Pengguna"},
    Role.LIHAT: {"Situasi", "Indikator"},
    Role.TI: {"Pengguna"},
    Role.ADMIN_PUSKESMAS: {"Situasi", "Unggah", "Laporan"},
    Role.KEPALA_PUSKESMAS: {"Situasi", "Laporan"},
    Role.NAKES: {"Situasi", "Unggah"},
    Role.KADER: {"Situasi"},
}


@pytest.mark.parametrize("role", list(Role), ids=lambda r: r.value)
def test_each_role_signs_in_and_sees_its_menu(visit, role):
    visitor = visit(role)

    for group in visitor.page.query_selector_all("nav.main-nav summary"):
        group.click()
    menu = {a.inner_text() for a in visitor.page.query_selector_all("nav.main-nav a")}

    assert MAY[role] <= menu
    assert ("Unggah" in menu) == (role in (Role.ADMIN_PUSKESMAS, Role.NAKES))
    assert visitor.errors == []


def test_a_wrong_password_says_what_to_do_and_keeps_the_name(visit, site):
    visitor = visit()
    visitor.page.goto(f"{site}/masuk/")
    visitor.page.fill("input[name=username]", "kepala_dinas")
    visitor.page.fill("input[name=password]", "salah")
    visitor.follow("button[type=submit]")

    assert "salah" in visitor.text
    assert visitor.page.input_value("input[name=username]") == "kepala_dinas"


@pytest.mark.parametrize("path", ["/", "/situasi/", "/indikator/", "/laporan/", "/faskes/"])
def test_no_page_scrolls_sideways_on_a_phone(visit, path):
    visitor = visit(Role.ADMIN_PUSKESMAS, width=360, height=740)

    assert visitor.go(path) == 200
    assert visitor.wide <= 360, path

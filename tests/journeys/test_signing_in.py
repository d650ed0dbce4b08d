"""Everybody signs in, sees what is theirs, and nothing of what is not."""

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


def test_each_role_signs_in_and_sees_its_menu(visit, site):
    for role in Role:
        visitor = visit().sign_in(role)

        for group in visitor.page.query_selector_all("nav.main-nav summary"):
            group.click()
        menu = {a.inner_text() for a in visitor.page.query_selector_all("nav.main-nav a")}

        assert MAY[role] <= menu, role
        assert ("Unggah" in menu) == (role in (Role.ADMIN_PUSKESMAS, Role.NAKES)), role
        assert visitor.errors == []


def test_a_wrong_password_says_what_to_do_and_keeps_the_name(visit, site):
    visitor = visit()
    visitor.page.goto(f"{site}/masuk/")
    assert visitor.barriers == []
    visitor.page.fill("input[name=username]", "kepala_dinas")
    visitor.page.fill("input[name=password]", "salah")
    visitor.follow("button[type=submit]")

    assert "salah" in visitor.text
    assert visitor.page.input_value("input[name=username]") == "kepala_dinas"


def test_no_page_scrolls_sideways_on_a_phone(visit):
    visitor = visit(Role.ADMIN_PUSKESMAS, width=360, height=740)

    for path in ("/", "/situasi/", "/indikator/", "/laporan/", "/faskes/"):
        assert visitor.go(path) == 200
        assert visitor.wide <= 360, path

"""Tables of numbers can be read whole: on a phone without a push sideways, on paper uncut."""

from facilities.roles import Role

PHONE = {"width": 360, "height": 740}
SHEET = {"width": 1047, "height": 718}  # pixels of A4 lying, between its margins
CUT = """() => [...document.querySelectorAll(".scroll")]
  .filter(box => box.scrollWidth > box.clientWidth)
  .map(box => `${box.getAttribute("aria-label")}: ${box.scrollWidth} of ${box.clientWidth}`)"""


def test_no_figure_hides_beyond_the_edge_of_a_phone(visit):
    phone = visit(Role.ADMIN_DINAS, **PHONE)
    for path in ("/klaster/K1/", "/klaster/K2/", "/indikator/", "/spm/"):
        assert phone.go(f"{path}?p=2026-05") == 200

        assert phone.page.query_selector_all(".scroll"), path
        assert phone.page.evaluate(CUT) == [], path


def test_nothing_is_cut_off_on_paper(visit):
    desk = visit(Role.ADMIN_DINAS, **SHEET)
    for path in ("/klaster/K3/", "/spm/", "/situasi/"):
        desk.page.emulate_media(media="screen")
        assert desk.go(f"{path}?p=2026-05&d=sementara&t=lansia") == 200

        desk.page.emulate_media(media="print")

        assert desk.wide <= SHEET["width"], path
        assert not desk.page.is_visible(".main-nav"), path

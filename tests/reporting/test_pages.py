"""The pages of numbers: for whom they open, what they show, what they cost."""

import csv
import gzip
import io
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.urls import reverse
from python_calamine import CalamineWorkbook

from facilities.roles import Permission, Role, roles_with
from tests.factories import small_district, worker
from tests.reporting.figures import MAY, filled_district

pytestmark = pytest.mark.django_db
MOST_QUERIES, MOST_BYTES = 25, 60_000
VIEWERS = [Role(role) for role in roles_with(Permission.VIEW)]
NOT_VIEWERS = [role for role in Role if role not in VIEWERS]
AT = {
    Role.ADMIN_PUSKESMAS: "first",
    Role.KEPALA_PUSKESMAS: "first",
    Role.NAKES: "pustu_satu",
    Role.KADER: "melati",
}
PAGES = [
    reverse("reporting:situation"),
    reverse("reporting:scorecard"),
    reverse("reporting:scorecard") + "?k=K2&m=kurang&s=-IB04",
    *(reverse("reporting:cluster", args=[code]) for code in ("K1", "K2", "K3", "K4", "LK")),
    reverse("reporting:cluster", args=["K2"]) + "?t=bumil",
    reverse("reporting:indicator-list"),
    reverse("reporting:disease-list"),
    reverse("reporting:disease-list") + "?v=tahun",
    *(
        reverse("reporting:indicator", args=[code]) + f"?v={view}"
        for code, view in (
            *(("IB04", view) for view in ("pws", "tren", "tabel", "definisi")),
            *((code, "pws") for code in ("SPM01", "AN26", "IM24", "DW06", "AN19")),
        )
    ),
]


class Figures(HTMLParser):
    """What a machine reads of a page: code -> value of every `data` of class figure."""

    def __init__(self, html):
        super().__init__()
        self.found = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        if tag == "data" and held.get("class") == "figure":
            self.found[held["data-indicator"]] = held["value"]


@pytest.fixture
def places():
    return filled_district()


def signed_in(client, role, places):
    user = worker(role, places[AT.get(role, "district")])
    client.force_login(user)
    return user


def command(name, *args):
    out = io.StringIO()
    call_command(name, *args, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("role", VIEWERS)
def test_every_page_opens_within_its_budget(client, places, role, django_assert_max_num_queries):
    signed_in(client, role, places)
    for url in PAGES:
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = client.get(url)
        assert answer.status_code == 200, url
        assert len(gzip.compress(answer.content)) < MOST_BYTES, url


@pytest.mark.parametrize("role", NOT_VIEWERS)
def test_who_may_see_no_numbers_is_refused(client, places, role):
    signed_in(client, role, places)
    for url in PAGES:
        assert client.get(url).status_code == 403, url


def test_visitors_are_asked_to_sign_in(client, places):
    for url in (*PAGES, "/"):
        answer = client.get(url)
        assert answer.status_code == 302, url
        assert "masuk" in answer["Location"]


@pytest.mark.parametrize("role", list(Role))
def test_everybody_has_a_home(client, places, role, django_assert_max_num_queries):
    signed_in(client, role, places)
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get("/")
    assert answer.status_code == 200
    assert "Perlu dikerjakan" in answer.content.decode()


@pytest.mark.parametrize("page", [*PAGES[:2], PAGES[4], reverse("reporting:indicator-list")])
def test_a_place_outside_ones_scope_does_not_exist(client, places, page):
    signed_in(client, Role.ADMIN_PUSKESMAS, places)
    between = "&" if "?" in page else "?"
    for name in ("district", "second", "mawar"):
        assert client.get(f"{page}{between}w={places[name].code}").status_code == 404
    assert client.get(f"{page}{between}w={places['melati'].code}").status_code == 200


def test_the_profile_of_a_place_outside_ones_scope_does_not_exist(client, places):
    signed_in(client, Role.NAKES, places)
    assert client.get(reverse("reporting:place", args=[places["first"].code])).status_code == 404
    assert client.get(reverse("reporting:place", args=[places["melati"].code])).status_code == 200


def test_profiles_of_every_kind_of_place_open(client, places, django_assert_max_num_queries):
    signed_in(client, Role.KEPALA_DINAS, places)
    for place in places.values():
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = client.get(reverse("reporting:place", args=[place.code]))
        assert answer.status_code == 200, place.code
        assert place.name in answer.content.decode()


def test_every_page_of_numbers_says_how_far_they_may_be_trusted(client, places):
    """The second Puskesmas has not reported in May."""
    signed_in(client, Role.KEPALA_DINAS, places)
    district = reverse("reporting:place", args=[places["district"].code])
    for url in ("/situasi/", "/rapor/?k=UTAMA", "/indikator/", "/indikator/IB04/", district):
        text = client.get(url).content.decode()
        assert "Angka sementara – 1 dari 2 Puskesmas melapor" in text, url
    bottom = reverse("reporting:place", args=[places["melati"].code])
    assert "melapor" not in client.get(bottom).content.decode()


def test_nonsense_in_the_address_is_not_found(client, places):
    signed_in(client, Role.KEPALA_DINAS, places)
    assert client.get("/situasi/?p=2025-13").status_code == 404
    assert client.get("/situasi/?w=entah").status_code == 404
    assert client.get("/indikator/XX99/").status_code == 404
    assert client.get("/indikator/IB04/unduh.pdf").status_code == 404


def test_an_empty_district_says_what_to_do(client):
    places = small_district()
    signed_in(client, Role.KEPALA_DINAS, places)
    for url in PAGES:
        assert client.get(url).status_code == 200, url
    assert "Belum ada angka untuk" in client.get("/situasi/").content.decode()


def test_the_dashboard_shows_what_the_command_computes(client, places):
    signed_in(client, Role.KEPALA_DINAS, places)
    shown = Figures(client.get("/situasi/").content.decode()).found
    rows = csv.DictReader(io.StringIO(command("indicators", "--place=99.01", f"--month={MAY}")))
    computed = {row["indicator"]: row["value"] for row in rows}
    assert len(shown) >= 12
    assert {code: computed[code] for code in shown} == shown


def test_a_page_its_files_and_the_command_agree(client, places):
    signed_in(client, Role.PROGRAMMER, places)
    args = ("--place=99.01", f"--month={MAY}", "--children")
    expected = [
        row
        for row in csv.reader(io.StringIO(command("indicators", *args)))
        if row[1] in ("indicator", "SPM01")
    ]
    answer = client.get("/indikator/SPM01/unduh.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert sorted(row[:7] for row in rows) == sorted(expected)
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(client.get("/indikator/SPM01/unduh.xlsx").content)
    )
    sheet = book.get_sheet_by_name("Data").to_python()
    assert [row[0] for row in sheet] == [row[0] for row in rows]
    assert [row[4] for row in sheet[1:]] == pytest.approx([float(row[4]) for row in rows[1:]])
    page = client.get("/indikator/SPM01/").content.decode()
    assert Figures(page).found["SPM01"] == next(r[4] for r in rows if r[0] == "99.01")


@pytest.mark.parametrize("role", VIEWERS)
def test_only_those_who_may_export_are_given_files(client, places, role):
    signed_in(client, role, places)
    allowed = role in roles_with(Permission.EXPORT)
    for url in ("/rapor/unduh.csv", "/rapor/unduh.xlsx", "/indikator/IB04/unduh.csv"):
        assert client.get(url).status_code == (200 if allowed else 403), url
    assert ("unduh.csv" in client.get("/indikator/IB04/").content.decode()) is allowed


def test_the_month_and_the_place_travel_with_every_link(client, places):
    signed_in(client, Role.KEPALA_DINAS, places)
    page = client.get("/situasi/?p=2025-03").content.decode()
    assert "Maret 2025" in page
    assert f"/indikator/SPM01/?w={places['first'].code}&amp;p=2025-03" in page
    assert "?w=99.01&amp;p=2025-02" in page
    assert "?w=99.01&amp;p=2025-04" in page
    assert "p=2025-06" not in client.get("/situasi/").content.decode()


def test_a_place_that_did_not_report_is_bl_and_not_zero(client, places):
    signed_in(client, Role.KEPALA_DINAS, places)
    page = client.get("/rapor/").content.decode()
    assert "1 dari 2 Puskesmas melapor" in client.get("/situasi/").content.decode()
    row = page[page.index(">Cempaka<") :]
    assert 'class="heat q-bl"' in row[: row.index("</tr>")]


def test_the_scorecard_is_narrowed_to_a_kecamatan(client, places):
    signed_in(client, Role.KEPALA_DINAS, places)
    page = client.get("/rapor/?kec=99.01.01").content.decode()
    body = page[page.index("<tbody>") :]
    assert "Kenanga" in body
    assert "Cempaka" not in body
    only = client.get("/rapor/unduh.csv?kec=99.01.01").content.decode()
    assert "Kenanga" in only
    assert "Cempaka" not in only

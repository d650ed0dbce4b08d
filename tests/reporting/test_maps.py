"""The map and its list say the same; boundaries where there are some, squares otherwise."""

import gzip
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from facilities.models import Boundary, BoundaryMap, MapTile
from facilities.roles import Role
from reporting.charts import areas
from reporting.charts.areas import Area, Shape, Spot, Square, draw_areas, draw_squares, laid_out
from reporting.selectors.maps import outlines, squares
from reporting.selectors.places import Place
from tests.facilities.test_maps import BOTH, content, uploaded
from tests.factories import small_district, worker
from tests.reporting.figures import MAY, filled_district
from tests.reporting.test_pages import MOST_QUERIES, VIEWERS, signed_in

pytestmark = pytest.mark.django_db
ASKED = {"p": "2025-05", "i": "SPM04"}


@pytest.fixture
def places():
    return filled_district()


def as_places(*held):
    return [Place(one.pk, one.code, one.name, one.kind) for one in held]


def drawn(client, **asked):
    text = client.get(reverse("reporting:map"), ASKED | asked).content.decode()
    return text, dict(re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', text))


def test_without_boundaries_every_place_is_a_square_that_leads_to_its_number(client, places):
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))

    text, links = drawn(client)

    there = reverse("reporting:indicator", args=["SPM04"])
    for name, pattern in (("first", r"Kenanga: [\d,]+% ."), ("second", "Cempaka: BL")):
        address = f"{there}?w={places[name].code}&amp;p=2025-05"
        assert re.fullmatch(pattern, links[address])
        assert text.count(f'href="{address}"') == 2  # in the map and in the list
    assert text.count("<rect") >= 2
    assert 'class="bar f-bl"' in text


def test_villages_draw_their_puskesmas(client, places):
    uploaded(places, *BOTH)
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))

    text, links = drawn(client)

    assert text.count("<path d=") + text.count("<path class=") >= 2
    assert len(links) == 2
    assert "Batas: BIG 2024" in text


def test_an_own_boundary_goes_before_those_of_the_villages(places):
    uploaded(places, *BOTH)
    uploaded(places, (places["first"].code, "Kenanga"))

    found = outlines(places=as_places(places["first"], places["second"]), month=MAY)

    assert list(found.shapes) == [places["first"].pk]


def test_places_without_a_boundary_are_named_below_the_map(client, places):
    uploaded(places, BOTH[0])
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    assert "Tanpa batas di peta: Cempaka." in drawn(client)[0]


def test_maps_of_two_districts_are_not_drawn_as_one(places):
    other = small_district(2)
    uploaded(places, *BOTH)
    uploaded(other, ("99.02.01.2001", "Desa satu"))

    found = outlines(places=as_places(places["district"], other["district"]), month=MAY)

    assert len(found.shapes) == 1


def test_the_tab_of_the_indicator_holds_the_same_map(client, places):
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    page = reverse("reporting:indicator", args=["SPM04"])

    tab = client.get(page, {"p": "2025-05", "v": "peta"}).content.decode()

    found = re.search(r"<svg.*?</svg>", drawn(client)[0], re.DOTALL)[0]
    assert found in tab


@pytest.mark.parametrize("role", VIEWERS)
def test_the_map_opens_within_its_budget(client, places, role, django_assert_max_num_queries):
    uploaded(places, *BOTH)
    signed_in(client, role, places)
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(reverse("reporting:map"), ASKED)
    assert answer.status_code == 200


def test_a_map_as_heavy_as_it_may_be_weighs_no_more_than_its_budget(client, places):
    held = BoundaryMap.objects.create(
        district=places["district"], kind="desa", source="x", width=1000, height=1000
    )
    path = "M1 1l" + " ".join(f"{at % 37 - 18} {at * 7 % 41 - 20}" for at in range(20_000)) + "z"
    for name in ("desa_satu", "desa_dua"):
        Boundary.objects.create(
            map=held, facility=places[name], path=path, left=0, top=0, right=9, bottom=9
        )
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    answer = client.get(reverse("reporting:map"), ASKED)
    paths = len(gzip.compress(path.encode())) * 2
    assert len(gzip.compress(answer.content)) - paths < 16 * 1024


def test_a_place_at_the_bottom_has_no_map(client, places):
    client.force_login(worker(Role.KADER, places["melati"]))
    assert "Tidak ada tempat di bawahnya" in drawn(client)[0]


def test_squares_that_nobody_laid_out_fill_the_grid_without_meeting(places):
    MapTile.objects.create(district=places["district"], facility=places["second"], column=1, row=1)
    found = squares(places=as_places(places["first"], places["second"]))
    assert found[places["second"].pk] == (1, 1)
    assert found[places["first"].pk] != (1, 1)


@pytest.mark.parametrize("count", [1, 5, 29, 36, 250])
def test_a_grid_is_a_little_wider_than_high(count):
    laid = laid_out(count)
    columns, rows = max(c for c, _r in laid), max(r for _c, r in laid)
    assert len(set(laid)) == count
    assert rows <= columns <= 2 * rows + 1
    spot = Spot("Puskesmas Bernama Sangat Panjang", 7, "43,1%", "tertinggal", "/x/")
    svg = draw_squares([Square(spot, *square) for square in laid], title="t", desc="d")
    assert svg.count("<a ") == count
    assert svg.count("bar f-jelek") == count


def test_more_squares_than_one_looks_through_are_a_mosaic_of_how_they_stand():
    ways = ("tercapai", "mendekati", "tertinggal", "bl")
    laid = laid_out(1900)
    spots = [Spot(f"Melati {n}", n, "43,1%", ways[n % 4], "/x/") for n in range(1900)]
    squares_ = [
        Square(*one)
        for one in zip(spots, (c for c, _r in laid), (r for _c, r in laid), strict=True)
    ]
    svg = draw_squares(squares_, title="t", desc="d")
    assert re.findall(r"<title>([^<]+: \d+)</title>", svg) == [
        "Tercapai: 475",
        "Mendekati: 475",
        "Tertinggal: 475",
        "Belum lapor: 475",
    ]
    assert re.findall(r'd="([^"]+)"', svg)[-1].count("M") == 475
    assert len(svg.encode()) < 50_000
    assert int(re.search(r' width="(\d+)"', svg)[1]) <= 720
    assert "<text" not in svg


def test_the_mosaic_is_in_the_order_of_the_list_and_says_so(client, places, monkeypatch):
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    monkeypatch.setattr(areas, "MOST", 1)
    text, links = drawn(client)
    assert "Urut seperti daftar, baris demi baris." in text
    assert not links
    squares_ = re.findall(r"<title>([^<:]+): 1</title><path class=\"[^\"]+\"[^>]* d=\"M(\d+)", text)
    assert sorted(squares_, key=lambda one: int(one[1]))[-1][0] == "Belum lapor", "last in the list"


def test_numbers_of_areas_are_as_large_on_a_phone_as_on_a_screen():
    for side in (90, 9000):  # a map of a few villages, and of a whole district
        area = Area(Spot("A", 1, "1%", "bl", ""), (Shape("M0 0z", (0, 0, side, side)),))
        svg = draw_areas([area], title="t", desc="d")
        box = float(re.search(r'viewBox="[\d.-]+ [\d.-]+ ([\d.]+)', svg)[1])
        given = {"map-wide": 720, "map-middle": 560, "map-phone": 290}
        width = int(re.search(r' width="(\d+)"', svg)[1])
        sizes = dict(re.findall(r'<g class="(map-\w+)" font-size="([\d.]+)"', svg))
        assert set(sizes) == set(given)
        for class_, room in given.items():
            assert float(sizes[class_]) * min(width, room) / box == pytest.approx(14, abs=0.15)


def test_a_shape_is_drawn_with_the_class_of_its_standing():
    shape = Shape("M0 0l9 0 0 9z", (0, 0, 9, 9))
    shapes = [
        Area(Spot(standing, 1, "1%", standing, ""), (shape,))
        for standing in ("tercapai", "mendekati", "tertinggal", "bl", "ta")
    ]
    svg = draw_areas(shapes, title="t", desc="d")
    for word in ("f-baik", "f-cukup", "f-jelek", "f-bl", "f-ta"):
        assert f"bar {word}" in svg


def test_it_staff_upload_and_see_what_is_left_over(client, places):
    client.force_login(worker(Role.TI, places["district"]))
    page = reverse("reporting:map-boundaries")
    file = SimpleUploadedFile("desa.geojson", content(BOTH[0], ("1.2", "Asing")))

    answer = client.post(page, {"file": file, "source": "BIG"}, follow=True)

    text = answer.content.decode()
    assert "1 wilayah berpasangan" in text
    assert "1.2 Asing" in text
    assert "Desa dua (99.01.02.2001)" in text
    client.post(reverse("reporting:map-remove", args=[BoundaryMap.objects.get().pk]))
    assert not BoundaryMap.objects.exists()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (b"PK", "tidak dapat dibaca sebagai GeoJSON"),
        (content(("9", "Asing")), "berkode sama"),
        (b"", "Berkas ini kosong"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_on_the_page(client, places, file, words):
    client.force_login(worker(Role.TI, places["district"]))
    held = SimpleUploadedFile("desa.geojson", file)
    answer = client.post(reverse("reporting:map-boundaries"), {"file": held, "source": "BIG"})
    assert answer.status_code == 200
    assert words in answer.content.decode()


def test_the_office_lays_out_squares_on_the_page(client, places):
    client.force_login(worker(Role.ADMIN_DINAS, places["district"]))
    page = reverse("reporting:map-squares")
    first, second = places["first"].pk, places["second"].pk
    same = {f"k{first}": 2, f"b{first}": 1, f"k{second}": 2, f"b{second}": 1}

    refused = client.post(page, same).content.decode()
    assert "sama-sama di kolom 2 baris 1" in refused
    assert "Isi angka 1 sampai 24" in client.post(page, same | {f"k{first}": 99}).content.decode()
    client.post(page, same | {f"k{first}": 3})

    assert MapTile.objects.get(facility=first).column == 3


@pytest.mark.parametrize("name", ["reporting:map-boundaries", "reporting:map-squares"])
def test_others_keep_no_maps(client, places, name):
    for role in (Role.KEPALA_DINAS, Role.ADMIN_PUSKESMAS, Role.LIHAT):
        signed_in(client, role, places)
        assert client.get(reverse(name)).status_code == 403
    client.force_login(worker(Role.TI, places["district"]))
    assert client.get(reverse(name), {"w": "99.07"}).status_code == 404


def test_maps_of_another_district_do_not_exist(client, places):
    other = small_district(2)
    held = uploaded(other, ("99.02.01.2001", "Desa satu"))
    client.force_login(worker(Role.TI, places["district"]))
    assert client.post(reverse("reporting:map-remove", args=[held.pk])).status_code == 404

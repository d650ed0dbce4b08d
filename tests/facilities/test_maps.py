"""Boundaries are matched by code and kept simplified; squares are laid out, one place in each."""

import json

import pytest
from django.db import IntegrityError, transaction

from facilities.actions.maps import (
    NoneMatched,
    NotOfTheDistrict,
    SourceMissing,
    SquareOutside,
    SquareTaken,
    lay_squares,
    remove_boundaries,
    upload_boundaries,
)
from facilities.models import Boundary, BoundaryMap, DataVersion, MapTile
from facilities.roles import Role
from ilp.core.errors import Forbidden
from ilp.core.models import AuditEvent
from tests.factories import small_district, worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return small_district()


def box(west, north):
    ring = [(0, 0), (1, 0), (1, -1), (0, -1), (0, 0)]
    return [[[west + x, north + y] for x, y in ring]]


def content(*rows, column="KODE_DESA"):
    """Rows: a code and a name, from west to east."""
    features = [
        {
            "type": "Feature",
            "properties": {column: code, "NAMA": name, "luas": at},
            "geometry": {"type": "Polygon", "coordinates": box(116 + at, -8)},
        }
        for at, (code, name) in enumerate(rows)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


BOTH = (("99.01.01.2001", "Desa satu"), ("9901022001", "Desa dua"))


def uploaded(places, *rows, by=None, source="BIG 2024"):
    return upload_boundaries(
        district=places["district"], content=content(*rows), source=source, by=by
    )


def test_areas_are_matched_by_code_with_and_without_dots(places):
    made = uploaded(places, *BOTH, ("99.09.09.2009", "Desa lain"))

    assert made.kind == "desa"
    held = set(made.boundaries.values_list("facility__code", flat=True))
    assert held == {"99.01.01.2001", "99.01.02.2001"}
    assert made.unmatched == ["99.09.09.2009 Desa lain"]


def test_boundaries_of_puskesmas_are_known_by_their_codes(places):
    made = uploaded(places, (places["first"].code, "Kenanga"), (places["second"].code, "Cempaka"))

    assert made.kind == "puskesmas"
    assert made.boundaries.count() == 2


def test_two_areas_of_one_code_are_one_place(places):
    made = uploaded(places, BOTH[0], BOTH[0])

    assert made.boundaries.get().path.count("M") == 2


def test_a_new_upload_takes_the_place_of_the_one_before(places):
    uploaded(places, *BOTH)

    uploaded(places, BOTH[0], source="Bappeda")

    assert BoundaryMap.objects.get().source == "Bappeda"
    assert Boundary.objects.count() == 1


def test_a_file_without_a_code_of_ours_changes_nothing(places):
    uploaded(places, *BOTH)

    with pytest.raises(NoneMatched) as refused:
        uploaded(places, ("31.71", "Gambir"))

    assert "31.71" in refused.value.sentence
    assert "99.01" in refused.value.sentence
    assert Boundary.objects.count() == 2


def test_the_source_must_be_named(places):
    with pytest.raises(SourceMissing):
        uploaded(places, *BOTH, source=" ")


@pytest.mark.parametrize("role", [Role.KEPALA_DINAS, Role.PROGRAMMER, Role.LIHAT])
def test_only_who_keeps_maps_uploads_them(places, role):
    with pytest.raises(Forbidden):
        uploaded(places, *BOTH, by=worker(role, places["district"]))


@pytest.mark.parametrize("role", [Role.TI, Role.ADMIN_DINAS])
def test_it_staff_and_the_office_keep_maps_and_it_is_on_record(places, role):
    user = worker(role, places["district"])

    before = DataVersion.objects.get(district=places["district"]).number
    remove_boundaries(boundary_map=uploaded(places, *BOTH, by=user), by=user)

    events = list(AuditEvent.objects.filter(actor=user).values_list("event", flat=True))
    assert sorted(events) == ["map.removed", "map.uploaded"]
    assert not Boundary.objects.exists()
    assert DataVersion.objects.get(district=places["district"]).number == before + 2


def test_the_district_of_another_is_not_theirs(places):
    other = small_district(2)
    user = worker(Role.TI, other["district"])
    with pytest.raises(Forbidden):
        uploaded(places, *BOTH, by=user)


def lay(places, by=None, **squares):
    lay_squares(
        district=places["district"],
        squares={places[name]: square for name, square in squares.items()},
        by=by,
    )


def test_squares_are_laid_out_anew(places):
    lay(places, first=(1, 1), second=(2, 1))

    lay(places, first=(2, 1), second=(1, 1))

    held = {tile.facility_id: (tile.column, tile.row) for tile in MapTile.objects.all()}
    assert held == {places["first"].pk: (2, 1), places["second"].pk: (1, 1)}


@pytest.mark.parametrize(
    ("squares", "error"),
    [
        ({"first": (1, 1), "second": (1, 1)}, SquareTaken),
        ({"first": (0, 1)}, SquareOutside),
        ({"first": (1, 25)}, SquareOutside),
        ({"melati": (1, 1)}, NotOfTheDistrict),
    ],
)
def test_squares_that_cannot_be_are_refused(places, squares, error):
    lay(places, first=(3, 3))
    with pytest.raises(error) as refused:
        lay(places, **squares)
    assert refused.value.sentence.endswith(".")
    assert MapTile.objects.get().column == 3


def test_only_who_keeps_maps_lays_out_squares(places):
    with pytest.raises(Forbidden):
        lay(places, by=worker(Role.PROGRAMMER, places["district"]), first=(1, 1))


def test_the_database_keeps_one_place_in_a_square(places):
    lay(places, first=(1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        MapTile.objects.create(
            district=places["district"], facility=places["second"], column=1, row=1
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        MapTile.objects.create(
            district=places["district"], facility=places["second"], column=0, row=1
        )

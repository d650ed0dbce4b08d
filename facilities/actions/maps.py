"""Maps of a district: boundaries are uploaded, squares are laid out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from facilities.access import require
from facilities.actions.versions import raise_versions
from facilities.models import Boundary, BoundaryMap, Facility, MapTile
from facilities.models.maps import MAPPED, MOST_SQUARES
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.errors import DomainError
from ilp.core.geo.reading import Feature, Ring, features_of
from ilp.core.geo.simplifying import drawing
from ilp.core.models import User

MOST_ZIPPED = 64 * 1024  # of all outlines; links and names of a page take the rest of 80 KB
MOST_NAMED = 200  # areas without a place that are kept to be shown
NAMES = re.compile(r"nama|name|nm_|desa|kel|puskesmas|village", re.IGNORECASE)


class SourceMissing(DomainError):
    code = "boundaries-source-missing"
    text = _("Isi sumber batas wilayah, contoh: BIG 2024 atau Bappeda.")


class NoneMatched(DomainError):
    code = "boundaries-none-matched"
    text = _(
        "Tidak satu pun wilayah di berkas ini berkode sama dengan desa atau Puskesmas di "
        "%(district)s. Kode di sini seperti %(ours)s; di berkas seperti %(theirs)s. Tambahkan "
        "kolom kode, lalu unggah lagi."
    )


class SquareTaken(DomainError):
    code = "square-taken"
    text = _(
        "%(one)s dan %(other)s sama-sama di kolom %(column)s baris %(row)s. Pindahkan salah satu."
    )


class SquareOutside(DomainError):
    code = "square-outside"
    text = _("%(place)s: kolom dan baris harus dari 1 sampai %(most)s.")


class NotOfTheDistrict(DomainError):
    code = "square-not-of-the-district"
    text = _("%(place)s tidak lagi di kabupaten ini. Muat ulang halaman.")


@dataclass(frozen=True)
class _Match:
    """Which property holds the codes of which kind of place, and the rings by place."""

    kind: str
    shapes: dict[int, list[Ring]]
    unmatched: list[str]


@transaction.atomic
def upload_boundaries(
    *, district: Facility, content: bytes, source: str, by: User | None
) -> BoundaryMap:
    """Read, match by code, simplify and keep the boundaries; those of the same kind go.

    Raises an error of ilp.core.geo.errors, SourceMissing or NoneMatched; nothing changes then.
    """
    require(by, Permission.MANAGE_MAPS, district)
    if not source.strip():
        raise SourceMissing
    match = _match(district, features_of(content))
    drawn = drawing(match.shapes, MOST_ZIPPED)
    Facility.objects.select_for_update(of=("self",)).get(pk=district.pk)  # one upload at a time
    BoundaryMap.objects.filter(district=district, kind=match.kind).delete()
    made = BoundaryMap.objects.create(
        district=district,
        kind=match.kind,
        source=source.strip()[:200],
        width=drawn.width,
        height=drawn.height,
        unmatched=match.unmatched[:MOST_NAMED],
        uploaded_by=by,
    )
    paths, boxes = drawn.paths, drawn.boxes
    Boundary.objects.bulk_create(
        Boundary(map=made, facility_id=pk, path=paths[pk], left=box[0], top=box[1],
                 right=box[2], bottom=box[3])
        for pk, box in boxes.items()
    )  # fmt: skip
    raise_versions(place=district, by=by, numbers=False)
    audit.record(
        "map.uploaded", by=by, subject=made, district=district.code, kind=match.kind,
        number=len(boxes), unmatched=len(match.unmatched),
    )  # fmt: skip
    return made


@transaction.atomic
def remove_boundaries(*, boundary_map: BoundaryMap, by: User | None) -> None:
    """Take a map away; the squares stand in its place."""
    district = boundary_map.district
    require(by, Permission.MANAGE_MAPS, district)
    audit.record(
        "map.removed", by=by, subject=boundary_map, district=district.code, kind=boundary_map.kind
    )
    boundary_map.delete()
    raise_versions(place=district, by=by, numbers=False)


@transaction.atomic
def lay_squares(
    *, district: Facility, squares: Mapping[Facility, tuple[int, int]], by: User | None
) -> None:
    """Say in which column and row each Puskesmas of the district stands; all, or none."""
    require(by, Permission.MANAGE_MAPS, district)
    Facility.objects.select_for_update(of=("self",)).get(pk=district.pk)
    inside = Facility.objects.within(district, timezone.localdate())
    known = set(inside.filter(kind=Facility.Kind.PUSKESMAS).values_list("pk", flat=True))
    taken: dict[tuple[int, int], Facility] = {}
    for place, square in squares.items():
        if place.pk not in known:
            raise NotOfTheDistrict(place=place)
        if not all(1 <= at <= MOST_SQUARES for at in square):
            raise SquareOutside(place=place, most=MOST_SQUARES)
        if square in taken:
            other = {"column": square[0], "row": square[1]}
            raise SquareTaken(one=taken[square].name, other=place.name, **other)
        taken[square] = place
    MapTile.objects.filter(district=district).delete()
    MapTile.objects.filter(facility__in=[one.pk for one in taken.values()]).delete()
    MapTile.objects.bulk_create(
        MapTile(district=district, facility=place, column=column, row=row)
        for (column, row), place in taken.items()
    )
    raise_versions(place=district, by=by, numbers=False)
    audit.record("map.squares-laid", by=by, subject=district, number=len(taken))


def _match(district: Facility, features: list[Feature]) -> _Match:
    today = timezone.localdate()
    inside = Facility.objects.within(district, today).of_kind(*MAPPED)
    places = list(inside.values_list("pk", "code", "kind"))
    by_kind: dict[str, dict[str, int]] = {
        kind: {_bare(code): pk for pk, code, held in places if held == kind} for kind in MAPPED
    }
    kind, column = _best(features, by_kind)
    if not column:
        raise NoneMatched(
            district=district.name,
            ours=_examples(code for _pk, code, _kind in places),
            theirs=_examples(value for one in features for value in one.properties.values()),
        )
    shapes: dict[int, list[Ring]] = {}
    unmatched = []
    for one in features:
        pk = by_kind[kind].get(_bare(one.properties.get(column, "")))
        if pk is None:
            unmatched.append(_named(one, column))
        else:
            shapes.setdefault(pk, []).extend(one.rings)
    return _Match(kind, shapes, unmatched)


def _best(features: list[Feature], by_kind: Mapping[str, Mapping[str, int]]) -> tuple[str, str]:
    """The kind and the column of the file with the most codes of ours; no column where none."""
    hits: Counter[tuple[str, str]] = Counter()
    for one in features:
        for column, value in one.properties.items():
            for kind, codes in by_kind.items():
                hits[kind, column] += _bare(value) in codes
    best = max(sorted(hits), key=lambda pair: hits[pair], default=("", ""))
    return best if hits[best] else ("", "")


def _bare(code: str) -> str:
    """`52.02.01.2001` and `5202012001` are one code."""
    return re.sub(r"[^0-9A-Z]", "", code.upper())


def _named(one: Feature, column: str) -> str:
    """What a reader knows an area by that belongs to no place: its code and its name."""
    names = [v for key, v in one.properties.items() if NAMES.search(key) and key != column]
    return " ".join(filter(None, (one.properties.get(column, ""), *names[:1])))


def _examples(texts: Iterable[str]) -> str:
    return ", ".join(list(dict.fromkeys(text for text in texts if text))[:3]) or "–"

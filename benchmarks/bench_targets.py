"""Sasaran of a district in which every village and every Posyandu gives its own."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet, Sum

from benchmarks.district import LAST, give_sasaran
from benchmarks.measuring import Result, Way, interleaved, same, slower
from facilities.models import Ancestry, Facility
from reporting.catalogue import SASARAN
from reporting.models import Target
from reporting.selectors.targets import sasaran

OF_POSYANDU, OF_VILLAGE = 7, 95  # people of each group
ROUNDS = 9
ONE = ("S_BALITA",)


def run(*, rounds: int = ROUNDS) -> list[Result]:
    """On the database in use, which holds places and no sasaran."""
    district = give_sasaran({"desa": OF_VILLAGE, "posyandu": OF_POSYANDU})
    everyone = [district.pk, *_places("puskesmas").values_list("pk", flat=True)]
    single, all_codes = everyone[1:2], tuple(SASARAN)
    ways: dict[str, Way] = {
        "one": lambda: _ours(everyone, ONE),
        "one bare": lambda: bare(ONE),
        "all": lambda: _ours(everyone, all_codes),
        "all bare": lambda: bare(all_codes),
        "puskesmas": lambda: _ours(single, all_codes),
        "puskesmas bare": lambda: bare(all_codes, below=single[0]),
    }
    took = interleaved(ways, rounds=rounds)
    villages = _places("desa").count()
    same("sasaran", _ours([district.pk], ONE), {(district.pk, ONE[0]): OF_VILLAGE * villages})
    what = f"{Target.objects.count():,} sasaran of {villages} villages and their Posyandu"
    bare_is = "the other adds the same rows up by index, and hides nothing that is named twice"
    wide = f"sasaran of {len(everyone)} places"
    return [
        slower(f"{wide}, one group / its rows", took["one"], took["one bare"], "", what),
        slower(f"{wide}, all groups / their rows", took["all"], took["all bare"], "", bare_is),
        slower(
            "sasaran of a Puskesmas, all groups / those of the district",
            took["puskesmas"],
            took["all"],
            "<= 0.25",
            "a form asks for them with every cell that is typed",
        ),
        slower(
            "sasaran of a Puskesmas, all groups / their rows",
            took["puskesmas"],
            took["puskesmas bare"],
            "",
        ),
    ]


def bare(codes: Collection[str], below: int | None = None) -> dict[str, int]:
    """The sum of everything that is given, also of what lies below each other."""
    rows = Target.objects.filter(code__in=codes)
    if below is not None:
        inside = Ancestry.objects.filter(ancestor=below, valid__contains=LAST.last_day)
        rows = rows.filter(place__in=inside.values("descendant"))
    return dict(rows.values_list("code").annotate(Sum("value")).order_by())


def _ours(places: Collection[int], codes: Collection[str]) -> dict[tuple[int, str], int]:
    return sasaran(places=places, codes=codes, month=LAST)


def _places(kind: str) -> QuerySet[Facility]:
    return Facility.objects.filter(kind=kind).order_by("pk")

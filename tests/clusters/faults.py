"""A row for every fault that a cell can have, and what puts the very cell right that is marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from clusters.actions.locks import lock_month, unlock_month
from clusters.actions.merging import merge_persons
from facilities.actions.places import close
from facilities.models import Facility
from ilp.core.months import Month
from tests.clusters.annotating import LILA, pregnant
from tests.clusters.merging import TEMPORARY, two_records, weighed
from tests.clusters.workbooks import ADULT, GROWTH, OUTPATIENT, VITAL
from tests.factories import place

Tree = Mapping[str, Facility]
SEEN, BORN, SEX, PLACE = "Tanggal kunjungan", "Tanggal lahir", "Jenis kelamin", "Kode faskes"
WEEKS, ICD = "Usia kehamilan (minggu)", "Diagnosis utama (ICD-10)"
MAY = Month(2025, 5)
TOMORROW = timezone.localdate() + timedelta(days=1)
GONE = object()  # the whole row is taken out


@dataclass(frozen=True)
class Fault:
    """Rows of a file, some of them refused; `repair` is the value that the marked cells get.

    `before` happens ahead of the first upload and may answer with other rows, `after` ahead of the
    second. Where `repair` is None nothing in the file is wrong.
    """

    rows: tuple[dict[str, Any], ...] = ()
    repair: Any = None
    service: str = "antenatal"
    at: str = "first"
    also: frozenset[str] = frozenset()  # faults that come with it, and go in the same way
    before: Callable[[Tree, Any], tuple[dict[str, Any], ...] | None] = lambda tree, take: None
    after: Callable[[Tree], object] = lambda tree: None


def wrong(repair: Any, **change: Any) -> Fault:
    """A good row and one about somebody else with this change."""
    return Fault((pregnant(1), pregnant(2) | change), repair)


def adult(repair: Any, **change: Any) -> Fault:
    return Fault((ADULT | change,), repair, service="adult")


def ticked(number: int, man: str | None) -> dict[str, Any]:
    """A man whose sex is a tick in a column L or P."""
    born = date(1980, 3, number)
    row = ADULT | {"NIK": f"990101{number:02d}0380{number:04d}", "Nama": f"Contoh {number}"}
    row = row | {BORN: born, "L": man, "P": None}
    return {title: value for title, value in row.items() if title != SEX}


def outpatient(code: str) -> Fault:
    return Fault((OUTPATIENT | {ICD: code},), "J06.9", service="outpatient")


def closed(tree: Tree, _take: Any) -> tuple[dict[str, Any], ...]:
    extra = place("posyandu", network=tree["pustu_satu"], area=tree["desa_satu"])
    close(place=extra, since=Month(2025, 3), by=None)
    return (pregnant(1), pregnant(2) | {PLACE: extra.code})


def ambiguous(tree: Tree, _take: Any) -> tuple[dict[str, Any], ...]:
    twin = place("posyandu", network=tree["pustu_dua"], area=tree["desa_dua"])
    Facility.objects.filter(pk=twin.pk).update(name="Melati")
    return (pregnant(1) | {"Desa": None, PLACE: tree["first"].code},)


def homeless(tree: Tree, _take: Any) -> tuple[dict[str, Any], ...]:
    return (
        pregnant(1) | {PLACE: tree["first"].code},
        pregnant(2) | {"Desa": None, "Posyandu": None, PLACE: None},
    )


def known(row: dict[str, Any], service: str) -> Callable[[Tree, Any], None]:
    """Somebody is recorded already."""

    def before(_tree: Tree, take: Any) -> None:
        assert take(row, service=service).new == 1

    return before


def merged(_tree: Tree, take: Any) -> None:
    kept, gone = two_records(take)
    merge_persons(kept=kept, gone=gone, by=None)


def lock(tree: Tree, _take: Any) -> None:
    lock_month(district=tree["district"], month=MAY, by=None)


def unlock(tree: Tree) -> None:
    unlock_month(district=tree["district"], month=MAY, by=None, reason="uji")


def on(day: int, month: int = 5) -> date:
    return date(2025, month, day)


FAULTS: dict[str, Fault] = {
    "blank": wrong("Contoh", Nama=None),
    "in-the-future": wrong(on(6), **{SEEN: TOMORROW}),
    "before-birth": wrong(on(6), **{SEEN: date(1990, 3, 1)}),
    "too-old": wrong(date(1990, 3, 2), **{BORN: date(1910, 3, 2)}),
    "not-this-age": wrong(date(1990, 3, 2), **{BORN: date(2020, 3, 2)}),
    "not-this-sex": wrong("P", **{SEX: "L"}),
    "sex-number": wrong("P", **{SEX: "2"}),
    "not-sex": wrong("P", **{SEX: "ibu"}),
    "says-nothing": wrong(9, HPHT=None, **{WEEKS: None}),
    "unknown-place": wrong("P9901010101", **{PLACE: "X-99"}),
    "foreign-place": wrong("P9901010101", **{PLACE: "99.01.02.2001-PSY-001"}),
    "no-place": Fault(repair="P9901010101", at="district", before=homeless),
    "closed-place": Fault(repair="P9901010101", before=closed),
    "locked-month": Fault((pregnant(1), pregnant(2)), before=lock, after=unlock),
    "name-with-number": wrong("Contoh", Nama="9901015203900001"),
    "name-too-long": wrong("Contoh", Nama="a" * 121),
    "other-birth-date": Fault(
        (ADULT | {SEEN: on(20), BORN: date(1980, 3, 13)},),
        *(date(1980, 3, 12), "adult"),
        before=known(ADULT, "adult"),
    ),
    "other-sex": Fault(
        (ADULT | {SEEN: on(20), SEX: "P"},), "L", "adult", before=known(ADULT, "adult")
    ),
    "after-death": Fault((ADULT | {SEEN: on(20)},), on(5), "adult", before=known(VITAL, "vital")),
    "seen-after-death": Fault(
        (VITAL | {SEEN: on(1)},), on(7), "vital", before=known(ADULT, "adult")
    ),
    "twice-since-merged": Fault(
        (weighed(GROWTH, on(10, 6), 9.9), weighed(TEMPORARY, on(10, 6), 9.8)),
        *(GONE, "growth"),
        before=merged,
    ),
    "twice-in-file": Fault((pregnant(1), pregnant(1) | {LILA: 25.5}), GONE),
    "unknown-home": wrong("Satu", Desa="Entah"),
    "ambiguous-home": Fault(repair="99.01.01.2001-PSY-001", at="district", before=ambiguous),
    "month-first": wrong(on(6), **{SEEN: "05/25/2025"}),
    "no-such-month": wrong(on(6), **{SEEN: "31/13/2025"}),
    "no-such-day": wrong(on(6), **{SEEN: "31/02/2025"}),
    "odd-year": wrong(on(6), **{SEEN: "06/05/2150"}),
    "not-a-date": wrong(on(6), **{SEEN: "kemarin"}),
    "out-of-range": wrong(24.1, **{LILA: 999.0}),
    "not-number": wrong(24.1, **{LILA: "dua puluh empat"}),
    "date-for-number": wrong(24.1, **{LILA: on(24)}),
    "not-whole": wrong(9, **{WEEKS: 9.5}),
    "not-pressure": adult("150/95", **{"Tekanan darah": "tinggi sekali"}),
    "not-yes-no": adult("ya", Merokok="kadang"),
    "not-a-choice": wrong("Bidan", Pemeriksa="dukun"),
    "nik-length": wrong("9901014203900002", NIK="12345"),
    "nik-letters": wrong("9901014203900002", NIK="99010142O3900002"),
    "date-swapped": Fault(
        (
            *(pregnant(n) | {SEEN: on(n)} for n in (2, 3, 4)),
            pregnant(1) | {SEEN: "25/05/2025"},
        ),
        "6 Mei 2025",
    ),
    "date-both-orders": Fault(
        tuple(
            pregnant(n) | {SEEN: text}
            for n, text in enumerate(("25/05/2025", "05/25/2025", "05/06/2025"), start=1)
        ),
        "6 Mei 2025",
        also=frozenset({"no-such-month"}),
    ),
    "two-columns": wrong(25.0, **{"LILA": 25.0}),
    "sex-not-once": Fault((ticked(1, "v"), ticked(2, None)), "v", "adult"),
    "icd-malformed": outpatient("flu"),
    "icd-unknown": outpatient("U99"),
}

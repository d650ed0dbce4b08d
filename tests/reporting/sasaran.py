"""Sasaran for tests: set, read, and as a workbook."""

from io import BytesIO

import openpyxl

from ilp.core.months import Month
from reporting.actions import targets as actions
from reporting.excel.targets import Reading, read_targets
from reporting.selectors import targets
from reporting.selectors.target_places import ListedPlace

ONE, TWO, FIRST = "99.01.01.2001", "99.01.02.2001", "P9901010101"
JANUARY, MARCH = Month(2025, 1), Month(2025, 3)
SECOND = "P9901020101"
PLACES = (
    ListedPlace("99.01", "Contoh", "district"),
    ListedPlace(FIRST, "Kenanga", "puskesmas", frozenset({FIRST})),
    ListedPlace(SECOND, "Dahlia", "puskesmas", frozenset({SECOND})),
    ListedPlace(ONE, "Satu", "desa", frozenset({FIRST})),
    ListedPlace(TWO, "Dua", "desa", frozenset({SECOND})),
)


def put(tree, rows, since=JANUARY, basis="proyeksi", by=None, year=2025):
    return actions.set_targets(
        district=tree["district"], year=year, basis=basis, since=since, source="SK 1",
        rows=rows, by=by,
    )  # fmt: skip


def read(tree, month=MARCH, code="S_BUMIL", **more):
    keys = ("district", "kec_one", "first", "second", "desa_satu", "desa_dua", "melati")
    found = targets.sasaran(places=[tree[k].pk for k in keys], codes=[code], month=month, **more)
    return {k: found[tree[k].pk, code] for k in keys if (tree[k].pk, code) in found}


def book(*lines, title="Sasaran"):
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    for line in lines:
        workbook.active.append(line)
    buffer = BytesIO()
    workbook.save(buffer)
    buffer.seek(0)
    return buffer


def taken(file, places=PLACES, year=2025) -> Reading:
    """A workbook, read."""
    return read_targets(file if isinstance(file, bytes) else file.read(), places=places, year=year)


HEAD = ("kode", "tempat", "S_BUMIL (Ibu hamil)", "S_LH (Lahir hidup)")

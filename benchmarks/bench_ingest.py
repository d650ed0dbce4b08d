"""A workbook of 10,000 visits on its way in, beside django-import-export and beside a bare COPY."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from python_calamine import CalamineWorkbook

from benchmarks.district import LAST
from benchmarks.measuring import Result, faster, interleaved, slower
from benchmarks.plain_import import (
    NAMES,
    Plain,
    PlainPerson,
    PlainVisit,
    import_flat,
    import_linked,
    plain_workbook,
)
from benchmarks.workbook import WIDTH, rows, workbook
from clusters.actions.following import follow_touched
from clusters.excel.imports import ImportResult, run_import
from facilities.models import Facility

ROWS = 10_000
SAMPLE = 2_000  # rows given to django-import-export; its time grows more than with the rows


def run(*, count: int = ROWS, sample: int = SAMPLE, rounds: int = 3) -> list[Result]:
    """On the database in use, which holds places and no visits."""
    puskesmas = Facility.objects.filter(kind="puskesmas").order_by("pk").first()
    assert puskesmas is not None
    found = rows(count, puskesmas=puskesmas, month=LAST)
    data = workbook(found, puskesmas)
    sheet = plain_workbook(found[:sample])
    make_tables()
    outcomes: dict[str, ImportResult] = {}

    def take(name: str) -> None:
        outcomes[name] = run_import(
            path=data, file_name="visits.xlsx", service=None, facility=puskesmas, by=None, keep=True
        )

    took = interleaved(
        {
            "ours": lambda: take("ours"),
            "again": lambda: take("again"),
            "follow": follow_again,
            "linked": lambda: import_linked(sheet),
            "flat": lambda: import_flat(sheet),
            "copy": lambda: read_and_copy(data),
        },
        rounds=rounds,
        before=lambda name: None if name in ("again", "follow") else clear(),
    )
    check(outcomes, count)
    return lines(took, outcomes, f"{count:,} x {WIDTH}", count / sample)


def follow_again() -> None:
    """What the roll-up does first after an import; touched persons wait from "ours"."""
    follow_touched(by=None)


def lines(
    took: dict[str, float],
    outcomes: dict[str, ImportResult],
    size: str,
    scale: float,
) -> list[Result]:
    ours, again, copy = took["ours"], took["again"], took["copy"]
    written = outcomes["again"].new + outcomes["again"].changed
    return [
        *beside_import_export(took, size, scale),
        slower(
            f"ingest {size} / calamine + raw COPY",
            ours,
            copy,
            "<= 2.5",
            "persons, NIK, rules, provenance and marks on our side; on the other a table of text "
            "without index",
        ),
        slower(
            f"milestones that follow from {size} / its ingest",
            took["follow"],
            ours,
            "<= 1.5",
            "by the roll-up, not part of the ingest: who sends a workbook does not wait for it",
        ),
        slower(f"ingest {size}: same file again / first time", again, ours, "<= 1.1"),
        Result(f"ingest {size}: rows written by the same file", ratio=written, goal="= 0"),
    ]


def beside_import_export(took: dict[str, float], size: str, scale: float) -> list[Result]:
    scaled = "both read their file; the other's time for the sample is scaled linearly"
    linked = f"the same persons and visits on both sides, which it looks up row by row; {scaled}"
    flat = f"which knows neither persons nor places; {scaled}"
    name = f"ingest {size} / import-export"
    return [
        faster(name, took["ours"], took["linked"] * scale, ">= 70", linked),
        faster(f"{name} into one flat table", took["ours"], took["flat"] * scale, ">= 40", flat),
    ]


def check(outcomes: dict[str, ImportResult], count: int) -> None:
    """Nothing may have been refused, or the times would be of less work."""
    first = outcomes["ours"]
    if (first.new, first.rejected) != (count, 0):
        raise AssertionError(f"new {first.new}, rejected {first.rejected}: {first.issues[:3]}")


def make_tables() -> None:
    with connection.schema_editor() as editor:
        for model in (Plain, PlainPerson, PlainVisit):
            editor.create_model(model)
    listed = ", ".join(f'"{name}" text' for name in NAMES)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_copied ({listed})")


def clear() -> None:
    """No visits, persons or uploads: each way begins with empty tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE clusters_person, clusters_adult, clusters_milestone, clusters_touchedperson, "
            "clusters_upload, facilities_changedcell, bench_plain, bench_plain_visit, "
            "bench_plain_person, bench_copied CASCADE"
        )
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "uploads", ignore_errors=True)


@transaction.atomic
def read_and_copy(data: bytes) -> None:
    """The least that any way must do: read the cells, send them to a table of text."""
    sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0)
    lines = ["\t".join(map(str, row)) for row in sheet.to_python()[1:]]
    with connection.cursor() as cursor, cursor.copy("COPY bench_copied FROM STDIN") as copy:
        copy.write("\n".join(lines) + "\n")

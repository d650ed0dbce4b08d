"""A workbook of 10,000 visits on its way in, beside django-import-export and beside a bare COPY."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import wraps
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import tablib
from django.conf import settings
from django.db import connection, models, transaction
from import_export.resources import modelresource_factory
from python_calamine import CalamineWorkbook

from benchmarks.district import LAST
from benchmarks.measuring import Result, faster, interleaved, slower
from benchmarks.workbook import FIELDS, PERSON, WIDTH, rows, workbook
from clusters.actions import visits
from clusters.excel.imports import ImportResult, run_import
from clusters.services import Kind
from facilities.models import Facility

ROWS = 10_000
SAMPLE = 1_000  # rows given to django-import-export; its time grows with the rows
NAMES = [*(c.name for c in PERSON), *(f.name for f in FIELDS)]
COLUMN = {
    Kind.YES_NO: lambda: models.BooleanField(null=True),
    Kind.INTEGER: lambda: models.SmallIntegerField(null=True),
    Kind.DECIMAL: lambda: models.DecimalField(null=True, max_digits=5, decimal_places=1),
}


class Plain(models.Model):
    """The table that a project of import-export would have: the 30 columns and a natural key."""

    nik = models.CharField(max_length=16)
    name = models.CharField(max_length=120)
    born_on = models.DateField()
    sex = models.CharField(max_length=1)
    home_posyandu = models.CharField(max_length=32, db_index=True)
    seen_on = models.DateField()
    place = models.CharField(max_length=32)
    for _field in FIELDS:
        locals()[_field.name] = COLUMN[_field.kind]()
    del _field

    class Meta:
        app_label = "benchmarks"
        db_table = "bench_plain"
        unique_together = [("nik", "seen_on", "place")]

    def __str__(self) -> str:
        return f"visit {self.pk}"


def run(*, count: int = ROWS, sample: int = SAMPLE, rounds: int = 3) -> list[Result]:
    """On the database in use, which holds places and no visits."""
    puskesmas = Facility.objects.filter(kind="puskesmas").order_by("pk").first()
    assert puskesmas is not None
    found = rows(count, puskesmas=puskesmas, month=LAST)
    data = workbook(found, puskesmas)
    dataset = plain_dataset(found[:sample])
    make_tables()
    following = Stopwatch()
    visits.follow = following.timing(visits.follow)
    outcomes: dict[str, ImportResult] = {}

    def take(name: str) -> None:
        outcomes[name] = run_import(
            path=data, file_name="visits.xlsx", service=None, facility=puskesmas, by=None, keep=True
        )

    try:
        took = interleaved(
            {
                "ours": lambda: take("ours"),
                "again": lambda: take("again"),
                "plain": lambda: import_plain(dataset),
                "copy": lambda: read_and_copy(data),
            },
            rounds=rounds,
            before=lambda name: None if name == "again" else clear(),
        )
    finally:
        visits.follow = following.watched
    check(outcomes, count)
    return lines(took, following.median, outcomes, f"{count:,} x {WIDTH}", count / sample)


def lines(
    took: dict[str, float],
    follow: float,
    outcomes: dict[str, ImportResult],
    size: str,
    scale: float,
) -> list[Result]:
    ours, again, copy = took["ours"], took["again"], took["copy"]
    written = outcomes["again"].new + outcomes["again"].changed
    scaled = "its time for the sample scaled linearly, reading the file not counted; ours with it"
    without = "the milestones that follow from the visits are not counted on our side"
    return [
        faster(f"ingest {size} / import-export", ours, took["plain"] * scale, ">= 40", scaled),
        faster(
            f"ingest {size}, visits only / import-export",
            ours - follow,
            took["plain"] * scale,
            "",
            without,
        ),
        slower(
            f"ingest {size} / calamine + raw COPY",
            ours,
            copy,
            "<= 2.5",
            "persons, NIK, rules, provenance and milestones on our side; on the other a table of "
            "text without index",
        ),
        slower(
            f"ingest {size}, visits only / calamine + raw COPY",
            ours - follow,
            copy,
            "<= 2.5",
            without,
        ),
        slower(f"ingest {size}: same file again / first time", again, ours, "<= 1.1"),
        Result(f"ingest {size}: rows written by the same file", ratio=written, goal="= 0"),
    ]


def check(outcomes: dict[str, ImportResult], count: int) -> None:
    """Nothing may have been refused, or the times would be of less work."""
    first = outcomes["ours"]
    if (first.new, first.rejected) != (count, 0):
        raise AssertionError(f"new {first.new}, rejected {first.rejected}: {first.issues[:3]}")


class Stopwatch:
    """How long a function takes inside a longer work."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.watched: Callable[..., Any]

    def timing(self, watched: Callable[..., Any]) -> Callable[..., Any]:
        self.watched = watched

        @wraps(watched)
        def timed(*args: Any, **kwargs: Any) -> Any:
            started = perf_counter()
            try:
                return watched(*args, **kwargs)
            finally:
                self.times.append(perf_counter() - started)

        return timed

    @property
    def median(self) -> float:
        return median(self.times)


def make_tables() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Plain)
    listed = ", ".join(f'"{name}" text' for name in NAMES)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE bench_copied ({listed})")


def clear() -> None:
    """No visits, persons or uploads: each way begins with empty tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE clusters_person, clusters_adult, clusters_milestone, clusters_touchedperson, "
            "clusters_upload, facilities_changedcell, bench_plain, bench_copied CASCADE"
        )
    shutil.rmtree(Path(settings.MEDIA_ROOT) / "uploads", ignore_errors=True)


def plain_dataset(found: list[list[Any]]) -> tablib.Dataset:
    words = {"ya": True, "tidak": False}
    return tablib.Dataset(
        *([words.get(v, v) if isinstance(v, str) else v for v in row] for row in found),
        headers=NAMES,
    )


def import_plain(dataset: tablib.Dataset) -> None:
    """As its documents say, no preview: a resource of the model, known by its natural key."""
    key = ("nik", "seen_on", "place")
    resource = modelresource_factory(
        Plain, meta_options={"import_id_fields": key, "exclude": ("id",)}
    )()
    result = resource.import_data(dataset, dry_run=False)
    if result.has_errors() or result.totals["new"] != len(dataset):
        first = [error.error for _, errors in result.row_errors()[:1] for error in errors]
        raise AssertionError(f"import-export: {result.totals} {first}")


@transaction.atomic
def read_and_copy(data: bytes) -> None:
    """The least that any way must do: read the cells, send them to a table of text."""
    sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0)
    lines = ["\t".join(map(str, row)) for row in sheet.to_python()[1:]]
    with connection.cursor() as cursor, cursor.copy("COPY bench_copied FROM STDIN") as copy:
        copy.write("\n".join(lines) + "\n")

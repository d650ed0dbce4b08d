"""A workbook of 10,000 visits given back with its faults marked, beside writing the same rows."""

from __future__ import annotations

from io import BytesIO

from benchmarks.district import LAST
from benchmarks.measuring import Result, interleaved, slower
from benchmarks.workbook import FIELDS, PERSON, WIDTH, rows, workbook
from clusters.excel.imports import run_import
from clusters.excel.marking.files import annotated
from clusters.excel.reading import read_sheets
from clusters.models import Upload
from facilities.models import Facility

ROWS = 10_000
EVERY = 20  # one row in twenty is faulty
FAULTY = next(at for at, f in enumerate(FIELDS, len(PERSON)) if f.name == "weight")


def run(*, count: int = ROWS, rounds: int = 5) -> list[Result]:
    """On the database in use, which holds places and no visits."""
    puskesmas = Facility.objects.filter(kind="puskesmas").order_by("pk").first()
    assert puskesmas is not None
    found = rows(count, puskesmas=puskesmas, month=LAST)
    for row in found[::EVERY]:
        row[FAULTY] = 920.5
    data = workbook(found, puskesmas)
    result = run_import(
        path=data, file_name="visits.xlsx", service=None, facility=puskesmas, by=None, keep=True
    )
    upload = result.upload
    assert upload is not None
    check(upload, count)
    took = interleaved(
        {"ours": lambda: annotated(upload), "plain": lambda: workbook(found, puskesmas)},
        rounds=rounds,
    )
    return [
        slower(
            f"annotate {count:,} x {WIDTH} / write the same rows",
            took["ours"],
            took["plain"],
            "<= 3",
            "ours unseals and reads the file again, finds its table, marks one row in twenty, "
            "writes the column of reasons, the filter and the summary; the other only writes",
        )
    ]


def check(upload: Upload, count: int) -> None:
    """Every faulty row must be marked and every other be said to be in."""
    refused = len(range(0, count, EVERY))
    if (upload.new, upload.rejected) != (count - refused, refused):
        raise AssertionError(f"new {upload.new}, rejected {upload.rejected}")
    content: BytesIO = annotated(upload).content
    _summary, data, *_rest = read_sheets(content.getvalue())
    reasons = [str(row[-1]).split(" ")[0] for row in data.rows[1:]]
    if (reasons.count("PERBAIKI"), reasons.count("SUDAH")) != (refused, count - refused):
        raise AssertionError(f"marked {reasons.count('PERBAIKI')} of {refused}")

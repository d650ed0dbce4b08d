"""Rows that are read in from a workbook, with all that follows from them, for tests."""

from clusters.actions.following import follow_touched
from clusters.excel.imports import run_import
from tests.clusters.workbooks import file

SEED = 20250506


def take(tree, rows, service):
    result = run_import(
        path=file(*rows), file_name="a.xlsx", service=service, facility=tree["first"],
        by=None, keep=True,
    )  # fmt: skip
    assert result.rejected == 0, result.issues[:5]
    follow_touched(by=None)
    return result

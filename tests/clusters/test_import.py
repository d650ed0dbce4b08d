"""From a workbook to visits: new, changed, same; all or nothing; nothing twice."""

import pytest

from clusters.excel.imports import run_import
from clusters.models import Adult, Antenatal, Growth, Immunisation
from tests.clusters.workbooks import ADULT, ANTENATAL, GROWTH, IMMUNISATION, file


def take(content, tree, *, service=None, at="first", by=None, keep=True):
    return run_import(
        path=content, file_name="uji.xlsx", service=service, facility=tree[at], by=by, keep=keep
    )


def counts(result):
    return result.read, result.new, result.changed, result.same, result.rejected


@pytest.mark.parametrize(
    ("row", "model"),
    [(ANTENATAL, Antenatal), (GROWTH, Growth), (IMMUNISATION, Immunisation), (ADULT, Adult)],
)
def test_each_service_comes_in_and_is_recognised_by_its_titles(tree, row, model):
    result = take(file(row), tree)
    assert (result.service, counts(result)) == (model.service.code, (1, 1, 0, 0, 0)), result.issues
    visit = model.objects.get()
    assert visit.facility == tree["first"]
    assert visit.home == tree["melati"]
    assert (visit.sheet, visit.row, visit.upload) == ("Data", 2, result.upload)

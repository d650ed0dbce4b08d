"""What a person typed on the page of an upload stands in the file that comes back."""

from __future__ import annotations

import pytest

from clusters import tasks
from clusters.actions.telling import tell_upload
from clusters.excel.marking.styles import RED
from clusters.excel.told import Told, sealed
from tests.clusters.annotating import (
    LILA,
    colour,
    given_back,
    laid_out,
    opened,
    pregnant,
    saved,
    shown,
    titled,
)
from tests.clusters.excel.test_annotated_others import as_xls
from tests.clusters.sending import sent
from tests.clusters.workbooks import sheet

ROWS = [pregnant(1), *(pregnant(n, **{LILA: 999.0}) for n in (2, 3)), pregnant(4, Nama=None)]
TITLES = list(ROWS[0])


def told(upload, edits):
    tell_upload(upload=upload, told=sealed(Told(edits=edits)), by=None)
    tasks.check_upload(upload.pk)
    upload.refresh_from_db()


@pytest.mark.parametrize(
    ("content", "name", "first"),
    [(laid_out(*ROWS), "Mei 2025", 5), (as_xls(sheet(ROWS)), "Data", 2)],
)
def test_what_was_typed_stands_in_the_file(page, tree, take, content, name, first):
    upload = sent(page, tree, content, name="mei.xlsx")
    assert upload.rejected == 3
    edits = {
        (name, first + 1, TITLES.index(LILA)): "24,1",
        (name, first + 3, TITLES.index("Nama")): "=Contoh()",  # a cell that is not there
    }
    told(upload, edits)
    assert upload.rejected == 1

    book = opened(given_back(upload))
    sheet_ = book[name]
    mended, wrong = (sheet_.cell(first + n, titled(sheet_, LILA).column) for n in (1, 2))
    assert (mended.value, mended.comment) == ("24,1", None)
    assert colour(mended) == colour(sheet_.cell(first, mended.column))
    typed = sheet_.cell(first + 3, titled(sheet_, "Nama").column)
    assert (typed.value, typed.data_type) == ("=Contoh()", "s")
    assert (colour(wrong), shown(sheet_)) == (RED, {first + 2})

    wrong.value = 24.1
    typed.value = "Contoh Empat"
    again = take(content=saved(book), service="antenatal")
    assert (again.read, again.new, again.rejected) == (4, 4, 0), again.issues

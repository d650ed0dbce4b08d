"""The files must be ones that a person could have sent."""

from collections import Counter
from random import Random

import pytest

from clusters.excel import columns, layout
from clusters.excel.inspection import Format, inspect
from clusters.excel.reading import read_sheets
from clusters.services import SERVICES
from reporting.demo import foreign, workbooks
from reporting.demo.dirt import FAULTS, soil
from reporting.demo.sheets import write_book
from reporting.demo.sizes import SIZES
from reporting.demo.workbooks import rows_of, write_books
from tests.reporting.demo.made_up import SPAN, all_contacts, lived, small

MOST = {"max_bytes": 20_000_000, "max_rows": 100_000}


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    folder = tmp_path_factory.mktemp("books")
    size = SIZES["small"]
    return [b for centre in small()[:3] for b in write_books(centre, size, SPAN, 1, folder)]


def test_a_workbook_for_each_puskesmas_service_and_quarter(books):
    assert len({book.path.name for book in books}) == len(books)
    counted = Counter((book.puskesmas, book.service) for book in books)
    assert set(counted) == {(c.planned.code, s) for c in small()[:3] for s in SERVICES}
    rare = {"tb_screening", "tb_case", "hiv_test"}  # not in every quarter
    assert all(4 <= count <= 6 for (_code, s), count in counted.items() if s not in rare)
    assert all(1 <= count <= 6 for count in counted.values())


def test_every_header_is_recognised_without_guessing(books):
    for book in books:
        found = layout.plan(read_sheets(book.path.read_bytes(), **MOST), None)
        assert found.service == book.service
        assert found.report["unknown"] == []
        assert found.report["guessed"] == {}


def test_workbooks_are_tame_so_that_no_process_of_their_own_is_needed(books):
    assert all(inspect(book.path.read_bytes(), 100_000) is Format.XLSX for book in books)


def test_some_are_untidy_and_some_come_from_eppgbm(books):
    names = Counter()
    for book in books:
        names.update({sheet.name for sheet in read_sheets(book.path.read_bytes(), **MOST)})
    assert names["Data"] > len(books) / 2
    assert names["Sheet1"] > 0
    assert names["Data Balita"] > 0


def test_two_writings_are_the_same_but_for_the_clock(tmp_path):
    told = []
    for turn in ("one", "two"):
        (tmp_path / turn).mkdir()
        size, centre = SIZES["mini"], lived("mini")[0]
        found = list(write_books(centre, size, SPAN, 1, tmp_path / turn))
        told.append([(b.path.name, read_sheets(b.path.read_bytes(), **MOST)) for b in found])
    assert told[0] == told[1]


def test_cells_come_back_as_they_were_written(tmp_path):
    path = tmp_path / "a.xlsx"
    write_book(path, {"Data": [["a & <b>", None, 1.5, True], [7, "", "0012"]], "_meta": [["x"]]})
    data, meta = read_sheets(path.read_bytes(), **MOST)
    assert data.rows == [["a & <b>", "", 1.5, "ya"], [7.0, "", "0012", ""]]
    assert (data.hidden, meta.hidden) == (False, True)


def test_the_other_titles_of_a_column_are_known_ones():
    for service in SERVICES:
        rows = list(foreign.untidy(service, "Mekar Asri", list(workbooks.layout(service)), []))
        header = rows[5]
        known = {t.upper() for names in columns.titles(service).values() for t in names}
        assert set(header) <= known


def test_dirt_is_rare_leaves_the_width_alone_and_follows_the_seed():
    contacts = [c for s, c in all_contacts(small()[:1]) if s == "growth"]
    names = list(workbooks.layout("growth"))
    clean = list(rows_of("growth", contacts))
    soiled = [soil("growth", list(rows_of("growth", contacts)), names, Random(5)) for _ in "ab"]
    assert soiled[0] == soiled[1]
    assert {len(row) for row in soiled[0]} == {len(names)}
    different = sum(a != b for a, b in zip(clean, soiled[0], strict=False))
    assert different < 0.12 * len(clean)


def test_every_service_can_be_soiled_in_any_way():
    contacts = all_contacts(lived("mini"))
    for service in SERVICES:
        names = list(workbooks.layout(service))
        for turn in range(200):
            rows = list(rows_of(service, [c for s, c in contacts if s == service]))
            assert len(soil(service, rows, names, Random(turn))) >= len(rows)


def test_each_fault_changes_a_row():
    contacts = [c for s, c in all_contacts(small()[:1]) if s == "growth" and c.person.nik]
    names = list(workbooks.layout("growth"))
    where = {name: place for place, name in enumerate(names)}
    row = next(rows_of("growth", contacts))
    for fault in FAULTS:
        assert fault(list(row), where) != row, fault.__name__

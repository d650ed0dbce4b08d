"""Sasaran: versions by month, sums over the tree, and the way in and out by workbook."""

from io import BytesIO

import pytest

from clusters.excel.errors import FileCorrupt, FileEmpty, FileTooLarge, NotAWorkbook
from facilities.models import DataVersion
from ilp.core.errors import Forbidden
from ilp.core.months import Month
from reporting.actions import targets as actions
from reporting.excel.targets import MAX_BYTES, NoNumbers, NoTable, write_template
from reporting.models import TargetSet
from reporting.selectors import targets
from tests.factories import worker
from tests.reporting.sasaran import FIRST, HEAD, ONE, TWO, book, put, read, taken


def test_villages_add_up_to_puskesmas_and_district(tree):
    put(tree, [(ONE, "S_BUMIL", 40), (TWO, "S_BUMIL", 25)])

    assert read(tree) == {
        "district": 65, "kec_one": 40, "first": 40, "second": 25, "desa_satu": 40, "desa_dua": 25,
    }  # fmt: skip


def test_a_places_own_number_comes_first(tree):
    put(tree, [("99.01", "S_BUMIL", 100), (FIRST, "S_BUMIL", 50), (ONE, "S_BUMIL", 40)])

    found = read(tree)

    assert found["district"] == 100
    assert found["first"] == 50
    assert found["desa_satu"] == 40


def test_a_puskesmas_with_its_own_number_does_not_hide_the_villages_of_another(tree):
    put(tree, [(FIRST, "S_BUMIL", 50), (ONE, "S_BUMIL", 40), (TWO, "S_BUMIL", 25)])

    assert read(tree)["district"] == 75


def test_posyandu_speak_where_nobody_above_does(tree):
    put(tree, [(tree["melati"].code, "S_BUMIL", 3), (TWO, "S_BUMIL", 25)])

    found = read(tree)

    assert (found["melati"], found["first"], found["district"]) == (3, 3, 28)


def test_zero_is_a_number_and_nothing_is_none(tree):
    put(tree, [(ONE, "S_BUMIL", 0)])

    assert read(tree)["first"] == 0
    assert "second" not in read(tree)
    assert read(tree, code="S_LH") == {}


def test_each_month_has_the_version_in_force(tree):
    put(tree, [(ONE, "S_BUMIL", 40)])
    put(tree, [(ONE, "S_BUMIL", 44)], since=Month(2025, 6))
    put(tree, [(ONE, "S_BUMIL", 99)], basis="riil")

    assert read(tree, Month(2025, 5))["first"] == 40
    assert read(tree, Month(2025, 6))["first"] == 44
    assert read(tree, Month(2025, 6), basis="riil")["first"] == 99
    assert read(tree, Month(2026, 1)) == {}
    assert read(tree, Month(2024, 12)) == {}


def test_a_new_version_leaves_the_old_and_tells_the_district(tree):
    first = put(tree, [(ONE, "S_BUMIL", 40)])
    before = DataVersion.objects.get(district=tree["district"]).number

    second = put(tree, [(ONE, "S_BUMIL", 41)])

    assert (first.version, second.version) == (1, 2)
    assert first.targets.get().value == 40
    assert read(tree)["first"] == 41
    assert DataVersion.objects.get(district=tree["district"]).number > before


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([(ONE, "S_NOPE", 1)], actions.UnknownSasaran),
        ([("88.01", "S_BUMIL", 1)], actions.UnknownPlace),
        ([(ONE, "S_BUMIL", -1)], actions.NegativeSasaran),
        ([(ONE, "S_BUMIL", 1), (ONE, "S_BUMIL", 2)], actions.GivenTwice),
    ],
)
def test_one_wrong_row_refuses_all(tree, rows, error):
    with pytest.raises(error):
        put(tree, [(TWO, "S_BUMIL", 5), *rows])

    assert not TargetSet.objects.exists()


def test_the_first_month_lies_in_the_year(tree):
    with pytest.raises(actions.WrongYear, match="Desember 2024"):
        put(tree, [(ONE, "S_BUMIL", 1)], since=Month(2024, 12))


@pytest.mark.parametrize("role", ["programmer", "kepala_dinas", "ti"])
def test_only_who_manages_targets_sets_them(tree, role):
    with pytest.raises(Forbidden):
        put(tree, [(ONE, "S_BUMIL", 1)], by=worker(role, tree["district"]))


def test_the_table_shows_differences_and_disorder(tree):
    rows = [(FIRST, "S_BUMIL", 45), (ONE, "S_BUMIL", 40), (ONE, "S_BULIN", 41), (ONE, "S_LH", 39)]
    table = targets.target_table(version=put(tree, rows))
    found = {row.place.code: row for row in table.rows}

    assert [row.place.code for row in table.rows] == ["99.01", "P9901020101", TWO, FIRST, ONE]
    assert table.codes == ("S_BUMIL", "S_BULIN", "S_LH")
    assert found[FIRST].difference("S_BUMIL") == 5
    assert found["99.01"].values["S_BUMIL"] == 45
    assert found[ONE].disorder == [("S_BUMIL", "S_BULIN")]
    assert found[TWO].values == {}


def test_table_and_coverage_read_the_same_sums(tree):
    rows = [(FIRST, "S_BUMIL", 45), (ONE, "S_BUMIL", 40), (TWO, "S_BUMIL", 7), (TWO, "S_LH", 6)]
    version = put(tree, rows)

    for row in targets.target_table(version=version).rows:
        for code in ("S_BUMIL", "S_LH"):
            held = targets.sasaran(places=[row.place.pk], codes=[code], month=Month(2025, 1))
            assert held.get((row.place.pk, code)) == row.values.get(code), (row.place, code)


def test_the_template_comes_back_as_it_went_out(tree):
    rows = [(FIRST, "S_BUMIL", 45), (ONE, "S_BUMIL", 40), (TWO, "S_LH", 0)]
    version = put(tree, rows)
    buffer = BytesIO()
    write_template(
        buffer,
        places=[tree[k] for k in ("first", "desa_satu", "desa_dua")],
        table=targets.target_table(version=version),
    )
    buffer.seek(0)

    reading = taken(buffer)

    assert not reading.refusals
    assert set(rows) <= set(reading.rows)


def test_numbers_as_people_write_them():
    lines = (ONE, "x", "1.234", None), (TWO, "y", 5, "Nihil")

    reading = taken(book(HEAD, *lines))

    assert reading.rows == ((ONE, "S_BUMIL", 1234), (TWO, "S_BUMIL", 5), (TWO, "S_LH", 0))


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ((ONE, "x", "banyak", 1), "S_BUMIL", "bukan bilangan bulat"),
        ((ONE, "x", -4, 1), "S_BUMIL", "tidak boleh kurang dari 0"),
        ((ONE, "x", 4.5, 1), "S_BUMIL", "bukan bilangan bulat"),
        ((ONE, "x", 10**10, 1), "S_BUMIL", "terlalu besar"),
        (("88.02", "x", 4, 1), "kode", "88.02"),
        ((None, "x", 4, 1), "kode", "tidak ada di kabupaten"),
        ((TWO, "x", 4, 1), "kode", "baris lain"),
    ],
)
def test_each_wrong_cell_is_named(line, column, words):
    reading = taken(book(HEAD, (TWO, "y", 5, 6), line))

    assert [(one.row, one.column) for one in reading.refusals] == [(3, column)]
    assert words in reading.refusals[0].message


@pytest.mark.parametrize(
    ("file", "error"),
    [
        (BytesIO(b"%PDF-1.7 sasaran"), NotAWorkbook),
        (BytesIO(b""), FileEmpty),
        (BytesIO(b"PK\x03\x04" + b"\0" * 50), FileCorrupt),
        (BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600), FileCorrupt),
        (BytesIO(b"\0" * (MAX_BYTES + 1)), FileTooLarge),
        (book(("nama", "jumlah"), ("x", 1)), NoTable),
        (book(), FileEmpty),
        (book(HEAD), NoNumbers),
        (book(HEAD, (ONE, "x", None, None)), NoNumbers),
    ],
)
def test_files_that_are_no_template_are_refused_as_a_whole(file, error):
    with pytest.raises(error):
        taken(file)

"""What is read of tables of sasaran, and what is asked about: one test each."""

import pytest

from reporting.excel.targets import NoTable
from reporting.selectors.target_places import ListedPlace
from tests.clusters.corpus.writers import Formula, Page, as_csv, xlsx
from tests.reporting.sasaran import FIRST, HEAD, ONE, PLACES, SECOND, TWO, book, taken


def table(*rows):
    return xlsx([Page("Sasaran", [list(row) for row in rows])])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_csv_is_read_whatever_its_mark_and_encoding(mark, encoding):
    page = Page("", [["kode", "S_BUMIL"], [ONE, "1.234"]])
    assert taken(as_csv([page], mark, encoding)).rows == ((ONE, "S_BUMIL", 1234),)


def test_villages_by_name_below_their_puskesmas():
    rows = ["Puskesmas", "Desa", "Bumil"], ["Kenanga", "Satu", 40], ["Dahlia", "Desa Dua", 25]
    assert taken(table(*rows)).rows == ((ONE, "S_BUMIL", 40), (TWO, "S_BUMIL", 25))


def test_a_village_below_the_wrong_puskesmas_is_refused():
    reading = taken(table(["Puskesmas", "Desa", "Bumil"], ["Kenanga", "Dua", 40]))
    assert [(one.row, one.column, one.at) for one in reading.refusals] == [(2, "Desa", 2)]
    assert "bukan wilayah Puskesmas Kenanga" in reading.refusals[0].message


def test_a_name_that_a_puskesmas_and_a_village_bear_is_asked_about():
    both = (*PLACES, ListedPlace("99.01.01.2009", "Kenanga", "desa", frozenset({FIRST})))
    rows = ["Wilayah", "Bumil"], ["Kenanga", 90], ["Puskesmas Kenanga", 90], ["Desa Kenanga", 50]
    reading = taken(table(*rows), places=both)
    assert [one.row for one in reading.refusals] == [2]
    assert "Beberapa tempat bernama" in reading.refusals[0].message
    assert reading.rows == ((FIRST, "S_BUMIL", 90), ("99.01.01.2009", "S_BUMIL", 50))


def test_an_unknown_name_is_told_with_the_likeliest_place():
    many = (*PLACES, ListedPlace("99.01.01.2008", "Batu Putih", "desa", frozenset({FIRST})))
    (refused,) = taken(table(["Desa", "Bumil"], ["Batu Puteh", 5]), places=many).refusals
    assert (refused.name, refused.alike) == ("Batu Puteh", "99.01.01.2008")
    assert "Maksudnya Desa/kelurahan Batu Putih?" in refused.message


def test_two_sheets_that_give_one_number_otherwise_are_refused():
    head, other = ["kode", "Bumil"], ["kode", "Bumil", "Lahir hidup"]
    pages = [Page("KIA", [head, [ONE, 40]]), Page("Gizi", [other, [ONE, 41, 38]])]
    reading = taken(xlsx(pages))
    assert [(one.sheet, one.row, one.column) for one in reading.refusals] == [("Gizi", 2, "Bumil")]
    same = [pages[0], Page("Gizi", [other, [ONE, 40, 38]])]
    assert taken(xlsx(same)).rows == ((ONE, "S_BUMIL", 40), (ONE, "S_LH", 38))


@pytest.mark.parametrize("title", ["Ibu hamil (%)", "Cakupan ibu hamil", "Ibu hamli", "Baduta"])
def test_a_column_that_may_mean_something_else_is_not_read_and_told(title):
    reading = taken(table(["kode", "Lahir hidup", title], [ONE, 40, 85]))
    assert reading.rows == ((ONE, "S_LH", 40),)
    assert any(f"kolom “{title}” tidak dikenal" in note for note in reading.notes)


@pytest.mark.parametrize(
    "title",
    [
        *("Ibu hamil (KEK)", "Lansia (80 tahun ke atas)", "Lansia (60-69 th)", "Balita (1-4 th)"),
        *("Balita (12-59 bln)", "Ibu hamil (2024)", "Ibu hamil 2024", "Bumil (K1)"),
    ],
)
def test_another_group_or_year_in_a_title_is_another_sasaran(title):
    reading = taken(table(["kode", "Lahir hidup", title], [ONE, 40, 85]))
    assert reading.rows == ((ONE, "S_LH", 40),)
    assert any(f"kolom “{title}”" in note for note in reading.notes)
    below = taken(table(["kode", "Lahir hidup", title], ["", "", "L+P"], [ONE, 40, 85]))
    assert below.rows == ((ONE, "S_LH", 40),)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        *(("Lansia (60 tahun ke atas)", "S_LANSIA"), ("Lansia (>= 60 th)", "S_LANSIA")),
        *(("Balita (0-59 bln)", "S_BALITA"), ("Balita (jiwa)", "S_BALITA")),
        *(("WUS (15-49 tahun)", "S_WUS"), ("Pasangan usia subur (PUS)", "S_PUS")),
        *(("Usia produktif (15-59)", "S_PROD"), ("Ibu hamil (2025)", "S_BUMIL")),
        *(("Kepala keluarga (KK)", "S_KK"), ("Lahir hidup (LH)", "S_LH")),
    ],
)
def test_what_stands_in_brackets_may_say_the_same_once_more(title, code):
    reading = taken(table(["kode", title], [ONE, 85]))
    assert (reading.rows, reading.notes) == (((ONE, code, 85),), ())
    grouped = taken(table(["kode", "KESEHATAN IBU (KIA)", ""], ["", title, "x"], [ONE, 85, ""]))
    assert grouped.rows == ((ONE, code, 85),)


@pytest.mark.parametrize("years", [[2024, 2025], ["2024", "2025"], ["Tahun 2024", "Th. 2025"]])
def test_of_years_below_a_sasaran_the_chosen_one_counts(years):
    rows = ["Desa", "Bumil", "", "Balita", ""], ["", *years, *years], ["Satu", 39, 40, 300, 310]
    reading = taken(table(*rows))
    assert reading.rows == ((ONE, "S_BUMIL", 40), (ONE, "S_BALITA", 310))
    assert all("bukan tahun 2025, dilewati." in note for note in reading.notes)
    assert len(reading.notes) == 2


def test_a_sasaran_of_months_is_refused_with_the_reason():
    rows = ["Desa", "Bumil", "", ""], ["", "Januari", "Februari", "Maret"], ["Satu", 4, 3, 5]
    reading = taken(table(*rows))
    assert [(one.row, one.column) for one in reading.refusals] == [(2, "Bumil")]
    assert "terbagi menurut bulan, sedangkan sasaran berlaku setahun" in reading.refusals[0].message


def test_a_percentage_beside_its_number_is_told_as_not_read():
    reading = taken(table(["kode", "Ibu hamil", "Ibu hamil (%)"], [ONE, 40, 85]))
    assert reading.rows == ((ONE, "S_BUMIL", 40),)
    assert any("kolom “Ibu hamil (%)” tidak dikenal" in note for note in reading.notes)


def test_a_misspelt_title_is_told_with_what_it_may_mean():
    notes = taken(table(["kode", "Lahir hidup", "Ibu hamli"], [ONE, 40, 85])).notes
    assert any("Bila maksudnya Ibu hamil, tulis judulnya demikian." in note for note in notes)


def test_two_columns_of_one_sasaran_have_to_agree():
    reading = taken(table(["kode", "Bumil", "Ibu hamil"], [ONE, 40, 40], [TWO, 25, 26]))
    assert [(one.row, one.at) for one in reading.refusals] == [(3, 2)]
    assert "dua kolom" in reading.refusals[0].message


def test_a_number_cut_by_a_comma_does_not_move_the_columns():
    lines = b"kode,Penduduk,Bumil\n" + f"{ONE},1,234,40".encode()
    assert "lebih banyak sel" in taken(lines).refusals[0].message


def test_a_puskesmas_that_its_villages_do_not_make_is_told_and_kept():
    rows = (FIRST, "x", 50, None), (ONE, "x", 40, None)
    reading = taken(book(HEAD, *rows))
    assert (FIRST, "S_BUMIL", 50) in reading.rows
    assert [(one.row, one.column) for one in reading.odd] == [(2, "S_BUMIL")]
    assert "desanya berjumlah 40" in reading.odd[0].message


def test_a_total_row_is_compared_and_no_place():
    rows = [["Desa", "Bumil"], ["Satu", 40], ["Dua", 25], ["JUMLAH", 66], [], ["Mengetahui,"]]
    reading = taken(table(*rows))
    assert reading.rows == ((ONE, "S_BUMIL", 40), (TWO, "S_BUMIL", 25))
    assert [(one.row, one.column) for one in reading.odd] == [(4, "Bumil")]
    rows[3][1] = 65
    assert taken(table(*rows)).odd == ()


def test_the_year_in_a_title_is_compared_with_the_one_chosen():
    rows = ["SASARAN TAHUN 2024"], [], ["kode", "Bumil"], [ONE, 40]
    told = "Lembar Sasaran menyebut tahun 2024, bukan 2025."
    assert told in taken(table(*rows), year=2025).notes
    assert told not in taken(table(*rows), year=2024).notes


def test_hidden_rows_are_read_and_told_and_hidden_sheets_named():
    rows = [["kode", "Bumil"], [ONE, 40], [TWO, 25]]
    pages = [Page("Data", rows, hidden_rows={2}), Page("Lama", rows, hidden=True)]
    reading = taken(xlsx(pages))
    assert len(reading.rows) == 2
    assert "Lembar Data: 1 baris tersembunyi ikut dibaca." in reading.notes
    assert "Lembar yang dilewati: Lama." in reading.notes


def test_a_row_of_which_every_formula_failed_is_not_passed_over():
    rows = [["Desa", "Bumil"], ["Satu", Formula("#REF!")], ["Dua", Formula(25)]]
    reading = taken(table(*rows))
    assert [(one.row, one.column) for one in reading.refusals] == [(2, "Bumil")]
    assert reading.rows == ((TWO, "S_BUMIL", 25),)


def test_a_row_of_numbers_without_a_place_is_refused():
    (refused,) = taken(table(["Desa", "Bumil"], ["Satu", 40], ["", 25])).refusals
    assert (refused.row, "tidak tertulis" in refused.message) == (3, True)


def test_a_file_without_places_or_without_sasaran_is_told_what_it_needs():
    for rows in ([["Desa", "Harga"], ["Satu", 5]], [["Bumil", "Bulin"], [5, 6]]):
        with pytest.raises(NoTable, match="perlu kolom tempat"):
            taken(table(*rows))


def test_a_puskesmas_table_without_villages():
    rows = ["No", "Puskesmas", "Balita", "", ""], ["", "", "L", "P", "Jml"], [1, "Dahlia", 3, 4, 7]
    assert taken(table(*rows)).rows == ((SECOND, "S_BALITA", 7),)
    halves = [row[:4] for row in rows]
    assert taken(table(*halves)).rows == ((SECOND, "S_BALITA", 7),), "L and P alone"

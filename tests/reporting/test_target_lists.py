"""Lists of sasaran, one number a row: what is read of them, and what is asked about."""

import pytest

from reporting.excel.targets import NoKnownSasaran, NoNumbers, NoTable, OtherYears
from reporting.selectors.target_places import ListedPlace
from tests.clusters.corpus.writers import Formula, Page, as_csv, xlsx
from tests.reporting.sasaran import FIRST, ONE, PLACES, SECOND, TWO, taken

HEAD = ["kode", "Sasaran", "Tahun", "Jumlah"]


def table(*rows, name="Data"):
    return xlsx([Page(name, [list(row) for row in rows])])


def told(reading):
    return [(one.row, one.column) for one in reading.refusals]


@pytest.mark.parametrize(
    "head",
    [
        ["kode", "Sasaran", "Jumlah"],
        ["Kode Desa", "Kode Sasaran", "Nilai"],
        ["kode", "code", "value"],
        ["KODE TEMPAT", "JENIS SASARAN", "JML"],
        ["Kode desa", "Kelompok Sasaran", "Jumlah Sasaran (jiwa)"],
        ["kode", "Nama sasaran", "2025"],
        ["kode", "Sasaran", "Jumlah tahun 2025"],
    ],
)
def test_a_row_is_a_place_a_sasaran_and_a_number(head):
    rows = (ONE, "S_BUMIL", 40), (ONE, "Lahir hidup", "1.234"), (TWO, "bumil", "-")
    reading = taken(table(head, *rows))
    assert not reading.refusals
    assert reading.rows == ((ONE, "S_BUMIL", 40), (ONE, "S_LH", 1234), (TWO, "S_BUMIL", 0))


@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_a_csv_with_titles_above_and_signatures_below(mark):
    rows = [
        ["SASARAN PROGRAM TAHUN 2025"], [], ["No", "Puskesmas", "Desa", "Sasaran", "Jumlah"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"], [1, "Kenanga", "Satu", "Ibu hamil", 40],
        [2, "Dahlia", "Desa Dua", "S_BUMIL (Ibu hamil)", 25], [], ["", "", "Mengetahui,"],
    ]  # fmt: skip
    reading = taken(as_csv([Page("", rows)], mark, "utf-8"))
    assert reading.rows == ((ONE, "S_BUMIL", 40), (TWO, "S_BUMIL", 25))
    assert (reading.refusals, reading.notes) == ((), ())


def test_code_and_name_of_a_sasaran_have_to_agree():
    head = ["kode", "Kode sasaran", "Nama sasaran", "Jumlah"]
    rows = (ONE, "S_BUMIL", "Bumil", 40), (ONE, "7", "Lahir hidup", 38)
    assert taken(table(head, *rows)).rows == ((ONE, "S_BUMIL", 40), (ONE, "S_LH", 38))
    (refused,) = taken(table(head, *rows, (TWO, "S_BUMIL", "Lahir hidup", 3))).refusals
    assert (refused.row, "tidak cocok" in refused.message) == (4, True)


def test_a_pair_that_is_written_twice_is_refused_with_its_first_row():
    rows = HEAD[:2] + HEAD[3:], (ONE, "Bumil", 40), (TWO, "Bumil", 25), (ONE, "Ibu hamil", 40)
    reading = taken(table(*rows))
    assert told(reading) == [(4, "Jumlah")]
    said = "Sasaran Ibu hamil untuk Desa/kelurahan Satu sudah ada di baris 2. Hapus salah satunya."
    assert reading.refusals[0].message == said


def test_rows_of_the_chosen_year_count_and_others_are_told():
    rows = (ONE, "Bumil", 2024, 39), (ONE, "Bumil", "Tahun 2025", 40), (TWO, "Bumil", 2024, 24)
    reading = taken(table(HEAD, *rows), year=2025)
    assert reading.rows == ((ONE, "S_BUMIL", 40),)
    assert reading.notes == ("Lembar Data: 2 baris tahun 2024 dilewati.",)
    with pytest.raises(OtherYears, match=r"tahun 2024, 2025, tidak ada baris tahun 2026"):
        taken(table(HEAD, *rows), year=2026)


@pytest.mark.parametrize("year", ["", "lalu", "2024/2025"])
def test_a_row_without_a_plain_year_is_refused(year):
    reading = taken(table(HEAD, (ONE, "Bumil", 2025, 40), (TWO, "Bumil", year, 25)))
    assert told(reading) == [(3, "Tahun")]
    assert "Tulis tahunnya, mis. 2025." in reading.refusals[0].message


def test_of_years_side_by_side_the_chosen_one_counts():
    head = ["Desa", "Sasaran", 2024, 2025]
    reading = taken(table(head, ("Satu", "Bumil", 39, 40), ("Dua", "Bumil", 24, 25)))
    assert reading.rows == ((ONE, "S_BUMIL", 40), (TWO, "S_BUMIL", 25))
    assert reading.notes == ("Lembar Data: kolom “2024” bukan tahun 2025, dilewati.",)


def test_an_unknown_sasaran_is_told_with_its_rows_and_what_it_may_mean():
    rows = (ONE, "Bumil", 40), (ONE, "Bayi kembar", 1), (TWO, "Bayi kembar", 0)
    reading = taken(table(["kode", "Sasaran", "Jumlah"], *rows, (ONE, "Ibu hamil (KEK)", 3)))
    assert reading.rows == ((ONE, "S_BUMIL", 40),)
    assert reading.notes == (
        "Lembar Data: sasaran “Bayi kembar” tidak dikenal, jadi 2 baris dilewati.",
        "Lembar Data: sasaran “Ibu hamil (KEK)” tidak dikenal, jadi 1 baris dilewati. "
        "Bila maksudnya Ibu hamil, tulislah demikian.",
    )


def test_a_slip_of_the_pen_in_one_row_is_refused_and_no_number_lost():
    third = ListedPlace("99.01.01.2009", "Tiga", "desa", frozenset({FIRST}))
    rows = (ONE, "Ibu hamil", 40), (TWO, "Ibu hamil", 25), (third.code, "Ibu hamli", 12)
    reading = taken(table(["kode", "Sasaran", "Jumlah"], *rows), places=(*PLACES, third))
    assert told(reading) == [(4, "Sasaran")]
    assert "“Ibu hamli” tidak dikenal. Maksudnya Ibu hamil?" in reading.refusals[0].message


def test_a_list_of_which_no_sasaran_is_known_is_told_so():
    with pytest.raises(NoKnownSasaran, match="kolom “Sasaran”, misalnya “Bayi kembar”"):
        taken(table(["kode", "Sasaran", "Jumlah"], (ONE, "Bayi kembar", 1)))


def test_unknown_places_are_asked_about_as_in_a_table():
    rows = ["Desa", "Sasaran", "Jumlah"], ("Satuu", "Bumil", 40), ("Satuu", "Lahir hidup", 38)
    reading = taken(table(*rows, ("", "Bumil", "")))
    assert told(reading) == [(2, "Desa"), (3, "Desa")]
    assert {(one.name, one.alike) for one in reading.refusals} == {("Satuu", ONE)}


def test_what_is_written_once_holds_for_the_rows_below():
    by_place = ("Satu", "Bumil", 40), ("", "Jumlah penduduk", 900), ("Dua", "Bumil", 25)
    reading = taken(table(["Desa", "Sasaran", "Jumlah"], *by_place))
    assert reading.rows == ((ONE, "S_BUMIL", 40), (ONE, "S_PDD", 900), (TWO, "S_BUMIL", 25))
    assert "1 baris tanpa nama tempat atau sasaran" in reading.notes[0]
    by_group = ("Bumil", "Satu", 40), ("", "Dua", 25), ("Jumlah bumil", "", 65)
    reading = taken(table(["Sasaran", "Desa", "Jumlah"], *by_group, ("Bulin", "Satu", 38)))
    assert reading.rows == ((ONE, "S_BUMIL", 40), (TWO, "S_BUMIL", 25), (ONE, "S_BULIN", 38))
    assert (reading.refusals, reading.odd) == ((), ())


def test_below_a_village_a_row_of_its_puskesmas_alone_is_asked_about():
    head = ["Puskesmas", "Desa", "Sasaran", "Jumlah"]
    rows = ("Kenanga", "", "Bumil", 90), ("Kenanga", "Satu", "Bumil", 40)
    assert taken(table(head, *rows)).rows == ((FIRST, "S_BUMIL", 90), (ONE, "S_BUMIL", 40))
    merged = taken(table(head, *rows, ("Kenanga", "", "Bulin", 38), ("Dahlia", "", "Bulin", 24)))
    assert [(one.row, one.message[:29]) for one in merged.refusals] == [
        (4, "Nama desa di baris ini kosong")
    ]
    assert (SECOND, "S_BULIN", 24) in merged.rows


def test_sexes_in_columns_or_in_rows_are_added_up():
    head = ["Desa", "Sasaran", "L", "P", "L+P"]
    assert taken(table(head, ("Satu", "Balita", 3, 4, 7))).rows == ((ONE, "S_BALITA", 7),)
    wrong = taken(table(head, ("Satu", "Balita", 3, 4, 8), ("Dua", "Balita", 3, "", "")))
    assert [one.row for one in wrong.refusals] == [2, 3]
    head = ["Desa", "Sasaran", "JK", "Jumlah"]
    rows = (
        ("Satu", "Balita", "L", 3),
        ("Satu", "Balita", "Perempuan", 4),
        ("Dua", "Lansia P", "", 9),
    )
    reading = taken(table(head, *rows, ("Dua", "Lansia", "laki-laki", 8), ("Dua", "Bumil", "", 5)))
    assert set(reading.rows) == {(ONE, "S_BALITA", 7), (TWO, "S_LANSIA", 17), (TWO, "S_BUMIL", 5)}
    half = taken(table(head, rows[0], ("Dua", "Bumil", "entah", 5)))
    assert [one.message for one in half.refusals] == [
        "Tulis L, P, atau L+P.", "Hanya L atau P yang terisi. Isi keduanya."
    ]  # fmt: skip


def test_totals_are_compared_and_no_places():
    rows = [
        ["Puskesmas", "Desa", "Sasaran", "Jumlah"],
        ["Kenanga", "Satu", "Bumil", 40], ["Kenanga", "Satu", "Bulin", 38],
        ["Jumlah Kenanga", "", "Bumil", 40], ["Jumlah Kenanga", "", "Bulin", 38],
        ["Dahlia", "Dua", "Bumil", 25],
        ["Jumlah Dahlia", "", "Bumil", 25], ["KABUPATEN CONTOH", "", "Bumil", 65],
    ]  # fmt: skip
    reading = taken(table(*rows))
    assert [value for *_spot, value in reading.rows] == [40, 38, 25]
    assert (reading.refusals, reading.odd) == ((), ())
    rows[4][3], rows[7][3] = 39, 66
    assert [(one.row, one.column) for one in taken(table(*rows)).odd] == [
        (5, "Jumlah"),
        (8, "Jumlah"),
    ]


def test_a_puskesmas_that_its_villages_do_not_make_is_told():
    rows = ["kode", "Sasaran", "Jumlah"], (FIRST, "Bumil", 50), (ONE, "Bumil", 40)
    (odd,) = taken(table(*rows)).odd
    assert (odd.row, "desanya berjumlah 40" in odd.message) == (2, True)


@pytest.mark.parametrize(
    ("cell", "words"),
    [("banyak", "bukan bilangan bulat"), (-4, "kurang dari 0"), (Formula("#REF!"), "gagal")],
)
def test_each_wrong_number_is_named(cell, words):
    reading = taken(table(HEAD, (ONE, "Bumil", 2025, 40), (TWO, "Bumil", 2025, cell)))
    assert told(reading) == [(3, "Jumlah")]
    assert words in reading.refusals[0].message


def test_rows_without_a_place_or_a_sasaran_are_refused():
    head = ["Desa", "Sasaran", "Jumlah"]
    rows = ("", "Bumil", 40), ("Satu", "Bumil", 40)
    assert "Tempatnya tidak tertulis" in taken(table(head, *rows)).refusals[0].message
    rows = ("Satu", "", 40), ("Satu", "Bumil", 40)
    assert "Sasarannya tidak tertulis" in taken(table(head, *rows)).refusals[0].message


def test_a_percentage_and_a_target_are_no_number_of_people():
    head = ["Desa", "Sasaran", "Jumlah (%)", "Target"]
    with pytest.raises(NoTable):
        taken(table(head, ("Satu", "Bumil", 90, 95)))
    both = taken(table([*head[:2], "Jumlah", *head[2:]], ("Satu", "Bumil", 40, 90, 95)))
    assert both.rows == ((ONE, "S_BUMIL", 40),)
    assert [note.split("“")[1].split("”")[0] for note in both.notes] == ["Jumlah (%)", "Target"]


def test_a_list_without_numbers_is_told():
    with pytest.raises((NoNumbers, NoTable)):
        taken(table(HEAD, (ONE, "Bumil", 2025, "")))


def test_a_list_and_a_table_in_one_file_have_to_agree():
    pages = [
        Page("Tabel", [["kode", "Bumil"], [ONE, 40]]),
        Page("Daftar", [["kode", "Sasaran", "Jumlah"], [ONE, "Bumil", 41], [TWO, "Bumil", 25]]),
    ]
    reading = taken(xlsx(pages))
    assert [(one.sheet, one.row) for one in reading.refusals] == [("Daftar", 2)]
    assert "Angka ini berbeda dengan lembar “Tabel”" in reading.refusals[0].message


def test_a_table_below_the_word_sasaran_is_still_a_table():
    rows = [
        ["Puskesmas", "Desa", "Sasaran", "", "Jumlah"], ["", "", "Bumil", "Bulin", "Posyandu"],
        ["Kenanga", "Satu", 40, 38, 3],
    ]  # fmt: skip
    assert taken(table(*rows)).rows == ((ONE, "S_BUMIL", 40), (ONE, "S_BULIN", 38))

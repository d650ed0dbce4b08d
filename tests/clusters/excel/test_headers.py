"""Headers as offices write them: ux.md R-MESSY, domain reference §5.7 and §7."""

import pytest

from clusters.excel.headers import (
    find_header,
    is_blank_row,
    is_numbering_row,
    is_signature_row,
    is_total_row,
)

ALIASES = {
    "nik": ("NIK",),
    "name": ("Nama", "Nama Balita", "Nama Anak"),
    "sex": ("JK", "Jenis Kelamin", "L/P"),
    "born_on": ("Tgl Lahir", "Tanggal Lahir"),
    "facility": ("Puskesmas",),
    "village": ("Desa/Kel", "Desa"),
    "seen_on": ("Tanggal Pengukuran", "Tanggal"),
    "weight": ("Berat", "BB", "Berat Badan"),
    "height": ("Tinggi", "TB", "Tinggi Badan"),
    "birth_weight": ("BB Lahir",),
    "birth_height": ("TB Lahir",),
}
EPPGBM = [
    "No", "NIK", "Nama", "JK", "Tgl Lahir", "BB Lahir", "TB Lahir", "Nama Ortu", "Prov", "Kab/Kota",
    "Kec", "Pukesmas", "Desa/Kel", "Posyandu", "RT", "RW", "Alamat", "Usia Saat Ukur",
    "Tanggal Pengukuran", "Berat", "Tinggi", "Cara Ukur", "LiLA", "BB/U",
]  # fmt: skip


def test_titles_stand_above_the_header():
    rows = [
        ["PEMERINTAH KABUPATEN CONTOH", "", ""],
        ["DATA BALITA", "", ""],
        ["", "", ""],
        ["NAMA BALITA", " Tgl.\u00a0Lahir ", "BB (kg)"],
        ["Siti", "12/05/2025", "9,2"],
    ]
    header = find_header(rows, ALIASES, required=["name", "facility"])
    assert (header.row_index, header.depth, header.data_index) == (3, 1, 4)
    assert header.columns == {"name": 0, "born_on": 1, "weight": 2}
    assert header.missing == ["facility"]
    assert header.confidence == 1


def test_the_export_of_eppgbm_with_its_misspelling():
    header = find_header([EPPGBM, ["1"] * len(EPPGBM)], ALIASES)
    assert header.columns["facility"] == EPPGBM.index("Pukesmas")
    assert header.guessed == {"facility": "Pukesmas"}
    assert header.columns["weight"] == EPPGBM.index("Berat")
    assert header.columns["birth_weight"] == EPPGBM.index("BB Lahir")
    assert (EPPGBM.index("Cara Ukur"), "Cara Ukur") in header.unknown
    assert set(header.columns.values()) | {c for c, _ in header.unknown} == set(range(len(EPPGBM)))


def test_a_misspelling_that_is_declared_is_no_guess():
    header = find_header([EPPGBM], ALIASES | {"facility": ("Puskesmas", "Pukesmas")})
    assert header.guessed == {}


def test_merged_titles_over_two_rows():
    rows = [
        ["Nama", "Lahir", "", "", "Pengukuran", "", "Catatan"],
        ["", "Tanggal", "BB", "TB", "Berat", "Tinggi", ""],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        ["Siti", "12/05/2025", 3.2, 50, 9.2, 71, ""],
    ]
    aliases = ALIASES | {
        "born_on": ("Lahir Tanggal",),
        "birth_weight": ("Lahir BB",),
        "birth_height": ("Lahir TB",),
    }
    header = find_header(rows, aliases)
    assert (header.row_index, header.depth, header.data_index) == (0, 2, 3)
    assert header.columns == {
        "name": 0, "born_on": 1, "birth_weight": 2, "birth_height": 3, "weight": 4, "height": 5,
    }  # fmt: skip
    assert header.unknown == [(6, "Catatan")]


def test_a_first_row_of_data_is_not_taken_for_a_second_header_row():
    header = find_header([["Nama", "BB"], ["Siti", "9,2"]], ALIASES)
    assert (header.depth, header.data_index) == (1, 1)


def test_two_columns_for_one_field_are_reported():
    header = find_header([["Nama", "BB", "Berat Badan", "TB"]], ALIASES)
    assert header.columns["weight"] == 1
    assert header.duplicates == {"weight": [2]}


def test_likeness_does_not_confuse_different_titles():
    header = find_header([["Nama", "BB", "BB Lahir", "TB Lahir", "Nama Ayah"]], ALIASES)
    assert header.columns["birth_weight"] == 2
    assert header.columns["birth_height"] == 3
    assert header.unknown == [(4, "Nama Ayah")]
    assert header.guessed == {}


def test_a_unit_can_tell_two_columns_apart():
    aliases = {"grams": ("Berat (gram)",), "kilos": ("Berat (kg)", "Berat"), "name": ("Nama",)}
    header = find_header([["Nama", "BERAT (KG)", "berat (Gram)"]], aliases)
    assert header.columns == {"name": 0, "kilos": 1, "grams": 2}


def test_no_header():
    assert find_header([["a", "b"], [1, 2]], ALIASES) is None
    assert find_header([], ALIASES) is None


def test_rows_that_count_columns():
    assert is_numbering_row(["(1)", "(2)", "(3)"])
    assert is_numbering_row([1.0, 2.0, "", 4.0])
    assert is_numbering_row(["a", "b", "c"])
    assert is_numbering_row(["(a)", "(b)"])
    assert not is_numbering_row(["L", "P"])
    assert not is_numbering_row(["Siti", "L", "9"])
    assert not is_numbering_row([9.2, 71.0])
    assert not is_numbering_row(["1"])
    assert not is_numbering_row([12.0, 50.0])


@pytest.mark.parametrize("word", ["Jumlah", "JUMLAH L+P", "Total", "Rata-rata", "Jumlah Desa"])
def test_total_rows(word):
    assert is_total_row(["", word, 12.0])
    assert not is_total_row(["Siti", word])


@pytest.mark.parametrize("text", ["Mengetahui,", "Kepala Puskesmas Contoh", "NIP. 1970"])
def test_signature_rows(text):
    assert is_signature_row(["", "", text])
    assert not is_signature_row(["Siti", "L", "9,2", "71", text])
    assert not is_signature_row(["", ""])


def test_blank_rows():
    assert is_blank_row(["", None, " \u00a0"])
    assert not is_blank_row(["", 0.0])


@pytest.mark.parametrize(
    "title",
    [
        "BB (bulan lalu)",
        "BB (lahir)",
        "BB (ibu)",
        "Berat badan (ideal)",
        "BB (z-score)",
        "BB (Mei)",
    ],
)
def test_brackets_may_make_a_title_another_number(title):
    header = find_header([["Nama", "Tinggi", title], ["A", 76, 9.4]], ALIASES)
    assert "weight" not in header.columns
    beside = find_header([["Nama", title, "BB (sekarang)"], ["A", 9.1, 9.4]], ALIASES)
    assert (beside.columns["weight"], beside.duplicates) == (2, {})


def test_what_is_neutral_in_a_register_is_so_in_brackets():
    rows = [["Nama (ibu)", "BB (ibu)"], ["A", 52]]
    assert find_header(rows, ALIASES, neutral=("ibu",)).columns == {"name": 0, "weight": 1}
    assert find_header([["Nama", "Berat (TB)"]], ALIASES).columns == {"name": 0, "weight": 1}

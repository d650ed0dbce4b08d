"""Ticks, sex, choices, text and NIK: domain reference §5.7, ux.md R-NIK."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp.core.cells import (
    CellError,
    Nik,
    check_nik,
    choice_reader,
    clean_text,
    fold,
    mask_nik,
    read_choice,
    read_nik,
    read_sex,
    read_yes_no,
    sex_reader,
    text_reader,
    yes_no_reader,
)
from ilp.core.cells.base import REMEMBERED, Remembering
from tests.core.readings import sentence_or_none

GIRL = "9901015205250003"  # born 12 May 2025
CHOICES = {"negatif": ("Negatif", "-", "neg"), "positif": ("Positif", "+")}


@pytest.mark.parametrize("cell", ["ada", "v", "V", "√", "✓", "ya", "YA.", "1", 1.0, True, "y"])
def test_yes(cell):
    assert read_yes_no(cell) is True
    assert yes_no_reader()(cell) is True


@pytest.mark.parametrize("cell", ["tidak", "tdk", "Tidak ada", "-", "0", 0.0, False, "belum"])
def test_no(cell):
    assert read_yes_no(cell) is False


def test_an_empty_cell_is_unknown_not_no():
    assert read_yes_no("") is None
    assert read_yes_no(None) is None
    assert read_yes_no("#N/A") is None


def test_neither_yes_nor_no():
    with pytest.raises(CellError, match="not-yes-no"):
        read_yes_no("mungkin")


@pytest.mark.parametrize("cell", ["L", "lk", "Lk.", "Laki-laki", "LAKI LAKI", "M", "male", "pria"])
def test_male(cell):
    assert read_sex(cell) == "L"


@pytest.mark.parametrize("cell", ["P", "pr", "Perempuan", "F", "Female", "wanita"])
def test_female(cell):
    assert sex_reader()(cell) == "P"


def test_numbers_for_sex_are_asked_about():
    for cell in ("1", 2.0):
        with pytest.raises(CellError, match="sex-number"):
            read_sex(cell)
    with pytest.raises(CellError, match="not-sex"):
        read_sex("x")
    assert read_sex("-") is None


def test_choices_by_any_of_their_names():
    read = choice_reader(CHOICES)
    assert [read(c) for c in ("POSITIF", "+", "neg.", "-", "", None)] == [
        "positif", "positif", "negatif", "negatif", None, None,
    ]  # fmt: skip
    assert read_choice("–", {"a": ("A",)}) is None
    assert read_choice(1.0, {"1": ("Satu",)}) == "1"


def test_an_unknown_choice_lists_the_known_ones():
    with pytest.raises(CellError) as error:
        read_choice("Siti", CHOICES)
    assert "Negatif; Positif" in str(error.value.sentence)
    assert "Siti" not in str(error.value.sentence)


def test_a_word_for_two_choices_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="means both"):
        choice_reader({"a": ("Sama",), "b": ("sama",)})


@pytest.mark.parametrize(
    "cell",
    [GIRL, f"'{GIRL}", f" {GIRL} ", f"\u00a0{GIRL}\u00a0", "9901 0152 0525 0003",
     "990101.520525.0003", f"\u200b{GIRL}"],
)  # fmt: skip
def test_a_nik_as_text(cell):
    assert read_nik(cell) == Nik(GIRL, damaged=False)


@pytest.mark.parametrize(
    "cell",
    [9901015205250003.0, 9901015205250000, "9,90102E+15", "9.901015E15", f"{GIRL}.0", "9" * 16],
)
def test_a_nik_that_excel_rounded_is_not_used(cell):
    assert read_nik(cell) == Nik(None, damaged=True)


@pytest.mark.parametrize("cell", ["", None, "-", "0", 0.0, "tidak ada", "#N/A", " "])
def test_no_nik(cell):
    assert read_nik(cell) == Nik(None, damaged=False)


@pytest.mark.parametrize(
    ("cell", "code"),
    [(GIRL[:15], "nik-length"), (GIRL + "1", "nik-length"), (12345.0, "nik-length"),
     ("99010152O5250003", "nik-letters"), (True, "nik-length")],
)  # fmt: skip
def test_not_a_nik(cell, code):
    with pytest.raises(CellError, match=code) as error:
        read_nik(cell)
    assert str(cell) not in str(error.value.sentence)


def test_what_does_not_fit_in_a_nik_is_only_a_warning():
    born = date(2025, 5, 12)
    assert check_nik(GIRL, "P", born) == []
    assert check_nik(GIRL, "L", born) == ["nik-sex"]
    assert check_nik(GIRL, "P", date(2025, 5, 13)) == ["nik-born"]
    assert check_nik("9901011213250000", None, None) == ["nik-date", "nik-serial"]
    assert check_nik("9901013205250003", "L", None) == ["nik-date"]
    assert check_nik("9901014005250003", "L", None) == ["nik-date"]
    assert check_nik("9901013105250003", "L", None) == []
    assert check_nik("9901017105250003", "P", None) == []


def test_a_masked_nik_shows_four_digits_at_either_end():
    assert mask_nik(GIRL) == "9901••••••••0003"
    assert mask_nik("123") == "••••"


def test_text_is_trimmed_and_its_spaces_made_one():
    assert clean_text(" Siti\u00a0 Aminah \n") == "Siti Aminah"
    assert clean_text(12.0) == "12"
    assert text_reader()("  ") is None
    assert fold("  Lk./PR ") == "lk pr"
    assert fold("√") == "√"


def test_a_reader_forgets_before_it_grows_too_big():
    reader = Remembering(lambda cell: cell)
    for cell in range(REMEMBERED + 10):
        assert reader[cell] == cell
    assert len(reader) <= REMEMBERED


@given(st.text(max_size=30))
def test_no_text_breaks_a_reader(text):
    for read in (read_nik, read_sex, read_yes_no, choice_reader(CHOICES), text_reader()):
        assert sentence_or_none(read, text) != ""

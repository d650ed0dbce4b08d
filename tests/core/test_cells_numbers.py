"""Numbers as people write them: ux.md R-NUM, domain reference §5.7."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp.core.cells import (
    CellError,
    decimal_reader,
    integer_reader,
    is_ambiguous_number,
    is_broken_formula,
    read_blood_pressure,
    read_decimal,
    read_integer,
    split_note,
)
from tests.core.readings import sentence_or_none


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1234", 1234), ("1.234", 1234), ("1 234", 1234), ("1\u00a0234", 1234),
        ("1.234.567", 1234567), (" 7 ", 7), ("'12", 12), (12.0, 12), (12, 12), ("12,0", 12),
        ("-", 0), ("Nihil", 0), ("0", 0), ("", None), (None, None), ("   ", None),
        ("#REF!", None), ("#DIV/0!", None),
    ],
)  # fmt: skip
def test_whole_numbers(cell, value):
    assert read_integer(cell) == value
    assert integer_reader()(cell) == value


def test_a_dash_says_nothing_where_nothing_is_counted():
    assert read_integer("-", count=False) is None


@pytest.mark.parametrize("cell", ["12,5", "1.23", "1.2345", "1.234 567", 12.5, "12a", "SAKIT"])
def test_not_whole(cell):
    with pytest.raises(CellError) as error:
        read_integer(cell)
    assert error.value.code == "not-whole"
    assert "Tulis angka" in str(error.value.sentence)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12,5", "12.50"), ("12.5", "12.50"), ("1.234,5", "1234.50"), ("1,234.5", "1234.50"),
        ("3.250", "3.25"), (",5", "0.50"), ("0,85", "0.85"), (9.2, "9.20"), (9.125, "9.13"),
        (7, "7.00"), ("9,4 kg", "9.40"), ("9.4KG", "9.40"), ("-1,5", "-1.50"),
    ],
)  # fmt: skip
def test_decimals(cell, value):
    assert read_decimal(cell, 2, unit="kg") == Decimal(value)


@pytest.mark.parametrize("cell", ["", None, "-", "nihil", "#N/A"])
def test_no_decimal(cell):
    assert read_decimal(cell, 1) is None


@pytest.mark.parametrize("cell", ["1.2.3", "12..5", "85 %", "9,4 N", "abc", float("inf")])
def test_not_a_decimal(cell):
    with pytest.raises(CellError, match="not-number"):
        read_decimal(cell, 1)


def test_a_percent_sign_only_where_expected():
    assert read_decimal("85 %", 1, percent=True) == 85
    assert read_decimal("85,5%", 1, percent=True) == Decimal("85.5")


def test_a_date_where_a_number_should_be_is_explained():
    with pytest.raises(CellError, match="date-for-number"):
        decimal_reader(1)(date(2025, 12, 5))


def test_three_digits_after_a_dot_deserve_a_hint():
    assert is_ambiguous_number("3.250")
    assert not is_ambiguous_number("3.25")
    assert not is_ambiguous_number(3.25)


def test_broken_formulas_are_known():
    assert is_broken_formula(" #ref! ")
    assert not is_broken_formula("#1")


@pytest.mark.parametrize(
    ("cell", "parts"),
    [("9,4 N", ("9,4", "N")), ("TIDAK HADIR", (None, "TIDAK HADIR")), (9.4, (9.4, "")),
     ("9,4", ("9,4", "")), ("-", ("-", "")), ("nihil", ("nihil", ""))],
)  # fmt: skip
def test_notes_stuck_to_numbers(cell, parts):
    assert split_note(cell) == parts


@pytest.mark.parametrize("cell", ["120/80", "120 / 80", "120-80", "120/80 mmHg"])
def test_blood_pressure(cell):
    assert read_blood_pressure(cell) == (120, 80)


@pytest.mark.parametrize("cell", ["120", 120.0, "120/", "normal"])
def test_not_a_blood_pressure(cell):
    with pytest.raises(CellError, match="not-pressure"):
        read_blood_pressure(cell)


def test_an_empty_blood_pressure():
    assert read_blood_pressure("") is None


@given(st.integers(-999_999_999, 999_999_999))
def test_whole_numbers_survive_the_way_we_show_them(number):
    assert read_integer(f"{number:,}".replace(",", ".")) == number
    assert read_integer(float(number)) == number


@given(st.decimals(-99999, 99999, places=2))
def test_decimals_survive_the_way_we_show_them(number):
    shown = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    assert read_decimal(shown, 2) == number


@given(st.text(max_size=30))
def test_no_text_breaks_a_reader(text):
    for read in (integer_reader(), decimal_reader(2), read_blood_pressure):
        assert sentence_or_none(read, text) != ""


def test_a_sentence_never_repeats_a_name_or_a_nik():
    for cell in ("Siti Aminah", "9901014105250003x", "9901014105250003"):
        with pytest.raises(CellError) as error:
            read_blood_pressure(cell)
        assert cell not in str(error.value.sentence)

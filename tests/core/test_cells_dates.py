"""Dates as people write them: ux.md R-TGL, domain reference §5.7."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ilp.core.cells import CellError, date_reader, looks_us, read_date
from tests.core.readings import sentence_or_none

TODAY = date(2026, 11, 23)
MAY_12 = date(2025, 5, 12)
MONTHS = [
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September",
    "Oktober", "November", "Desember",
]  # fmt: skip


@pytest.mark.parametrize(
    "cell",
    [
        "12/05/2025", "12-5-25", "12.5.2025", "12 Mei 2025", "12-MEI-2025", "Senin, 12 Mei 2025",
        "12052025", "20250512", "2025-05-12", "2025-05-12 00:00:00", "2025-05-12T07:30:00Z",
        "May 12, 2025", "12/05/2025 08.30", " 12\u00a0Mei  2025", "'12/05/2025", "45789", 45789.0,
        45789, 45789.25, 12052025.0, MAY_12, datetime(2025, 5, 12, 9, 30, tzinfo=UTC),
    ],
)  # fmt: skip
def test_every_way_to_write_a_date(cell):
    assert read_date(cell, today=TODAY) == MAY_12
    assert date_reader(today=TODAY)(cell) == MAY_12


@pytest.mark.parametrize(
    ("word", "month"),
    [("Pebruari", 2), ("Peb", 2), ("Nopember", 11), ("Nop", 11), ("Agt", 8), ("Agust", 8),
     ("Sept", 9), ("JANUARO", 1), ("Desembr", 12), ("Okt", 10), ("Des", 12), ("Jum", None)],
)  # fmt: skip
def test_month_names_with_their_spellings(word, month):
    if month is None:
        with pytest.raises(CellError, match="not-a-date"):
            read_date(f"3 {word} 2025", today=TODAY)
    else:
        assert read_date(f"3 {word} 2025", today=TODAY) == date(2025, month, 3)


def test_two_digits_of_a_year_never_lie_in_the_future():
    assert read_date("23/11/26", today=TODAY) == date(2026, 11, 23)
    assert read_date("24/11/26", today=TODAY) == date(1926, 11, 24)
    assert read_date("1/1/60", today=TODAY) == date(1960, 1, 1)


def test_us_order_is_explained_not_guessed():
    with pytest.raises(CellError) as error:
        read_date("05/25/2025")
    assert "Bulan 25 tidak ada" in str(error.value.sentence)
    assert "25/05/2025" in str(error.value.sentence)


def test_us_order_once_a_person_said_so():
    assert read_date("05/25/2025", "mdy") == date(2025, 5, 25)
    assert read_date("2025-05-25", "mdy") == date(2025, 5, 25)


def test_a_column_that_can_only_be_us():
    assert looks_us(["05/03/2025", "05/25/2025", "", None, 45789.0, "x"])
    assert not looks_us(["05/03/2025", "05/04/2025"])
    assert not looks_us(["05/25/2025", "25/05/2025"])


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31/02/2025", "no-such-day"), ("29/2/2023", "no-such-day"), ("0/5/2025", "no-such-day"),
        ("12/5/1025", "odd-year"), (2025.0, "not-a-date"), ("2025", "not-a-date"),
        ("Ahmad", "not-a-date"), ("12/5", "not-a-date"), (time(8, 0), "not-a-date"),
        (timedelta(days=1), "not-a-date"), (date(1899, 12, 31), "odd-year"), ("99999999", None),
        (float("nan"), "not-a-date"), (float("inf"), "not-a-date"), (-5.0, "not-a-date"),
    ],
)  # fmt: skip
def test_not_dates(cell, code):
    with pytest.raises(CellError) as error:
        read_date(cell, today=TODAY)
    assert code is None or error.value.code == code
    assert "Ahmad" not in str(error.value.sentence)


@pytest.mark.parametrize("cell", ["", None, "-", "#REF!", 0.0, "0", " "])
def test_no_date(cell):
    assert read_date(cell) is None


def test_excel_counts_from_the_end_of_1899():
    assert read_date(36526.0) == date(2000, 1, 1)


@given(st.dates(date(1910, 1, 2), date(2099, 12, 31)))
def test_dates_survive_every_way_we_write_them(day):
    serial = (day - date(1899, 12, 30)).days
    long = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    for cell in (f"{day:%d/%m/%Y}", f"{day:%d%m%Y}", day.isoformat(), serial, long):
        assert read_date(cell, today=TODAY) == day


@given(st.text(max_size=30) | st.floats())
def test_nothing_breaks_the_reader(cell):
    assert sentence_or_none(read_date, cell) != ""

"""What is found in the cells of workbooks and the lines of csv: ux.md R-MESSY, domain §5.7."""

from datetime import date

import pytest

from clusters.models import Antenatal, Growth, Immunisation, Person
from tests.clusters.test_messy import children
from tests.clusters.workbooks import (
    ADULT,
    ANTENATAL,
    CHILD,
    GROWTH,
    refused,
    sheet,
    warned,
    workbook,
)


def test_dates_that_excel_may_have_turned_are_asked_about(take):
    days = [date(2025, 3, 5), date(2025, 4, 5), date(2025, 6, 5), "25/05/2025"]
    rows = [one | {"Tanggal kunjungan": d} for one, d in zip(children(4), days, strict=True)]
    result = take(*rows)
    assert [code for _row, _column, code in refused(result)] == ["date-swapped"] * 3
    assert result.new == 1


def test_two_orders_in_one_column_leave_only_what_is_certain(take):
    days = ["25/05/2025", "05/26/2025", "05/06/2025"]
    rows = [one | {"Tanggal kunjungan": d} for one, d in zip(children(3), days, strict=True)]
    codes = [code for _row, _column, code in refused(take(*rows))]
    assert codes == ["no-such-month", "date-both-orders"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("9400", "out-of-range"),
        ("9400 gram", "other-unit"),
        ("94 ons", "other-unit"),
        ("9,4 N", None),
        ("1O,5", "not-number"),
        ("9 Mei", "not-number"),
        ("PINDAH RUMAH", None),
        ("-", None),
        ("nihil", None),
        ("#REF!", None),
    ],
)
def test_words_and_units_in_a_number(take, cell, code):
    result = take(GROWTH | {"Berat badan (kg)": cell})
    assert [c for _row, _column, c in refused(result)] == ([code] if code else [])


def test_a_column_of_grams_is_not_taken_for_kilograms(take):
    row = {k: v for k, v in GROWTH.items() if k != "Berat badan (kg)"}
    result = take(row | {"BB (gram)": 9400})
    assert refused(result) == [(2, "BB (gram)", "other-unit")]


@pytest.mark.parametrize("yes", ["ya", "Y", "v", "V", "√", "✓", "✔\ufe0f", 1, "ada", "Sudah"])
def test_yes_as_people_tick_it(take, yes):
    take(CHILD | {"MR 1": yes})
    assert Immunisation.objects.get().antigens == ["MR1"]


def test_a_dash_is_no_name(take):
    assert refused(take(GROWTH | {"Nama": "-"})) == [(2, "Nama", "blank")]


def test_many_nik_that_end_in_0_have_lost_their_last_digit(take):
    rows = children(3)
    for row in rows:
        row["NIK"] = row["NIK"][:-1] + "0"
    result = take(*rows)
    assert {code for _row, _column, code in warned(result)} == {"nik-rounded"}
    assert not Person.objects.filter(nik_sealed__isnull=False).exists()


def test_a_mothers_number_is_not_her_childs(take):
    row = {k: v for k, v in GROWTH.items() if k != "NIK"}
    result = take({"NIK Ibu": "9901015203900001"} | row)
    assert "NIK Ibu" in result.headers["ignored"]
    assert Person.objects.get().nik_sealed is None


def test_two_columns_of_one_title_have_to_agree(take):
    rows = sheet(children(2))
    at = rows[0].index("Berat badan (kg)")
    for row, more in zip(rows, ("Berat badan (kg)", 9.4, 8.8), strict=True):
        row.insert(at + 1, more)
    result = take(content=workbook(Data=rows))
    assert refused(result) == [(3, "Berat badan (kg)", "two-columns")]


def as_csv(rows, mark=",", encoding="utf-8"):
    return "\n".join(mark.join(map(str, row)) for row in rows).encode(encoding)


def test_a_csv_with_titles_above_and_ragged_rows(take):
    rows = [["LAPORAN"], ["Puskesmas Kenanga"], ["Bulan Mei"], [], [], [], *sheet(children(1))]
    rows[7][3] = rows[7][6] = "10/03/2024"
    rows[7][6] = "06/05/2025"
    result = take(content=as_csv([*rows, ["x"]], ","))
    assert result.new == 1, result.issues
    assert {row for row, _column, _code in refused(result)} == {9}


def test_decimal_commas_between_commas_are_asked_about(take):
    rows = sheet(children(2, {"Tanggal lahir": "10/03/2024", "Tanggal kunjungan": "06/05/2025"}))
    rows[1][rows[0].index("Berat badan (kg)")] = "9,4"
    result = take(content=as_csv(rows))
    assert [code for _row, _column, code in refused(result)] == ["longer-than-titles"]
    assert result.new == 1


def test_the_line_that_names_the_mark_is_not_counted(take):
    rows = sheet(children(1, {"Tanggal lahir": "10/03/2024", "Tanggal kunjungan": "06/05/2025"}))
    take(content=b"sep=;\n" + as_csv(rows, ";"))
    assert Growth.objects.get().row == 2


def test_a_sheet_that_lacks_a_column_is_named_with_it(take):
    lacking = [{k: v for k, v in row.items() if k != "Tanggal kunjungan"} for row in children(1)]
    result = take(content=workbook(Mei=sheet(children(1)), Juni=sheet(lacking)))
    assert result.headers["incomplete_sheets"] == {"Juni": "Tanggal kunjungan"}


def test_the_mother_of_an_antenatal_register_is_no_other_person(take):
    titles = [
        ["Ibu", "", "", "Kunjungan", ""],
        ["NIK", "Nama", "Tanggal lahir", "Tanggal", "Usia kehamilan"],
    ]
    row = [ANTENATAL["NIK"], "Contoh Satu", date(1990, 3, 12), date(2025, 5, 6), 9]
    result = take(content=workbook(Data=[*titles, row]), service="antenatal")
    assert (result.new, refused(result)) == (1, [])
    assert Person.objects.get().name == "Contoh Satu"


def test_a_place_and_day_of_birth_in_one_cell(take):
    row = {k: v for k, v in ADULT.items() if k != "Tanggal lahir"}
    take(row | {"TTL": "Kopang, 12-03-1980"})
    assert Person.objects.get().born_on == date(1980, 3, 12)


@pytest.mark.parametrize(
    ("cell", "weeks", "codes"),
    [
        *(("8+3", 8, ["days-dropped"]), ("9 minggu 3 hari", 9, ["days-dropped"])),
        *(("9mg 1hr", 9, ["days-dropped"]), ("9 mg", 9, []), ("9 mgg", 9, [])),
        *(("9-10", None, []), ("9/7", None, []), ("8+", None, []), ("2 bln", None, [])),
    ],
)
def test_weeks_with_days_are_the_completed_weeks(take, cell, weeks, codes):
    result = take(ANTENATAL | {"Usia kehamilan (minggu)": cell})
    assert list(Antenatal.objects.values_list("weeks", flat=True)) == ([weeks] if weeks else [])
    assert [code for _row, _column, code in warned(result)] == codes


def test_days_behind_a_number_that_counts_no_weeks_are_refused(take):
    assert refused(take(GROWTH | {"Berat badan (kg)": "9+3"}))[0][2] == "not-number"


def test_a_csv_that_keeps_its_long_numbers_as_formulas_of_text(take):
    rows = sheet([GROWTH | {"Tanggal lahir": "10/03/2024", "Tanggal kunjungan": "06/05/2025"}])
    at = rows[0].index("NIK")
    rows[1][at] = f'="{rows[1][at]}"'
    result = take(content="\n".join(";".join(map(str, row)) for row in rows).encode())
    assert (result.new, result.issues) == (1, ())
    assert Person.objects.get().nik_masked.endswith(GROWTH["NIK"][-4:])


@pytest.mark.parametrize("title", ["BB (bulan lalu)", "Berat badan (ideal)", "TB (tuberkulosis)"])
def test_a_number_of_another_day_or_thing_is_unknown_and_not_taken(take, title):
    row = {k: v for k, v in GROWTH.items() if not k.startswith(("Berat", "Panjang"))}
    result = take(row | {"LILA (cm)": 14.2, title: 8.8})
    assert result.headers["unknown"] == [title]
    assert Growth.objects.values_list("weight", "height").get() == (None, None)


@pytest.mark.parametrize("title", ["Tgl Timbang", "Tanggal timbang", "Tgl penimbangan", "Tgl"])
def test_the_day_of_weighing_is_the_day_of_the_visit(take, title):
    row = {title if k == "Tanggal kunjungan" else k: v for k, v in GROWTH.items()}
    assert take(row).new == 1
    assert Growth.objects.get().seen_on == date(2025, 5, 6)

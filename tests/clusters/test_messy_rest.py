"""What else is found in workbooks, one test each: ux.md R-MESSY and domain reference §5.7."""

from datetime import date

import pytest

from clusters.excel.imports import check_file
from clusters.models import VISITS, Antenatal, Growth, Person
from facilities.actions.places import learn_name
from tests.clusters.corpus.writers import Page, xlsx
from tests.clusters.test_messy import JUNE, children
from tests.clusters.workbooks import (
    ANTENATAL,
    GROWTH,
    NEWBORN,
    nik,
    refused,
    sheet,
    warned,
    workbook,
)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_csv_in_utf_16_without_its_mark(take, encoding):
    days = {"Tanggal lahir": "10/03/2024", "Tanggal kunjungan": "06/05/2025"}
    lines = ["\t".join(map(str, row)) for row in sheet([GROWTH | days])]
    result = take(content="\r\n".join(lines).encode(encoding))
    assert (result.new, result.issues) == (1, ())
    assert Person.objects.get().name == GROWTH["Nama"]


def test_blank_columns_on_the_left_and_in_between(take):
    rows = [["", "", *row[:3], "", *row[3:]] for row in sheet(children(2))]
    result = take(content=workbook(Data=[["", "", "REGISTER"], [], *rows]))
    assert (result.new, result.issues) == (2, ())


@pytest.mark.parametrize(
    ("cell", "value"), [(0, 0), ("0", 0), ("-", None), ("", None), (None, None)]
)
def test_zero_is_a_number_and_a_dash_or_nothing_is_none(take, cell, value):
    take(ANTENATAL | {"TTD/MMS diberikan (tablet)": cell})
    assert Antenatal.objects.get().tablets == value


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("Lk", "L"),
        ("LK.", "L"),
        ("Laki-laki", "L"),
        ("laki - laki", "L"),
        ("M", "L"),
        ("Pr", "P"),
        ("laki2", "L"),
    ]
    + [("Perempuan", "P"), ("F", "P"), (" p ", "P"), ("1", None), ("2", None)],
)
def test_a_sex_as_people_write_it_and_a_number_is_asked_about(take, text, sex):
    row = {k: v for k, v in GROWTH.items() if k != "NIK"} | {"Jenis kelamin": text}
    result = take(row)
    assert [person.sex for person in Person.objects.all()] == ([sex] if sex else [])
    assert bool(refused(result)) == (sex is None)


def test_no_break_spaces_in_titles_names_and_places(take, tree):
    row = {title.replace(" ", "\u00a0"): value for title, value in GROWTH.items()} | {
        "Nama": "\u00a0Anak \u00a0Contoh ",
        "Posyandu": "Melati\u00a0",
    }
    result = take(row)
    assert (result.new, result.issues) == (1, ())
    assert Person.objects.get().name == "Anak Contoh"
    assert Growth.objects.get().home_id == tree["melati"].pk


def test_dates_as_serials_of_excel(take):
    seen, born = (date(2025, 5, 6) - date(1899, 12, 30)).days, 45361
    take(GROWTH | {"Tanggal kunjungan": seen, "Tanggal lahir": str(born)})
    assert Growth.objects.get().seen_on == date(2025, 5, 6)
    assert Person.objects.get().born_on == date(2024, 3, 10)


def test_a_birth_weight_in_kilogram_is_asked_about(take):
    result = take(NEWBORN | {"Berat lahir (gram)": 3.1})
    assert {code for _row, _column, code in refused(result)} <= {"out-of-range", "not-whole"}
    assert refused(result)
    assert not VISITS["newborn"].objects.exists()


def test_ages_typed_by_hand_are_worked_out_anew(take):
    result = take(GROWTH | {"Umur (bulan)": 99})
    assert "Umur (bulan)" in result.headers["ignored"]
    assert Growth.objects.get().age_months == 13


def test_hidden_columns_are_read_as_the_others(take):
    rows = sheet(children(1))
    page = Page("Data", rows, hidden_columns={rows[0].index("Berat badan (kg)")})
    result = take(content=xlsx([page]))
    assert result.new == 1
    assert float(Growth.objects.get().weight) == 9.4


def test_a_name_that_was_learned_is_known_in_every_file(take, tree):
    learn_name(place=tree["melati"], text="Posy. Mlati Indah", by=None)
    result = take(GROWTH | {"Posyandu": "POSY. MLATI  INDAH"})
    assert (result.new, refused(result)) == (1, [])
    assert Growth.objects.get().home_id == tree["melati"].pk


@pytest.mark.parametrize(
    ("name", "says", "codes"),
    [
        ("TW I 2025", "2025-TW1", ["other-month"]),
        ("Triwulan II", "TW2", []),
        ("TW.2_2025", "2025-TW2", []),
        ("Register_TW2", "TW2", []),
        ("tribulan III 2025", "2025-TW3", ["other-month"]),
        ("TW IV (Oktober-Desember)", "TW4", ["other-month"]),
    ],
)
def test_a_quarter_in_the_name_of_a_sheet_is_a_hint(take, name, says, codes):
    result = take(content=workbook(**{name: sheet(children(2))}))
    assert [h.get("month") for h in result.headers["hints"] if h["kind"] == "month"] == [says]
    assert [issue.code for issue in result.issues] == codes
    assert all("Triwulan" in issue.reason for issue in result.issues)


def test_the_words_of_a_title_that_hint_at_nothing_are_not_kept(tree):
    above = [["Register Posyandu Melati a.n. Contoh Rahasia bulan Mei 2025 HP 081234567890"], []]
    checked = check_file(
        path=workbook(Data=sheet(children(1), above=above)), service=None,
        facility=tree["first"], by=None,
    )  # fmt: skip
    assert [(h["kind"], h["text"]) for h in checked.headers["hints"]] == [
        ("month", "Mei 2025"), ("place", "Posyandu Melati"),
    ]  # fmt: skip
    assert "Rahasia" not in str(checked.headers)


def test_what_is_odd_about_a_sheet_is_no_row_with_a_warning(take):
    rows = sheet(children(3, JUNE))
    rows.append(["Jumlah", *[None] * 6, 29])
    result = take(content=workbook(Mei=rows))
    assert sorted(code for _row, _column, code in warned(result)) == [
        "other-month", "total-differs",
    ]  # fmt: skip
    assert (result.new, result.warned) == (3, 0)
    odd = take(GROWTH | {"NIK": nik(7, date(2024, 3, 10), "L"), "Berat badan (kg)": "9,4 N"})
    assert odd.warned == 1


def test_a_row_that_names_a_place_alone_is_nobody_and_told(take):
    titles, *rows = sheet(children(3))
    rows = [
        ["POSYANDU MELATI"],
        [],
        titles,
        rows[0],
        rows[1],
        [],
        ["POSYANDU MAWAR"],
        titles,
        rows[2],
    ]
    result = take(content=workbook(Data=rows))
    assert (result.read, result.new) == (3, 3)
    assert (refused(result), [i.code for i in result.issues]) == ([], ["place-alone"])
    assert (result.issues[0].row, "tulis namanya di kolom Posyandu" in result.issues[0].reason) == (
        7, True,
    )  # fmt: skip


def test_a_place_alone_in_its_own_column_holds_for_the_rows_below(take, tree):
    titles, *rows = sheet([{"Posyandu": None} | one for one in children(4, {"Posyandu": None})])
    rows = [titles, ["Posyandu Melati"], *rows[:2], ["Posyandu Mawar"], *rows[2:]]
    result = take(content=workbook(Data=rows))
    assert (result.read, result.new, result.issues) == (4, 4, ())
    homes = Growth.objects.order_by("row").values_list("home", flat=True)
    assert list(homes) == [tree["melati"].pk] * 2 + [tree["mawar"].pk] * 2


def test_a_person_called_as_a_place_is_still_somebody(take):
    result = take(*children(2), {"Nama": "Desa Contoh", "Berat badan (kg)": 9})
    assert result.read == 3
    assert {row for row, _column, _code in refused(result)} == {4}

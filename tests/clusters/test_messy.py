"""What is found in workbooks, one test each: ux.md R-MESSY and domain reference §5.7."""

from datetime import date

import pytest

from clusters.excel.errors import MissingColumns
from clusters.excel.imports import check_file
from clusters.excel.told import Told
from clusters.models import Growth, Person
from tests.clusters.corpus.writers import Formula, Page, xlsx
from tests.clusters.workbooks import (
    CHILD,
    GROWTH,
    nik,
    refused,
    sheet,
    warned,
    workbook,
)

JUNE = {"Tanggal kunjungan": date(2025, 6, 3)}


def children(count, change=None):
    """Different children, weighed the same."""
    born = date(2024, 3, 10)
    return [
        GROWTH | {"NIK": nik(n + 1, born, "L"), "Nama": f"Anak {'ABCDEFGHIJ'[n]}"} | (change or {})
        for n in range(count)
    ]


def test_a_header_of_six_merged_rows(take):
    titles = [
        ["REGISTER", *[""] * 7], ["Tahun 2025", *[""] * 7], ["Bagian A", *[""] * 7],
        ["No", "Identitas", "", "", "", "Kunjungan", "Hasil", ""],
        ["", "NIK", "Anak", "Lahir", "Jenis kelamin", "", "Antropometri", ""],
        ["", "", "Nama", "Tanggal", "", "Tanggal", "BB", "TB"],
    ]  # fmt: skip
    row = [1, nik(1, date(2024, 3, 10), "L"), "Anak A", date(2024, 3, 10), "L"]
    result = take(content=workbook(Data=[*titles, [*row, date(2025, 5, 6), 9.4, 76.5]]))
    assert (result.new, result.issues) == (1, ())
    visit = Growth.objects.get()
    assert (visit.row, float(visit.weight), visit.person.born_on) == (7, 9.4, date(2024, 3, 10))
    assert "Identitas > Lahir > Tanggal" in "".join(result.headers["recognised"])


def test_the_same_title_below_two_groups_is_not_guessed_at(take):
    titles = [
        ["Nama", "Tanggal lahir", "JK", "Tanggal kunjungan", "Mei", "", "Juni", ""],
        ["", "", "", "", "BB", "TB", "BB", "TB"],
    ]
    row = ["Anak A", date(2024, 3, 10), "L", date(2025, 5, 6), 9.4, 76.5, 9.9, 78]
    with pytest.raises(Exception, match="tidak berisi satu pun kolom isian"):
        take(content=workbook(Data=[*titles, row]), service="growth")


def test_what_stands_above_a_title_may_make_it_anothers(take):
    titles = [
        ["Ayah", "", "Anak", "", "", "", "Kunjungan", ""],
        ["Nama", "NIK", "Nama", "NIK", "Tanggal lahir", "JK", "Tanggal", "BB"],
    ]
    mine = ["Anak A", nik(1, date(2024, 3, 10), "L"), date(2024, 3, 10), "L"]
    take(content=workbook(Data=[*titles, ["Ayah A", "1", *mine, date(2025, 5, 6), 9.4]]))
    assert Person.objects.get().name == "Anak A"


def test_a_row_of_units_and_one_of_numbers_stand_below_the_titles(take):
    rows = sheet(children(1))
    rows[1:1] = [[""] * 7 + ["(kg)", "(cm)"], [f"({n})" for n in range(1, len(rows[0]) + 1)]]
    result = take(content=workbook(Data=rows))
    assert (result.read, result.new) == (1, 1), result.issues


def test_titles_that_come_again_at_a_page_break_are_no_rows(take):
    rows = sheet(children(4))
    rows[3:3] = [[], rows[0]]
    result = take(content=workbook(Data=rows))
    assert (result.read, result.new) == (4, 4), result.issues


def test_a_second_table_with_other_columns_is_refused_and_not_misread(take):
    rows = sheet(children(4))
    titles, other = list(rows[0]), list(rows[0])
    one, two = titles.index("Berat badan (kg)"), titles.index("Panjang/tinggi badan (cm)")
    other[one], other[two] = other[two], other[one]
    rows[3:3] = [[], other]
    result = take(content=workbook(Data=rows))
    assert [code for _row, _column, code in refused(result)] == ["other-columns"] * 2
    assert result.new == 2


def test_a_place_written_once_holds_for_the_rows_below(take, tree):
    rows = children(4)
    rows[1] |= {"Posyandu": ""}
    rows[2] |= {"Posyandu": None}
    rows[3] |= {"Posyandu": None}
    result = take(*rows)
    assert result.headers["filled"] == {"Posyandu": 3}
    assert set(Growth.objects.values_list("home", flat=True)) == {tree["melati"].pk}


def test_a_mere_gap_among_places_is_not_filled(take):
    result = take(*children(3), CHILD | JUNE | {"Posyandu": None, "LILA (cm)": 14})
    assert result.headers["filled"] == {}


@pytest.mark.parametrize(("written", "codes"), [(28.2, []), (29, ["total-differs"]), (3, [])])
def test_a_total_is_compared_with_the_rows_above(take, written, codes):
    rows = sheet(children(3))
    rows.append(["Jumlah", *[None] * 6, written])
    result = take(content=workbook(Data=rows))
    assert (result.read, result.new) == (3, 3)
    assert [code for _row, _column, code in warned(result)] == codes
    assert all("28,2" in issue.reason for issue in result.issues)


def test_a_total_after_each_part_and_one_of_all(take):
    rows = sheet(children(4))
    rows[3:3] = [["Jumlah", *[None] * 6, 18.8]]
    rows += [["Jumlah", *[None] * 6, 18.8], ["TOTAL", *[None] * 6, 37.6]]
    result = take(content=workbook(Data=rows))
    assert (result.new, result.issues) == (4, ())


def test_signatures_below_a_table_are_nobody_but_a_numbered_row_is_somebody(take):
    rows = sheet([{"No": n + 1} | row for n, row in enumerate(children(2))])
    rows += [[], [3, None, "Anak Tertinggal"], ["", "Kopang, 31 Mei 2025"], ["", "Mengetahui"]]
    rows += [["", "Bidan Desa"], [], ["", "Contoh Bidan"], ["", "NIP. 19700101 199803 1 001"]]
    result = take(content=workbook(Data=rows))
    assert (result.read, result.new) == (3, 2)
    assert {row for row, _column, _code in refused(result)} == {5}


@pytest.mark.parametrize(
    ("man", "woman", "sex"),
    [("v", None, "L"), ("", "√", "P"), ("L", "-", "L"), (1, 0, "L"), ("v", "v", None)],
)
def test_the_sex_in_two_columns(take, man, woman, sex):
    row = {k: v for k, v in GROWTH.items() if k not in ("Jenis kelamin", "NIK")}
    result = take(row | {"L": man, "P": woman})
    assert [p.sex for p in Person.objects.all()] == ([sex] if sex else [])
    assert refused(result) == ([] if sex else [(2, "L", "sex-not-once")])


def test_l_and_p_below_a_merged_title_are_its_two_columns(take):
    row = {k: v for k, v in GROWTH.items() if k not in ("Jenis kelamin", "NIK")}
    upper = ["Jenis kelamin", "", *row]
    rows = [upper, ["L", "P", *[""] * len(row)], ["", "v", *row.values()]]
    result = take(content=workbook(Data=rows))
    assert (result.new, result.issues) == (1, ())
    assert Person.objects.get().sex == "P"


def test_no_tick_in_either_column_is_asked_about(take):
    row = {k: v for k, v in GROWTH.items() if k != "Jenis kelamin"}
    result = take(row | {"L": None, "P": None}, row | JUNE | {"L": "v", "P": None})
    assert refused(result) == [(2, "L", "sex-not-once")]


def test_hidden_rows_are_read_and_counted_and_hidden_sheets_named(take):
    rows = sheet(children(3))
    pages = [Page("Data", rows, hidden_rows={1, 3}), Page("Lama", rows, hidden=True)]
    result = take(content=xlsx(pages))
    assert (result.new, result.headers["hidden_rows"]) == (3, {"Data": 2})
    assert result.headers["skipped_sheets"] == ["Lama"]


def test_a_failed_formula_is_a_blank_that_is_told_of(take):
    rows = sheet(children(2))
    weight = rows[0].index("Berat badan (kg)")
    rows[1][weight], rows[2][weight] = Formula("#REF!"), Formula(9.1)
    result = take(content=xlsx([Page("Data", rows)]))
    assert warned(result) == [(2, "Berat badan (kg)", "broken-formula")]
    weights = Growth.objects.order_by("row").values_list("weight", flat=True)
    assert [None if w is None else float(w) for w in weights] == [None, 9.1]


def test_sheets_of_months_with_headers_in_other_rows(take):
    content = workbook(
        **{"JANUARO_2025": sheet(children(1, {"Tanggal kunjungan": date(2025, 1, 7)}))},
        **{"Pebruari 2025": sheet(children(1, JUNE), above=[["POSYANDU MELATI"], []])},
    )
    result = take(content=content)
    assert result.new == 2
    hints = [(h["sheet"], h["kind"], h.get("month")) for h in result.headers["hints"]]
    assert ("JANUARO_2025", "month", "2025-01") in hints
    assert ("Pebruari 2025", "month", "2025-02") in hints
    assert [(i.sheet, i.code) for i in result.issues] == [("Pebruari 2025", "other-month")]


def test_all_rows_in_another_month_are_told_of_once(take):
    result = take(content=workbook(Mei=sheet(children(3, JUNE))))
    assert [i.code for i in result.issues] == ["other-month"]
    assert "Semua tanggal" in result.issues[0].reason


def test_places_in_titles_and_names_are_hints_and_no_more(tree):
    rows = [["Posyandu", ": Melati"], ["Puskesmas Kenanga"], [], *sheet(children(1))]
    checked = check_file(
        path=workbook(Data=rows), service=None, facility=tree["first"], by=None,
        file_name="Penimbangan Mei 2025.xlsx",
    )  # fmt: skip
    hints = checked.headers["hints"]
    assert {h["code"] for h in hints if h["kind"] == "place"} == {
        tree["melati"].code, tree["first"].code,
    }  # fmt: skip
    assert [h["month"] for h in hints if h["kind"] == "month"] == ["2025-05"]


def test_what_was_told_for_all_rows_stands_where_cells_are_empty(tree):
    row = {k: v for k, v in GROWTH.items() if k not in ("Posyandu", "Tanggal kunjungan")}
    told = Told(constants={"Data": {"home_posyandu": "Melati", "seen_on": "6 Mei 2025"}})

    def read(told):
        checked = check_file(
            path=workbook(Data=sheet([row])), service="growth", facility=tree["first"], by=None,
            told=told,
        )  # fmt: skip
        return list(checked.rows)

    with pytest.raises(MissingColumns):
        read(Told())
    (one,) = read(told)
    assert (one.seen_on, one.home_id) == (date(2025, 5, 6), tree["melati"].pk)


def test_a_column_told_to_be_month_first_is_read_so(tree):
    rows = children(2)
    rows[0] |= {"Tanggal kunjungan": "05/06/2025"}
    rows[1] |= {"Tanggal kunjungan": "05/25/2025"}
    checked = check_file(
        path=workbook(Data=sheet(rows)), service=None, facility=tree["first"], by=None,
        told=Told(month_first=[("Data", "seen_on")]),
    )  # fmt: skip
    assert [row.seen_on for row in checked.rows] == [date(2025, 5, 6), date(2025, 5, 25)]


def test_a_blank_place_of_care_is_the_uploaders_whatever_stands_above(take, tree):
    rows = children(3)
    rows[0] |= {"Kode faskes": tree["melati"].code}
    take(*rows)
    places = Growth.objects.order_by("row").values_list("facility", flat=True)
    assert list(places) == [tree["melati"].pk, tree["first"].pk, tree["first"].pk]

"""Registers of doses as ASIK exports them: one column an antigen, in it the day it was given."""

from datetime import date

import pytest
from django.urls import reverse

from clusters import tasks
from clusters.excel.errors import MissingColumns
from clusters.models import Immunisation, Upload
from tests.clusters.annotating import colour, given_back, opened, reasons
from tests.clusters.sending import sent
from tests.clusters.test_mapping import chosen
from tests.clusters.workbooks import IMMUNISATION, file, nik, refused, sheet, warned, workbook

BORN = date(2024, 3, 10)
HEAD = {"No": 1, "NIK": nik(2, BORN, "L"), "Nama Anak": "ANAK CONTOH", "Jenis Kelamin": "L"}
HEAD |= {"Tanggal Lahir": BORN, "Nama Orang Tua": "IBU CONTOH", "Posyandu": "MELATI"}
CHILD = HEAD | {
    **{"BCG - 1": date(2024, 4, 9), "POLIO TETES - 1": "09/04/2024"},
    **{"DPT-HB-HIB - 1": date(2024, 5, 21), "POLIO TETES - 2": date(2024, 5, 21)},
    **{"PCV - 1": date(2024, 5, 21), "IPV - 1": None, "MR - 1": "-", "IDL - 1": "Belum"},
}
OTHER = CHILD | {
    **{"No": 2, "NIK": nik(3, BORN), "Nama Anak": "ANAK LAIN", "Jenis Kelamin": "P"},
    **{"POLIO TETES - 1": "v", "MR - 1": date(2025, 1, 7)},
}


def doses():
    found = Immunisation.objects.order_by("row", "seen_on")
    return [(visit.row, visit.seen_on, visit.antigens) for visit in found]


def test_each_day_is_a_visit_with_its_doses(take):
    result = take(CHILD)
    assert result.service == "immunisation"
    assert (result.read, result.new, result.issues) == (2, 2, ())
    assert doses() == [
        (2, date(2024, 4, 9), ["BCG", "OPV1"]),
        (2, date(2024, 5, 21), ["OPV2", "DPT1", "PCV1"]),
    ]
    assert result.headers["unknown"] == []
    assert result.headers["spread"] == {"rows": 1, "without": 0}


@pytest.mark.parametrize(
    "titles",
    [
        {"BCG - 1": "BCG1", "POLIO TETES - 1": "bOPV 1", "POLIO TETES - 2": "bOPV2"},
        {"POLIO TETES - 1": "OPV1", "POLIO TETES - 2": "Polio2", "DPT-HB-HIB - 1": "Penta1"},
        {"POLIO TETES - 1": "OPV-1", "DPT-HB-HIB - 1": "DPT-HB-Hib1", "PCV - 1": "PCV (1)"},
    ],
)
def test_doses_are_known_however_their_number_is_written(take, titles):
    result = take({titles.get(title, title): value for title, value in CHILD.items()})
    assert result.headers["unknown"] == []
    assert [codes for *_spot, codes in doses()] == [["BCG", "OPV1"], ["OPV2", "DPT1", "PCV1"]]


def test_the_same_file_again_writes_nothing(take):
    take(CHILD)
    again = take(CHILD)
    assert (again.read, again.new, again.changed, again.same) == (2, 0, 0, 2)


def test_a_dose_without_its_day_is_refused_and_the_other_days_go_in(take):
    result = take(CHILD, OTHER)
    assert (result.read, result.new, result.rejected) == (6, 5, 1)
    assert refused(result) == [(3, "POLIO TETES - 1", "dose-without-day")]
    assert result.issues[0].name == "antigens:OPV1"


def test_what_is_wrong_with_a_day_is_told_at_its_own_column(take):
    row = CHILD | {"PCV - 1": date(2024, 1, 1), "MR - 1": date(2031, 1, 1), "IPV - 1": "kapan"}
    result = take(row)
    assert (result.read, result.new, result.rejected) == (5, 2, 3)
    assert set(refused(result)) == {
        (2, "PCV - 1", "before-birth"),
        (2, "MR - 1", "in-the-future"),
        (2, "IPV - 1", "not-a-date"),
    }


def test_a_row_that_is_wrong_as_a_whole_counts_for_each_of_its_visits(take):
    result = take(CHILD, OTHER | {"Jenis Kelamin": None})
    assert (result.read, result.new, result.rejected) == (6, 2, 4)
    assert result.read == result.new + result.changed + result.same + result.rejected


def test_a_contradiction_with_what_is_known_is_told_at_the_column_of_the_day(take):
    take(CHILD)
    result = take(CHILD | {"Tanggal Lahir": date(2024, 3, 9), "NIK": CHILD["NIK"]})
    assert (result.read, result.rejected) == (2, 2)
    assert {issue.name for issue in result.issues if not issue.is_warning} == {"born_on"}


def test_a_dose_given_too_early_is_warned_of_at_its_day(take):
    result = take(CHILD | {"MR - 1": date(2024, 6, 1)})
    assert (result.new, result.warned) == (3, 1)
    assert warned(result) == [(2, "MR - 1", "dose-not-too-early")]


def test_children_without_any_dose_are_told_and_are_no_visits(take):
    none = {title: value if title in HEAD else None for title, value in CHILD.items()}
    result = take(CHILD, none | {"NIK": nik(5, BORN, "L"), "Nama Anak": "ANAK KETIGA"})
    assert (result.read, result.new) == (2, 2)
    assert result.headers["spread"] == {"rows": 2, "without": 1}


def test_titles_of_two_rows_totals_and_signatures(take, tree):
    head = [*HEAD]
    antigens = ["HB0", "BCG", "DPT-HB-Hib 1"]
    first = [*head, *(cell for one in antigens for cell in (one, None))]
    second = [*[None] * len(head), *["Tanggal", "Pos"] * len(antigens)]
    one = [*HEAD.values(), date(2024, 3, 10), "RS", date(2024, 4, 9), "MELATI", "21-05-2024", None]
    two = [*HEAD.values(), "10 Maret 2024", None, None, None, None, None]
    two[1], two[2], two[6] = nik(6, BORN, "L"), "ANAK KEDUA", None
    three = [*two]
    three[1], three[2] = nik(7, BORN, "L"), "ANAK KETIGA"
    rows = [["REGISTER IMUNISASI"], ["MEI 2024"], [], first, second, one, two, three]
    rows += [["Jumlah", *[None] * 6, 3, None, 1, None, 1], [], ["Mengetahui"], ["NIP 1970"]]
    result = take(content=workbook(Bayi=rows), service="immunisation")
    assert (result.read, result.new) == (5, 5), result.issues
    assert result.headers["unknown"] == []
    assert [(row, antigens) for row, _day, antigens in doses()] == [
        *[(6, ["HB0"]), (6, ["BCG"]), (6, ["DPT1"]), (7, ["HB0"]), (8, ["HB0"])]
    ]
    assert {visit.home for visit in Immunisation.objects.all()} == {tree["melati"]}
    assert result.headers["filled"] == {"Posyandu": 2}


def test_ticks_and_a_day_stay_visits_of_a_row_each(take):
    result = take(IMMUNISATION)
    assert (result.read, result.new) == (1, 1)
    assert result.headers["spread"] == {}


def test_days_count_more_than_a_day_of_the_row_beside_them(take):
    take(CHILD | {"Tanggal": date(2025, 5, 6)})
    assert [day for _row, day, _antigens in doses()] == [date(2024, 4, 9), date(2024, 5, 21)]


def test_ticks_alone_lack_the_day(take):
    row = {title: "v" if isinstance(value, date) else value for title, value in CHILD.items()}
    with pytest.raises(MissingColumns):
        take(row | {"Tanggal Lahir": BORN, "POLIO TETES - 1": "v"}, service="immunisation")


def test_the_file_given_back_is_marked_at_the_dose_and_goes_in_when_repaired(page, tree):
    upload = sent(page, tree, file(CHILD, OTHER), service="immunisation")
    answer = page.get(reverse("clusters:upload", args=[upload.pk])).content.decode()
    assert "6 kunjungan dibaca" in answer
    page.post(reverse("clusters:upload-accept", args=[upload.pk]))
    tasks.write_upload(upload.pk)
    upload.refresh_from_db()
    assert upload.status == Upload.Status.DONE
    assert upload.read == upload.new + upload.changed + upload.same + upload.rejected == 6
    book = opened(given_back(upload))
    at = [*CHILD].index("POLIO TETES - 1") + 1
    cell = book["Data"].cell(3, at)
    assert (cell.value, colour(cell)) == ("v", "FFFFB3B3")
    assert "tanggalnya tidak tertulis" in reasons(book["Data"])[3]
    assert reasons(book["Data"])[2] == "SUDAH DITERIMA"
    again = sent(page, tree, file(CHILD, OTHER | {"POLIO TETES - 1": date(2024, 4, 9)}),
                 service="immunisation")  # fmt: skip
    assert (again.read, again.new, again.changed, again.same) == (5, 0, 1, 4)


def test_columns_are_named_on_the_mapping_page_without_a_day_of_the_row(page, tree):
    rows = sheet([{("Dosis X" if t == "MR - 1" else t): v for t, v in OTHER.items()}])
    upload = sent(page, tree, workbook(Data=rows), service="immunisation")
    answer = page.post(
        reverse("clusters:upload-mapping", args=[upload.pk]),
        chosen(upload, **{"Dosis X": "antigens:MR1"}),
    )
    assert answer.status_code == 302, answer.content.decode()
    tasks.check_upload(upload.pk)
    upload.refresh_from_db()
    assert (upload.read, upload.new, upload.rejected) == (4, 3, 1)

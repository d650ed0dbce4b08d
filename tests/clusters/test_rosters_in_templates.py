"""A template that begins with the persons who are expected, and what comes back of it."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from clusters import tasks
from clusters.actions.merging import merge_persons
from clusters.excel.marking.files import annotated
from clusters.excel.reading import read_sheets
from clusters.models import Growth, Person
from clusters.selectors import expected as selector
from clusters.selectors.expected import expected
from clusters.services import SERVICES
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from tests.clusters.sending import sent
from tests.clusters.workbooks import ANTENATAL, GROWTH, nik
from tests.factories import worker

JUNE = Month(2025, 6)
SEEN = date(2025, 6, 10)


def child(number, **change):
    born = date(2024, 3, number)
    row = {"NIK": nik(number, born, "L"), "Nama": f"Anak {number}", "Tanggal lahir": born}
    return GROWTH | row | change


def template(client, tree, service="growth", *, at="first", month=JUNE, **more):
    query = {"service": service, "facility": tree[at].pk, "roster": "on", "month": str(month)}
    return client.get(reverse("clusters:template", query=query | more))


def book(answer):
    assert answer.status_code == 200, answer.content.decode()
    return openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content)))


def titles(sheet):
    return {cell.value: cell.column for cell in sheet[1]}


def listed(sheet):
    names = [cell.value for cell in sheet[1]]
    return [
        dict(zip(names, [cell.value for cell in row], strict=True))
        for row in sheet.iter_rows(min_row=2)
    ]


def fill(workbook, number, **cells):
    """Write into one row as a person would; the bytes of the file."""
    sheet = workbook["Data"]
    at = titles(sheet)
    for title, value in cells.items():
        sheet.cell(number, at[title], value)
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


MEASURED = {"Tanggal kunjungan": SEEN, "Berat badan (kg)": 9.8, "Cara ukur": "Berbaring"}


def test_the_rows_name_who_is_expected_and_leave_the_visit_blank(page, tree, take):
    take(child(1), child(2, NIK=None, Posyandu=None, Desa="Satu"))
    take(ANTENATAL)
    workbook = book(template(page, tree))
    rows = listed(workbook["Data"])
    assert [row["Nama"] for row in rows] == ["Anak 1", "Anak 2"]
    one, two = rows
    assert (one["NIK"], two["NIK"]) == (nik(1, date(2024, 3, 1), "L"), None)
    assert one["Tanggal lahir"].date() == date(2024, 3, 1)
    assert (one["Nama ibu"], one["Jenis kelamin"]) == ("Ibu Contoh", "L")
    assert (one["Desa"], one["Posyandu"]) == (tree["desa_satu"].code, tree["melati"].code)
    assert (two["Desa"], two["Posyandu"]) == (tree["desa_satu"].code, None)
    assert one["Kode faskes"] == tree["first"].code
    told = ("NIK", "Nama", "Nama ibu", "Tanggal lahir", "Jenis kelamin", "Desa", "Posyandu")
    assert all(one[t] is None for t in one if t not in (*told, "Kode faskes"))
    sheet = workbook["Data"]
    assert sheet["A2"].number_format == "@"
    assert (sheet.freeze_panes, workbook["_meta"].sheet_state) == ("A2", "veryHidden")
    assert ("roster", "2025-06") in list(workbook["_meta"].values)
    assert "Daftar sasaran Juni 2025: 2 orang" in str(list(workbook["Petunjuk"].values))


def test_who_was_not_served_is_left_out_and_counted(page, tree, take):
    take(*(child(number) for number in range(1, 5)))
    content = fill(book(template(page, tree)), 3, **MEASURED)
    upload = sent(page, tree, content, service="growth")
    assert (upload.status, upload.failure) == ("previewed", "")
    assert (upload.read, upload.new, upload.rejected, upload.warned) == (1, 1, 0, 0)
    assert not upload.issues.exists()
    shown = page.get(reverse("clusters:upload", args=[upload.pk])).content.decode()
    assert "3 sasaran tanpa kunjungan dilewati" in shown
    page.post(reverse("clusters:upload-accept", args=[upload.pk]))
    tasks.write_upload(upload.pk)
    visit = Growth.objects.get(seen_on=SEEN)
    assert (visit.person.name, visit.facility) == ("Anak 2", tree["first"])
    assert Person.objects.count() == 4


def test_an_empty_roster_writes_nothing_and_faults_nothing(page, tree, take):
    take(child(1), child(2))
    before = Growth.objects.count()
    content = b"".join(template(page, tree).streaming_content)
    upload = sent(page, tree, content, service="growth")
    assert (upload.status, upload.read, upload.rejected) == ("previewed", 0, 0)
    assert upload.headers["unserved"] == 2
    assert "2 sasaran tanpa" in page.get(reverse("clusters:upload", args=[upload.pk])).text
    assert Growth.objects.count() == before


def test_a_row_with_a_result_and_no_day_is_still_refused(page, tree, take):
    take(child(1), child(2))
    content = fill(book(template(page, tree)), 2, **{"Berat badan (kg)": 9.8})
    upload = sent(page, tree, content, service="growth")
    assert (upload.read, upload.rejected, upload.headers["unserved"]) == (1, 1, 1)
    assert upload.issues.get().code == "blank"


def test_in_any_other_file_a_row_without_a_day_is_refused(page, tree, take):
    take(child(1), child(2))
    workbook = book(template(page, tree))
    del workbook["_meta"]
    upload = sent(page, tree, fill(workbook, 2, **MEASURED), service="growth")
    assert (upload.read, upload.new, upload.rejected) == (2, 1, 1)
    assert upload.headers["unserved"] == 0


def test_a_day_outside_the_month_is_warned_of(page, tree, take):
    take(child(1), child(2))
    workbook = book(template(page, tree))
    content = fill(workbook, 2, **MEASURED | {"Tanggal kunjungan": date(2025, 7, 1)})
    upload = sent(page, tree, content, service="growth")
    assert (upload.new, upload.rejected, upload.warned) == (1, 0, 1)
    issue = upload.issues.get()
    assert (issue.code, issue.row) == ("other-month", 2)
    assert "di luar bulan templat ini (Juni 2025)" in issue.reason


def test_a_home_is_never_taken_from_the_row_above(page, tree, take):
    take(child(1))
    take(*(child(n, Posyandu=None) for n in (2, 3, 4)))
    workbook = book(template(page, tree))
    for number in (2, 3, 4, 5):
        content = fill(workbook, number, **MEASURED)
    upload = sent(page, tree, content, service="growth")
    assert (upload.new, upload.headers["filled"]) == (4, {})
    page.post(reverse("clusters:upload-accept", args=[upload.pk]))
    tasks.write_upload(upload.pk)
    homes = dict(Person.objects.values_list("name", "home__code"))
    assert homes == {"Anak 1": tree["melati"].code, "Anak 2": None, "Anak 3": None, "Anak 4": None}


def test_the_file_given_back_calls_nobody_accepted_who_was_not_served(page, tree, take):
    take(*(child(number) for number in range(1, 5)))
    workbook = book(template(page, tree))
    fill(workbook, 2, **MEASURED)
    content = fill(workbook, 3, **MEASURED | {"Berat badan (kg)": 999})
    upload = sent(page, tree, content, service="growth")
    assert (upload.read, upload.new, upload.rejected) == (2, 1, 1)
    page.post(reverse("clusters:upload-accept", args=[upload.pk]))
    tasks.write_upload(upload.pk)
    upload.refresh_from_db()
    back = annotated(upload).content.getvalue()
    rows = next(s for s in read_sheets(back) if s.name == "Data").rows
    assert [row[-1].split(" – ")[0] for row in rows[1:]] == ["SUDAH DITERIMA", "PERBAIKI", "", ""]
    again = sent(page, tree, back, service="growth")
    assert (again.read, again.same, again.rejected) == (2, 1, 1)
    assert again.headers["unserved"] == 2


def test_a_name_is_never_a_formula(page, tree, take):
    take(child(1))
    Person.objects.update(name='=HYPERLINK("http://contoh.test","x")', mother_name="@SUM(A1)")
    sheet = book(template(page, tree))["Data"]
    cells = [sheet.cell(2, column) for column in range(1, sheet.max_column + 1)]
    assert sheet["B2"].value == '=HYPERLINK("http://contoh.test","x")'
    assert {cell.data_type for cell in cells} <= {"s", "d", "n"}
    assert not any(cell.hyperlink for cell in cells)


def test_taking_names_along_is_audited_and_needs_the_right(client, page, recorder, tree, take):
    take(child(1))
    book(template(page, tree))
    event = AuditEvent.objects.get(event="roster.taken")
    assert (event.actor, event.facility_id) == (recorder, tree["first"].pk)
    assert event.detail == {"service": "growth", "month": "2025-06", "rows": 1}
    assert template(page, tree, at="second").status_code == 302
    for role in ("kader", "admin_dinas", "lihat"):
        client.force_login(worker(role, tree["first"]))
        assert template(client, tree).status_code == 403
    assert AuditEvent.objects.filter(event="roster.taken").count() == 1


def test_only_those_of_ones_own_places_are_listed(recorder, tree, take):
    take(child(1))
    take(child(2, Posyandu="Mawar", Desa="Dua"), at="second")
    found = expected(recorder, SERVICES["growth"], tree["first"], JUNE)
    assert [one.name for one in found] == ["Anak 1"]


def test_whoever_is_of_the_age_on_any_day_of_the_month_is_expected(recorder, tree, take):
    def born(day, name, number):
        return child(number, **{
            "NIK": nik(number, day, "L"), "Nama": name, "Tanggal lahir": day,
            "Tanggal kunjungan": date(2025, 5, 30),
        })  # fmt: skip

    take(born(date(2020, 6, 20), "Lima di tengah", 7), born(date(2020, 6, 1), "Lima di awal", 8))
    found = expected(recorder, SERVICES["growth"], tree["first"], JUNE)
    assert [one.name for one in found] == ["Lima di tengah"]


def test_a_merged_record_is_not_listed_twice(recorder, tree, take):
    take(child(1), child(1, NIK=None, **{"Tanggal kunjungan": date(2025, 5, 9)}))
    kept, gone = Person.objects.order_by("is_temporary")
    merge_persons(kept=kept, gone=gone, by=None)
    [one] = expected(recorder, SERVICES["growth"], tree["first"], JUNE)
    assert one.nik == nik(1, date(2024, 3, 1), "L")


def test_nobody_expected_is_said_and_no_file_given(page, tree):
    answer = template(page, tree)
    assert answer.status_code == 422
    assert "Belum ada sasaran" in answer.content.decode()
    assert not AuditEvent.objects.filter(event="roster.taken").exists()


def test_too_many_are_not_cut_off_but_said(page, tree, take, monkeypatch):
    take(child(1), child(2))
    monkeypatch.setattr(selector, "MOST", 1)
    answer = template(page, tree)
    assert answer.status_code == 422
    assert "Ada 2 sasaran" in answer.content.decode()
    assert "Pilih Posyandu" in answer.content.decode()


@pytest.mark.parametrize("month", ["2025", "0001-01", "9999-12", "x"])
def test_an_odd_month_is_refused_with_a_sentence(page, tree, take, month):
    take(child(1))
    answer = template(page, tree, month=month)
    assert answer.status_code == 422
    assert 'id="templat-month_error"' in answer.content.decode()
    assert not AuditEvent.objects.filter(event="roster.taken").exists()


def test_without_a_month_it_is_this_one(page, tree, take):
    seen = timezone.localdate()
    born = seen - timedelta(days=430)
    take(child(1, **{"Tanggal lahir": born, "Tanggal kunjungan": seen, "NIK": None}))
    now = Month.of(seen)
    assert ("roster", str(now)) in list(book(template(page, tree, month=""))["_meta"].values)

"""A file whose columns nobody knows is asked about, and read as its sender says."""

from datetime import date

import pytest
from django.urls import reverse

from clusters import tasks
from clusters.excel.imports import sheets_of
from clusters.excel.told import told_of
from clusters.models import Antenatal, RememberedLayout, Upload
from clusters.views.mapping_form import MappingForm
from ilp.core.models import AuditEvent
from tests.clusters.sending import sent
from tests.clusters.workbooks import ANTENATAL, file, sheet, workbook
from tests.factories import worker

STRANGE = {
    "Nama": "Wanita dilayani",
    "Tanggal lahir": "Hari jadi",
    "Tanggal kunjungan": "Datang pada",
    "Berat badan (kg)": "Timbangan hari ini",
}
STRANGE_ROW = {STRANGE.get(title, title): value for title, value in ANTENATAL.items()}
MEANT = {"Wanita dilayani": "name", "Hari jadi": "born_on", "Datang pada": "seen_on"} | {
    "Timbangan hari ini": "weight"
}


def address(upload, name="upload-mapping"):
    return reverse(f"clusters:{name}", args=[upload.pk])


def tables(upload):
    """What the page asks about."""
    form = MappingForm(
        sheets_of(upload), service=upload.service, facility=upload.facility, told=told_of(upload)
    )
    return form.tables


def chosen(upload, **instead):
    """What the page's form would send: all that it shows, with other columns where told."""
    sent = {"ingat": "1"}
    for number, table in enumerate(tables(upload)):
        sent[f"lembar-{number}"] = sent[f"baca-{number}"] = list(table.sheets)
        sent[f"judul-{number}"] = table.header_row
        for column in table.columns:
            name = instead.get(column.title, MEANT.get(column.title, column.name))
            sent[f"kolom-{number}-{column.position}"] = name
    return sent


def test_a_file_with_strange_titles_is_asked_about_and_then_read(page, tree):
    upload = sent(page, tree, file(STRANGE_ROW))
    assert upload.status == "asking"
    shown = page.get(address(upload, "upload")).content.decode()
    assert "belum dapat dibaca" in shown
    assert address(upload) in shown
    question = page.get(address(upload)).content.decode()
    assert "Wanita dilayani" in question
    assert "tidak dikenal" in question
    assert "9901••••" in question
    assert ANTENATAL["NIK"] not in question

    answer = page.post(address(upload), chosen(upload))
    assert answer.status_code == 302, answer.content.decode()
    upload.refresh_from_db()
    assert upload.status == "waiting"
    tasks.check_upload(upload.pk)
    upload.refresh_from_db()
    assert (upload.status, upload.new, upload.rejected) == ("previewed", 1, 0)
    page.post(address(upload, "upload-accept"))
    tasks.write_upload(upload.pk)
    visit = Antenatal.objects.get()
    assert (visit.seen_on, float(visit.weight)) == (date(2025, 5, 6), 52.5)
    assert AuditEvent.objects.filter(event="upload.told").count() == 1


def test_the_next_file_of_the_same_layout_needs_no_answer(page, tree):
    upload = sent(page, tree, file(STRANGE_ROW))
    page.post(address(upload), chosen(upload))
    assert RememberedLayout.objects.get().facility == tree["first"]
    june = STRANGE_ROW | {"Datang pada": date(2025, 6, 3), "Usia kehamilan (minggu)": 13}
    again = sent(page, tree, file(june))
    assert (again.status, again.new) == ("previewed", 1)
    assert again.headers["recognised"]["Hari jadi"] == "Tanggal lahir"


def test_what_is_remembered_is_for_one_puskesmas(page, client, tree):
    upload = sent(page, tree, file(STRANGE_ROW))
    page.post(address(upload), chosen(upload))
    client.force_login(worker("admin_puskesmas", tree["second"]))
    other = sent(client, tree, file(STRANGE_ROW), at="second")
    assert other.status == "asking"


def test_nothing_is_remembered_unless_asked(page, tree):
    upload = sent(page, tree, file(STRANGE_ROW))
    answer = chosen(upload)
    del answer["ingat"]
    page.post(address(upload), answer)
    assert not RememberedLayout.objects.exists()


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ({"Timbangan hari ini": "name"}, "dipilih untuk kolom"),
        ({"Hari jadi": ""}, "Tanggal lahir belum ada"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_kept_on_the_page(page, tree, instead, words):
    upload = sent(page, tree, file(STRANGE_ROW))
    answer = page.post(address(upload), chosen(upload, **instead))
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert '<option value="seen_on" selected>' in answer.content.decode()  # as was chosen
    upload.refresh_from_db()
    assert upload.status == "asking"


def test_no_sheet_at_all_is_no_answer(page, tree):
    upload = sent(page, tree, file(STRANGE_ROW))
    answer = chosen(upload)
    del answer["baca-0"]
    assert "Centang satu lembar" in page.post(address(upload), answer).content.decode()


def test_the_row_of_titles_can_be_pointed_at(page, tree):
    rows = [["Laporan", "bulan", "Mei", "ini"], *sheet([STRANGE_ROW])]
    upload = sent(page, tree, workbook(Data=rows))
    answer = chosen(upload) | {"judul-0": "1", "ulang": "0"}
    first = page.post(address(upload), answer).content.decode()
    assert '<option value="1" selected>' in first
    assert ">Wanita dilayani</th>" not in first
    second = page.post(address(upload), answer | {"judul-0": "2"}).content.decode()
    assert '<option value="2" selected>' in second
    assert ">Wanita dilayani</th>" in second


def test_sheets_that_look_alike_are_asked_about_once_and_may_be_left_out(page, tree):
    june = STRANGE_ROW | {"Datang pada": date(2025, 6, 3), "Usia kehamilan (minggu)": 13}
    content = workbook(Mei=sheet([STRANGE_ROW]), Juni=sheet([june]))
    upload = sent(page, tree, content)
    assert [table.sheets for table in tables(upload)] == [("Mei", "Juni")]
    page.post(address(upload), chosen(upload) | {"baca-0": ["Juni"]})
    tasks.check_upload(upload.pk)
    upload.refresh_from_db()
    assert (upload.read, upload.new) == (1, 1)
    assert upload.headers["skipped_sheets"] == ["Mei"]


def test_a_file_that_was_understood_may_be_read_another_way(page, tree):
    upload = sent(page, tree, file(ANTENATAL))
    assert upload.status == "previewed"
    page.post(address(upload), chosen(upload, **{"LILA (cm)": ""}))
    tasks.check_upload(upload.pk)
    upload.refresh_from_db()
    page.post(address(upload, "upload-accept"))
    tasks.write_upload(upload.pk)
    assert Antenatal.objects.get().muac is None


def test_what_was_accepted_is_asked_about_no_more(page, tree):
    upload = sent(page, tree, file(ANTENATAL))
    page.post(address(upload, "upload-accept"))
    answer = page.get(address(upload), follow=True)
    assert "tidak dapat diubah lagi" in answer.content.decode()


def test_it_is_for_those_who_record_there(page, client, tree):
    upload = sent(page, tree, file(STRANGE_ROW))
    client.force_login(worker("admin_puskesmas", tree["second"]))
    assert client.get(address(upload)).status_code == 404
    client.force_login(worker("kepala_dinas", tree["district"]))
    assert client.get(address(upload)).status_code == 403


def test_what_is_told_is_kept_sealed(page, tree):
    upload = sent(page, tree, file(STRANGE_ROW))
    page.post(address(upload), chosen(upload))
    assert b"seen_on" not in bytes(Upload.objects.get(pk=upload.pk).told)

"""A file whose columns nobody knows is asked about, and read as its sender says."""

from datetime import date

import pytest
from django.urls import reverse

from clusters import tasks
from clusters.excel.imports import sheets_of
from clusters.excel.told import told_of
from clusters.excel.whereabouts import Whereabouts
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
        sheets_of(upload),
        service=upload.service,
        where=Whereabouts(upload.facility, None),
        file_name=upload.file_name,
        told=told_of(upload),
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


def test_the_next_file_of_the_same_layout_needs_no_service_either(page, tree):
    person = {n: STRANGE_ROW[n] for n in ("NIK", "Wanita dilayani", "Hari jadi", "Datang pada")}
    strange = person | {"Jenis kelamin": "P", "Timbangan hari ini": 52.5}
    first = sent(page, tree, file(strange), service="")
    assert (first.status, first.service) == ("asking", "")

    page.post(address(first, "upload-service"), {"service": "antenatal"})
    tasks.check_upload(first.pk)
    first.refresh_from_db()
    page.post(address(first), chosen(first))

    again = sent(page, tree, file(strange | {"Datang pada": date(2025, 6, 3)}), service="")
    assert (again.status, again.service) == ("previewed", "antenatal")

    layout = RememberedLayout.objects.get()
    layout.pk, layout.service = None, "postnatal"
    layout.save()
    undecided = sent(page, tree, file(strange), service="")
    assert (undecided.status, undecided.service) == ("asking", "")


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


def test_what_all_rows_of_a_sheet_lack_is_said_once_and_proposed_by_its_name(page, tree):
    row = {k: v for k, v in STRANGE_ROW.items() if k not in ("Posyandu", "Desa", "Datang pada")}
    other = row | {"NIK": "9901015203900009", "Wanita dilayani": "Contoh Dua"}
    upload = sent(page, tree, workbook(Melati=sheet([row]), Lain=sheet([other])))
    question = page.get(address(upload)).content.decode()
    code = tree["melati"].code
    assert f'<option value="{code}" selected>' in question
    assert "Menurut “Melati”" in question
    answer = chosen(upload) | {
        "isi-0-home_posyandu-0": code, "isi-0-seen_on-0": "2025-05-06",
        "isi-0-seen_on-1": "2025-05-07",
    }  # fmt: skip
    page.post(address(upload), answer)
    tasks.check_upload(upload.pk)
    upload.refresh_from_db()
    assert (upload.new, upload.rejected) == (2, 0), list(upload.issues.values())
    page.post(address(upload, "upload-accept"))
    tasks.write_upload(upload.pk)
    visits = Antenatal.objects.order_by("seen_on").values_list("home", "seen_on")
    assert list(visits) == [
        (tree["melati"].pk, date(2025, 5, 6)), (None, date(2025, 5, 7)),
    ]  # fmt: skip


def test_a_day_that_is_none_is_told_for_its_sheet(page, tree):
    row = {k: v for k, v in STRANGE_ROW.items() if k != "Datang pada"}
    upload = sent(page, tree, file(row))
    answer = page.post(address(upload), chosen(upload) | {"isi-0-seen_on": "bulan lalu"})
    assert "Lembar Data: tulis tanggal kunjungan" in answer.content.decode()


def test_month_first_dates_are_read_so_when_told(page, tree):
    rows = [
        ANTENATAL | {"NIK": f"990101520390000{n}", "Tanggal kunjungan": day, "HPHT": None}
        for n, day in ((1, "05/06/2025"), (2, "05/25/2025"))
    ]
    upload = sent(page, tree, file(*rows))
    assert upload.new == 0
    shown = page.get(address(upload)).content.decode()
    assert "bulan-hari-tahun" in shown
    at = next(c.position for c in tables(upload)[0].columns if c.name == "seen_on")
    page.post(address(upload), chosen(upload) | {f"urutan-0-{at}": "mdy"})
    tasks.check_upload(upload.pk)
    upload.refresh_from_db()
    assert (upload.new, upload.rejected) == (2, 0), list(upload.issues.values())
    page.post(address(upload, "upload-accept"))
    tasks.write_upload(upload.pk)
    days = set(Antenatal.objects.values_list("seen_on", flat=True))
    assert days == {date(2025, 5, 6), date(2025, 5, 25)}


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


def test_what_was_previewed_is_written_as_it_was_shown(page, tree):
    first = sent(page, tree, file(ANTENATAL))
    other = sent(page, tree, file(ANTENATAL | {"LILA (cm)": 24}))
    page.post(address(other), chosen(other, **{"LILA (cm)": ""}))
    assert RememberedLayout.objects.exists()
    page.post(address(first, "upload-accept"))
    tasks.write_upload(first.pk)
    assert Antenatal.objects.get().muac is not None


def test_an_order_of_dates_that_cannot_be_is_not_believed(page, tree):
    row = ANTENATAL | {"Tanggal kunjungan": "25/05/2025", "HPHT": None}
    upload = sent(page, tree, file(row))
    answer = chosen(upload)
    at = next(c.position for c in tables(upload)[0].columns if c.name == "seen_on")
    page.post(address(upload), answer | {f"urutan-0-{at}": "mdy"})
    tasks.check_upload(upload.pk)
    page.post(address(upload, "upload-accept"))
    tasks.write_upload(upload.pk)
    assert Antenatal.objects.get().seen_on == date(2025, 5, 25)


def test_who_records_at_a_pustu_remembers_for_it_alone(client, tree):
    client.force_login(worker("nakes", tree["pustu_satu"]))
    upload = sent(client, tree, file(STRANGE_ROW), at="pustu_satu")
    assert client.post(address(upload), chosen(upload)).status_code == 302
    assert RememberedLayout.objects.get().facility == tree["pustu_satu"]


def test_what_is_asked_about_may_be_dropped(page, tree):
    upload = sent(page, tree, file(STRANGE_ROW))
    page.post(address(upload, "upload-cancel"))
    upload.refresh_from_db()
    assert upload.status == "cancelled"

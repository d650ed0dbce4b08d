"""The pages of an upload: who may, the flow from file to visit, and what they never show."""

import html
import logging
from datetime import date

import pytest
from django.urls import reverse

from clusters import tasks
from clusters.excel.reading import read_sheets
from clusters.models import Antenatal, Growth, Upload
from clusters.selectors.uploads import effect_of
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from tests.clusters.sending import send, sent
from tests.clusters.workbooks import ANTENATAL, GROWTH, file
from tests.factories import worker


def text(client, name, *args, **kwargs):
    answer = client.get(reverse(name, args=args, **kwargs))
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_file_to_visit(page, tree):
    wrong = ANTENATAL | {"NIK": "9901015203900009", "LILA (cm)": 999}
    upload = sent(page, tree, file(ANTENATAL, wrong))
    assert (upload.status, upload.new, upload.rejected) == ("previewed", 1, 1)
    assert not Antenatal.objects.exists()

    shown = text(page, "clusters:upload", upload.pk)
    assert "2 baris dibaca" in shown
    assert "tidak mungkin" in shown
    assert "Terima 1 baris yang benar" in shown

    page.post(reverse("clusters:upload-accept", args=[upload.pk]))
    upload.refresh_from_db()
    assert upload.status == "accepted"
    assert 'data-poll="' in text(page, "clusters:upload", upload.pk)
    tasks.write_upload(upload.pk)

    visit = Antenatal.objects.get()
    assert (visit.upload, visit.sheet, visit.row) == (upload, "Data", 2)
    assert visit.recorded_by == upload.created_by
    assert "1 baris diterima" in text(page, "clusters:upload", upload.pk)
    assert "mei.xlsx" in text(page, "clusters:upload-list")
    detail = text(page, "clusters:visit", "antenatal", visit.pk)
    assert "lembar Data, baris 2" in detail
    assert "24,1" in detail


@pytest.mark.parametrize(
    ("query", "sheets", "name"),
    [
        ({}, ["Ringkasan", "Data"], "mei - perlu diperbaiki.xlsx"),
        ({"hanya": "bermasalah"}, ["Data"], "mei - hanya baris bermasalah.xlsx"),
    ],
)
def test_the_file_comes_back_with_its_faults_and_that_is_audited(page, tree, query, sheets, name):
    upload = sent(page, tree, file(ANTENATAL, ANTENATAL | {"NIK": None, "LILA (cm)": 999}))
    address = reverse("clusters:upload-rejects", args=[upload.pk], query=query)
    assert address in html.unescape(text(page, "clusters:upload", upload.pk))
    answer = page.get(address)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    found = read_sheets(b"".join(answer.streaming_content))
    assert [sheet.name for sheet in found] == sheets
    assert found[-1].rows[0][-1] == "KESALAHAN – MOHON PERBAIKI"
    assert "tidak mungkin" in found[-1].rows[-1][-1]
    event = AuditEvent.objects.get(event="upload.downloaded")
    assert (event.subject_id, event.detail) == (str(upload.pk), {"rows": 1})
    assert ANTENATAL["Nama"] not in str(event.detail)


def test_a_file_that_is_gone_is_said_to_be_gone(page, tree, settings):
    upload = sent(page, tree, file(ANTENATAL | {"LILA (cm)": 999}))
    (settings.MEDIA_ROOT / upload.file).unlink()
    answer = page.get(reverse("clusters:upload-rejects", args=[upload.pk]), follow=True)
    assert "tidak ada lagi di server" in answer.content.decode()
    assert not AuditEvent.objects.filter(event="upload.downloaded").exists()


def test_what_accepting_comes_to_is_said_month_by_month(page, tree):
    june = ANTENATAL | {"Tanggal kunjungan": date(2025, 6, 3), "Usia kehamilan (minggu)": 13}
    first = sent(page, tree, file(ANTENATAL))
    page.post(reverse("clusters:upload-accept", args=[first.pk]))
    tasks.write_upload(first.pk)
    other = ANTENATAL | {"NIK": "9901015203900009", "Nama": "Contoh Dua"}
    again = sent(page, tree, file(ANTENATAL | {"LILA (cm)": 25}, other, june))
    assert effect_of(again) == [(Month(2025, 5), 1, 2, 1), (Month(2025, 6), 0, 1, 0)]
    shown = text(page, "clusters:upload", again.pk)
    assert "Mei 2025: kunjungan 1 → 2, 1 berubah isinya" in shown
    assert "Juni 2025: kunjungan 0 → 1" in shown
    assert "1 berubah isinya; orang 1 → 2" in shown
    assert Antenatal.objects.count() == 1


def test_the_file_is_kept_sealed(page, tree, settings):
    upload = sent(page, tree, file(ANTENATAL))
    kept = (settings.MEDIA_ROOT if hasattr(settings.MEDIA_ROOT, "joinpath") else None) / upload.file
    assert kept.read_bytes()[:2] != b"PK"


def test_an_unusable_file_fails_with_its_reason(page, tree):
    upload = sent(page, tree, file(ANTENATAL)[:-300])
    assert upload.status == "failed"
    assert "Berkas rusak" in text(page, "clusters:upload", upload.pk)


@pytest.mark.parametrize(
    ("name", "words"), [("surat.docx", "Simpan sebagai Excel"), ("kosong.xlsx", "kosong")]
)
def test_a_wrong_kind_of_file_is_refused_at_once(page, tree, name, words):
    answer = send(page, tree, b"" if "kosong" in name else b"x", name=name)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not Upload.objects.exists()


def test_the_same_file_again_says_so_with_a_link(page, tree):
    content = file(ANTENATAL)
    first = sent(page, tree, content)
    page.post(reverse("clusters:upload-accept", args=[first.pk]))
    tasks.write_upload(first.pk)
    again = sent(page, tree, content)
    shown = text(page, "clusters:upload", again.pk)
    assert "sudah pernah diunggah" in shown
    assert reverse("clusters:upload", args=[first.pk]) in shown
    assert (again.new, again.changed, again.same) == (0, 0, 1)


def test_cancelling_takes_the_visits_out_and_keeps_them_readable(page, tree):
    upload = sent(page, tree, file(ANTENATAL))
    page.post(reverse("clusters:upload-accept", args=[upload.pk]))
    tasks.write_upload(upload.pk)
    page.post(reverse("clusters:upload-cancel", args=[upload.pk]), {"kata": "BATALKAN"})
    visit = Antenatal.objects.get()
    assert visit.cancelled_at is not None
    assert "dibatalkan" in text(page, "clusters:visit", "antenatal", visit.pk)
    upload.refresh_from_db()
    assert upload.status == "cancelled"


def test_a_preview_cannot_be_accepted_twice(page, tree):
    upload = sent(page, tree, file(ANTENATAL))
    address = reverse("clusters:upload-accept", args=[upload.pk])
    page.post(address)
    answer = page.post(address, follow=True)
    assert "sudah diterima" in answer.content.decode()


def test_progress_is_a_fragment_for_the_script(page, tree):
    send(page, tree, file(ANTENATAL))
    upload = Upload.objects.get()
    answer = page.get(reverse("clusters:upload", args=[upload.pk]), headers={"X-Partial": "1"})
    assert "<html" not in answer.content.decode()
    assert "<progress" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [
        ("admin_puskesmas", "first", 200),
        ("nakes", "melati", 404),  # the upload is of the Puskesmas above
        ("admin_puskesmas", "second", 404),
        ("kepala_puskesmas", "first", 403),
        ("kader", "melati", 403),
        ("programmer", "district", 403),
        ("admin_dinas", "district", 403),
    ],
)
def test_who_sees_an_upload(client, tree, recorder, role, at, status):
    client.force_login(recorder)
    upload = sent(client, tree, file(ANTENATAL))
    client.force_login(worker(role, tree[at]))
    for name in ("upload", "upload-rejects"):
        assert client.get(reverse(f"clusters:{name}", args=[upload.pk])).status_code == status
    if status != 200:
        for name in ("upload-accept", "upload-cancel"):
            answer = client.post(reverse(f"clusters:{name}", args=[upload.pk]))
            assert answer.status_code == status
        upload.refresh_from_db()
        assert upload.status == "previewed"


@pytest.mark.parametrize(
    ("role", "at", "listed", "shown"),
    [
        ("nakes", "melati", 200, 200),
        ("kepala_puskesmas", "first", 200, 200),
        ("kader", "melati", 200, 200),
        ("admin_puskesmas", "second", 404, 404),
        ("kader", "mawar", 404, 404),
        ("programmer", "district", 403, 403),
        ("lihat", "district", 403, 403),
    ],
)
def test_who_sees_visits_with_names(client, tree, recorder, role, at, listed, shown):
    client.force_login(recorder)
    row = ANTENATAL | {"Kode faskes": tree["melati"].code}
    upload = sent(client, tree, file(row))
    client.post(reverse("clusters:upload-accept", args=[upload.pk]))
    tasks.write_upload(upload.pk)
    visit = Antenatal.objects.get()
    client.force_login(worker(role, tree[at]))
    query = {"w": tree["melati"].code, "p": "2025-05", "service": "antenatal"}
    answer = client.get(reverse("clusters:visit-list", query=query))
    assert answer.status_code == listed
    if listed == 200:
        assert ANTENATAL["Nama"] in answer.content.decode()
    answer = client.get(reverse("clusters:visit", args=["antenatal", visit.pk]))
    assert answer.status_code == shown


def test_the_way_to_a_list_of_visits_begins_where_the_reader_may_see_people(client, tree):
    query = {"w": tree["melati"].code, "p": "2025-05", "menurut": "domisili"}
    client.force_login(worker("admin_puskesmas", tree["first"]))
    shown = text(client, "clusters:visit-list", query=query)
    crumbs = shown[shown.index('aria-label="Letak halaman"') :].split("</nav>")[0]
    assert [p.split("<")[0] for p in crumbs.split('">')[1:] if p[0].isalpha()] == [
        str(tree["first"]), str(tree["desa_satu"]), str(tree["pustu_satu"]),
        str(tree["melati"]), "Kunjungan",
    ]  # fmt: skip
    assert f"w={tree['first'].code}&amp;p=2025-05&amp;service=antenatal&amp;menurut=domis" in crumbs
    client.force_login(worker("kader", tree["melati"]))
    assert tree["first"].code not in text(client, "clusters:visit-list", query=query)


@pytest.mark.parametrize(
    ("role", "at"), [("admin_puskesmas", "first"), ("nakes", "pustu_satu"), ("nakes", "melati")]
)
def test_the_form_begins_with_the_own_place(client, tree, role, at):
    client.force_login(worker(role, tree[at]))
    shown = text(client, "clusters:upload-new")
    assert shown.count("selected>") == 3, "service, place, and the place of the template"
    for box in ('name="facility"', 'id="templat-facility"'):
        options = shown[shown.index(box) :].split("</select>")[0]
        assert options.split(" selected>")[1].strip().startswith(str(tree[at]))
        if at == "first":
            assert options.index(str(tree["first"])) < options.index(str(tree["melati"]))


def test_every_opening_is_audited(page, tree):
    upload = sent(page, tree, file(ANTENATAL))
    page.post(reverse("clusters:upload-accept", args=[upload.pk]))
    tasks.write_upload(upload.pk)
    query = {"w": tree["first"].code, "p": "2025-05", "service": "antenatal"}
    page.get(reverse("clusters:visit-list", query=query))
    page.get(reverse("clusters:visit", args=["antenatal", Antenatal.objects.get().pk]))
    events = list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))
    assert [e for e in events if "opened" in e and "place" not in e] == [
        "visits.opened",
        "visit.opened",
    ]


def test_no_nik_in_pages_or_logs(page, tree, caplog):
    caplog.set_level(logging.DEBUG)
    number = ANTENATAL["NIK"]
    wrong = ANTENATAL | {"NIK": number[:15], "Tanggal kunjungan": date(2025, 5, 9)}
    slipped = ANTENATAL | {"LILA (cm)": number, "Tanggal kunjungan": date(2025, 5, 8)}
    upload = sent(page, tree, file(ANTENATAL, wrong, slipped))
    page.post(reverse("clusters:upload-accept", args=[upload.pk]))
    tasks.write_upload(upload.pk)
    query = {"w": tree["first"].code, "p": "2025-05", "service": "antenatal"}
    pages = [
        text(page, "clusters:upload", upload.pk),
        text(page, "clusters:upload-list"),
        text(page, "clusters:visit", "antenatal", Antenatal.objects.get().pk),
        page.get(reverse("clusters:visit-list", query=query)).content.decode(),
        caplog.text,
        str(list(upload.issues.values())),
        str(list(AuditEvent.objects.values())),
    ]
    assert upload.issues.filter(is_warning=False).count() == 2
    for shown in pages:
        assert number not in shown
        assert number[:15] not in shown
    assert ANTENATAL["Nama"] not in str(list(upload.issues.values()))


def test_what_was_corrected_stands_in_the_history(page, tree):
    for weight in (9.4, 9.9):
        upload = sent(page, tree, file(GROWTH | {"Berat badan (kg)": weight}), service="growth")
        page.post(reverse("clusters:upload-accept", args=[upload.pk]))
        tasks.write_upload(upload.pk)
    shown = text(page, "clusters:visit", "growth", Growth.objects.get().pk)
    assert "9,9" in shown
    assert "Isi sebelum diperbaiki" in shown
    assert "9,4" in shown


def test_a_file_without_one_good_row_is_not_called_ready(page, tree):
    upload = sent(page, tree, file(GROWTH | {"Berat badan (kg)": 920}), service="growth")
    shown = text(page, "clusters:upload", upload.pk)
    assert "Tidak ada yang dapat diterima" in shown
    assert "Siap diterima" not in shown
    assert reverse("clusters:upload-new") in shown

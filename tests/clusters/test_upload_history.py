"""The list of what was sent, the original file, and the page on which an upload is taken back."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from clusters import tasks
from clusters.actions.locks import lock_month
from clusters.actions.originals import OriginalDeleted, delete_old_originals, original
from clusters.models import Antenatal, Upload
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from tests.clusters.sending import sent
from tests.clusters.undoing import uploaded, weighed
from tests.clusters.workbooks import ANTENATAL, GROWTH, file
from tests.factories import worker
from tests.reporting.rows import write


def shown(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def accepted(page, tree, content, **more):
    upload = sent(page, tree, content, **more)
    page.post(reverse("clusters:upload-accept", args=[upload.pk]))
    tasks.write_upload(upload.pk)
    upload.refresh_from_db()
    return upload


def address(name, upload):
    return reverse(f"clusters:upload-{name}", args=[upload.pk])


def test_counts_stand_in_the_list_and_add_up(page, tree):
    accepted(page, tree, file(GROWTH), service="growth")
    wrong = GROWTH | {"NIK": "9901011003240003", "Berat badan (kg)": 920}
    changed = GROWTH | {"Berat badan (kg)": 9.9}
    second = accepted(page, tree, file(changed, wrong), service="growth")
    text = shown(page.get(reverse("clusters:upload-list")))
    for label, count in (
        ("Dibaca", second.read), ("Baru", second.new), ("Berubah", second.changed),
        ("Sama", second.same), ("Ditolak", second.rejected),
    ):  # fmt: skip
        assert f'data-label="{label}">{count}</td>' in text
    assert second.read == second.new + second.changed + second.same + second.rejected == 2
    assert text.count(f'href="{address("file", second)}"') == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"growth", "antenatal"}),
        ({"layanan": "growth"}, {"growth"}),
        ({"status": "previewed"}, {"antenatal"}),
        ({"layanan": "growth", "status": "failed"}, set()),
        ({"layanan": "tidak ada", "status": "x"}, {"growth", "antenatal"}),
    ],
)
def test_the_list_is_filtered_by_service_and_status(page, tree, query, found):
    uploads = {
        "growth": accepted(page, tree, file(GROWTH), service="growth"),
        "antenatal": sent(page, tree, file(ANTENATAL)),
    }
    text = shown(page.get(reverse("clusters:upload-list", query=query)))
    assert {k for k, one in uploads.items() if f'/unggah/{one.pk}/"' in text} == found
    assert ("Tidak ada unggahan yang cocok" in text) == (not found)


def test_the_effect_is_said_before_the_word_and_the_word_is_asked_for(page, tree):
    upload = uploaded(tree, [weighed(tree, n, 9) for n in range(3)])
    write("growth", [weighed(tree, 0, 11)], ())
    text = shown(page.get(address("cancel", upload)))
    for words in ("Ketik BATALKAN", "3 → 1", "Mei 2025", "Melati", "diperbaiki"):
        assert words in text
    assert "Orang 0000" not in text

    refused = shown(page.post(address("cancel", upload), {"kata": "ya"}), 422)

    assert "Ketik BATALKAN untuk melanjutkan" in refused
    upload.refresh_from_db()
    assert upload.status == "done"
    answer = page.post(address("cancel", upload), {"kata": " batalkan "}, follow=True)
    assert "2 kunjungan tidak lagi dihitung" in shown(answer)
    assert "1 tetap karena" in shown(answer)
    assert "Tarik kembali pembatalan" in shown(answer)
    again = shown(page.get(address("redo", upload)))
    assert "Ketik KEMBALIKAN" in again
    assert "1 → 3" in again
    answer = page.post(address("redo", upload), {"kata": "KEMBALIKAN"}, follow=True)
    assert "2 kunjungan dihitung lagi" in shown(answer)
    upload.refresh_from_db()
    assert upload.status == "done"


def test_why_it_cannot_be_taken_back_is_said_where_one_asked(page, tree):
    upload = uploaded(tree, [weighed(tree, 1, 9)])
    lock_month(district=tree["district"], month=Month(2025, 5), by=None)
    for ask in (page.get, page.post):
        answer = ask(address("cancel", upload), {"kata": "BATALKAN"}, follow=True)
        assert "Kunjungan bulan Mei 2025 sudah dikunci" in shown(answer)
    Upload.objects.update(finished_at=timezone.now() - timedelta(days=8))
    assert "dalam 7 hari" in shown(page.get(address("cancel", upload), follow=True))
    assert "tidak sedang dibatalkan" in shown(page.get(address("redo", upload), follow=True))


def test_a_preview_is_dropped_without_a_word(page, tree):
    upload = sent(page, tree, file(ANTENATAL))
    assert page.get(address("cancel", upload)).status_code == 302
    upload.refresh_from_db()
    assert upload.status == "previewed"
    page.post(address("cancel", upload))
    upload.refresh_from_db()
    assert (upload.status, upload.undone_at) == ("cancelled", None)
    assert "tidak sedang dibatalkan" in shown(page.get(address("redo", upload), follow=True))


def test_a_visit_says_that_its_upload_was_taken_back(page, tree):
    upload = accepted(page, tree, file(ANTENATAL))
    page.post(address("cancel", upload), {"kata": "BATALKAN"})
    visit = Antenatal.objects.get()
    assert "Unggahannya dibatalkan" in shown(
        page.get(reverse("clusters:visit", args=["antenatal", visit.pk]))
    )


def test_the_original_comes_as_it_was_sent_and_it_is_on_record(page, tree, recorder):
    content = file(ANTENATAL)
    upload = sent(page, tree, content, name='..\\mei "kia" №1.xlsx')
    answer = page.get(address("file", upload))
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''mei%20")
    event = AuditEvent.objects.get(event="upload.original-taken")
    assert (event.actor, event.subject_id) == (recorder, str(upload.pk))


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [
        ("admin_puskesmas", "first", 200),
        ("nakes", "first", 200),
        ("nakes", "melati", 404),
        ("admin_puskesmas", "second", 404),
        ("kepala_puskesmas", "first", 403),
        ("admin_dinas", "district", 403),
        ("ti", "district", 403),
    ],
)
def test_who_gets_the_original_and_who_undoes(client, tree, recorder, role, at, status):
    client.force_login(recorder)
    upload = accepted(client, tree, file(ANTENATAL))
    client.force_login(worker(role, tree[at]))
    assert client.get(address("file", upload)).status_code == status
    assert client.get(address("cancel", upload)).status_code == status
    if status != 200:
        for name in ("cancel", "redo"):
            answer = client.post(address(name, upload), {"kata": "BATALKAN"})
            assert answer.status_code == status
        assert Antenatal.objects.standing().exists()


def test_originals_are_deleted_when_their_time_is_over(page, tree, settings):
    upload, fresh, waiting = (sent(page, tree, file(ANTENATAL | {"LILA (cm)": 23 + n}))
                              for n in range(3))  # fmt: skip
    page.post(reverse("clusters:upload-accept", args=[upload.pk]))
    tasks.write_upload(upload.pk)
    Upload.objects.filter(pk=waiting.pk).update(status="accepted")
    old = timezone.now() - timedelta(days=366)
    Upload.objects.filter(pk__in=[upload.pk, waiting.pk]).update(created_at=old)
    assert delete_old_originals(by=None) == 0, "it was finished today"
    Upload.objects.filter(pk=upload.pk).update(finished_at=old)
    kept = Path(settings.MEDIA_ROOT) / upload.file

    tasks.delete_old_files()

    assert not kept.exists()
    upload.refresh_from_db()
    assert (upload.status, upload.file) == ("done", "")
    assert AuditEvent.objects.get(event="upload.original-deleted").subject_id == str(upload.pk)
    with pytest.raises(OriginalDeleted):
        original(upload)
    answer = shown(page.get(address("file", upload), follow=True))
    assert "masa simpannya habis" in answer
    assert "sudah dihapus" in shown(page.get(reverse("clusters:upload-list")))
    for one in (fresh, waiting):
        one.refresh_from_db()
        assert original(one)
    assert delete_old_originals(by=None) == 0


def test_a_file_that_was_already_gone_is_noted(page, tree, settings):
    upload = sent(page, tree, file(ANTENATAL))
    (Path(settings.MEDIA_ROOT) / upload.file).unlink()
    settings.UPLOAD_KEEP_DAYS = 0

    assert delete_old_originals(by=None) == 1

    upload.refresh_from_db()
    assert (upload.status, upload.file_deleted_at is None) == ("cancelled", False)


def test_undoing_needs_no_original(page, tree, settings):
    upload = accepted(page, tree, file(ANTENATAL))
    settings.UPLOAD_KEEP_DAYS = 0
    delete_old_originals(by=None)
    page.post(address("cancel", upload), {"kata": "BATALKAN"})
    assert not Antenatal.objects.standing().exists()
    page.post(address("redo", upload), {"kata": "KEMBALIKAN"})
    assert Antenatal.objects.standing().exists()


def test_no_page_asks_the_database_too_much(page, tree, django_assert_max_num_queries):
    uploads = [uploaded(tree, [weighed(tree, n, 9 + k) for n in range(6)]) for k in range(4)]
    write("growth", [weighed(tree, n, 20) for n in range(3)], ())
    with django_assert_max_num_queries(25):
        page.get(reverse("clusters:upload-list"))
    with django_assert_max_num_queries(25):
        shown(page.get(address("cancel", uploads[0])))

"""Accepting what is good, or all of a file or nothing."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from clusters import tasks
from clusters.actions.locks import lock_month
from clusters.models import Antenatal, Person, Upload
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from tests.clusters.annotating import pregnant
from tests.clusters.sending import sent
from tests.clusters.workbooks import file

SEEN = "Tanggal kunjungan"


def accept(page, upload, way="semua"):
    address = reverse("clusters:upload-accept", args=[upload.pk])
    answer = page.post(address, {"cara": way, "pratinjau": upload.preview}, follow=True)
    tasks.write_upload(upload.pk)
    upload.refresh_from_db()
    return " ".join(answer.content.decode().split())


def shown(page, name, *args):
    return " ".join(page.get(reverse(f"clusters:{name}", args=args)).content.decode().split())


def test_a_file_without_faults_goes_in_as_a_whole(page, tree):
    upload = sent(page, tree, file(pregnant(1), pregnant(2)))
    accept(page, upload)
    assert (upload.status, upload.whole, upload.new) == ("done", True, 2)
    assert Antenatal.objects.count() == 2
    done = shown(page, "upload", upload.pk)
    assert "Semua atau tidak sama sekali: seluruh isi berkas diterima." in done
    assert "semua atau tidak sama sekali</span>" in shown(page, "upload-list")
    event = AuditEvent.objects.get(event="upload.accepted")
    assert event.detail["whole"] == "ya"


def test_one_refused_row_keeps_all_of_it_out(page, tree):
    upload = sent(page, tree, file(pregnant(1), pregnant(2) | {SEEN: "kemarin"}))
    answer = accept(page, upload)
    assert "Tidak ada yang disimpan: 1 baris perlu diperbaiki dahulu" in answer
    assert (upload.status, upload.whole) == ("previewed", False)
    assert not Antenatal.objects.exists()
    accept(page, upload, "baik")
    assert (upload.status, upload.whole, upload.new, upload.rejected) == ("done", False, 1, 1)
    assert "semua atau tidak sama sekali</span>" not in shown(page, "upload-list")


def test_a_row_that_is_refused_only_when_it_is_written_keeps_all_of_it_out(page, tree):
    upload = sent(page, tree, file(pregnant(1), pregnant(2) | {SEEN: "08/04/2025", "HPHT": None}))
    assert upload.rejected == 0
    lock_month(district=tree["district"], month=Month(2025, 4), by=None)
    accept(page, upload)
    assert (upload.status, upload.whole, upload.rejected) == ("previewed", True, 1)
    assert not Antenatal.objects.exists()
    assert not Person.objects.exists()
    assert not AuditEvent.objects.filter(event="visits.imported").exists()
    text = shown(page, "upload", upload.pk)
    assert "Saat disimpan 1 baris ditolak, dan Anda memilih semua atau tidak sama sekali" in text
    assert 'value="semua" checked' in text
    accept(page, upload, "baik")
    assert (upload.status, upload.whole, upload.new) == ("done", False, 1)


def test_what_contradicts_what_is_known_keeps_all_of_it_out(page, tree, take):
    upload = sent(page, tree, file(pregnant(1), pregnant(2)))
    take(pregnant(2) | {"Tanggal lahir": "13/03/1990"})
    accept(page, upload)
    assert (upload.status, upload.rejected) == ("previewed", 1)
    assert Antenatal.objects.count() == 1


def test_no_upload_is_done_as_a_whole_with_refused_rows(page, tree):
    upload = sent(page, tree, file(pregnant(1), pregnant(2) | {SEEN: "kemarin"}))
    accept(page, upload, "baik")
    with pytest.raises(IntegrityError, match="upload_whole_or_not_at_all"), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(whole=True)

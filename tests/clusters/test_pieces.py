"""A file over a line that breaks: its pieces are kept, sealed, and put together once."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from clusters import tasks
from clusters.models import PartialUpload, Upload
from clusters.selectors.uploads import ahead_of
from tests.clusters.sending import sent
from tests.clusters.workbooks import ANTENATAL, file
from tests.factories import worker

KEY = "0123456789abcdef"


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def send(client, content, begin, end, *, key=KEY, name="mei.xlsx", size=None):
    data = {
        "kunci": key, "nama": name, "ukuran": len(content) if size is None else size,
        "awal": begin, "potongan": SimpleUploadedFile("potongan", content[begin:end]),
    }  # fmt: skip
    return client.post(reverse("clusters:upload-piece"), data)


def received(client, key=KEY):
    return client.get(reverse("clusters:upload-piece"), {"kunci": key}).json()["received"]


def finish(client, tree, key=KEY, **more):
    data = {"service": "antenatal", "facility": tree["first"].pk, "pieces": key} | more
    return client.post(reverse("clusters:upload-new"), data)


def test_a_file_in_pieces_is_the_file(page, tree):
    content = file(ANTENATAL)
    third = len(content) // 3
    assert received(page) == 0
    for begin, end in ((0, third), (third, 2 * third), (2 * third, len(content))):
        assert send(page, content, begin, end).json() == {"received": end}
    assert received(page) == len(content)
    assert finish(page, tree).status_code == 302
    upload = Upload.objects.get()
    assert (upload.size, upload.file_name) == (len(content), "mei.xlsx")
    tasks.check_upload(upload.pk)
    upload.refresh_from_db()
    assert (upload.status, upload.new) == ("previewed", 1)
    assert not PartialUpload.objects.exists()


def test_a_piece_that_came_twice_or_too_early_is_told_where_it_goes_on(page):
    content = b"x" * 100
    send(page, content, 0, 40)
    for begin in (0, 60):
        again = send(page, content, begin, begin + 20)
        assert (again.status_code, again.json()) == (409, {"received": 40})
    assert send(page, content, 40, 100).json() == {"received": 100}


def test_pieces_lie_sealed_and_are_gone_with_the_file(
    page, tree, media, django_capture_on_commit_callbacks
):
    content = file(ANTENATAL)
    send(page, content, 0, len(content))
    (piece,) = (media / "pieces").glob("*/0*")
    assert b"PK" not in piece.read_bytes()[:4]
    with django_capture_on_commit_callbacks(execute=True):
        finish(page, tree)
    assert not piece.exists()


def test_half_a_file_is_not_taken(page, tree):
    send(page, file(ANTENATAL), 0, 100)
    answer = finish(page, tree)
    assert "belum terkirim seluruhnya" in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_form_that_lacks_something_keeps_the_pieces(page, tree):
    content = file(ANTENATAL)
    send(page, content, 0, len(content))
    answer = finish(page, tree, facility="")
    assert f'value="{KEY}"' in answer.content.decode()
    assert finish(page, tree).status_code == 302


@pytest.mark.parametrize(
    ("more", "status"),
    [({"size": 10**9}, 422), ({"name": "surat.docx"}, 400), ({"key": "../../x"}, 400)],
)
def test_what_cannot_be_a_file_of_ours_is_refused_at_the_first_piece(page, more, status):
    answer = send(page, b"x" * 100, 0, 50, **more)
    assert answer.status_code == status
    assert answer.json()["refused"]
    assert not PartialUpload.objects.exists()


def test_a_few_files_at_once_and_no_more(page):
    statuses = [send(page, b"x" * 9, 0, 3, key=f"{n:016x}").status_code for n in range(6)]
    assert statuses == [200] * 5 + [422]


def test_pieces_are_for_those_who_record_and_each_sees_his_own(page, client, tree):
    send(page, b"x" * 9, 0, 3)
    client.force_login(worker("admin_puskesmas", tree["second"]))
    assert received(client) == 0
    client.force_login(worker("lihat", tree["district"]))
    assert send(client, b"x" * 9, 0, 3).status_code == 403


def test_files_that_stopped_coming_are_forgotten_after_a_day(
    page, media, django_capture_on_commit_callbacks
):
    send(page, b"x" * 9, 0, 3, key="a" * 16)
    send(page, b"x" * 9, 0, 3, key="b" * 16)
    old = PartialUpload.objects.filter(key="a" * 16)
    old.update(created_at=timezone.now() - timedelta(hours=25))
    with django_capture_on_commit_callbacks(execute=True):
        tasks.forget_pieces()
    assert list(PartialUpload.objects.values_list("key", flat=True)) == ["b" * 16]
    assert len(list((media / "pieces").glob("*/0*"))) == 1


def test_who_waits_sees_how_many_are_before_him(page, tree):
    first = sent(page, tree, file(ANTENATAL))
    second = sent(page, tree, file(ANTENATAL | {"LILA (cm)": 24}))
    Upload.objects.filter(pk__in=[first.pk, second.pk]).update(status="waiting")
    second.refresh_from_db()
    assert ahead_of(second) == 1
    shown = page.get(reverse("clusters:upload", args=[second.pk])).content.decode()
    assert "1 berkas lain dikerjakan lebih dahulu" in shown

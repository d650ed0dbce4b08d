"""Nobody has to say of which service a file is: its template or its titles tell; one still can."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from clusters import tasks
from clusters.actions.telling import NoLongerAsked, name_service, tell_upload
from clusters.actions.uploads import Overtaken, claim_upload
from clusters.excel.templates import write_template
from clusters.excel.told import sealed, told_of
from clusters.models import Upload
from clusters.services import SERVICES
from tests.clusters.sending import sent
from tests.clusters.workbooks import ANTENATAL, GROWTH, file
from tests.factories import worker

Status = Upload.Status


@pytest.fixture
def admin(tree):
    return worker("admin_puskesmas", tree["first"])


@pytest.fixture
def client(admin):
    browser = Client()
    browser.force_login(admin)
    return browser


def said(client, upload, service):
    client.post(reverse("clusters:upload-service", args=[upload.pk]), {"service": service})
    tasks.check_upload(upload.pk)
    upload.refresh_from_db()
    return upload


def template(tree, service="antenatal"):
    book = BytesIO()
    write_template(book, service=SERVICES[service], facility=tree["first"])
    return book.getvalue()


def text(client, upload):
    answer = client.get(reverse("clusters:upload", args=[upload.pk]))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_form_begins_without_a_service(client):
    page = client.get(reverse("clusters:upload-new")).content.decode()
    assert '<option value="" selected>Kenali dari isi berkas</option>' in page


@pytest.mark.parametrize(("row", "service"), [(ANTENATAL, "antenatal"), (GROWTH, "growth")])
def test_titles_tell_the_service(client, tree, row, service):
    upload = sent(client, tree, file(row), service="")
    assert (upload.status, upload.service) == (Status.PREVIEWED, service)
    label = SERVICES[service].label
    assert f"Jenis layanannya bukan {label}?" in text(client, upload)


@pytest.mark.parametrize("service", SERVICES)
def test_a_template_tells_its_service_before_a_row_stands_in_it(client, tree, service):
    upload = sent(client, tree, template(tree, service), service="")
    assert upload.status == Status.FAILED
    assert "kosong" in upload.failure.lower()
    assert upload.service == "", "nothing was read of it"
    assert "Jenis layanan belum dikenali" in text(client, upload)


def test_a_file_of_no_known_service_asks_for_it_and_is_read_as_that(client, tree):
    person = {n: ANTENATAL[n] for n in ("NIK", "Nama", "Tanggal lahir", "Tanggal kunjungan")}
    upload = sent(client, tree, file(person | {"Jenis kelamin": "P", "Cuaca": 52}), service="")
    assert (upload.status, upload.service) == (Status.ASKING, "")
    page = text(client, upload)
    assert "tidak dikenali dari judul kolomnya. Pilih jenis layanannya" in page
    mapping = reverse("clusters:upload-mapping", args=[upload.pk])
    assert mapping not in page
    assert client.get(mapping).status_code == 302
    assert '<option value="" selected>– pilih –</option>' in page
    unsaid = client.post(reverse("clusters:upload-service", args=[upload.pk]), follow=True)
    assert "Pilih jenis layanan dari daftarnya." in unsaid.content.decode()

    upload = said(client, upload, "growth")
    assert (upload.status, upload.service) == (Status.ASKING, "growth")
    assert "tidak berisi satu pun kolom isian" in upload.failure
    assert reverse("clusters:upload-mapping", args=[upload.pk]) in text(client, upload)


def test_what_is_asked_of_the_columns_is_asked_as_the_service_that_was_recognised(client, tree):
    row = {name: value for name, value in GROWTH.items() if name != "Tanggal kunjungan"}
    upload = sent(client, tree, file(row), service="")
    assert (upload.status, upload.service) == (Status.ASKING, "growth")
    assert reverse("clusters:upload-mapping", args=[upload.pk]) in text(client, upload)


def test_another_service_is_said_while_nothing_is_accepted(client, tree, admin):
    upload = sent(client, tree, file(ANTENATAL), service="")
    before = upload.preview

    upload = said(client, upload, "postnatal")
    assert upload.service == "postnatal"
    assert upload.preview != before

    upload = said(client, upload, "antenatal")
    assert (upload.status, upload.new) == (Status.PREVIEWED, 1)
    client.post(reverse("clusters:upload-accept", args=[upload.pk]), {"cara": "baik"})
    tasks.write_upload(upload.pk)
    with pytest.raises(NoLongerAsked):
        name_service(upload=upload, service="growth", by=admin)
    assert (
        "tidak dapat diubah lagi"
        in client.post(
            reverse("clusters:upload-service", args=[upload.pk]), {"service": "growth"}, follow=True
        ).content.decode()
    )


def test_only_a_service_that_there_is_and_only_by_whoever_records_there(client, tree):
    upload = sent(client, tree, file(ANTENATAL), service="")
    at = reverse("clusters:upload-service", args=[upload.pk])
    answer = client.post(at, {"service": "sihir"}, follow=True).content.decode()
    assert "Pilih jenis layanan dari daftarnya." in answer
    other = Client()
    other.force_login(worker("admin_puskesmas", tree["second"]))
    assert other.post(at, {"service": "growth"}).status_code == 404
    upload.refresh_from_db()
    assert upload.service == "antenatal"


def test_the_same_service_said_again_keeps_what_was_said_of_the_columns(client, tree, admin):
    upload = sent(client, tree, file(ANTENATAL), service="")
    told = sealed(told_of(upload).with_edits({("Data", 2, 9): "52"}))
    tell_upload(upload=upload, told=told, by=admin)
    tasks.check_upload(upload.pk)

    upload = said(client, upload, "antenatal")

    assert told_of(upload).edits == {("Data", 2, 9): "52"}
    assert "untuk Pemeriksaan kehamilan" in text(client, upload)


def test_a_page_that_is_older_than_what_was_said_since_changes_no_service(client, tree, admin):
    upload = sent(client, tree, file(ANTENATAL), service="")
    old = upload.preview
    assert f'name="pratinjau" value="{old}"' in text(client, upload)
    told = sealed(told_of(upload).with_edits({("Data", 2, 9): "52"}))
    tell_upload(upload=upload, told=told, by=admin)
    tasks.check_upload(upload.pk)

    at = reverse("clusters:upload-service", args=[upload.pk])
    answer = client.post(at, {"service": "postnatal", "pratinjau": old}, follow=True)

    assert "baru saja dijelaskan orang lain" in answer.content.decode()
    upload.refresh_from_db()
    assert (upload.service, upload.status) == ("antenatal", Status.PREVIEWED)


def test_a_worker_that_was_away_does_not_overwrite_the_service_that_was_said(client, tree, admin):
    upload = sent(client, tree, file(ANTENATAL), service="")
    upload = name_service(upload=upload, service="antenatal", by=admin)
    slow = claim_upload(upload_id=upload.pk, status=Status.WAITING, by=None)
    Upload.objects.filter(pk=upload.pk).update(status=Status.PREVIEWED, claimed_at=None)
    name_service(upload=upload, service="postnatal", by=admin)
    Upload.objects.filter(pk=upload.pk).update(told=slow.told)
    assert claim_upload(upload_id=upload.pk, status=Status.WAITING, by=None)

    with pytest.raises(Overtaken):
        tasks._import(slow, keep=False)

    upload.refresh_from_db()
    assert (upload.service, upload.status) == ("postnatal", Status.CHECKING)

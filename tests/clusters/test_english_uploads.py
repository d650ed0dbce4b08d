"""The pages of uploads, as a reader of English sees them."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from clusters import tasks
from clusters.models import Upload
from facilities.roles import Role
from ilp.core.sentences import told_again
from tests.clusters.annotating import laid_out
from tests.clusters.faults import FAULTS
from tests.clusters.sending import send, sent
from tests.clusters.test_bad_files import UNUSABLE
from tests.clusters.workbooks import ANTENATAL, file
from tests.factories import worker
from tests.reporting.test_english_pages import Texts, english, indonesian_of


@pytest.mark.parametrize("code", FAULTS)
def test_the_page_of_an_upload_tells_every_refusal_in_english(take, tree, code):
    fault = FAULTS[code]
    rows = fault.before(tree, take) or fault.rows
    upload = take(content=laid_out(*rows), service=fault.service, at=fault.at).upload
    client = english(worker(Role.ADMIN_PUSKESMAS, tree[fault.at]))

    answer = client.get(reverse("clusters:upload", args=[upload.pk]))

    assert indonesian_of(answer) == []
    text = " ".join(Texts(answer.content.decode()).found)
    for issue in upload.issues.all():
        with translation.override("en"):
            told = told_again(issue.reason)
        assert " ".join(told.split()) in text
        assert issue.reason not in text


LIGHT = [name for name in UNUSABLE if name not in ("too many rows", "a bomb")]


@pytest.mark.parametrize("name", LIGHT)
def test_the_page_of_a_file_that_cannot_be_used_says_why_in_english(tree, name):
    make, _sentence = UNUSABLE[name]
    client = english(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
    upload = sent(client, tree, make())
    assert upload.failure

    answer = client.get(reverse("clusters:upload", args=[upload.pk]))

    assert indonesian_of(answer) == []
    text = " ".join(Texts(answer.content.decode()).found)
    with translation.override("en"):
        assert told_again(upload.failure) in text


def test_the_page_on_which_columns_are_told_says_in_english_what_is_missing(tree):
    client = english(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
    row = {title: value for title, value in ANTENATAL.items() if title != "Tanggal kunjungan"}
    upload = sent(client, tree, file(row | {"Datang pada": date(2025, 5, 6)}))
    address = reverse("clusters:upload-mapping", args=[upload.pk])

    asked, refused = client.get(address), client.post(address, {"lembar-0": "Data"})

    text = " ".join(Texts(asked.content.decode()).found)
    assert "Required columns are missing on sheet “Data”: Tanggal kunjungan" in text
    assert indonesian_of(refused) == []
    assert any("Date of visit missing" in one for one in Texts(refused.content.decode()).found)


def test_who_lost_the_right_to_record_in_between_is_told_so_in_english(tree):
    recorder = worker(Role.ADMIN_PUSKESMAS, tree["first"])
    client = english(recorder)
    send(client, tree, file(ANTENATAL))
    upload = Upload.objects.latest("pk")
    stranger = worker(Role.ADMIN_PUSKESMAS, tree["second"])
    Upload.objects.filter(pk=upload.pk).update(created_by=stranger)
    tasks.check_upload(upload.pk)
    page = client.get(reverse("clusters:upload", args=[upload.pk]))
    assert "You may not record visits for" in page.content.decode()
    assert indonesian_of(page) == []

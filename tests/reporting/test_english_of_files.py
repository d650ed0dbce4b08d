"""What is said of tables of sasaran and of recaps is read in Indonesian and told in English."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from facilities.roles import Role
from ilp.core.months import Month
from ilp.core.sentences import told_again
from reporting.actions.reports import open_report
from tests.clusters.corpus.writers import Formula, Page, xlsx
from tests.factories import worker
from tests.reporting import target_corpus, target_list_corpus
from tests.reporting.sasaran import HEAD, ONE, TWO, book
from tests.reporting.test_english_pages import Texts, english, indonesian_of
from tests.reporting.test_from_odd import lines
from tests.reporting.test_target_corpus import read
from tests.reporting.test_target_pages import send


@pytest.mark.parametrize("corpus", [target_corpus.corpus, target_list_corpus.corpus])
def test_every_sentence_about_a_table_of_sasaran_is_told_again(corpus):
    said = set()
    for file in corpus():
        reading = read(file.content)
        said |= {one.message for one in (*reading.refusals, *reading.odd)} | set(reading.notes)
    with translation.override("en"):
        untold = {text for text in said if told_again(text) is None}

    assert len(said) > 40
    assert untold == set()


def test_a_refused_table_and_a_preview_are_english(tree):
    client = english(worker(Role.ADMIN_DINAS, tree["district"]))

    refused = send(client, book(HEAD, (ONE, "x", 40, "tujuh"), (TWO, "y", -1, 7)))
    asked = send(client, book((*HEAD, "Entah"), (ONE, "x", 40, 7, 3)))

    assert refused.status_code == 422
    assert indonesian_of(refused) == []
    assert "is not a whole number" in " ".join(Texts(refused.content.decode()).found)
    assert asked.status_code == 200
    named = "Sheet Sasaran: column “Entah” is not recognised, so it is not read."
    assert indonesian_of(asked) == [named], "the sheet alone is called so"


def test_what_is_said_of_a_recap_is_english(tree):
    report = open_report(facility=tree["first"], month=Month(2026, 5), form="LB3", by=None)
    table = lines(report, ["s/d bulan ini"], Formula(95))
    table[2][1] = Formula("#REF!")
    client = english(worker(Role.ADMIN_PUSKESMAS, tree["first"]))
    address = reverse("reporting:report-from-excel", args=[report.pk])

    page = client.post(address, {"file": SimpleUploadedFile("r.xlsx", xlsx([Page("MEI", table)]))})

    text = " ".join(Texts(page.content.decode()).found)
    assert "A formula failed and is taken as empty (rows: 3)." in text
    assert "cumulative" in text
    assert indonesian_of(page) == []

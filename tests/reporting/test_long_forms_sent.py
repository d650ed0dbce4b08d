"""A long form filled by visits alone is sent in one step, whichever section stands open."""

import html
import json
import re
from urllib.parse import urljoin

import pytest
from django.test import Client

from reporting.actions.reports import take_step
from reporting.catalogue.diseases import COMMON
from reporting.selectors.folding import MOST_BOXES
from reporting.workflow import Step
from tests.factories import worker
from tests.reporting.papers import again, written
from tests.reporting.rows import write
from tests.reporting.test_lb1 import APRIL, address, kept, opened, visit

DISEASES = [one for one in COMMON.diseases if one.categories][:30]
FIRST = [one.code for one in COMMON.chapters[0].diseases]
LINES = [one.code for one in DISEASES if one.code not in FIRST]
AT = "P:45-54"
BOX = re.compile(r'class="cell-input[^>]*? name="([^"]+)" id="[^"]+"\s+value="([^"]*)"')


@pytest.fixture
def client(tree):
    browser = Client()
    browser.force_login(worker("admin_puskesmas", tree["first"]))
    return browser


@pytest.fixture
def report(tree):
    codes = [one.ranges[0][0] for one in DISEASES]
    triples = zip(codes[::3], codes[1::3], codes[2::3], strict=True)
    write(
        "outpatient",
        [
            visit(number, one, tree, diagnosis_2=two, diagnosis_3=three)
            for number, (one, two, three) in enumerate(triples, start=1)
        ],
        None,
    )
    return opened(tree)


def shown(client, report, query=""):
    """What a browser without a script would send of the page."""
    page = client.get(address(report) + query).content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(tampil|tertutup)" value="([^"]*)"', page))
    data = {name: html.unescape(text) for name, text in [*BOX.findall(page), *hidden.items()]}
    return data, " ".join(page.split())


def values(report):
    return {v.element: v.value for v in report.values.all() if v.part == AT}


def test_what_closed_sections_propose_is_sent_with_the_open_one(client, report):
    data, page = shown(client, report)
    assert sum("|" in name for name in data) <= MOST_BOXES < 26 * len(DISEASES)
    assert "ikut tersimpan dan terkirim lewat “Simpan dan kirim”" in page

    answer = client.post(address(report), data | {"langkah": "send"}, follow=True)

    assert "Laporan sekarang berstatus “Dikirim”." in answer.content.decode()
    report = again(report)
    assert values(report) == {one.code: 1 for one in DISEASES}
    assert report.values.count() == 26 * len(DISEASES)


def test_saving_alone_keeps_what_is_open_and_says_the_rest_again(client, report):
    data, _page = shown(client, report)
    client.post(address(report), data)
    assert set(values(report)) == {one.code for one in DISEASES if one.code in FIRST}
    data, page = shown(client, report)
    assert json.loads(data["tertutup"]) == dict.fromkeys(LINES, 1)
    assert page.count("Belum disimpan</span>") == len(LINES)


def test_what_visits_said_since_is_shown_before_it_is_sent(client, tree, report):
    data, _page = shown(client, report)
    write("outpatient", [visit(99, DISEASES[-1].ranges[0][0], tree)], None)
    data[f"{FIRST[0]}|{AT}"] = "4"

    answer = client.post(address(report), data | {"langkah": "send"})

    assert answer.status_code == 409
    assert "Belum dikirim: hitungan kunjungan di 1 baris" in answer.content.decode()
    found = values(again(report))
    assert (found[FIRST[0]], found[LINES[0]]) == (4, 1), "all else was kept"
    assert LINES[-1] not in found
    assert again(report).status == "draft"
    data, _page = shown(client, report)
    data |= {"langkah": "send", f"alasan|{FIRST[0]}": "Koreksi dari register"}
    client.post(address(report), data)
    assert again(report).status == "sent"
    assert values(report)[LINES[-1]] == 2


def test_what_another_wrote_into_a_closed_row_meanwhile_stands(client, report):
    data, _page = shown(client, report)
    kept(report, {(LINES[0], AT): 7})
    client.post(address(report), data)
    client.post(address(report), data | {"langkah": "send"})
    assert values(again(report))[LINES[0]] == 7


@pytest.mark.parametrize("told", ["", "[1]", '{"lb1_lain": "x"}', '{"f1_01": 3}', "{"])
def test_what_no_page_of_ours_says_of_closed_rows_is_nothing(client, report, told):
    data, _page = shown(client, report)
    answer = client.post(address(report), data | {"langkah": "send", "tertutup": told})
    assert answer.status_code == 409
    assert "isian kosong" in answer.content.decode()
    assert LINES[0] not in values(report)


def test_lines_on_the_page_of_a_refused_step_lead_back_to_the_report(client, tree):
    full = written(tree["first"], APRIL, "LB1", most=9)
    take_step(report=full, step=Step.SEND, by=None)
    at = f"/laporan/{full.pk}/send/"
    refused = client.post(at).content.decode()
    ways = re.findall(r'<a href="([^"#]*\?buka=\d+)#baris-', refused)
    assert ways
    assert {client.get(urljoin(at, way)).status_code for way in ways} == {200}


def test_filling_at_one_stroke_comes_back_to_the_section_that_was_open(client, report):
    data, _page = shown(client, report, "?buka=2")
    at = f"{address(report)}?buka=2"
    asked = client.post(at, data | {"langkah": "hitung"}).content.decode()
    assert f'<form method="post" action="{at}"' in asked
    assert f'href="{at}#tersimpan">Batal' in asked

"""A form of more boxes than a page can hold is open at one section; the others are lines."""

import json
import re

import pytest
from django.test import Client

from ilp.core.months import Month
from reporting.actions.reports import open_report, save_values, take_step
from reporting.catalogue.breakdowns import PARTS, Breakdown
from reporting.catalogue.diseases import COMMON
from reporting.selectors.folding import MOST_BOXES
from reporting.workflow import Step
from tests.factories import worker
from tests.reporting.papers import again, written

APRIL = Month(2026, 4)
CELLS = PARTS[Breakdown.LB1]
FIRST, SECOND = ([d.code for d in chapter.diseases] for chapter in COMMON.chapters[:2])


@pytest.fixture
def client(tree):
    browser = Client()
    browser.force_login(worker("admin_puskesmas", tree["first"]))
    return browser


@pytest.fixture
def full(tree):
    return written(tree["first"], APRIL, "LB1", most=9)


def address(report):
    return f"/laporan/LB1/{report.facility.code}/{report.month}/"


def page(client, report, query=""):
    return client.get(address(report) + query).content.decode()


def drawn(text):
    """Rows with their boxes, and rows that are lines."""
    return re.findall(r'data-element="(\w+)"', text), re.findall(r'data-line="(\w+)"', text)


def line(text, row):
    return text.split(f'data-line="{row}"')[1].split("</tr>")[0]


def test_the_first_section_is_open_and_every_other_row_is_a_line_with_its_sum(client, full):
    text = page(client, full)

    boxes, lines = drawn(text)
    assert boxes == FIRST
    assert lines == [row for row in COMMON.rows if row not in FIRST]
    sums = {}
    for value in full.values.all():
        sums[value.element] = sums.get(value.element, 0) + value.value
    assert all(f'<td class="num">{sums[row]}</td>' in line(text, row) for row in lines)
    assert "Satu bagian terbuka." in text
    assert text.count('class="cell-input') == len(FIRST) * len(CELLS) <= MOST_BOXES


def test_a_line_leads_to_its_boxes_and_the_section_stays_open_through_a_save(client, full):
    link = re.search(r'href="([^"]+)"', line(page(client, full), SECOND[0])).group(1)
    assert link == f"{address(full)}?buka=2#baris-{SECOND[0]}"
    text = client.get(link).content.decode()
    assert drawn(text)[0] == SECOND
    assert f'id="{link.partition("#")[2]}"' in text

    action = re.search(r'<form method="post" action="([^"]+)" class="stack sheet', text).group(1)
    saved = client.post(action, {"tampil": "{}", f"{SECOND[0]}|L:1-4": "3"})
    assert saved.status_code == 409, "the page did not say what it showed of it"
    seen = {f"{SECOND[0]}|L:1-4": [again(full).version, "0"]}
    saved = client.post(action, {"tampil": json.dumps(seen), f"{SECOND[0]}|L:1-4": "3"})
    assert saved.url == f"{address(full)}?buka=2#tersimpan"
    assert full.values.get(element=SECOND[0], part="L:1-4").value == 3


def test_saving_one_section_leaves_the_others_as_they_are(client, full):
    before = {(v.element, v.part): v.value for v in full.values.all()}
    text = page(client, full, "?buka=2")
    names = re.findall(r'class="cell-input[^>]*? name="([^"]+)" id="[^"]+"\s+value="([^"]*)"', text)
    seen = re.search(r'name="tampil" value="([^"]*)"', text).group(1).replace("&#34;", '"')

    client.post(address(full) + "?buka=2", dict(names) | {"tampil": seen})

    assert len(names) == len(SECOND) * len(CELLS)
    assert {(v.element, v.part): v.value for v in full.values.all()} == before


def test_what_is_wrong_in_a_closed_section_is_said_and_led_to(client, tree):
    report = written(tree["first"], APRIL, "LB1", most=9)
    seen = {f"{SECOND[0]}|L:1-4": [report.version, ""], f"{SECOND[1]}|P:1-4": [report.version, ""]}
    typed = {f"{SECOND[0]}|L:1-4": "banyak", f"{SECOND[1]}|P:1-4": ""}

    def summary(query, **data):
        answer = client.post(f"/laporan/{report.pk}/isian/{query}", data)
        return answer.json()["summary"]

    at = f"#{SECOND[0]}-L-1-4"
    assert f'href="{at}"' in summary("?buka=2", **typed, tampil=json.dumps(seen))
    assert f'href="{at}"' in summary("?buka=2", tampil="{}")
    assert f'href="{address(report)}?buka=2{at}"' in summary("", tampil="{}")

    text = page(client, report)

    assert "Perlu diperbaiki" in line(text, SECOND[0])
    assert "1 kosong" in line(text, SECOND[1])
    assert "chip" not in line(text, SECOND[2])
    assert f'href="{address(report)}?buka=2{at}"' in text
    assert f'id="{SECOND[0]}-L-1-4"' in page(client, report, "?buka=2")


def test_a_form_that_fits_and_one_that_is_asked_for_whole_have_no_closed_sections(client, tree):
    report = open_report(facility=tree["first"], month=APRIL, form="LB1", by=None)
    few = {(row, CELLS[0]): 1 for row in (FIRST[0], SECOND[0])}
    report = save_values(report=report, values=few, reasons={}, version=report.version, by=None)
    assert drawn(page(client, report)) == ([FIRST[0], SECOND[0]], [])

    many = {(row, CELLS[0]): 1 for row in COMMON.rows}
    report = save_values(report=report, values=many, reasons={}, version=report.version, by=None)
    assert drawn(page(client, report, "?buka=semua")) == (list(COMMON.rows), [])
    assert drawn(page(client, report, "?buka=99"))[0] == FIRST, "no such section"


def test_readers_see_sums_and_whoever_checks_has_all_boxes_to_comment_on(client, tree, full):
    take_step(report=full, step=Step.SEND, by=None)
    text = page(client, full)
    assert drawn(text)[0] == FIRST
    assert "chip" not in line(text, SECOND[0])

    head = Client()
    head.force_login(worker("kepala_puskesmas", tree["first"]))
    boxes, lines = drawn(page(head, full, "?baris=semua"))
    assert (sorted(set(boxes)), lines) == (sorted(COMMON.rows), [])

"""The matrix of a year: letters, totals, one Puskesmas at a time, reminders, files; by scope."""

import csv
import io
import re
from dataclasses import replace
from datetime import date, datetime, time
from random import Random

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from clusters.models import VISITS
from facilities.actions.places import close
from facilities.models import Facility
from ilp.core.months import Month
from reporting.actions.roll_up import roll_up_changed
from reporting.catalogue import FORMS
from reporting.models import Report
from reporting.workflow import Status
from tests.factories import worker
from tests.reporting import rows

PAGE = "/laporan/kelengkapan/?f=F1&t=2025"
FILE = "/laporan/kelengkapan/unduh.{}?f=F1&t=2025"


def browser(role, place):
    client = Client()
    client.force_login(worker(role, place))
    return client


def send(at, month, day, status=Status.APPROVED):
    at_noon = day and datetime.combine(day, time(12), timezone.get_default_timezone())
    return Report.objects.create(
        facility=at, month=month, form_code="F1", status=status, sent_at=at_noon
    )


@pytest.fixture
def year(tree):
    """Kenanga: in time, late, waiting, draft, returned, then nothing. Cempaka: January only."""
    first = tree["first"]
    send(first, Month(2025, 1), date(2025, 2, 5))
    send(first, Month(2025, 2), date(2025, 3, 6))
    send(first, Month(2025, 3), date(2025, 4, 1), Status.SENT)
    send(first, Month(2025, 4), None, Status.DRAFT)
    send(first, Month(2025, 5), date(2025, 6, 1), Status.RETURNED)
    send(tree["second"], Month(2025, 1), date(2025, 2, 1))
    return tree


@pytest.fixture
def head(year):
    return browser("kepala_dinas", year["district"])


def text_of(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def letters(html, place="Kenanga"):
    """What stands in the cells of a row."""
    (row,) = re.findall(rf'<th scope="row">{place}</th>(.*?)</tr>', html, re.S)
    return re.findall(
        r'<a href="/laporan/F1/[^>]*>\s*<span aria-hidden="true">(.)</span>', row, re.S
    )


def test_every_cell_has_its_letter_its_word_and_its_report(head):
    html = text_of(head.get(PAGE))

    assert letters(html) == ["✓", "L", "K", "D", "R"] + ["–"] * 7
    assert letters(html, "Cempaka") == ["✓"] + ["–"] * 11
    assert 'href="/laporan/F1/P9901010101/2025-02/"' in html
    assert "Februari 2025: terlambat" in html
    assert "3/12" in html
    assert "2/12" in html
    for word in ("tepat waktu", "terlambat", "draf", "dikembalikan", "belum jatuh tempo"):
        assert word in html


def test_a_month_has_its_totals(head):
    html = text_of(head.get(PAGE))

    found = re.findall(r'<th scope="row">(Lengkap|Tepat) \(%\)</th>(.*?)</tr>', html, re.S)
    numbers = {name: re.findall(r'class="mark">([^<]*)<', cells) for name, cells in found}
    assert numbers["Lengkap"][:6] == ["100", "50", "50", "0", "0", "0"]
    assert numbers["Tepat"][:6] == ["100", "0", "50", "0", "0", "0"]


def test_a_place_that_closed_is_left_out_from_then_on(year, head):
    for key in ("mawar", "pustu_dua", "desa_dua", "second"):
        close(place=Facility.objects.get(pk=year[key].pk), since=Month(2025, 3), by=None)

    html = text_of(head.get(PAGE))

    assert letters(html, "Cempaka") == ["✓", "–"]
    assert html.count("tidak dihitung: tidak buka pada akhir bulan") == 10


def test_the_lowest_rate_comes_first_when_asked(head):
    def order(html):
        return re.findall(r'<th scope="row">(Kenanga|Cempaka)</th>', html)

    assert order(text_of(head.get(PAGE))) == ["Cempaka", "Kenanga"]
    Report.objects.filter(facility__name="Cempaka").update(month=Month(2025, 7))
    assert order(text_of(head.get(PAGE + "&urut=lengkap"))) == ["Cempaka", "Kenanga"]
    Report.objects.filter(facility__name="Kenanga").delete()
    assert order(text_of(head.get(PAGE + "&urut=lengkap"))) == ["Kenanga", "Cempaka"]
    assert order(text_of(head.get(PAGE + "&urut=apa"))) == ["Cempaka", "Kenanga"]


def test_only_the_opened_puskesmas_brings_its_posyandu(year, head):
    places = [year["melati"], year["mawar"]]
    rows.write("growth", rows.random_growth(Random(3), places), places)
    roll_up_changed()
    closed = text_of(head.get(PAGE))
    assert "Melati" not in closed
    assert "Mawar" not in closed

    opened = text_of(head.get(PAGE + "&buka=P9901010101"))

    assert "Melati" in opened
    assert "Mawar" not in opened
    visits = VISITS["growth"].objects.standing().filter(facility=year["melati"])
    seen = {day.month for day in visits.values_list("seen_on", flat=True) if day.year == 2025}
    (row,) = re.findall(r"Melati</a></th>(.*?)</tr>", opened, re.S)
    cells = re.findall(r'<td class="mark">.*?aria-hidden="true">(.)</span>', row, re.S)
    assert [mark == "●" for mark in cells] == [n in seen for n in range(1, 13)]
    assert "●" in cells
    assert "Mawar" not in text_of(head.get(PAGE + "&buka=tidak-ada"))


def test_units_that_fill_in_the_form_themselves_are_lines_below(year, head, monkeypatch):
    form = replace(FORMS["F1"], kinds=("puskesmas", "posyandu"))
    monkeypatch.setattr(FORMS, "_held", dict(FORMS) | {"F1": form})
    send(year["melati"], Month(2025, 1), date(2025, 2, 1))

    html = text_of(head.get(PAGE + "&buka=P9901010101"))

    assert letters(html, "Posyandu Melati") == ["✓"] + ["–"] * 11
    assert "Mawar" not in html


def test_whoever_owes_a_report_is_reminded_in_words(head):
    html = text_of(head.get(PAGE))

    (text,) = re.findall(r"<textarea[^>]*readonly>(.*?)</textarea>", html, re.S)
    cempaka, kenanga = text.strip().split("\n\n")
    assert cempaka.startswith("Yth. Puskesmas Cempaka: ")
    assert "bulan Februari, Maret, April," in cempaka
    assert "(batas 5 Maret / 5 April /" in cempaka
    assert "http://testserver/laporan/F1/P9901020101/2025-02/" in cempaka
    assert "bulan April, Mei, Juni," in kenanga
    assert "dan Desember 2025 belum kami terima" in kenanga
    assert "Maret" not in kenanga.split("(batas")[0]


def test_the_file_says_what_the_page_says(head):
    answer = head.get(FILE.format("csv"))
    table = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(table) == 24
    mine = [row for row in table if row["place"] == "P9901010101"]
    assert [row["status"] for row in mine[:3]] == [
        "tepat waktu", "terlambat", "dikirim tepat waktu, belum diperiksa",
    ]  # fmt: skip
    assert (mine[1]["due_on"], mine[1]["sent_on"], mine[1]["counted"]) == (
        "2025-03-05", "2025-03-06", "1",
    )  # fmt: skip
    book = load_workbook(io.BytesIO(head.get(FILE.format("xlsx")).content), read_only=True)
    assert sum(1 for _ in book["Data"].iter_rows()) == 25
    assert head.get(FILE.format("pdf")).status_code == 404


@pytest.mark.parametrize(
    ("role", "at", "seen", "file"),
    [
        ("kepala_dinas", "district", {"Kenanga", "Cempaka"}, 200),
        ("lihat", "district", {"Kenanga", "Cempaka"}, 403),
        ("admin_puskesmas", "first", {"Kenanga"}, 200),
        ("nakes", "second", {"Cempaka"}, 403),
        ("kader", "melati", set(), 403),
    ],
)
def test_each_sees_and_takes_away_the_places_of_their_scope(year, role, at, seen, file):
    client = browser(role, year[at])
    html = text_of(client.get(PAGE))

    assert set(re.findall(r'<th scope="row">(Kenanga|Cempaka)</th>', html)) == seen
    assert ("Tidak ada tempat yang mengisi" in html) is not bool(seen)
    assert ("Unduh Excel" in html) is (file == 200)
    answer = client.get(FILE.format("csv"))
    assert answer.status_code == file
    if file == 200:
        other = {"Kenanga", "Cempaka"} - seen
        assert not any(name in answer.content.decode() for name in other)


def test_the_only_puskesmas_is_open_anyway(year):
    html = text_of(browser("admin_puskesmas", year["first"]).get(PAGE))

    assert "Unit di bawah Puskesmas Kenanga" in html
    assert "Yth. " not in html
    assert "Melati" in html


@pytest.mark.parametrize("query", ["f=F1&t=2100", "f=apa&t=lalu", "t=1", "f=MUTU&t=2025", ""])
def test_whatever_is_asked_the_page_opens(head, query):
    assert head.get(f"/laporan/kelengkapan/?{query}").status_code == 200


def test_a_year_that_lies_ahead_says_so(head):
    assert "Belum ada bulan yang dilaporkan" in text_of(head.get("/laporan/kelengkapan/?t=2100"))


def test_the_page_costs_a_bounded_number_of_queries(head, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        head.get(PAGE)
    with django_assert_max_num_queries(19):
        head.get(PAGE + "&buka=P9901010101")

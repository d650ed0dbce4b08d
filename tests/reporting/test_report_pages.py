"""The report in the hands of those who fill in, verify and approve it; all without a script."""

import re
from html import unescape

import pytest
from django.test import Client

from ilp.core.months import Month
from reporting.actions import reports as actions
from reporting.catalogue import FORMS
from reporting.models import Report
from reporting.workflow import Status, Step
from tests.factories import worker
from tests.reporting.sheets import filled, numbers, posted

MONTH = Month(2025, 3)
PAGE = "/laporan/F1/P9901010101/2025-03/"


def browser(role, place):
    client = Client()
    client.force_login(worker(role, place))
    return client


@pytest.fixture
def admin(tree):
    return browser("admin_puskesmas", tree["first"])


@pytest.fixture
def report(tree):
    return actions.open_report(facility=tree["first"], month=MONTH, form="F1", by=None)


def typed(**changed):
    return {f"{code}|{part}": str(n) for (code, part), n in numbers(**changed).items()}


def fresh(**changed):
    """Every box of a page that showed nothing, as it is sent."""
    return typed(**changed) | {"tampil": "{}"}


def seen(page):
    """What the page will say that it showed."""
    return unescape(re.search(r'name="tampil" value="([^"]*)"', page.content.decode())[1])


def held(report):
    """Part -> number, of one row."""
    return dict(report.values.filter(element="skdn_s").values_list("part", "value"))


def box(page, name):
    """The input of that name, as it was sent."""
    return re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', page.content.decode())[0]


def test_what_is_to_be_filled_in_is_named_and_leads_to_its_own_form(admin):
    page = admin.get("/laporan/").content.decode()
    links = re.findall(r'href="/laporan/(\w+)/[^"]+">\s*<span><strong>Mulai ([^<]+)</strong>', page)
    assert {"F1", "LB1", "LPLPO", "LB3", "LB4", "UKM"} <= {code for code, _title in links}
    assert all(unescape(title).startswith(str(FORMS[code].label)) for code, title in links)


def test_from_an_empty_month_to_an_approved_report(tree, admin):
    assert "Mulai mengisi" in admin.get(PAGE).content.decode()
    assert not Report.objects.exists(), "looking writes nothing"
    admin.post(PAGE)
    report = Report.objects.get()

    answer = admin.post(PAGE, fresh() | {"langkah": "send"})
    assert answer["Location"].startswith(PAGE)
    report.refresh_from_db()
    assert report.status == Status.SENT

    head = browser("kepala_puskesmas", tree["first"])
    assert "Perlu diverifikasi" in head.get("/laporan/").content.decode()
    page = head.get(PAGE).content.decode()
    assert "Sahkan" not in page
    assert 'class="cell-input' not in page
    head.post(f"/laporan/{report.pk}/verify/")

    programmer = browser("programmer", tree["district"])
    assert "Perlu disahkan" in programmer.get("/laporan/").content.decode()
    answer = programmer.post(f"/laporan/{report.pk}/approve/", follow=True)
    assert "Disahkan" in answer.content.decode()
    report.refresh_from_db()
    assert report.status == Status.APPROVED


def test_a_returned_report_says_why_and_may_be_changed(tree, admin):
    report = actions.take_step(report=filled(tree["first"], MONTH), step=Step.SEND, by=None)
    head = browser("kepala_puskesmas", tree["first"])

    refused = head.post(f"/laporan/{report.pk}/return/", {"catatan": " "})
    assert refused.status_code == 409
    assert "Tulis apa yang perlu diperbaiki" in refused.content.decode()

    head.post(f"/laporan/{report.pk}/return/", {"catatan": "Cocokkan K dengan register"})
    page = admin.get(PAGE).content.decode()
    assert "Cocokkan K dengan register" in page
    assert 'class="cell-input' in page
    assert "Perlu diperbaiki" in admin.get("/laporan/").content.decode()


def test_a_comment_at_a_cell_reaches_the_one_who_repairs_it(tree, admin):
    report = actions.take_step(report=filled(tree["first"], MONTH), step=Step.SEND, by=None)
    head = browser("kepala_puskesmas", tree["first"])
    assert 'name="komentar|skdn_s"' in head.get(PAGE).content.decode()
    assert 'name="komentar|' not in admin.get(PAGE).content.decode()

    head.post(
        f"/laporan/{report.pk}/return/",
        {"catatan": "", "bagian|skdn_s": "L:0-5", "komentar|skdn_s": "Cocokkan <register>",
         "bagian|skdn_k": "", "komentar|skdn_k": " "},
    )  # fmt: skip

    page = admin.get(PAGE).content.decode()
    below = page.split('id="skdn_s-L-0-5-catatan"')[1].split("</div>")[0]
    assert "Perbaiki: Cocokkan &lt;register&gt;" in " ".join(below.split())
    history = page.split("Riwayat</h2>")[1]
    assert "S: semua balita di wilayah L 0–5 bulan: Cocokkan" in history

    report.refresh_from_db()
    admin.post(PAGE, posted(report) | {"skdn_s|L:0-5": "11"})
    page = admin.get(PAGE).content.decode()
    assert "Perbaiki: Cocokkan" not in " ".join(page.split("Riwayat</h2>")[0].split())
    assert "Cocokkan" in page.split("Riwayat</h2>")[1], "the history stays"


def test_a_refused_return_keeps_the_comments_that_were_written(tree):
    report = actions.take_step(report=filled(tree["first"], MONTH), step=Step.SEND, by=None)
    head = browser("kepala_puskesmas", tree["first"])
    asked = {"komentar|skdn_s": "Periksa S", "bagian|skdn_k": "L:99", "komentar|skdn_k": "K?"}

    page = head.post(f"/laporan/{report.pk}/return/", asked)

    assert page.status_code == 409
    assert 'value="Periksa S"' in page.content.decode()
    assert not report.events.filter(step=Step.RETURN).exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("dua", "bukan bilangan bulat"),
        ("-3", "tanpa tanda minus"),
        ("3,5", "bukan bilangan bulat"),
        ("9999999", "terlalu besar"),
        ("<b>", "bukan bilangan bulat"),
    ],
)
def test_what_cannot_be_read_stays_as_typed_and_the_rest_is_kept(admin, report, text, sentence):
    data = posted(report, skdn_s__x="1") | {"skdn_s|L:0-5": text, "skdn_s|P:0-5": "1.234"}

    page = admin.post(PAGE, data | {"langkah": "send"})

    assert page.status_code == 422
    html = page.content.decode()
    assert sentence in html
    assert "Ada 1 yang perlu diperbaiki" in html
    shown = box(page, "skdn_s|L:0-5")
    assert 'aria-invalid="true"' in shown
    assert f'value="{text.replace("<", "&lt;").replace(">", "&gt;")}"' in shown
    report.refresh_from_db()
    assert report.status == Status.DRAFT
    assert dict(report.values.values_list("part", "value"))["P:0-5"] == 1234


def test_nihil_is_zero_and_an_emptied_box_is_blank(admin, report):
    admin.post(PAGE, posted(report) | {"skdn_s|L:0-5": "nihil", "skdn_s|P:0-5": ""})

    assert list(report.values.values_list("part", "value")) == [("L:0-5", 0)]


def test_k_above_s_is_shown_at_its_row_and_stops_the_sending(admin, report):
    data = fresh() | {"skdn_k|L:12-23": "11", "langkah": "send"}

    page = admin.post(PAGE, data)

    assert page.status_code == 409
    html = page.content.decode()
    assert 'href="#baris-skdn_k"' in html
    assert 'id="temuan-skdn_k"' in html
    assert "is-doubted" in box(page, "skdn_k|L:12-23")
    assert 'value="11"' in box(page, "skdn_k|L:12-23"), "it was saved as a draft all the same"


def test_two_people_at_once_lose_nothing_and_the_second_chooses(admin, report):
    first = posted(report) | {"skdn_s|L:0-5": "5"}
    second = posted(report) | {"skdn_s|L:0-5": "9", "skdn_s|P:0-5": "8"}
    admin.post(PAGE, first)

    page = admin.post(PAGE, second)

    assert page.status_code == 409
    html = page.content.decode()
    assert "orang lain" in html
    assert 'value="9"' in box(page, "skdn_s|L:0-5")
    assert "Tersimpan: 5" in html
    assert held(report) == {"L:0-5": 5, "P:0-5": 8}, "what only one typed is kept"

    again = second | {"tampil": seen(page)}
    assert admin.post(PAGE, again).status_code == 409, "nothing was chosen"
    theirs = again | {"pilih|skdn_s|L:0-5": "lain:2"}
    assert admin.post(PAGE, theirs).status_code == 302
    assert held(report)["L:0-5"] == 5
    mine = again | {"pilih|skdn_s|L:0-5": "saya:2"}
    assert admin.post(PAGE, mine).status_code == 302
    assert held(report)["L:0-5"] == 9


def test_a_choice_is_between_what_was_on_the_screen(admin, report):
    old = posted(report) | {"skdn_s|L:0-5": "9", "pilih|skdn_s|L:0-5": "saya:2"}
    for number in ("5", "6"):
        admin.post(PAGE, posted(report) | {"skdn_s|L:0-5": number})

    page = admin.post(PAGE, old)

    assert page.status_code == 409
    assert "Tersimpan: 6" in page.content.decode()
    assert held(report) == {"L:0-5": 6}


def test_what_another_emptied_does_not_come_back_by_a_save_elsewhere(admin, report):
    admin.post(PAGE, posted(report) | {"skdn_s|L:0-5": "5"})
    open_page = posted(report)
    admin.post(PAGE, posted(report) | {"skdn_s|L:0-5": ""})

    admin.post(PAGE, open_page | {"skdn_s|P:0-5": "8"})

    assert held(report) == {"P:0-5": 8}


@pytest.mark.parametrize("seen", ["", "x", "[]", '{"a": 1}', '{"a": ["x", ""]}', "1"])
def test_a_page_that_does_not_say_what_it_showed_saves_nothing(admin, report, seen):
    page = admin.post(PAGE, posted(report) | {"skdn_s|L:0-5": "7", "tampil": seen})

    assert page.status_code == 409
    assert 'value="7"' in box(page, "skdn_s|L:0-5")
    assert not report.values.exists()


def test_blanks_become_zero_only_after_a_look(admin, report):
    data = posted(report) | {"skdn_s|L:0-5": "5", "langkah": "nol"}

    page = admin.post(PAGE, data)
    look = page.content.decode()

    assert report.values.count() == 1, "only what was typed"
    hidden = dict(re.findall(r'type="hidden" name="([^"]+\|[^"]*)" value="(\d+)"', look))
    assert "skdn_s|L:0-5" not in hidden
    assert set(hidden.values()) == {"0"}
    admin.post(PAGE, hidden | {"tampil": seen(page)})
    typed_cells = report.values.exclude(element__in=["skdn_d", "tidak_hadir"])
    assert typed_cells.count() == len(numbers())


def test_a_page_costs_a_bounded_number_of_queries(tree, admin, django_assert_max_num_queries):
    filled(tree["first"], MONTH)

    with django_assert_max_num_queries(25):
        admin.get(PAGE)
    with django_assert_max_num_queries(25):
        admin.get("/laporan/")

"""Help of each page, the glossary, what is new: declared once, and reached from everywhere."""

import pytest
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from facilities.roles import Role
from ilp.guide import BY_PAGE, TOPICS
from ilp.guide.news import read, versions
from ilp.guide.terms import LONG, TERMS, abbr
from ilp.navigation import BEHIND, DESTINATIONS, help_address
from tests.architecture.test_access import pages
from tests.factories import small_district, worker

# Nobody stands on these: machines ask for them.
NO_PAGES = {"healthz", "reporting:api-indicators", "reporting:api-scores", "reporting:api-schema"}
NAMES = [name for name, _route in pages() if name not in NO_PAGES]


@pytest.mark.parametrize("name", NAMES)
def test_every_page_has_its_help(name):
    assert name in BY_PAGE, "name it in `pages` of a Topic in ilp/guide"


def test_help_is_about_pages_that_exist():
    assert set(BY_PAGE) <= set(NAMES)
    assert sum(len(topic.pages) for topic in TOPICS.values()) == len(BY_PAGE)


@pytest.mark.parametrize("topic", TOPICS.values(), ids=lambda topic: topic.slug)
def test_help_says_what_how_and_answers_three_questions(topic):
    assert str(topic.what).endswith(".")
    assert len(topic.how) == len(topic.questions) == 3
    for step in topic.how:
        assert str(step).endswith(".")
    for question, answer in topic.questions:
        assert str(question).endswith(("?", "."))
        assert str(answer).endswith(".")


@pytest.mark.parametrize("topic", [t for t in TOPICS.values() if t.opens], ids=lambda t: t.slug)
def test_where_the_work_begins_needs_no_more_than_an_address(topic):
    assert reverse(topic.pages[0])


@pytest.mark.django_db
def test_every_page_of_help_opens_for_everybody():
    places = small_district()
    for role in Role:
        client = Client()
        client.force_login(worker(role, places["district"]))
        for address in (
            *("/bantuan/", "/bantuan/kamus/", "/bantuan/baru/"),
            *(reverse("guide:topic", args=[slug]) for slug in TOPICS),
        ):
            assert client.get(address).status_code == 200, address
    assert client.get("/bantuan/entah/").status_code == 404


@pytest.mark.django_db
def test_the_mark_in_the_frame_leads_to_the_help_of_the_page(client):
    places = small_district()
    client.force_login(worker(Role.KEPALA_DINAS, places["district"]))
    text = client.get(reverse("reporting:scorecard")).content.decode()
    assert 'class="help-link" href="/bantuan/rapor/"' in text


def test_a_page_without_help_leads_to_the_list():
    request = RequestFactory().get("/healthz")
    request.resolver_match = resolve("/healthz")
    assert help_address(request) == "/bantuan/"


def test_the_places_of_the_bar_have_help():
    for destination in (*DESTINATIONS, *BEHIND):
        assert destination.url_name in BY_PAGE


def test_a_term_stands_once():
    assert len(LONG) == len(TERMS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cakupan K6", 'Cakupan <abbr title="Enam kali pemeriksaan kehamilan">K6</abbr>'),
        ("BB/TB dan BB/U", None),
        ("K66 SPMX", "K66 SPMX"),
        ("<b>", "&lt;b&gt;"),
    ],
)
def test_abbreviations_are_written_out_and_nothing_else_changes(text, found):
    written = str(abbr(text))
    assert written == found if found else written.count("<abbr") == 2


def test_changes_are_read_as_they_are_written():
    text = "# Perubahan\n\nKata.\n\n## Satu\n\n* **Baru**: `x` <b>\n  lanjut\n* dua\n\n## Dua\n"
    first, second = read(text)
    assert first.title == "Satu"
    assert first.changes == ("<strong>Baru</strong>: <code>x</code> &lt;b&gt; lanjut", "dua")
    assert second.changes == ()


def test_the_news_are_those_of_the_change_log():
    assert versions()
    assert all(version.changes for version in versions()[:1])

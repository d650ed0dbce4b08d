"""The language is the reader's choice, by the switch and nothing else."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django import forms
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext, gettext_lazy

from facilities.roles import Role
from ilp.core import formats
from ilp.core.languages import filled, in_indonesian
from ilp.core.months import Month
from ilp.core.weeks import Week
from ilp.jinja import environment
from tests.factories import small_district, worker

YEAR = 365 * 24 * 3600


def lang(answer):
    assert answer.status_code == 200
    text = answer.content.decode()
    return text[text.index("<html lang=") :][:14]


def chosen(client, language, **headers):
    return client.post("/bahasa/", {"language": language}, headers=headers)


@pytest.mark.django_db
def test_the_switch_on_the_page_of_signing_in_keeps_its_word_for_a_year(client):
    page = client.get("/masuk/").content.decode()
    assert 'action="/bahasa/"' in page
    assert 'name="language" value="en" lang="en"' in page

    answer = chosen(client, "en", referer="http://testserver/masuk/?next=/rapor/")

    assert (answer.status_code, answer["Location"]) == (
        302,
        "http://testserver/masuk/?next=/rapor/",
    )
    cookie = answer.cookies["bahasa"]
    assert (cookie.value, cookie["max-age"], cookie["httponly"]) == ("en", YEAR, True)
    page = client.get("/masuk/")
    assert lang(page) == '<html lang="en'
    assert "User name" in page.content.decode()
    assert (page["Content-Language"], "Cookie" in page["Vary"]) == ("en", True)
    chosen(client, "id")
    assert lang(client.get("/masuk/")) == '<html lang="id'


@pytest.mark.django_db
def test_who_has_signed_in_switches_in_the_frame_and_comes_back(client):
    client.force_login(worker(Role.LIHAT, small_district()["district"]))
    here = "http://testserver/bantuan/kamus/"
    assert 'value="en" lang="en"' in client.get(here).content.decode()
    assert chosen(client, "en", referer=here)["Location"] == here
    english = client.get(here).content.decode()
    assert 'value="id" lang="id"' in english
    assert "Bahasa Indonesia" in english


@pytest.mark.django_db
def test_a_first_password_need_not_be_changed_before_one_can_read(client):
    client.force_login(worker(Role.LIHAT, small_district()["district"], must_change_password=True))
    assert chosen(client, "en", referer="http://testserver/akun/sandi/")["Location"].endswith(
        "/akun/sandi/"
    )
    assert lang(client.get("/akun/sandi/")) == '<html lang="en'


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_the_switch_leads_nowhere_else(client, where):
    assert chosen(client, "en", referer=where)["Location"] == "/"
    answer = client.post("/bahasa/", {"language": "en", "next": where})
    assert answer["Location"] == "/"


@pytest.mark.django_db
def test_the_switch_is_a_form_of_ours():
    strict = Client(enforce_csrf_checks=True)
    assert chosen(strict, "en").status_code == 403
    assert strict.get("/bahasa/").status_code == 405


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["", "xx", "de", "en-US", "../en", "EN"])
def test_nonsense_is_indonesian(client, said):
    client.cookies["bahasa"] = said
    assert lang(client.get("/masuk/")) == '<html lang="id'


@pytest.mark.django_db
def test_what_the_browser_wishes_changes_nothing(client):
    plain = client.get("/masuk/")
    wished = client.get("/masuk/", headers={"accept-language": "en-US,en;q=0.9"})
    assert lang(wished) == '<html lang="id'
    assert wished["Content-Language"] == "id"
    assert "Accept-Language" not in plain["Vary"]


def test_names_follow_the_language_and_figures_do_not():
    day = date(2025, 8, 12)
    with translation.override("en"):
        assert formats.weekday(day) == "Tuesday, 12 August 2025"
        assert formats.month(Month(2025, 5)) == "May 2025"
        assert formats.short_day(day) == "12 Aug"
        assert formats.month(Week(2025, 19)) == "week 19 (4–10 May 2025)"
        assert formats.age(43) == "3 y 7 mo"
        assert formats.decimal(3250.5) == "3.250,5"
        assert formats.signed_points(3.14) == "+3,1 points"
    assert formats.weekday(day) == "Selasa, 12 Agustus 2025"


@pytest.mark.parametrize("language", ["id", "en"])
def test_days_are_typed_alike_in_both_languages(language):
    with translation.override(language):
        assert forms.DateField().clean("05/12/2025") == date(2025, 12, 5)
        assert forms.DateField(localize=True).widget.format_value(date(2025, 12, 5)) == "05-12-2025"


def test_a_declaration_is_put_into_words_when_it_is_read():
    said = filled(gettext_lazy("%s: hadir"), gettext_lazy("Lansia 60 tahun ke atas"))
    assert str(said) == "Lansia 60 tahun ke atas: hadir"
    with translation.override("en"):
        assert str(said) != "Lansia 60 tahun ke atas: hadir"
        assert "%" not in str(said)


def test_a_template_is_compiled_without_words():
    template = environment().from_string('{{ _("Simpan") }}{% set a = _("Simpan") %}{{ a }}')
    assert template.render() == "SimpanSimpan"
    with translation.override("en"):
        assert template.render() == "SaveSave"


def test_what_stays_indonesian_gives_each_thread_its_language_back():
    both = Barrier(2)
    seen = {}

    @in_indonesian
    def written():
        both.wait()
        return gettext("Simpan")

    def reader(language):
        translation.activate(language)
        seen[language] = (written(), translation.get_language())

    threads = [Thread(target=reader, args=(one,)) for one in ("id", "en")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {"id": ("Simpan", "id"), "en": ("Simpan", "en")}

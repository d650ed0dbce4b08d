"""The frame that every page shares, and the pages for when something is wrong."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.factories import worker


class Example(forms.Form):
    weight = forms.DecimalField(label="Berat badan (kg)", help_text="Contoh 9,2")
    note = forms.CharField(label="Catatan", required=False)


@pytest.fixture
def request_by_nobody():
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return request


def frame(**changes):
    nobody = SimpleNamespace(user=AnonymousUser())
    usual = {"demo": False, "district_name": "Kabupaten Contoh", "nav": [], "messages": []}
    return usual | {"request": nobody, "logout_url": "", "csrf_input": ""} | changes


def test_the_frame_has_a_language_a_skip_link_and_one_main(jinja):
    page = jinja.get_template("base.html").render(frame())
    assert '<html lang="id">' in page
    assert 'href="#isi"' in page
    assert page.count("<main") == 1


def test_the_demo_says_so(jinja):
    template = jinja.get_template("base.html")
    assert "DATA CONTOH" in template.render(frame(demo=True))
    assert "DATA CONTOH" not in template.render(frame())


def test_the_place_where_we_are_is_marked(jinja):
    items = [
        SimpleNamespace(name=name, url="/", active=name == "Situasi", items=())
        for name in ("Situasi", "Unggah")
    ]
    page = jinja.get_template("base.html").render(frame(nav=items))
    assert page.count('aria-current="page"') == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("template", "words"),
    [("403.html", "belum boleh membuka"), ("404.html", "tidak ditemukan")],
)
def test_error_pages_say_what_to_do(template, words, request_by_nobody):
    page = render_to_string(template, request=request_by_nobody, using="jinja2")
    assert words in page
    assert template[:3] in page


@pytest.mark.django_db
def test_a_sign_that_no_text_can_hold_and_a_year_of_nobody_are_not_found(client, tree):
    client.force_login(worker("admin_dinas", tree["district"]))
    for address in ("/cari/?q=ab%00", "/tindakan/?w=%00", "/indikator/SPM04/?p=0001-01"):
        assert client.get(address).status_code == 404, address
    client.cookies["sessionid"] = "aaaaaaaa\0b"
    assert client.get("/situasi/")["Location"].startswith("/masuk/")


def test_the_page_for_faults_stands_without_request_or_database():
    page = render_to_string("500.html", using="jinja2")
    assert "petugas TI" in page


def test_a_field_points_to_its_hint_and_to_its_error(jinja):
    form = Example({"weight": "banyak"})
    macros = jinja.get_template("components/forms.html").module
    html = macros.field(form["weight"])
    named = re.search(r'aria-describedby="([^"]+)"', html)[1].split()
    assert set(named) <= set(re.findall(r' id="([^"]+)"', html))
    assert len(named) == 2
    assert "boleh kosong" in macros.field(form["note"])


def test_the_summary_counts_and_links_every_error(jinja):
    macros = jinja.get_template("components/forms.html").module
    html = macros.error_summary(Example({"weight": ""}))
    assert "Ada 1 yang perlu diperbaiki" in html
    assert 'href="#id_weight"' in html
    assert macros.error_summary(Example({"weight": "9"})).strip() == ""


def test_a_figure_keeps_the_full_precision(jinja):
    html = jinja.get_template("components/status.html").module.figure("SPM-04", 36.1987, "36,2%")
    assert 'data-indicator="SPM-04"' in html
    assert 'value="36.1987"' in html


def test_names_are_escaped(jinja):
    html = jinja.get_template("components/status.html").module.stat("<b>", "1")
    assert "<b>" not in html


def test_pages_of_a_list_keep_the_question(jinja):
    page = Paginator(range(120), 50).page(2)
    html = jinja.get_template("components/navigation.html").module.pagination(page, "w=99.01")
    assert "51–100" in html
    assert "w=99.01&amp;hal=3" in html


def test_no_template_carries_script_or_style_of_its_own(settings):
    for file in (settings.BASE_DIR / "templates").rglob("*.html"):
        text = file.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", text), file

"""R-FORM 6: what a proposed number is made of, at the row and in detail."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ilp.core.months import Month
from ilp.core.windows import Window
from reporting.actions.reports import open_report
from reporting.catalogue import ELEMENTS, FORMS
from reporting.catalogue.language import Axis
from reporting.excel.definitions import of_form
from reporting.selectors.consisting import consisting, made_of, reported_below
from reporting.totals import own_below, visits_below
from tests.factories import worker
from tests.reporting.closing import set_rule
from tests.reporting.earlier import reported, visits_say
from tests.reporting.own_forms import define

MONTH = Month(2025, 3)
PAGE = "/laporan/F1/P9901010101/2025-03/"
CELL = ("n_naik", "L:0-5")


@pytest.fixture
def report(tree):
    """58 children gained weight: 41 at the Posyandu, 17 at the Pustu."""
    visits_say(tree["melati"], MONTH, n_naik=41, skdn_d=50)
    visits_say(tree["pustu_satu"], MONTH, n_naik=17)
    visits_say(tree["mawar"], MONTH, n_naik=99)
    return open_report(facility=tree["first"], month=MONTH, form="F1", by=None)


def browser(place, role="admin_puskesmas"):
    client = Client()
    client.force_login(worker(role, place))
    return client


def text(answer):
    return " ".join(answer.content.decode().split()).replace("&amp;", "&")


def details(tree, element="n_naik"):
    form = FORMS["F1"]
    item = next(one for one in form.items if one.element == element)
    return consisting(form=form, item=item, place=tree["first"], period=MONTH)


def test_the_shares_of_the_places_are_the_number_that_is_proposed(tree, report):
    found = details(tree)

    shares = {one.place: one.recorded for one in found.places}
    assert shares == {tree["melati"]: 41, tree["pustu_satu"]: 17}
    assert found.recorded == found.total == 58
    below = own_below(tree["first"].pk, MONTH, "n_naik")
    assert sum(below.values()) == sum(visits_below(tree["first"].pk, MONTH, ["n_naik"]).values())


def test_reports_of_places_below_stand_in_place_of_their_visits(tree, report):
    reported(tree["melati"], MONTH, {CELL: 30, ("n_naik", "P:0-5"): 14})
    reported(tree["pustu_satu"], MONTH, {CELL: 7}, status="sent")
    reported(tree["mawar"], MONTH, {CELL: 9})
    reported(tree["first"], MONTH.plus(-1), {CELL: 9})

    found = details(tree)

    assert {one.place: (one.recorded, one.reported) for one in found.places} == {
        tree["melati"]: (None, 44),
        tree["pustu_satu"]: (17, None),
    }
    assert (found.total, found.recorded, found.reported) == (61, 17, 44)
    assert found.whose == "laporan Posyandu"


def test_where_the_month_closes_early_its_days_are_named_and_counted(tree, report):
    set_rule(tree, since=MONTH.plus(-1))

    page = browser(tree["first"]).get(f"{PAGE}hitung/vit_a_biru/")

    assert "Maret 2025 (21 Februari – 20 Maret 2025)" in text(page)
    found = details(tree, "vit_a_biru")
    assert found.window == Window(date(2025, 2, 21), date(2025, 3, 20))


def test_at_the_row_it_is_said_without_hovering(tree, report):
    html = text(browser(tree["first"]).get(PAGE))

    row = html.split('id="baris-n_naik"')[1].split("</tr>")[0]
    assert '<details class="row-counted"> <summary>58</summary>' in row
    assert f"58 dari {made_of('n_naik')}" in row
    assert f'href="{PAGE}hitung/n_naik/"' in row


def test_what_posyandu_report_is_said_at_the_row(tree, report):
    reported(tree["melati"], MONTH, {CELL: 44}, form="POSYANDU")

    html = text(browser(tree["first"]).get(PAGE))

    assert f"61 dari: 17 {made_of('n_naik')}, 44 laporan di bawahnya" in html


def test_so_is_what_places_below_report_on_a_form_of_their_dinas(tree, report):
    said = replace(of_form(FORMS["F1"]), code="PST-1", kinds=("pustu",))
    define(said=said, since=MONTH, by=worker("admin_dinas", tree["district"]))
    reported(tree["pustu_satu"], MONTH, {CELL: 44}, form="PST-1")

    html = text(browser(tree["first"]).get(PAGE))

    assert f"44 dari: 0 {made_of('n_naik')}, 44 laporan di bawahnya" in html


def test_where_nobody_below_reports_nothing_is_asked(tree, report):
    with CaptureQueriesContext(connection) as asked:
        assert reported_below(form=FORMS["BIAS"], place=tree["first"], month=MONTH) == {}
        assert reported_below(form=FORMS["F1"], place=tree["melati"], month=MONTH) == {}
    assert len(asked) == 0


def test_the_page_leads_to_the_visits_of_who_may_see_people_and_to_reports(tree, report):
    below = reported(tree["melati"], MONTH, {CELL: 44})
    address = f"{PAGE}hitung/n_naik/"

    html = text(browser(tree["first"]).get(address))

    said = f"<strong>61</strong> dari: 17 {made_of('n_naik')}, 44 laporan Posyandu."
    assert said in html
    asked = f"?w={tree['pustu_satu'].code}&p=2025-03&service=growth"
    visits = reverse("clusters:visit-list") + asked
    visits += "&menurut=domisili" if ELEMENTS["n_naik"].axis is Axis.HOME else ""
    assert f'href="{visits}"' in html
    assert f'href="/laporan/F1/{below.facility.code}/2025-03/">44' in html
    assert browser(tree["first"]).get(visits).status_code == 200
    counts_only = text(browser(tree["district"], "programmer").get(address))
    assert "/kunjungan/" not in counts_only
    assert ">17<" in counts_only


def test_what_the_register_says_has_columns_and_no_places(tree, report):
    html = text(browser(tree["first"]).get(f"{PAGE}hitung/skdn_s/"))

    assert "Hitung otomatis" in html
    assert "Menurut tempat" not in html


@pytest.mark.parametrize(
    ("place", "address", "status"),
    [
        ("first", f"{PAGE}hitung/x/", 404),
        ("first", "/laporan/X/P9901010101/2025-03/hitung/n_naik/", 404),
        ("second", f"{PAGE}hitung/n_naik/", 404),
    ],
)
def test_what_is_not_there_is_not_found(tree, report, place, address, status):
    assert browser(tree[place]).get(address).status_code == status


def test_every_row_that_visits_fill_has_words_for_what_is_counted(tree):
    for form in FORMS.values():
        for element in form.typed:
            words = made_of(element)
            assert words == "" or str(words).strip()
    assert made_of("n_naik")
    assert made_of("skdn_s")


def test_the_details_cost_few_queries(tree, report, django_assert_max_num_queries):
    client = browser(tree["first"])
    client.get(f"{PAGE}hitung/n_naik/")
    with django_assert_max_num_queries(25):
        client.get(f"{PAGE}hitung/n_naik/")

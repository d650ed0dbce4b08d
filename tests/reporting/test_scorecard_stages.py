"""A cluster of more indicators than a table can show is read one stage of life at a time."""

import csv
import io
import re

import pytest
from django.test import Client

from facilities.roles import Role
from reporting.selectors.cluster import stages_of
from reporting.selectors.scorecards import sets_on
from reporting.views.scorecards import WIDEST
from tests.factories import worker
from tests.reporting.figures import MAY, filled_district
from tests.reporting.released_pages import forget

pytestmark = pytest.mark.django_db
HEADING = re.compile(r'<th scope="col"[^>]*title="([A-Z0-9]+)"')


@pytest.fixture
def client():
    forget()
    places = filled_district()
    browser = Client()
    browser.force_login(worker(Role.PROGRAMMER, places["district"]))
    return browser


def page(client, **asked):
    return client.get("/rapor/", {"p": str(MAY)} | asked).content.decode()


def columns(text):
    return HEADING.findall(text)


def codes(name, stage=""):
    return [one.code for one in sets_on(MAY)[name] if stage in ("", one.stage)]


def test_a_wide_cluster_begins_with_its_first_stage_and_leads_to_all_others(client):
    counted = stages_of(sets_on(MAY)["K2"])
    assert len(codes("K2")) > WIDEST

    text = page(client, k="K2")

    first = counted[0][0]
    assert columns(text) == codes("K2", first)
    led = re.findall(r"[?&;]t=(\w+)[^\"]*\"[^>]*>[^<]+ \((\d+)\)</a>", text)
    assert led == [(stage, str(count)) for stage, count in counted]
    assert f"{counted[0][1]} dari {len(codes('K2'))} indikator K2." in text
    seen = [code for stage, _count in counted for code in columns(page(client, k="K2", t=stage))]
    assert sorted(seen) == sorted(codes("K2"))


def test_each_stage_of_a_wide_cluster_fits(client):
    assert all(count <= WIDEST for _stage, count in stages_of(sets_on(MAY)["K2"]))


def test_a_cluster_that_fits_is_whole_until_a_stage_is_asked_for(client):
    assert columns(page(client, k="K3")) == codes("K3")
    assert columns(page(client, k="K3", t="lansia")) == codes("K3", "lansia")
    assert columns(page(client, k="K3", t="bayi")) == codes("K3"), "none of that stage"
    assert "Siklus hidup" not in page(client, k="SPM")


def test_links_that_sort_and_the_form_stay_with_the_stage(client):
    text = page(client, k="K2", t="balita", m="kurang")
    sorting = re.findall(r'<th scope="col"[^>]*>\s*<a href="([^"]+)"', text)
    assert sorting
    assert all("t=balita" in link for link in sorting)
    assert '<input type="hidden" name="t" value="balita">' in text


def test_the_file_holds_what_the_page_shows_and_another_one_everything(client):
    text = page(client, k="K2", t="balita")
    links = re.findall(r'href="(/rapor/unduh\.[^"]+)"', text)
    kept = {link: "t=balita" in link for link in links}
    assert sorted(kept.values()) == [False, True, True]

    def indicators(**asked):
        data = client.get("/rapor/unduh.csv", {"p": str(MAY), "k": "K2"} | asked).content
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
        return {cell for row in rows for cell in row} & set(codes("K2"))

    assert indicators(t="balita") == set(codes("K2", "balita"))
    assert indicators() == set(codes("K2"))


def test_the_cluster_page_leads_to_the_stage_that_it_shows(client):
    text = client.get("/klaster/K2/", {"p": str(MAY), "t": "balita"}).content.decode()
    link = re.search(r'href="(/rapor/[^"]+)">\s*Rapor lengkap', text).group(1).replace("&amp;", "&")
    assert columns(client.get(link).content.decode()) == codes("K2", "balita")

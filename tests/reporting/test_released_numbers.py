"""Pages, files and the API say which numbers they show, and show those."""

import csv
import io
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from python_calamine import CalamineWorkbook

from facilities.roles import Role
from reporting.actions.releases import release_month
from tests.reporting.released_pages import (
    LIVE,
    changed,
    corrected_since,
    forget,
    signed_in,
    stamp,
    text,
)
from tests.reporting.releasing import MONTH, with_visits
from tests.reporting.test_pages import Figures

MOST_QUERIES = 32


@pytest.fixture(autouse=True)
def empty_cache():
    forget()


@pytest.fixture
def corrected(tree):
    return corrected_since(tree)


def test_page_files_api_and_command_show_the_release_and_on_demand_what_stands_now(corrected):
    tree, before, after = corrected
    code = changed(before, after)
    client = signed_in(Role.KEPALA_DINAS, tree["district"])
    here = {"w": "99.01", "p": str(MONTH)}
    for more, expected, data in (({}, before, "rilis"), (LIVE, after, "sementara")):
        value, number = expected[code].value, 1 if data == "rilis" else None
        page = client.get(reverse("reporting:indicator", args=[code]), here | more)
        assert float(Figures(text(page)).found[code]) == value
        for ext, rows in (("csv", as_csv), ("xlsx", as_sheet)):
            address = reverse("reporting:indicator-file", args=[code, ext])
            answer = client.get(address, here | more)
            line = next(row for row in rows(answer) if row["place"] == "99.01")
            assert float(line["value"]) == pytest.approx(value)
            assert line["data"] == data
            assert (float(line["revision"]) if line["revision"] else None) == number
            assert ("rev1" if number else "sementara") in answer["Content-Disposition"]
        asked = {"place": "99.01", "month": str(MONTH), "indicators": code, "data": data}
        [row] = client.get("/api/v1/scores/", asked).json()
        assert (row["value"], row["data"], row["revision"]) == (value, data, number)
        out = io.StringIO()
        call_command(
            "indicators", "--place=99.01", f"--month={MONTH}", f"--data={data}", stdout=out
        )
        [line] = [r for r in csv.DictReader(io.StringIO(out.getvalue())) if r["indicator"] == code]
        assert float(line["value"]) == value


def as_csv(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def as_sheet(answer):
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name("Data")
    head, *rows = sheet.to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_without_a_word_commands_and_api_give_what_pages_show(corrected):
    tree, before, _after = corrected
    out = io.StringIO()
    call_command("indicators", "--place=99.01", f"--month={MONTH}", stdout=out)
    found = {row["indicator"]: row["value"] for row in csv.DictReader(io.StringIO(out.getvalue()))}
    assert {c: float(v) if v else None for c, v in found.items()} == {
        code: score.value for code, score in before.items()
    }
    client = signed_in(Role.KEPALA_DINAS, tree["district"])
    query = {"place": "99.01", "month": str(MONTH)}
    rows = client.get("/api/v1/scores/", query).json()
    assert {row["indicator"]: row["value"] for row in rows} == {
        code: score.value for code, score in before.items()
    }
    assert client.get("/api/v1/scores/", query | {"data": "semua"}).status_code == 400


def test_every_page_of_numbers_follows_the_choice_and_hands_it_on(
    corrected, django_assert_max_num_queries
):
    tree, before, after = corrected
    client = signed_in(Role.ADMIN_DINAS, tree["district"])
    code = changed(before, after)
    pages = [
        reverse("reporting:situation"),
        reverse("reporting:scorecard"),
        reverse("reporting:indicator-list"),
        reverse("reporting:spm"),
        reverse("reporting:cluster", args=[before[code].indicator.cluster]),
        reverse("reporting:indicator", args=[code]),
        reverse("reporting:place", args=["99.01"]),
    ]
    april = {"p": str(MONTH.plus(1))}
    for url in pages:
        with django_assert_max_num_queries(MOST_QUERIES):
            released = text(client.get(url, {"p": str(MONTH)}))
        live = text(client.get(url, {"p": str(MONTH)} | LIVE))
        assert stamp() in released, url
        assert "Data sementara" not in released, url
        assert "Data sementara" in live, url
        assert stamp() not in live, url
        assert "Data sementara" in text(client.get(url, april)), "that month is not released"
        inside = live[live.index("<main") : live.index("</main")]
        links = re.findall(r'href="(/[^"]*p=2025-03[^"]*)"', inside)
        assert all("d=sementara" in link for link in links), (url, links)
        figures = Figures(released).found, Figures(live).found
        assert figures[0].keys() == figures[1].keys()
        for name in figures[0].keys() & before.keys():
            for found, expected in zip(figures, (before, after), strict=True):
                value = expected[name].value
                assert found[name] == ("" if value is None else str(value)), (url, name)


def test_pages_of_work_show_what_stands_now(corrected):
    tree, _before, _after = corrected
    client = signed_in(Role.ADMIN_DINAS, tree["district"])
    for name in ("quality", "comparison", "disease-list"):
        page = text(client.get(reverse(f"reporting:{name}"), {"p": str(MONTH)}))
        assert stamp() not in page, name


def test_a_kept_page_gives_way_to_a_new_release_at_once(tree):
    with_visits(tree)
    client = signed_in(Role.KEPALA_DINAS, tree["district"])
    url, query = reverse("reporting:situation"), {"p": str(MONTH)}
    client.get(url, query)  # brings the cookie that the tag depends on
    first = client.get(url, query)
    assert client.get(url, query, headers={"If-None-Match": first["ETag"]}).status_code == 304
    release_month(district=tree["district"], month=MONTH, by=None)

    second = client.get(url, query, headers={"If-None-Match": first["ETag"]})

    assert second.status_code == 200
    assert stamp() in text(second)
    live = client.get(url, query | LIVE, headers={"If-None-Match": second["ETag"]})
    assert live.status_code == 200
    assert "Data sementara" in text(live)

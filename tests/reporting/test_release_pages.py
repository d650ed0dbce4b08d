"""Pages, files and the API say which numbers they show, and show those."""

import csv
import io
import re

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from clusters.models import LockedMonth
from facilities.roles import Role
from facilities.selectors.glance import SESSIONS
from ilp.core import formats
from ilp.core.months import Month
from reporting.actions.releases import open_for_correction, release_month
from reporting.catalogue import indicators_on
from reporting.models import Release
from reporting.selectors.scores import scores
from reporting.totals import Data, showing
from reporting.views.caching import BODIES, PATHS
from tests.factories import worker
from tests.reporting.releasing import MONTH, correct, targets, with_visits, write_late
from tests.reporting.test_pages import Figures

LIVE = {"d": "sementara"}
LIST = reverse("reporting:release-list")
PAGE = reverse("reporting:release", args=[MONTH])
MOST_QUERIES = 32


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    for memory in (BODIES, PATHS, SESSIONS):
        memory.clear()


@pytest.fixture
def corrected(tree):
    """Released, opened, and corrected since: the released and the live scores of the district."""
    with_visits(tree)
    district = tree["district"]
    release_month(district=district, month=MONTH, by=None)
    open_for_correction(district=district, month=MONTH, by=None, reason="Susulan")
    correct(tree)
    targets(tree, 55)
    return tree, told(Data.RELEASED, district), told(Data.LIVE, district)


def told(data, district):
    listed = indicators_on(MONTH.last_day).values()
    with showing(data):
        found = scores(places=[district.pk], indicators=listed, month=MONTH)
    return {code: score for (_place, code), score in found.items()}


def changed(before, after):
    """An indicator with a value on both sides that is another now."""
    return next(
        code for code in before
        if before[code].value is not None is not after[code].value
        and before[code].value != after[code].value
        and before[code].indicator.unit == "%"
    )  # fmt: skip


def signed_in(role, at):
    client = Client()
    client.force_login(worker(role, at))
    return client


def text(answer):
    return answer.content.decode()


def stamp(number=1):
    return f"Rilis {formats.day(timezone.localdate())}, rev. {number}"


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


def test_the_head_previews_releases_opens_and_revises(tree):
    with_visits(tree)
    client = signed_in(Role.KEPALA_DINAS, tree["district"])
    page = text(client.get(PAGE))
    assert "Belum dirilis" in page
    assert "Kesiapan" in page
    assert "Rilis dan kunci" in page
    done = client.post(PAGE, {"aksi": "rilis", "rilis-note": "Tanpa Cempaka"}, follow=True)
    assert "dirilis sebagai revisi 1 dan dikunci" in text(done)
    assert "Tanpa Cempaka" in text(done)
    assert "Angka sekarang sama dengan rilis revisi 1" in text(done)
    client.post(PAGE, {"aksi": "buka", "buka-reason": "Melati menyusul"})
    correct(tree)
    page = text(client.get(PAGE))
    assert "dibuka untuk koreksi" in page
    assert "Terbitkan rev. 2" in page

    missing = client.post(PAGE, {"aksi": "rilis"})
    assert missing.status_code == 422
    assert "Tulis alasan revisi" in text(missing)
    write_late(tree, number=2)
    waiting = client.post(PAGE, {"aksi": "rilis", "rilis-reason": "Susulan"})
    assert waiting.status_code == 422
    assert "sedang dihitung" in text(waiting)
    assert Release.objects.count() == 1


def test_a_month_opened_in_vain_is_locked_again(tree):
    with_visits(tree)
    client = signed_in(Role.KEPALA_DINAS, tree["district"])
    client.post(PAGE, {"aksi": "rilis"})
    client.post(PAGE, {"aksi": "buka", "buka-reason": "Periksa"})
    page = text(client.get(PAGE))
    assert "Kunci kembali" in page
    assert "Terbitkan rev. 2" not in page
    others = signed_in(Role.LIHAT, tree["district"])
    assert others.post(PAGE, {"aksi": "kunci"}).status_code == 403

    assert "dikunci kembali" in text(client.post(PAGE, {"aksi": "kunci"}, follow=True))
    assert LockedMonth.objects.filter(month=MONTH).exists()
    assert Release.objects.count() == 1
    assert "Kunci kembali" not in text(client.get(PAGE))


def test_a_correction_below_the_puskesmas_is_a_revision_too(tree):
    """A child lives in the village, not at the Posyandu: no Puskesmas changes."""
    with_visits(tree)
    correct(tree)
    client = signed_in(Role.KEPALA_DINAS, tree["district"])
    client.post(PAGE, {"aksi": "rilis"})
    client.post(PAGE, {"aksi": "buka", "buka-reason": "Salah tempat"})
    correct(tree, home="desa_satu")

    page = text(client.get(PAGE))

    assert "ada angka di bawahnya yang berubah" in page
    assert "Terbitkan rev. 2" in page
    assert "Kunci kembali" not in page
    refused = client.post(PAGE, {"aksi": "kunci"})
    assert refused.status_code == 422
    assert "Terbitkan revisi" in text(refused)


def test_the_history_shows_before_and_after(corrected):
    tree, before, after = corrected
    release_month(district=tree["district"], month=MONTH, by=None, reason="Melati menyusul")
    client = signed_in(Role.LIHAT, tree["district"])
    code = changed(before, after)

    page = text(client.get(PAGE, {"w": "99.01"}))

    assert "Alasan: Melati menyusul" in page
    row = re.search(rf'<tr data-change="{code}\|99.01">.*?</tr>', page, re.DOTALL)[0]
    for score in (before[code], after[code]):
        assert formats.amount(score.value, "%", score.target_now) in row
        assert f"({score.numerator}/{score.denominator})" in row
    assert "Terbitkan" not in page
    assert "Kesiapan" not in page


def test_the_list_tells_each_month_and_offers_what_one_may(corrected):
    tree, _before, _after = corrected
    head, guest = (signed_in(r, tree["district"]) for r in (Role.KEPALA_DINAS, Role.LIHAT))
    page = text(head.get(LIST))
    assert "Dibuka untuk koreksi" in page
    assert page.count("Belum dirilis") == 4
    assert page.count("Pratinjau dan rilis") == 4
    assert "Pratinjau dan rilis" not in text(guest.get(LIST))
    assert guest.post(PAGE, {"aksi": "rilis", "rilis-reason": "x"}).status_code == 403
    assert head.post(PAGE, {"aksi": "lain"}).status_code == 404
    future = Month.of(timezone.localdate()).plus(1)
    answer = head.post(reverse("reporting:release", args=[future]), {"aksi": "rilis"})
    assert answer.status_code == 422
    assert "belum berakhir" in text(answer)


def test_a_puskesmas_sees_its_own_part_of_a_revision_only(corrected):
    tree, _before, _after = corrected
    release_month(district=tree["district"], month=MONTH, by=None, reason="Melati menyusul")
    for name, other in (("first", "second"), ("second", "first")):
        page = text(signed_in(Role.ADMIN_PUSKESMAS, tree[name]).get(PAGE))
        assert f"|{tree[other].code}" not in page
        assert "|99.01&" not in page.replace('"', "&")
    assert f"|{tree['first'].code}" in text(
        signed_in(Role.ADMIN_PUSKESMAS, tree["first"]).get(PAGE)
    )
    assert signed_in(Role.TI, tree["district"]).get(PAGE).status_code == 403

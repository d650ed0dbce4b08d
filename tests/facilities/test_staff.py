"""How many work at a place, beside how many should: dated, cancelled, never rewritten."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from facilities.actions import staff as actions
from facilities.actions.staff import Count
from facilities.models import StaffCount
from facilities.selectors.staff import history, staff_below, staff_of
from ilp.core.errors import Forbidden
from tests.facilities.needing import staff, worker_standard
from tests.factories import place, worker

JANUARY, MAY = date(2025, 1, 1), date(2025, 5, 1)


@pytest.fixture
def rule(tree):
    """A Pustu has a nurse and a midwife, and two kader."""
    for kind, number in (("perawat", 1), ("bidan", 1), ("kader", 2)):
        worker_standard(tree["district"], kind, number=number)


def lines(at, on=MAY):
    return {one.worker: (one.standard, one.count) for one in staff_of(place=at, on=on).lines}


def words(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_pustu_is_short_of_whom_it_lacks_or_never_counted(tree, rule):
    staff(tree["pustu_satu"], JANUARY, bidan=1, perawat=0)
    found = staff_of(place=tree["pustu_satu"], on=MAY)
    assert (found.met, found.asked) == (1, 3)
    assert [(one.worker, one.missing) for one in found.short] == [("perawat", 1), ("kader", None)]
    assert lines(tree["pustu_satu"]) == {"perawat": (1, 0), "bidan": (1, 1), "kader": (2, None)}


def test_the_last_count_holds_and_the_past_keeps_its_own(tree, rule):
    staff(tree["pustu_satu"], JANUARY, bidan=1)
    staff(tree["pustu_satu"], MAY, bidan=2)
    assert lines(tree["pustu_satu"], date(2025, 4, 30))["bidan"] == (1, 1)
    assert lines(tree["pustu_satu"], MAY)["bidan"] == (1, 2)
    assert lines(tree["pustu_satu"], date(2024, 12, 31))["bidan"] == (1, None)


def test_the_same_again_is_no_new_row_and_a_second_count_of_a_day_replaces_the_first(tree):
    assert staff(tree["pustu_satu"], JANUARY, bidan=1, perawat=1) == 2
    assert staff(tree["pustu_satu"], MAY, bidan=1, perawat=1) == 0
    assert staff(tree["pustu_satu"], JANUARY, bidan=3, perawat=1) == 1
    assert lines(tree["pustu_satu"])["bidan"] == (None, 3)
    kept = [(row.number, row.cancelled_at is None) for row in history(place=tree["pustu_satu"])]
    assert sorted(kept) == [(1, False), (1, True), (3, True)]


def test_kader_are_told_by_their_highest_level(tree):
    staff(tree["melati"], JANUARY, kader=Count(5, purwa=2, madya=1))
    found = staff_of(place=tree["melati"], on=MAY)
    assert (found.kader.number, found.untrained) == (5, 2)
    assert staff_of(place=tree["mawar"], on=MAY).untrained == 0


def test_what_is_not_said_of_kader_stays_as_it_was_on_that_day(tree):
    staff(tree["melati"], JANUARY, kader=Count(5, purwa=2, madya=1))
    staff(tree["melati"], MAY, kader=Count(utama=1))
    staff(tree["melati"], date(2025, 6, 1), kader=Count(6))
    found = StaffCount.objects.order_by("since").values_list("number", "purwa", "madya", "utama")
    assert list(found) == [(5, 2, 1, 0), (5, 2, 1, 1), (6, 2, 1, 1)]
    with pytest.raises(actions.MoreCompetentThanKader):
        staff(tree["melati"], date(2025, 7, 1), kader=Count(3))


@pytest.mark.parametrize(
    ("counts", "since", "refused"),
    [
        ({"kader": Count(2, 1, 1, 1)}, JANUARY, actions.MoreCompetentThanKader),
        ({"bidan": 2_001}, JANUARY, actions.TooManyStaff),
        ({"bidan": -1}, JANUARY, actions.TooManyStaff),
        ({"kader": Count(5, purwa=-1)}, JANUARY, actions.TooManyStaff),
        ({"kader": Count(5, purwa=-2, utama=6)}, JANUARY, actions.TooManyStaff),
        ({"kader": Count(purwa=1)}, JANUARY, actions.KaderNotCounted),
        ({"bidan": 1}, date(2999, 1, 1), actions.StaffInFuture),
        ({"bidan": 1}, date(2001, 1, 1), actions.StaffOutsideLife),
    ],
)
def test_what_is_refused_and_nothing_is_kept(tree, counts, since, refused):
    with pytest.raises(refused) as broken:
        staff(tree["pustu_satu"], since, **counts)
    assert "%(" not in broken.value.sentence
    assert not StaffCount.objects.exists()


def test_nobody_works_in_a_district_or_a_village(tree):
    for at in ("district", "desa_satu"):
        with pytest.raises(actions.NobodyWorksThere):
            staff(tree[at], JANUARY, bidan=1)


@pytest.mark.parametrize("change", [{"purwa": 9}, {"worker": "bidan"}, {"number": -1}], ids=str)
def test_the_database_refuses_it_too(tree, change):
    staff(tree["pustu_satu"], JANUARY, kader=Count(2, purwa=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffCount.objects.update(**change)


@pytest.mark.parametrize(
    ("role", "at", "may"),
    [
        ("admin_dinas", "district", True),
        ("admin_puskesmas", "first", True),
        ("admin_puskesmas", "second", False),
        ("nakes", "pustu_satu", False),
        ("programmer", "district", False),
    ],
)
def test_who_writes_it_down(tree, role, at, may):
    user = worker(role, tree[at])
    if may:
        assert staff(tree["pustu_satu"], JANUARY, by=user, bidan=1) == 1
        return
    with pytest.raises(Forbidden):
        staff(tree["pustu_satu"], JANUARY, by=user, bidan=1)
    assert not StaffCount.objects.exists()


def test_the_places_below_stand_pustu_first_and_closed_ones_do_not(tree, rule):
    names = [one.place.name for one in staff_below(place=tree["first"], on=MAY)]
    assert names == ["Pustu satu", "Melati"]


def test_the_page_shows_the_gap_and_takes_a_new_count(tree, rule, client):
    client.force_login(worker("admin_puskesmas", tree["first"]))
    at = f"/tenaga/{tree['pustu_satu'].code}/"
    assert "0 dari 3 jenis tenaga" in words(client.get(at))
    today = timezone.localdate().isoformat()
    given = {"since": today, "perawat": "1", "bidan": "", "kader": "2", "purwa": "1"}
    assert client.post(at, given).status_code == 302
    text = words(client.get(at))
    assert "2 dari 3 jenis tenaga" in text
    assert "Kader menurut 25 keterampilan" in text
    assert not StaffCount.objects.filter(worker="bidan").exists(), "an empty box says nothing"
    above = words(client.get(f"/tenaga/{tree['first'].code}/"))
    assert "Bidan BL" in above


def rows(at):
    found = StaffCount.objects.filter(facility=at, cancelled_at=None).order_by("since", "worker")
    return [(row.worker, row.number, row.since) for row in found]


def opened(client, at):
    """What stands in the boxes of the page, as a browser would send it."""
    html = client.get(f"/tenaga/{at.code}/").content.decode()
    boxes = re.findall(r"<input[^>]*>", html[html.index('name="csrf') :])
    named = {re.search(r'name="(\w+)"', box)[1]: box for box in boxes}
    return {
        name: value[1] if (value := re.search(r'value="([^"]*)"', box)) else ""
        for name, box in named.items()
    }


def test_a_count_with_a_day_of_the_past_leaves_the_others_alone(tree, client):
    staff(tree["first"], JANUARY, dokter=1, bidan=4)
    staff(tree["first"], MAY, dokter=2)
    client.force_login(worker("admin_puskesmas", tree["first"]))
    given = opened(client, tree["first"]) | {"since": "2025-03-01", "bidan": "5"}
    assert client.post(f"/tenaga/{tree['first'].code}/", given).status_code == 302
    assert rows(tree["first"]) == [
        ("bidan", 4, JANUARY), ("dokter", 1, JANUARY), ("bidan", 5, date(2025, 3, 1)),
        ("dokter", 2, MAY),
    ]  # fmt: skip


def test_a_page_that_was_open_for_long_overwrites_nobody(tree, client):
    staff(tree["pustu_satu"], JANUARY, perawat=1, kader=Count(2, purwa=1))
    client.force_login(worker("admin_puskesmas", tree["first"]))
    open_page = opened(client, tree["pustu_satu"])
    assert {"perawat", "bidan", "kader", "purwa", "since"} <= open_page.keys()
    staff(tree["pustu_satu"], timezone.localdate(), perawat=3, kader=Count(4))
    client.post(f"/tenaga/{tree['pustu_satu'].code}/", open_page | {"bidan": "2", "madya": "1"})
    now = staff_of(place=tree["pustu_satu"], on=timezone.localdate())
    assert {line.worker: line.count for line in now.lines} == {"perawat": 3, "bidan": 2, "kader": 4}
    assert (now.kader.purwa, now.kader.madya) == (1, 1)


def test_what_stands_is_said_beside_each_box(tree, client):
    staff(tree["pustu_satu"], MAY, perawat=3, kader=Count(4, purwa=2))
    client.force_login(worker("admin_puskesmas", tree["first"]))
    answer = client.get(f"/tenaga/{tree['pustu_satu'].code}/")
    text = words(answer)
    assert "Perawat Tercatat 3, sejak 1 Mei 2025" in text
    assert "Kader purwa Tercatat 2, sejak 1 Mei 2025" in text
    assert "Bidan Belum dicatat" in text
    assert 'aria-describedby="id_perawat_helptext"' in answer.content.decode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"perawat": "satu"}, "Tulis angka bulat"),
        ({"perawat": "-1"}, "tidak boleh di bawah 0"),
        ({"perawat": "9999"}, "paling banyak"),
        ({"since": ""}, "Isi tanggal"),
        ({"kader": "1", "purwa": "2"}, "lebih dari 1 kader"),
        ({"purwa": "1"}, "Isi juga jumlah kader"),
        ({"perawat": ""}, "Isi paling sedikit satu jumlah"),
        ({"since": (timezone.localdate() + timedelta(days=2)).isoformat()}, "belum tiba"),
    ],
)
def test_what_the_page_refuses_is_said_in_words(tree, client, change, sentence):
    client.force_login(worker("admin_puskesmas", tree["first"]))
    given = {"since": timezone.localdate().isoformat(), "perawat": "1"} | change
    answer = client.post(f"/tenaga/{tree['pustu_satu'].code}/", given)
    assert answer.status_code == 200
    assert sentence in words(answer)
    assert not StaffCount.objects.exists()


def test_who_may_not_write_sees_no_form_and_out_of_reach_is_nothing(tree, client):
    client.force_login(worker("nakes", tree["pustu_satu"]))
    at = f"/tenaga/{tree['pustu_satu'].code}/"
    assert "Catat jumlah tenaga" not in words(client.get(at))
    assert client.post(at, {"since": "2025-01-01", "bidan": "1"}).status_code == 403
    assert client.get(f"/tenaga/{tree['pustu_dua'].code}/").status_code == 404


def test_a_district_page_asks_few_queries(tree, rule, client, django_assert_max_num_queries):
    for _ in range(20):
        place("pustu", network=tree["first"], area=tree["desa_satu"])
    client.force_login(worker("lihat", tree["district"]))
    at = f"/tenaga/{tree['district'].code}/"
    assert "Pustu (22)" in words(client.get(at))
    with django_assert_max_num_queries(20):
        client.get(at)

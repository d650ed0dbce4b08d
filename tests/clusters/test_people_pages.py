"""Finding persons and deciding on records that may be one: by whom, at what cost, on record."""

import logging
from datetime import date

import pytest
from django.urls import reverse

from clusters.models import Merge, Person, ToldApart
from clusters.selectors.duplicates import compare, pairs_at
from clusters.selectors.people import MOST_FOUND
from ilp.core.models import AuditEvent
from tests.clusters.workbooks import CHILD, GROWTH, WOMAN, nik
from tests.factories import worker

SEARCH = "clusters:person-search"
ROLES = [
    ("admin_puskesmas", "first", 200, 200),
    ("nakes", "first", 200, 200),
    ("kepala_puskesmas", "first", 200, 403),
    ("kader", "melati", 200, 403),
    ("admin_dinas", "district", 403, 200),
    ("kepala_dinas", "district", 403, 403),
    ("programmer", "district", 403, 403),
    ("lihat", "district", 403, 403),
    ("ti", "district", 403, 403),
]


def search(client, asked):
    answer = client.post(reverse(SEARCH), {"asked": asked})
    assert answer.status_code == 200
    return answer.content.decode()


def text(answer):
    return " ".join(answer.content.decode().split())


def born(name, number, day=date(2024, 3, 10), *, numbered=True, sex="L", **more):
    return GROWTH | {
        "NIK": nik(number, day, sex) if numbered else None,
        "Nama": name,
        "Tanggal lahir": day,
        "Jenis kelamin": sex,
    } | more  # fmt: skip


def person(name):
    return Person.objects.get(name=name)


def names_of(tree, user, at="first"):
    return {tuple(sorted((p.one.name, p.other.name))) for p in pairs_at(tree[at], user)}


def test_a_person_is_found_by_the_beginning_of_the_name(page, take):
    take(born("Siti Aminah", 1), born("Sitompul", 2), born("Ani Siti", 3), service="growth")
    found = search(page, "  siti ")
    assert "Siti Aminah" in found
    assert "Ani Siti" not in found
    assert "Sitompul" not in found
    assert "990101••••••0001" in found
    assert nik(1, date(2024, 3, 10), "L") not in found
    assert reverse("reporting:person", args=[person("Siti Aminah").pk]) in found
    assert "Tidak ditemukan" in search(page, "Zul")


def test_a_person_is_found_by_the_whole_nik_only(page, take):
    take(born("Siti Aminah", 1), service="growth")
    whole = nik(1, date(2024, 3, 10), "L")
    assert "Siti Aminah" in search(page, whole)
    assert "Siti Aminah" in search(page, f"{whole[:6]} {whole[6:12]} {whole[12:]}")
    assert "NIK harus 16 angka" in search(page, whole[:15])
    assert "NIK harus 16 angka" in search(page, "9" * 16)
    assert "paling sedikit 3 huruf" in search(page, "si")


def test_a_visitor_is_found_by_nik_and_not_by_name(client, tree, take):
    take(born("Siti Aminah", 1, Desa="Satu"), at="second", service="growth")
    client.force_login(worker("nakes", tree["second"]))
    assert "Tidak ditemukan" in search(client, "Siti")
    assert "Siti Aminah" in search(client, nik(1, date(2024, 3, 10), "L"))


def test_a_person_of_another_puskesmas_is_not_found(client, tree, take):
    take(born("Siti Aminah", 1), service="growth")
    client.force_login(worker("nakes", tree["second"]))
    assert "Tidak ditemukan" in search(client, "Siti")
    assert "Tidak ditemukan" in search(client, nik(1, date(2024, 3, 10), "L"))


def test_a_search_is_on_record_without_what_was_looked_for(page, take, caplog):
    caplog.set_level(logging.DEBUG)
    take(born("Siti Aminah", 1), service="growth")
    search(page, "Siti")
    event = AuditEvent.objects.get(event="people.searched")
    assert event.detail == {"number": 1}
    assert "Siti" not in "".join(r.getMessage() for r in caplog.records if r.name != "django.db")
    answer = page.get(reverse(SEARCH), {"asked": "Siti"})
    assert "Siti Aminah" not in answer.content.decode()


def test_a_long_list_is_cut_and_says_so(page, take):
    take(*(born(f"Siti Nomor {n}", n) for n in range(1, MOST_FOUND + 2)), service="growth")
    found = search(page, "siti")
    assert found.count('<th scope="row">') == MOST_FOUND
    assert "Masih ada yang lain" in found


@pytest.mark.parametrize(("role", "at", "finds", "merges"), ROLES)
def test_who_may_find_and_who_may_merge(client, tree, take, role, at, finds, merges):
    take(born("Anak Contoh", 1), born("Anak Conto", 2, numbered=False), service="growth")
    one, other = Person.objects.order_by("pk")
    client.force_login(worker(role, tree[at]))
    assert client.get(reverse(SEARCH)).status_code == finds
    assert client.get(reverse("clusters:duplicate-list")).status_code == merges
    assert client.get(reverse("clusters:duplicate", args=[one.pk, other.pk])).status_code == merges
    front = client.get(reverse("home")).content.decode()
    assert (f'href="{reverse(SEARCH)}"' in front) == (finds == 200)
    checks = client.get(reverse("reporting:quality")).content.decode()
    assert (f'href="{reverse("clusters:duplicate-list")}"' in checks) == (merges == 200)
    told = client.post(reverse("clusters:duplicate-apart", args=[one.pk, other.pk]))
    assert told.status_code == (302 if merges == 200 else 403)


def test_records_of_another_puskesmas_do_not_exist(client, tree, take):
    take(born("Anak Contoh", 1), born("Anak Conto", 2, numbered=False), service="growth")
    one, other = Person.objects.order_by("pk")
    client.force_login(worker("nakes", tree["second"]))
    assert client.get(reverse("clusters:duplicate", args=[one.pk, other.pk])).status_code == 404
    assert client.post(
        reverse("clusters:duplicate-merge", args=[one.pk, other.pk]), {"kept": one.pk}
    ).status_code == 404  # fmt: skip
    assert client.get(reverse("clusters:duplicate-list"), {"w": "P9901010101"}).status_code == 404


def test_candidates_follow_the_rules(tree, take, recorder):
    take(
        born("Muhammad Rizki", 1),
        born("Muhamad Rizky", 2),  # two NIK, names nearly the same
        born("Rizal Contoh", 3),  # same day, another name
        born("Bayi Ny Dewi", 4, numbered=False, **{"Nama ibu": "Dewi Lestari"}),
        born("Arjuna Putra", 5, **{"Nama ibu": "Dewi Lestari"}),  # beside a record without NIK
        born("Muhammad Rizki", 6, date(2024, 3, 11)),  # name alone: another birth date
        born("Muhammad Rizki", 7, sex="P"),
        service="growth",
    )
    assert names_of(tree, recorder) == {
        ("Muhamad Rizky", "Muhammad Rizki"),
        ("Arjuna Putra", "Bayi Ny Dewi"),
    }


def test_one_mother_of_twins_with_two_niks_is_no_reason(tree, take, recorder):
    twins = [born("Hasan", 1), born("Husein", 2)]
    take(*(row | {"Nama ibu": "Dewi Lestari"} for row in twins), service="growth")
    assert names_of(tree, recorder) == set()


def test_other_mothers_make_other_children(tree, take, recorder):
    take(
        born("Anak Contoh", 1, **{"Nama ibu": "Dewi Lestari"}),
        born("Anak Contoh", 2, numbered=False, **{"Nama ibu": "Sumarni"}),
        service="growth",
    )
    assert names_of(tree, recorder) == set()


def test_fillers_in_place_of_a_nik_match_nobody(tree, take, recorder):
    filler = {"NIK": "9999999999999999"}
    take(
        born("Anak Contoh", 1) | filler,
        born("Budi Santoso", 2) | filler | {"Nama ibu": "Sumarni"},
        service="growth",
    )
    assert Person.objects.filter(is_temporary=True).count() == 2
    assert names_of(tree, recorder) == set()


def test_records_of_two_puskesmas_are_not_candidates(tree, take):
    take(born("Anak Contoh", 1), service="growth")
    take(born("Anak Contoh", 2, Posyandu="Mawar"), at="second", service="growth")
    chief = worker("admin_dinas", tree["district"])
    assert names_of(tree, chief, "district") == set()
    take(born("Anak Contoh", 3), service="growth")
    assert names_of(tree, chief, "district") == {("Anak Contoh", "Anak Contoh")}


def test_who_has_no_home_lives_where_they_were_seen(tree, take, recorder):
    take(born("Anak Contoh", 1), service="growth")
    take(born("Anak Conto", 2, numbered=False) | {"Posyandu": None}, service="growth")
    assert Person.objects.filter(home=None).count() == 1
    assert names_of(tree, recorder) == {("Anak Conto", "Anak Contoh")}


def test_side_by_side_then_merged_then_undone(page, tree, take, recorder):
    take(born("Anak Contoh", 1), service="growth")
    take(born("Anak Conto", 2, numbered=False), service="growth")
    one, other = person("Anak Contoh"), person("Anak Conto")
    queue = text(page.get(reverse("clusters:duplicate-list")))
    address = reverse("clusters:duplicate", args=[one.pk, other.pk])
    assert address in queue
    assert compare(one, other).shared == 1
    shown = text(page.get(address))
    assert "Data yang ber-NIK dipertahankan" in shown
    assert "1 kunjungan tercatat pada keduanya" in shown

    choice = {"kept": one.pk, "name": other.pk}
    answer = page.post(f"{address}gabung/", choice, follow=True)
    made = Merge.objects.get()
    assert (made.made_by, made.kept, made.gone) == (recorder, one, other)
    assert "Kedua data digabung" in text(answer)
    one.refresh_from_db()
    assert one.name == "Anak Conto"
    assert names_of(tree, recorder) == set()
    assert reverse("clusters:merge", args=[made.pk]) in text(
        page.get(reverse("clusters:duplicate-list"))
    )
    assert page.get(address).status_code == 404  # decided

    undone = page.post(reverse("clusters:merge-undo", args=[made.pk]), follow=True)
    assert "Sudah dibatalkan" in text(undone)
    assert names_of(tree, recorder) == {("Anak Conto", "Anak Contoh")}
    events = AuditEvent.objects.filter(event__startswith="person").values_list("event", flat=True)
    assert {"persons.compared", "persons.merged", "persons.merge-undone"} <= set(events)
    assert not [e for e in AuditEvent.objects.all() if "Anak" in str(e.detail)]


def test_what_cannot_be_merged_says_why(page, take):
    take(born("Anak Contoh", 1), born("Anak Conto", 2, numbered=False), service="growth")
    one, other = Person.objects.order_by("pk")
    address = reverse("clusters:duplicate-merge", args=[one.pk, other.pk])
    answer = page.post(address, {"kept": other.pk}, follow=True)
    assert "Pertahankan data yang ber-NIK" in text(answer)
    assert "Pilih data mana yang dipertahankan" in text(page.post(address, {}, follow=True))
    assert not Merge.objects.exists()


def test_two_persons_are_never_asked_about_again(page, tree, take, recorder):
    take(born("Anak Contoh", 1), born("Anak Conto", 2, numbered=False), service="growth")
    one, other = Person.objects.order_by("pk")
    page.post(reverse("clusters:duplicate-apart", args=[other.pk, one.pk]))
    assert ToldApart.objects.get().said_by == recorder
    assert names_of(tree, recorder) == set()
    assert "Tidak ada data ganda" in text(page.get(reverse("clusters:duplicate-list")))


def test_what_the_pages_cost(page, tree, take, django_assert_max_num_queries):
    pairs = [born(f"Anak Nomor {n}", n, date(2024, 1, n)) for n in range(1, 11)]
    twice = [born(f"Anak Nomer {n}", n + 50, date(2024, 1, n)) for n in range(1, 11)]
    take(*pairs, *twice, service="growth")
    one, other = person("Anak Nomor 1"), person("Anak Nomer 1")
    with django_assert_max_num_queries(15):
        assert page.get(reverse("clusters:duplicate-list")).status_code == 200
    with django_assert_max_num_queries(15):
        page.get(reverse("clusters:duplicate", args=[one.pk, other.pk]))
    with django_assert_max_num_queries(15):
        search(page, "anak")


def test_a_woman_found_by_a_visit_page_leads_to_her_card(page, take):
    take(
        WOMAN | {"Tanggal kunjungan": date(2025, 5, 6), "HPHT": date(2025, 3, 4)},
        service="antenatal",
    )
    one = Person.objects.get()
    visit = one.antenatal_visits.get()
    shown = text(page.get(reverse("clusters:visit", args=["antenatal", visit.pk])))
    assert f'href="{reverse("reporting:person", args=[one.pk])}"' in shown
    assert CHILD["Nama"] not in shown

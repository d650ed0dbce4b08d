"""Who opens the card of a person, what part of it each sees, and what stays on record."""

import logging
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from clusters.actions.merging import merge_persons
from clusters.models import VISITS, Person
from clusters.selectors.people import people_of
from facilities.roles import Permission
from ilp.core.models import AuditEvent
from tests.factories import worker
from tests.reporting import rows
from tests.reporting.cards import TODAY, card, known, people_of_melati, words


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def people(tree):
    return people_of_melati(tree)


def test_every_opening_is_on_record_without_the_person(client, tree, people, caplog):
    caplog.set_level(logging.DEBUG)
    user = worker("nakes", tree["first"])
    card(client, user, people[2024])
    event = AuditEvent.objects.get(event="person.opened")
    assert (event.actor, event.subject_id) == (user, str(people[2024].pk))
    assert (event.facility_id, event.detail) == (tree["desa_satu"].pk, {})
    assert "Orang 0002" not in caplog.text
    assert "9901011003240002" not in caplog.text


@pytest.mark.parametrize(
    ("role", "at", "status"),
    [
        ("admin_puskesmas", "first", 200),
        ("kepala_puskesmas", "first", 200),
        ("nakes", "first", 200),
        ("kader", "melati", 200),
        ("nakes", "second", 404),
        ("kader", "mawar", 404),
        ("admin_dinas", "district", 403),
        ("kepala_dinas", "district", 403),
        ("programmer", "district", 403),
        ("lihat", "district", 403),
        ("ti", "district", 403),
    ],
)
def test_who_opens_a_card(client, tree, people, role, at, status):
    client.force_login(worker(role, tree[at]))
    address = reverse("reporting:person", args=[people[2024].pk])
    assert client.get(address).status_code == status
    missing = client.get(reverse("reporting:person", args=[10**9])).status_code
    assert missing == (403 if status == 403 else 404)
    assert AuditEvent.objects.filter(event="person.opened").exists() == (status == 200)


def test_kader_see_no_tests_and_nothing_of_sensitive_services(client, tree, people, monkeypatch):
    kader = worker("kader", tree["melati"])
    text = words(card(client, kader, people[2024]))
    assert "Sebagian riwayat" in text
    assert "BB/U: berat menurut umur" in text
    assert "Yang masih kurang" not in text
    rows.write(
        "antenatal",
        [
            rows.incoming(
                "antenatal", nik="9901015203900001", born_on=date(1990, 3, 12), sex="P",
                facility=tree["melati"], home=None, seen_on=date(2025, 5, 6),
                lmp_on=date(2024, 12, 10),
            )
        ],
        None,
    )  # fmt: skip
    text = words(card(client, kader, people[1990]))
    assert "Perkiraan persalinan" in text
    assert "Komponen 12T" not in text
    assert "Tes HIV" not in text
    service = VISITS["antenatal"].service
    monkeypatch.setitem(service.__dict__, "sensitive", True)
    visit = people[1990].antenatal_visits.get(facility=tree["melati"])
    address = reverse("clusters:visit", args=["antenatal", visit.pk])
    assert client.get(address).status_code == 404
    listed = client.get(reverse("clusters:visit-list"), {"service": "antenatal", "p": "2025-05"})
    assert "Tidak ada kunjungan" in words(listed)
    assert known(kader, people[1990]) is None


def test_those_who_served_a_visitor_see_their_own_part(client, tree, people):
    rows.write(
        "growth",
        [
            rows.incoming(
                "growth", nik="9901011003240002", born_on=date(2024, 3, 10), sex="L",
                facility=tree["mawar"], home=None, seen_on=date(2025, 5, 20), weight=9.5,
            )
        ],
        None,
    )  # fmt: skip
    visited = worker("nakes", tree["second"])
    found = known(visited, people[2024])
    assert [one.visit.seen_on for one in found.life.seen] == [date(2025, 5, 20)]
    assert found.due == []
    assert "Sebagian riwayat" in words(card(client, visited, people[2024]))
    there = known(worker("nakes", tree["first"]), people[2024]).life.seen[0]
    assert (there.place, there.may_open) == (tree["mawar"], True)


def test_a_merged_record_leads_to_the_kept_one(client, tree, people):
    rows.write(
        "growth",
        [
            rows.incoming(
                "growth", nik="9901011003240009", born_on=date(2024, 3, 10), sex="L",
                facility=tree["melati"], home=tree["desa_satu"], seen_on=date(2025, 4, 8), weight=9,
            )
        ],
        None,
    )  # fmt: skip
    gone = Person.objects.latest("pk")
    merge_persons(kept=people[2024], gone=gone, by=None)
    client.force_login(worker("nakes", tree["first"]))
    answer = client.get(reverse("reporting:person", args=[gone.pk]))
    assert answer["Location"] == reverse("reporting:person", args=[people[2024].pk])
    text = words(client.get(answer["Location"]))
    assert "Digabung dengan data" in text
    assert "Batalkan penggabungan" in text


def test_people_of_a_place_are_those_who_live_or_were_seen_there(tree, people):
    kader = worker("kader", tree["melati"])
    seen = set(people_of(kader, Permission.VIEW_PEOPLE))
    assert seen == {people[2024], people[1980]}

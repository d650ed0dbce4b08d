"""The card of a person: what it shows, to whom, at what cost, and what it never tells."""

import logging
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clusters.actions.following import follow_touched
from clusters.actions.merging import merge_persons
from clusters.models import VISITS, Growth, Person
from clusters.selectors.grids import doses
from clusters.selectors.life import life_of
from clusters.selectors.people import people_of
from clusters.selectors.standards import counts_of, standards_of
from facilities.roles import Permission
from ilp.core.models import AuditEvent
from reporting.selectors.persons import card as card_of
from tests.factories import worker
from tests.reporting import rows

TODAY = date(2025, 6, 2)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def people(tree):
    """A child, its mother-to-be neighbour and a man, each with some visits at Melati."""
    child = {
        "nik": "9901011003240002", "born_on": date(2024, 3, 10), "sex": "L",
        "facility": tree["melati"], "home": tree["desa_satu"],
    }  # fmt: skip
    weights = [(date(2025, 1, 7), 8.1), (date(2025, 3, 4), 8.6), (date(2025, 5, 6), 9.4)]
    rows.write(
        "growth",
        [
            rows.incoming(
                "growth", **child, seen_on=day, weight=kilos, height=70 + kilos, measured="l"
            )
            for day, kilos in weights
        ],
        None,
    )
    rows.write(
        "immunisation",
        [
            rows.incoming(
                "immunisation", **child, seen_on=date(2024, 3, 10), antigens=["HB0", "DPT1"]
            )
        ],
        None,
    )
    woman = {
        "nik": "9901015203900001", "born_on": date(1990, 3, 12), "sex": "P",
        "facility": tree["pustu_satu"], "home": tree["desa_satu"],
    }  # fmt: skip
    contacts = [(date(2025, 2, 4), "dokter"), (date(2025, 4, 8), "bidan")]
    rows.write(
        "antenatal",
        [
            rows.incoming(
                "antenatal", **woman, seen_on=day, lmp_on=date(2024, 12, 10), examiner=by,
                weight=52.5, hb=10.4, hiv_test=True,
            )
            for day, by in contacts
        ],
        None,
    )  # fmt: skip
    rows.write(
        "adult",
        [
            rows.incoming(
                "adult", nik="9901011203800003", born_on=date(1980, 3, 12), sex="L",
                facility=tree["melati"], home=tree["desa_satu"], seen_on=date(2025, 5, 6),
                weight=70, height=165, systole=150, diastole=95,
            )
        ],
        None,
    )  # fmt: skip
    follow_touched(by=None)
    return {p.born_on.year: p for p in Person.objects.all()}


def card(client, user, person):
    client.force_login(user)
    answer = client.get(reverse("reporting:person", args=[person.pk]))
    assert answer.status_code == 200, answer.status_code
    return answer


def known(user, person):
    """What the page is made of; None for somebody who is not to know."""
    life = life_of(person, user)
    return life and card_of(life, TODAY)


def words(answer):
    return " ".join(answer.content.decode().split())


def test_the_card_of_a_child(client, tree, people):
    nakes = worker("nakes", tree["first"])
    text = words(card(client, nakes, people[2024]))
    assert "1 th 2 bl" in text
    assert "990101••••••0002" in text
    assert "9901011003240002" not in text
    for title in ("BB/U: berat menurut umur", "BB/PB: berat menurut panjang"):
        assert f'aria-label="{title}"' in text
    assert text.count("Penimbangan dan pengukuran balita</a>") == 3
    child = Growth.objects.get(seen_on=date(2025, 5, 6))
    assert reverse("clusters:visit", args=["growth", child.pk]) in text
    assert "<dt>Kelas BB/U</dt><dd>Berat badan" in text
    assert "Riwayat tempat tinggal" in text
    states = {d.antigen.code: (d.state.value, d.given) for d in known(nakes, people[2024]).doses}
    assert states["HB0"] == ("diberikan", date(2024, 3, 10))
    assert states["DPT1"] == ("lewat umur", date(2024, 3, 10))  # given on the day of birth: invalid
    assert states["BCG"] == ("lewat umur", None)
    assert states["MR1"] == ("terlambat", None)
    assert states["MR2"] == ("belum waktunya", None)
    assert states["IPV2"][0] == "terlambat"


def test_a_dose_is_due_for_a_month_before_it_is_late(people):
    child = people[2024]
    state = {}
    for days in (269, 270, 300, 301):
        found = doses(child, [], child.born_on + timedelta(days=days))
        state[days] = next(d.state.value for d in found if d.antigen.code == "MR1")
    assert state == {
        269: "belum waktunya", 270: "jatuh tempo", 300: "jatuh tempo", 301: "terlambat",
    }  # fmt: skip


def test_doses_of_a_later_schedule_are_not_asked_of_those_born_before(people):
    child = people[2024]
    child.born_on = date(2022, 12, 31)
    codes = {d.antigen.code for d in doses(child, [], TODAY)}
    assert "IPV1" in codes
    assert not codes & {"IPV2", "RV1"}
    assert next(d for d in doses(child, [], TODAY) if d.antigen.code == "MR1").until == date(
        2024, 12, 31
    )


def test_the_card_of_a_pregnant_woman(client, tree, people):
    nakes = worker("nakes", tree["first"])
    text = words(card(client, nakes, people[1990]))
    found = known(nakes, people[1990])
    assert "Hamil 24 minggu" in text
    (one,) = found.carried
    assert one.pregnancy.due == date(2025, 9, 16)
    assert [(t.needed, len(t.visits)) for t in one.pregnancy.trimesters] == [(1, 1), (2, 1), (3, 0)]
    met = {part.words for part in one.parts if part.is_met}
    assert met == {"Berat badan", "Hb", "Tes HIV"}
    (k6,) = [d.standard for d in found.due if d.standard.code == "k6"]
    assert [(p.words, p.done, p.needed) for p in k6.missing] == [
        ("Trimester 2", 1, 2),
        ("Trimester 3", 0, 3),
        ("Trimester 3, Pemeriksa: Dokter", 0, 1),
    ]
    assert "TTD diterima sejauh ini minimal 90" in text
    assert "<dt>Anemia</dt><dd>Anemia ringan (8 April 2025)</dd>" in text


def test_what_is_missing_is_what_the_milestone_asks(tree, people):
    kepala = worker("kepala_puskesmas", tree["first"])
    (one,) = [d for d in known(kepala, people[1980]).due if d.standard.code == "skrining_produktif"]
    assert {p.words for p in one.standard.missing} == {
        "Lingkar perut", "Gula darah sewaktu", "Merokok", "Edukasi", "Skor SRQ-20",
        "Penglihatan baik", "Pendengaran baik",
    }  # fmt: skip
    (spm4,) = [d for d in known(kepala, people[2024]).due if d.standard.code == "spm4_balita"]
    assert (spm4.standard.parts[0].done, spm4.standard.parts[0].needed) == (1, 8)  # from 12 months


def test_what_can_no_longer_be_reached_is_not_asked_for(people):
    child = people[2024]

    def asked(days):
        today = child.born_on + timedelta(days=days)
        return {one.code for one in standards_of(child, counts_of(child), today)}

    assert "idl" in asked(360)
    assert "idl" not in asked(366)
    assert "spm4_balita" not in asked(360)
    assert "spm4_balita" in asked(366)


def test_a_screening_is_missing_before_the_first_visit_too(tree, people):
    found = known(worker("nakes", tree["first"]), people[1990])
    (one,) = [d for d in found.due if d.standard.code == "skrining_produktif"]
    assert len(one.standard.missing) == len(one.standard.parts)


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


def test_homes_are_told_in_order(tree, people):
    for day, home in ((date(2025, 5, 20), "desa_dua"), (date(2025, 5, 25), "desa_satu")):
        rows.write(
            "growth",
            [
                rows.incoming(
                    "growth", nik="9901011003240002", born_on=date(2024, 3, 10), sex="L",
                    facility=tree["melati"], home=tree[home], seen_on=day, weight=9.5,
                )
            ],
            None,
        )  # fmt: skip
    people[2024].refresh_from_db()
    homes = life_of(people[2024], worker("nakes", tree["first"])).homes
    assert [(h.place, h.since, h.until) for h in homes] == [
        (tree["desa_satu"], None, date(2025, 5, 20)),
        (tree["desa_dua"], date(2025, 5, 20), date(2025, 5, 25)),
        (tree["desa_satu"], date(2025, 5, 25), None),
    ]


def test_the_card_of_somebody_without_visits_says_so(client, tree, people):
    person = Person.objects.create(
        identity=b"x" * 32, is_temporary=True, name="Baru", sex="P",
        born_on=date(2012, 1, 1), home=tree["desa_satu"],
    )  # fmt: skip
    text = words(card(client, worker("nakes", tree["first"]), person))
    assert "Belum ada kunjungan" in text
    assert "Tidak ada standar pelayanan yang sedang berjalan" in text
    assert "Tanpa NIK" in text


def test_the_yearly_check_is_due_to_the_elderly_before_their_first(client, tree):
    person = Person.objects.create(
        identity=b"y" * 32, is_temporary=True, name="Nenek", sex="P",
        born_on=date(1950, 1, 1), home=tree["desa_satu"],
    )  # fmt: skip
    text = words(card(client, worker("nakes", tree["first"]), person))
    assert "Lansia diskrining lengkap" in text
    assert "0 dari 6 terpenuhi" in text


def test_the_dead_lack_nothing_any_more(client, tree, people):
    died = date(2025, 5, 20)
    row = rows.incoming(
        "vital", nik="9901011003240002", born_on=date(2024, 3, 10), sex="L", seen_on=died,
        facility=tree["melati"], home=tree["desa_satu"], event="meninggal",
    )  # fmt: skip
    rows.write("vital", [row], None)
    text = words(card(client, worker("nakes", tree["first"]), people[2024]))
    assert "Meninggal 20 Mei 2025" in text
    assert "Umur saat meninggal</dt><dd>1 th 2 bl" in text
    assert "Yang masih kurang" not in text


@pytest.mark.parametrize("year", [2024, 1990, 1980])
def test_a_card_takes_fifteen_queries_at_most(
    client, tree, people, django_assert_max_num_queries, year
):
    user = worker("nakes", tree["first"])
    card(client, user, people[year])
    with django_assert_max_num_queries(15):
        card_again = client.get(reverse("reporting:person", args=[people[year].pk]))
    assert card_again.status_code == 200


def test_people_of_a_place_are_those_who_live_or_were_seen_there(tree, people):
    kader = worker("kader", tree["melati"])
    seen = set(people_of(kader, Permission.VIEW_PEOPLE))
    assert seen == {people[2024], people[1980]}

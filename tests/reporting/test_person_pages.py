"""The card of a person: what it shows of whom, and at what cost."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from clusters.models import Growth, Person
from clusters.selectors.grids import doses
from clusters.selectors.life import life_of
from clusters.selectors.standards import counts_of, standards_of
from tests.factories import worker
from tests.reporting import rows
from tests.reporting.cards import TODAY, card, known, people_of_melati, words


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


@pytest.fixture
def people(tree):
    return people_of_melati(tree)


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

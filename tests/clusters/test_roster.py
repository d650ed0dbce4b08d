"""Who is expected at a Posyandu day, and who is new there."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.actions.merging import merge_persons
from clusters.actions.visits import cancel_visit
from clusters.growth import completed_months
from clusters.models import VISITS, Antenatal, Growth, Person
from clusters.selectors.roster import Day, Roster, months_before
from clusters.services import SERVICES
from ilp.core.models import AuditEvent
from tests.clusters.entering import CHILD, DAY, address, errors, keys, shown
from tests.clusters.workbooks import ADULT, ANTENATAL, GROWTH, nik


def names(user, tree, service, *, at="melati", on=DAY, **more):
    return [one.name for one in Roster(user, Day(SERVICES[service], tree[at], on, **more)).persons]


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2025, 3, 31), date(2025, 2, 28), DAY])
@pytest.mark.parametrize("months", [0, 1, 6, 60, 180])
def test_the_last_birth_date_of_an_age(day, months):
    last = months_before(day, months)
    assert completed_months(last, day) >= months
    assert completed_months(date.fromordinal(last.toordinal() + 1), day) < months or months == 0


def test_those_who_live_there_and_fit_by_age_and_sex(recorder, tree, take):
    for row in (GROWTH, ANTENATAL, ADULT):
        take(row)
    for born, name in ((date(2020, 6, 5), "Masih Empat"), (date(2020, 6, 4), "Sudah Lima")):
        take(GROWTH | {
            "NIK": nik(born.day, born, "L"), "Nama": name, "Tanggal lahir": born,
            "Tanggal kunjungan": date(2025, 5, 2),
        })  # fmt: skip
    assert names(recorder, tree, "growth") == ["Anak Contoh", "Masih Empat"]
    assert names(recorder, tree, "adult") == ["Contoh Satu", "Contoh Satu"]
    assert names(recorder, tree, "growth", at="mawar") == []


def test_a_service_for_a_condition_expects_those_who_have_it(recorder, tree, take):
    take(ANTENATAL)
    other = {"NIK": nik(7, date(1992, 5, 6)), "Nama": "Tidak Hamil"}
    take(ADULT | other | {"Jenis kelamin": "P", "Tanggal lahir": date(1992, 5, 6)})
    assert names(recorder, tree, "antenatal") == ["Contoh Satu"]
    assert names(recorder, tree, "antenatal", everyone=True) == ["Contoh Satu", "Tidak Hamil"]
    assert names(recorder, tree, "antenatal", on=date(2026, 6, 4)) == []
    found = Roster(recorder, Day(SERVICES["antenatal"], tree["melati"], DAY)).named("hamil")
    assert [one.name for one in found] == ["Tidak Hamil"]


def test_whoever_was_seen_there_is_expected_wherever_they_live(recorder, tree, take):
    row = {k: v for k, v in GROWTH.items() if k != "Posyandu"}
    take(row | {"Kode faskes": tree["melati"].code})
    assert names(recorder, tree, "growth") == ["Anak Contoh"]
    cancel_visit(visit=Growth.objects.get(), by=None)
    assert names(recorder, tree, "growth") == []


def died(tree, take, **more):
    take(
        {k: v for k, v in GROWTH.items() if "(" not in k and k not in ("Vitamin A", "Cara ukur")}
        | {"Tanggal kunjungan": date(2025, 5, 20), "Peristiwa": "meninggal"} | more,
        service="vital",
    )  # fmt: skip


def test_the_dead_are_not_expected_and_a_later_visit_is_refused(page, recorder, tree, take):
    take(GROWTH | {"Kode faskes": tree["melati"].code})
    url = address(tree, "entry", "growth", Person.objects.get().pk)
    died(tree, take)
    assert VISITS["vital"].objects.count() == 1
    assert names(recorder, tree, "growth") == []
    assert names(recorder, tree, "growth", on=date(2025, 5, 19)) == ["Anak Contoh"]

    answer = page.post(url, {"weight": "9,8"})

    assert "meninggal" in errors(answer)[0][1]
    assert 'value="9,8"' in shown(answer)
    assert not Growth.objects.filter(seen_on=DAY).exists()


def test_a_merged_record_is_not_expected_and_leads_to_the_kept_one(page, recorder, tree, take):
    take(GROWTH)
    row = {k: v for k, v in GROWTH.items() if k != "NIK"}
    take(row | {"Tanggal kunjungan": date(2025, 4, 2)})
    kept, gone = Person.objects.order_by("is_temporary")
    merge_persons(kept=kept, gone=gone, by=None)

    assert names(recorder, tree, "growth") == ["Anak Contoh"]
    assert page.get(address(tree, "entry", "growth", gone.pk)).status_code == 404
    values = CHILD | {"nik": "", "mother_name": "Ibu Contoh", "home": tree["melati"].code}
    answer = new(page, tree, **values, weight="9,6")
    assert answer.status_code == 302
    assert Growth.objects.get(seen_on=DAY).person == kept
    assert "Anak Contoh" in shown(page.get(answer["Location"]))


def test_the_village_is_wider_than_its_posyandu(recorder, tree, take):
    row = {k: v for k, v in GROWTH.items() if k != "Posyandu"}
    take(row | {"Desa": "Satu"})
    assert names(recorder, tree, "growth") == []
    assert names(recorder, tree, "growth", village=True) == ["Anak Contoh"]


def test_who_came_and_who_is_absent(page, recorder, tree, take):
    take(GROWTH)
    take(GROWTH | {
        "NIK": nik(8, date(2024, 3, 11), "L"), "Nama": "Budi", "Tanggal lahir": date(2024, 3, 11),
    })  # fmt: skip
    child = Person.objects.get(name="Budi")
    page.post(address(tree, "entry", "growth", child.pk), {"weight": "9"})

    assert "1 dari 2 sudah datang" in shown(page.get(address(tree, "roster", "growth")))
    waiting = shown(page.get(address(tree, "roster", "growth", tampil="belum")))
    came = shown(page.get(address(tree, "roster", "growth", tampil="sudah")))
    assert ("Anak Contoh" in waiting, "Budi" in waiting) == (True, False)
    assert ("Anak Contoh" in came, "Budi" in came) == (False, True)
    assert "9,4 kg" in waiting
    assert AuditEvent.objects.filter(event="roster.opened", actor=recorder).count() == 3


def new(page, tree, service="growth", **values):
    return page.post(address(tree, "entry-new", service), values)


def test_somebody_new_is_registered_with_the_visit(page, tree):
    answer = new(page, tree, **CHILD, home=tree["melati"].code, weight="9,4")
    assert answer.status_code == 302
    child = Person.objects.get()
    assert (child.name, child.home, child.is_temporary) == ("Anak Contoh", tree["melati"], False)
    assert Growth.objects.get().home == tree["melati"]
    assert "Anak Contoh" in shown(page.get(answer["Location"]))


def test_a_home_is_supposed_only_at_a_posyandu(page, tree):
    def supposed(at):
        text = shown(page.get(address(tree, "entry-new", "growth", at=at)))
        options = text.partition('name="home"')[2].partition("</select>")[0]
        return options.partition(" selected>")[2].partition("<")[0]

    assert supposed("melati") == "Posyandu Melati"
    assert supposed("first") == supposed("pustu_satu") == ""


def test_without_a_nik_the_mothers_name_is_needed(page, tree):
    values = CHILD | {"nik": "-", "weight": "9,4", "home": tree["melati"].code}
    assert [name for name, _text in errors(new(page, tree, **values))] == ["mother_name"]
    assert new(page, tree, **values, mother_name="Ibu Contoh").status_code == 302
    again = values | {"mother_name": "ibu contoh", "weight": "9,5"}
    assert "sudah dicatat" in shown(new(page, tree, **again)), "the same person, not a second"
    assert Person.objects.get().is_temporary


def test_the_workbook_and_the_form_know_the_same_person(page, tree, take):
    row = {k: v for k, v in GROWTH.items() if k != "NIK"}
    take(row)
    new(page, tree, **CHILD | {"nik": ""}, mother_name="Ibu Contoh", weight="9,5",
        home=tree["melati"].code)  # fmt: skip
    take(row | {"NIK": CHILD["nik"]})
    new(page, tree, **CHILD, weight="9,6")
    assert Person.objects.count() == 2
    assert Growth.objects.filter(seen_on=DAY).count() == 2


@pytest.mark.parametrize("filler", ["9999999999999999", "1111 1111 1111 1111"])
def test_a_filler_is_no_nik(page, tree, filler):
    answer = new(page, tree, **CHILD | {"nik": filler}, mother_name="Ibu", weight="9,4")
    assert errors(answer)[0][0] == "nik"
    assert "bukan NIK seseorang" in errors(answer)[0][1]
    assert not Person.objects.exists()


def test_wrong_niks_are_refused_in_the_words_of_the_import(page, tree):
    answer = new(page, tree, **CHILD | {"nik": "12345"}, weight="9,4")
    assert "tidak terdiri dari 16 angka" in dict(errors(answer))["nik"]
    answer = new(page, tree, **CHILD | {"nik": "9901014101900000"}, weight="9,4")
    assert len(keys(answer)) == 3, "sex, birth date and serial are odd, and are asked about"
    assert not Person.objects.exists()


def test_a_contradicted_person_is_shown_beside_what_was_typed(page, tree, take):
    take(GROWTH)
    values = CHILD | {"born_on": "11/03/2024", "weight": "9,5", "home": tree["melati"].code}
    answer = new(page, tree, **values, tahu=keys(new(page, tree, **values)))
    text = shown(answer)
    assert errors(answer)[0][0] == "born_on"
    assert "10 Maret 2024" in text
    assert "11 Maret 2024" in text
    assert 'value="9,5"' in text
    assert AuditEvent.objects.filter(event="person.contradicted").exists()
    assert not Growth.objects.filter(seen_on=DAY).exists()

    known = Person.objects.get()
    answer = new(page, tree, **values, pakai=known.pk)

    assert answer.status_code == 302
    assert Growth.objects.get(seen_on=DAY).person == known
    assert Person.objects.count() == 1


def test_of_a_person_of_elsewhere_nothing_is_shown(page, tree, take):
    take(GROWTH | {"Posyandu": "Mawar", "Kode faskes": tree["mawar"].code}, at="second")
    values = CHILD | {"born_on": "11/03/2024", "weight": "9,5"}
    answer = new(page, tree, **values, tahu=keys(new(page, tree, **values)))
    assert "di luar wilayah kerja" in shown(answer)
    assert "10 Maret 2024" not in shown(answer)
    known = Person.objects.get().pk
    assert new(page, tree, **values, pakai=known).status_code == 404
    assert new(page, tree, **values, pakai="x").status_code == 404


def test_another_name_under_a_nik_is_asked_about(page, tree, take):
    take(GROWTH)
    values = CHILD | {"name": "Orang Lain", "weight": "9,5"}
    answer = new(page, tree, **values)
    text = shown(answer)
    assert "atas nama lain" in text
    assert "Anak Contoh" in text
    assert not Growth.objects.filter(seen_on=DAY).exists()
    assert new(page, tree, **values, tahu=keys(answer)).status_code == 302
    assert Person.objects.get().name == "Anak Contoh"


def test_a_woman_is_new_at_a_service_for_women(page, tree):
    url = reverse("clusters:entry-new", args=["antenatal"])
    text = shown(page.get(url, {"w": tree["melati"].code, "t": DAY.isoformat()}))
    assert 'name="sex"' not in text
    answer = new(page, tree, "antenatal", nik=nik(1, date(1995, 4, 1)), name="Contoh",
                 born_on="01/04/1995", weeks="9")  # fmt: skip
    assert answer.status_code == 302
    assert Antenatal.objects.get().sex == "P"

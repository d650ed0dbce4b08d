"""What is made up must look like what a Puskesmas sees."""

from statistics import mean

import pytest

from clusters.growth import age_days, completed_months, zscores
from clusters.services import SERVICES
from ilp.core.months import Month
from reporting.demo.sasaran import POSYANDU, official
from reporting.demo.span import Span
from tests.reporting.demo.made_up import SPAN, all_contacts, lived, small


def of(service):
    return [c for s, c in all_contacts(small()) if s == service]


def scores():
    for contact in of("growth"):
        values = contact.values
        if "height" in values:
            age = (contact.day - contact.person.born_on).days
            weight, height = values["weight"], values["height"]
            yield zscores(contact.person.sex, age, weight, height, values["measured"])


def test_children_grow_along_the_standards_with_some_stunted_and_some_wasted():
    found = list(scores())
    assert len(found) > 5_000
    assert 0.12 < mean(z.haz < -2 for z in found) < 0.26
    assert 0.03 < mean(z.whz < -2 for z in found if z.whz is not None) < 0.12
    assert mean(bool(z.flags) for z in found) < 0.01


def test_a_child_never_shrinks():
    last = {}
    for contact in sorted(of("growth"), key=lambda c: c.day):
        height = contact.values.get("height")
        if height is not None:
            assert height >= last.get(id(contact.person), 0)
            last[id(contact.person)] = height


@pytest.mark.parametrize("month", [8, 9, 10])
def test_nobody_is_seen_after_the_last_month(month):
    """A visit on the first of the next would open a month in which nothing else is."""
    span = Span.ending(Month(2026, month))
    days = [c.day for _service, c in all_contacts(lived("small", span=span))]
    assert max(days) <= span.last.last_day


def test_every_value_is_one_that_the_service_takes():
    for name, contact in all_contacts(small()):
        service = SERVICES[name]
        assert contact.values.keys() <= set(service.typed)
        for field in service.numeric:
            value = contact.values.get(field.name)
            if value is not None and field.reject:
                assert field.reject[0] <= value <= field.reject[1], (name, field.name, value)


def test_pregnancies_have_a_first_contact_and_some_all_six():
    seen = {}
    for contact in of("antenatal"):
        seen.setdefault(id(contact.person), []).append(contact)
    counts = [len(contacts) for contacts in seen.values()]
    assert max(counts) == 6
    assert 0.2 < mean(count == 6 for count in counts) < 0.8
    first = [min(c.values["weeks"] for c in contacts) for contacts in seen.values()]
    assert 0.5 < mean(weeks <= 12 for weeks in first) < 0.9


def test_doctors_are_at_the_puskesmas():
    by_doctor = [c for c in of("antenatal") if c.values["examiner"] == "dokter"]
    assert by_doctor
    assert all(c.place.startswith("P9901") for c in by_doctor)


def test_doses_come_at_their_age_and_some_children_drop_out():
    given = {}
    for contact in of("immunisation"):
        for code in contact.values.get("antigens", ()):
            given.setdefault(code, []).append((contact.day - contact.person.born_on).days)
    assert min(given["DPT1"]) >= 56
    assert min(given["MR1"]) >= 270
    assert len(given["DPT3"]) < len(given["DPT1"])
    assert any(c.values.get("refusal") for c in of("immunisation"))


def test_nobody_gets_the_same_dose_twice():
    given = [
        (id(c.person), code) for c in of("immunisation") for code in c.values.get("antigens", ())
    ]
    assert len(given) == len(set(given))


def test_a_year_has_one_full_screening():
    full = [(id(c.person), c.day.year) for c in of("adult") if "height" in c.values]
    assert len(full) == len(set(full))
    assert len(of("adult")) > 1.2 * len(full)


def test_thirteen_months_are_spanned():
    assert len(Span.ending(SPAN.last).months) == 13
    assert str(SPAN.first) == "2025-10"


def test_births_end_pregnancies_and_begin_the_care_of_mother_and_baby():
    births = {id(c.person): c.day for c in of("delivery")}
    assert len(births) == len(of("delivery"))
    for contact in of("antenatal"):
        assert contact.day < births.get(id(contact.person), SPAN.last.last_day) or (
            contact.day == SPAN.last.last_day
        )
    for contact in of("postnatal"):
        assert contact.values["delivered_on"] == births[id(contact.person)]
        assert 0 < (contact.day - births[id(contact.person)]).days <= 42
    ages = [(c.day - c.person.born_on).days for c in of("newborn")]
    assert (min(ages), max(ages)) == (0, 28)


def test_babies_are_born_small_early_and_at_home_now_and_then():
    weighed = [c.values for c in of("newborn") if "birth_weight" in c.values]
    assert 0.02 < mean(v["birth_weight"] < 2500 for v in weighed) < 0.14
    assert 0.01 < mean(v["weeks"] < 37 for v in weighed) < 0.12
    assert 0.01 < mean(c.values["birthplace"] == "rumah" for c in of("delivery")) < 0.12


def test_nothing_made_up_contradicts_itself():
    for name, contact in all_contacts(small()):
        service = SERVICES[name]
        values = dict.fromkeys(service.typed) | contact.values
        values |= {
            "sex": contact.person.sex,
            "seen_on": contact.day,
            "age_days": age_days(contact.person.born_on, contact.day),
            "age_months": completed_months(contact.person.born_on, contact.day),
        }
        assert contact.person.sex in service.sexes
        assert service.accepts_age(values["age_months"]), (name, values["age_months"])
        values |= service.derive(values)
        broken = [r.code for r in service.rules if not r.warning and r.broken(values)]
        assert broken == [], (name, values)


def test_some_die_young_and_nobody_is_seen_after_a_death():
    died = {id(c.person): c for c in of("vital") if c.values["event"] == "meninggal"}
    ages = [(c.day - c.person.born_on).days for c in died.values()]
    assert 0 < sum(age < 5 * 365 for age in ages) < 25
    assert sum(age > 50 * 365 for age in ages) > 10
    for _name, contact in all_contacts(small()):
        if id(contact.person) in died:
            assert contact.day <= died[id(contact.person)].day


def test_of_a_hundred_adults_as_many_are_ill_as_an_officer_expects():
    screened = {id(c.person): c.values for c in of("adult") if "height" in c.values}
    high = mean(v["systole"] >= 140 or v["diastole"] >= 90 for v in screened.values())
    assert 0.15 < high < 0.34
    assert 0.01 < mean(v.get("glucose", 0) >= 200 for v in screened.values()) < 0.1
    followed = {id(c.person) for c in of("chronic")}
    assert 0.02 < len(followed) / len(screened) < 0.08


def test_what_only_women_have_is_asked_of_women_alone():
    asked = [c for c in of("adult") if c.values.get("iva") or c.values.get("breast_exam")]
    assert asked
    assert {c.person.sex for c in asked} == {"P"}


def test_tuberculosis_is_found_in_few_of_those_who_cough():
    examined = [c.values["result"] for c in of("tb_screening") if c.values["result"]]
    assert 0.08 < mean(result == "positif" for result in examined) < 0.3


def counted_groups():
    groups = {}
    for centre in small():
        for (place, year, code), value in centre.sasaran.items():
            groups.setdefault((place, year), {})[code] = value
    return groups


def test_every_village_has_every_sasaran_and_none_is_larger_than_its_whole():
    groups = counted_groups()
    assert len({frozenset(found) for found in groups.values()}) == 1
    for (place, _year), found in groups.items():
        assert found["S_BAYI"] <= found["S_BALITA"] < found["S_PDD"]
        assert found["S_PUS"] <= found["S_WUS"]
        if POSYANDU not in place:
            assert found["S_TB"] < found["S_TBDUGA"] < 0.05 * found["S_PDD"]
            assert found["S_DM"] < found["S_HT"] < 0.1 * found["S_PDD"]


def test_what_posyandu_are_given_adds_up_to_their_village():
    counted = {key: value for centre in small() for key, value in centre.sasaran.items()}
    villages, posyandu = {}, {}
    for place, code, value in official(counted, 2026, "1"):
        assert value > 0
        if POSYANDU in place:
            key = place.split(POSYANDU)[0], code
            posyandu[key] = posyandu.get(key, 0) + value
        else:
            villages[place, code] = value
    assert len({place for place, _ in villages}) == 30
    assert posyandu == villages

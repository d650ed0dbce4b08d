"""The ten largest diseases: new cases by diagnosis, at a place and below, and the way there."""

from datetime import date

import pytest
from django.urls import reverse

from clusters.actions.visits import cancel_visit
from clusters.models import VISITS
from facilities.roles import Role
from ilp.core.months import Month
from reporting.selectors.diseases import largest_diseases
from reporting.selectors.places import place as place_of
from tests.factories import worker
from tests.reporting.rows import incoming, write

MARCH, APRIL = Month(2025, 3), Month(2025, 4)
PAGE = reverse("reporting:disease-list")
LINES = ["A09", "B35–B36", "E10–E14", "I10–I15", "J00", "J06", "J12–J18", "K02", "K30", "L00–L08"]
CODES = ["A09", "B35", "E11", "I10", "J00", "J06", "J18", "K02", "K30", "L08", "L23", "M79"]


def visit(number, code, tree, *, at="first", day=date(2025, 4, 8), sex="P", born=None, **more):
    values = {"diagnosis": code, "case_kind": "baru"} | more
    return incoming(
        "outpatient", nik=f"99010152039{number:05d}", born_on=born or date(1980, 3, 12), sex=sex,
        seen_on=day, facility=tree[at], home=tree["melati"], row=number + 2, **values,
    )  # fmt: skip


def largest(tree, place="district", first=APRIL, last=APRIL):
    user = worker(Role.KEPALA_DINAS, tree["district"])
    return largest_diseases(of=place_of(code=tree[place].code, user=user), first=first, last=last)


def counts(tree, *args, **more):
    return {one.code: one.cases for one in largest(tree, *args, **more).largest}


def test_new_cases_are_counted_by_category_once_a_visit(tree):
    rows = [
        visit(1, "J06.9", tree, sex="L"),
        visit(2, "J06", tree, born=date(2023, 4, 1)),
        visit(3, "J06.9", tree, diagnosis_2="J06.0", diagnosis_3="A09"),
        visit(4, "J06.9", tree, case_kind="lama"),
        visit(5, "J06.9", tree, case_kind="kunjungan"),
        visit(6, "J06.9", tree, case_kind=None),
    ]
    write("outpatient", rows, None)
    found = largest(tree)
    assert [(d.rank, d.code, d.cases, d.male, d.female, d.under_five) for d in found.largest] == [
        (1, "J06", 3, 1, 2, 1),
        (2, "A09", 1, 0, 1, 0),
    ]
    assert [d.share for d in found.largest] == [75.0, 25.0]
    assert (found.total, found.others) == (4, 0)


def test_a_cancelled_visit_is_no_case(tree):
    write("outpatient", [visit(1, "I10", tree), visit(2, "I10", tree)], None)
    cancel_visit(visit=VISITS["outpatient"].objects.first(), by=None)
    assert counts(tree) == {"I10–I15": 1}


def test_cases_are_counted_where_they_were_seen_and_above(tree):
    write("outpatient", [visit(1, "I10", tree), visit(2, "E11", tree, at="pustu_dua")], None)
    assert counts(tree) == {"I10–I15": 1, "E10–E14": 1}
    assert counts(tree, "first") == {"I10–I15": 1}
    assert counts(tree, "second") == {"E10–E14": 1}
    assert counts(tree, "melati") == {}


def test_a_month_or_the_year_so_far(tree):
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 4, 30), date(2025, 5, 1)]
    write("outpatient", [visit(n, "I10", tree, day=day) for n, day in enumerate(days)], None)
    assert counts(tree) == {"I10–I15": 1}
    assert counts(tree, first=Month(2025, 1)) == {"I10–I15": 2}
    assert counts(tree, first=MARCH, last=MARCH) == {}


def many(tree, cases):
    rows, number = [], 0
    for code, count in cases:
        for _ in range(count):
            number += 1
            rows.append(visit(number, code, tree))
    write("outpatient", rows, None)


def test_ten_are_listed_and_the_rest_added_up(tree):
    many(tree, [(code, 13 - n) for n, code in enumerate(CODES)])
    found = largest(tree)
    assert [one.code for one in found.largest] == LINES
    assert found.others == 3 + 2


def test_those_with_as_many_as_the_tenth_are_listed_too(tree):
    many(tree, [(code, 5) for code in CODES[:8]] + [(code, 2) for code in CODES[8:]])
    found = largest(tree)
    assert [one.rank for one in found.largest] == [1] * 8 + [9] * 4
    assert found.others == 0


@pytest.fixture
def ill(tree):
    rows = [
        visit(1, "J06.9", tree),
        visit(2, "A09", tree, at="second"),
        visit(3, "J06.9", tree, case_kind="lama"),
    ]
    write("outpatient", rows, None)
    return tree


def test_the_page_leads_to_the_visits_of_a_disease(client, ill):
    client.force_login(worker(Role.KEPALA_PUSKESMAS, ill["first"]))
    text = client.get(f"{PAGE}?p=2025-04").content.decode()
    assert "J06" in text
    assert "A09" not in text
    query = {"w": ill["first"].code, "p": "2025-04", "service": "outpatient", "dx": "J06"}
    address = reverse("clusters:visit-list", query=query)
    assert address.replace("&", "&amp;") in text
    listed = client.get(address).content.decode()
    assert "Hanya kasus baru J06" in listed
    assert "Orang 0001" in listed
    assert "Orang 0003" not in listed  # not new
    other = client.get(address.replace("J06", "K02")).content.decode()
    assert "Tidak ada kunjungan" in other


def test_a_reader_of_english_finds_diseases_by_their_english_names(client, ill):
    """In no list of LB1, on a page that is kept, and with the visits of a disease and one visit."""
    write("outpatient", [visit(4, "N61", ill)], None)
    client.force_login(worker(Role.KEPALA_PUSKESMAS, ill["first"]))
    one = VISITS["outpatient"].objects.get(diagnosis="N61")
    query = {"w": ill["first"].code, "p": "2025-04", "service": "outpatient", "dx": "N61"}
    pages = (
        f"{PAGE}?p=2025-04",
        reverse("clusters:visit-list", query=query),
        reverse("clusters:visit", args=["outpatient", one.pk]),
    )
    for language, name in (("en", "Inflamed breast"), ("id", "Radang payudara")) * 2:
        client.cookies["bahasa"] = language
        for address in pages:
            assert name in client.get(address).content.decode(), (address, language)


def test_a_line_of_several_categories_leads_to_the_visits_of_all_of_them(client, tree):
    rows = [
        visit(1, "J15.9", tree),
        visit(2, "J18", tree),
        visit(3, "K30", tree, diagnosis_2="J12.0"),
        visit(4, "J20", tree),
        visit(5, "J18", tree, case_kind="lama"),
    ]
    write("outpatient", rows, None)
    client.force_login(worker(Role.KEPALA_PUSKESMAS, tree["first"]))
    assert "dx=J12-J18" in client.get(f"{PAGE}?p=2025-04").content.decode()
    query = {"w": tree["first"].code, "p": "2025-04", "service": "outpatient", "dx": "J12-J18"}
    listed = client.get(reverse("clusters:visit-list", query=query)).content.decode()
    assert [n for n in range(1, 6) if f"Orang 000{n}" in listed] == [1, 2, 3]


@pytest.mark.parametrize("wrong", ["J0", "j06", "J06.9", "1=1", "J12-J18-J20", "J12-", "J12  J18"])
def test_a_category_that_is_none_is_not_found(client, ill, wrong):
    client.force_login(worker(Role.KEPALA_PUSKESMAS, ill["first"]))
    query = {"w": ill["first"].code, "service": "outpatient", "dx": wrong}
    assert client.get(reverse("clusters:visit-list", query=query)).status_code == 404


def test_who_may_see_no_people_is_given_no_way_to_them(client, ill):
    client.force_login(worker(Role.KEPALA_DINAS, ill["district"]))
    text = client.get(f"{PAGE}?p=2025-04").content.decode()
    assert "J06" in text
    assert "dx=J06" not in text


def test_a_place_outside_ones_scope_does_not_exist(client, ill):
    client.force_login(worker(Role.KEPALA_PUSKESMAS, ill["first"]))
    assert client.get(f"{PAGE}?w={ill['second'].code}").status_code == 404


def test_where_nobody_was_ill_the_page_says_what_to_do(client, ill):
    client.force_login(worker(Role.KEPALA_DINAS, ill["district"]))
    text = client.get(f"{PAGE}?p=2025-02").content.decode()
    assert "Belum ada kasus baru rawat jalan" in text

"""Whoever is made up must be made up the same way twice, and be nobody."""

import re
from collections import Counter
from datetime import date
from random import Random

from clusters.services import SERVICES
from ilp.core.cells import check_nik
from ilp.core.months import Month
from reporting.demo.people import Register
from reporting.demo.sizes import SIZES
from reporting.demo.span import Span, sessions
from tests.reporting.demo.made_up import SPAN, all_contacts, lived, small


def test_the_same_seed_makes_the_same_district():
    assert lived("mini", seed=7) == lived("mini", seed=7)


def test_another_seed_or_month_makes_another_one():
    told = [all_contacts(lived("mini", seed=7)), all_contacts(lived("mini", seed=8))]
    told.append(all_contacts(lived("mini", seed=7, span=Span.ending(Month(2026, 9)))))
    assert told[0] != told[1]
    assert told[0] != told[2]


def test_about_as_many_visits_as_promised():
    counted = Counter(service for service, _ in all_contacts(small()))
    assert 40_000 <= counted.total() <= 68_000
    assert set(counted) == set(SERVICES)
    assert all(counted[code] > 2_000 for code in ("antenatal", "growth", "immunisation", "adult"))
    assert all(count > 20 for count in counted.values())


def test_every_nik_lies_in_the_region_that_no_district_has_and_is_well_formed():
    people = {id(c.person): c.person for _, c in all_contacts(small())}.values()
    with_nik = [p for p in people if p.nik]
    assert all(re.fullmatch(r"990101\d{10}", p.nik) for p in with_nik)
    assert [p for p in with_nik if check_nik(p.nik, p.sex, p.born_on)] == []
    assert len({p.nik for p in with_nik}) == len(with_nik)


def test_a_womans_day_has_forty_added_and_serials_never_repeat():
    register = Register()
    born = date(1995, 5, 5)
    assert register.issue("P", born) == "9901014505950001"
    assert register.issue("P", born) == "9901014505950002"
    assert register.issue("L", born) == "9901010505950001"


def test_some_babies_have_no_nik_yet():
    children = [c.person for s, c in all_contacts(small()) if s == "immunisation"]
    without = {id(p) for p in children if not p.nik}
    assert 0 < len(without) < 0.25 * len({id(p) for p in children})


def test_nobody_is_seen_after_the_span_before_birth_or_on_a_day_without_a_session():
    for centre in lived("mini"):
        for _, contact in all_contacts([centre]):
            assert contact.person.born_on <= contact.day <= SPAN.last.last_day


def test_fewer_come_in_the_month_of_the_feast():
    weighed = Counter(Month.of(c.day) for s, c in all_contacts(small()) if s == "growth")
    assert weighed[Month(2026, 3)] < 0.85 * weighed[Month(2026, 2)]
    assert weighed[Month(2025, 12)] < weighed[Month(2025, 11)]


def test_a_late_puskesmas_has_nothing_in_the_last_month_and_the_others_have():
    for centre in small():
        last = [c for _, c in all_contacts([centre]) if Month.of(c.day) == SPAN.last]
        assert bool(last) is not centre.planned.is_late
    assert sum(centre.planned.is_late for centre in small()) == 1


def test_a_session_is_never_on_a_sunday():
    held = sessions(SPAN.first, SPAN.last, Random(3))
    assert len(held) >= 12
    assert all(day.weekday() != 6 and Month.of(day) == month for month, day in held.items())


def test_sizes_are_those_of_the_real_ones():
    big = SIZES["pandeglang"]
    assert (big.puskesmas, big.pustu, big.posyandu) == (36, 66, 1900)
    assert (SIZES["small"].puskesmas, SIZES["small"].pustu, SIZES["small"].posyandu) == (6, 12, 90)

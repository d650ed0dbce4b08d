"""Births, nifas, newborns, couples: what is worked out and what is refused, by hand."""

from datetime import date, timedelta

import pytest

from clusters.models import Delivery, Newborn
from clusters.services import SERVICES
from tests.clusters.workbooks import (
    CHILD,
    DELIVERY,
    FAMILY_PLANNING,
    NEWBORN,
    POSTNATAL,
    PREMARITAL,
    file,
    refused,
    warned,
    workbook,
)

BORN = date(2025, 12, 9)


def derived(service, **given):
    values = dict.fromkeys(SERVICES[service].typed) | {"sex": "P", "seen_on": BORN} | given
    values.setdefault("age_months", 30 * 12)
    values.setdefault("age_days", 30 * 365)
    return SERVICES[service].derive(values)


@pytest.mark.parametrize(
    ("days", "hours", "visit"),
    [
        (0, None, None), (0, 5, None), (0, 6, "KF1"), (1, None, "KF1"), (2, None, "KF1"),
        (2, 71, "KF1"), (3, None, "KF2"), (7, None, "KF2"), (8, None, "KF3"), (28, None, "KF3"),
        (29, None, "KF4"), (42, None, "KF4"), (43, None, None), (-1, None, None),
    ],
)  # fmt: skip
def test_visits_of_mothers_by_days_since_the_birth(days, hours, visit):
    got = derived("postnatal", delivered_on=BORN - timedelta(days), hours=hours)
    assert (got["kf"], got["days"], got["in_time"]) == (visit, days, 0 <= days <= 42)


@pytest.mark.parametrize(
    ("days", "hours", "visit"),
    [
        (0, None, None), (0, 5, None), (0, 6, "KN1"), (2, 48, "KN1"), (2, 49, None),
        (2, None, "KN1"), (3, None, "KN2"), (7, None, "KN2"), (8, None, "KN3"), (28, None, "KN3"),
    ],
)  # fmt: skip
def test_visits_of_newborns_by_hours_and_days(days, hours, visit):
    assert derived("newborn", age_days=days, hours=hours)["kn"] == visit


@pytest.mark.parametrize(
    ("given", "name", "expected"),
    [
        ({"birth_weight": 2499}, "low_weight", True),
        ({"birth_weight": 2500}, "low_weight", False),
        ({}, "low_weight", None),
        ({"weeks": 36}, "preterm", True),
        ({"weeks": 37}, "preterm", False),
        ({}, "preterm", None),
        ({"shk": True, "age_days": 14}, "shk_in_time", True),
        ({"shk": True, "age_days": 15}, "shk_in_time", False),
        ({"shk": False, "age_days": 3}, "shk_in_time", False),
        ({"age_days": 3}, "shk_in_time", None),
    ],
)
def test_what_follows_of_a_newborn(given, name, expected):
    assert derived("newborn", **{"age_days": 1} | given)[name] is expected


@pytest.mark.parametrize(
    ("given", "risky"),
    [
        ({"age_months": 20 * 12 - 1}, True),
        ({"age_months": 20 * 12}, False),
        ({"age_months": 36 * 12 - 1}, False),
        ({"age_months": 36 * 12}, True),
        ({"children": 3}, False),
        ({"children": 4}, True),
        ({"youngest_months": 23}, True),
        ({"youngest_months": 24}, False),
    ],
)
def test_the_four_too_of_family_planning(given, risky):
    assert derived("family_planning", **given)["four_t"] is risky


@pytest.mark.parametrize(
    ("given", "postpartum"),
    [
        ({"method": "iud", "state": "baru", "delivered_on": BORN - timedelta(42)}, True),
        ({"method": "iud", "state": "baru", "delivered_on": BORN - timedelta(43)}, False),
        ({"method": "iud", "state": "aktif", "delivered_on": BORN}, False),
        ({"method": "tidak", "delivered_on": BORN}, False),
        ({"method": "iud", "state": "baru"}, False),
    ],
)
def test_a_method_begun_after_a_birth(given, postpartum):
    assert derived("family_planning", **given)["postpartum"] is postpartum


@pytest.mark.parametrize(
    ("given", "kek", "anaemic"),
    [
        ({"sex": "P", "muac": 23.4, "hb": 11.9}, True, True),
        ({"sex": "P", "muac": 23.5, "hb": 12}, False, False),
        ({"sex": "L", "muac": 20, "hb": 12.9}, None, True),
        ({"sex": "L", "hb": 13}, None, False),
        ({}, None, None),
    ],
)
def test_brides_and_grooms(given, kek, anaemic):
    got = derived("premarital", **given)
    assert (got["kek"], got["anaemic"]) == (kek, anaemic)


LATER, TODDLER = date(2026, 1, 7), CHILD["Tanggal lahir"]


@pytest.mark.parametrize(
    ("row", "change", "code"),
    [
        (DELIVERY, {"Jenis kelamin": "L"}, "not-this-sex"),
        (DELIVERY, {"Tanggal lahir": date(2017, 3, 12)}, "not-this-age"),
        (DELIVERY, {"HPHT": BORN - timedelta(139)}, "delivery-after-pregnancy"),
        (DELIVERY, {"HPHT": BORN - timedelta(315)}, "delivery-after-pregnancy"),
        (DELIVERY, {"Usia kehamilan (minggu)": 19}, "out-of-range"),
        (DELIVERY, {"Bayi lahir hidup (bayi)": 0}, "somebody-was-born"),
        (DELIVERY, {"Penolong 1": None}, "first-helper-first"),
        (DELIVERY, {"Komplikasi ditangani sampai selesai": "ya"}, "treated-without-complication"),
        (POSTNATAL, {"Jenis kelamin": "L"}, "not-this-sex"),
        (POSTNATAL, {"Tanggal bersalin": None}, "says-nothing"),
        (POSTNATAL, {"Tanggal bersalin": date(2025, 12, 11)}, "delivered-before-visit"),
        (POSTNATAL, {"Tanggal bersalin": date(2025, 10, 10)}, "delivered-lately"),
        (
            POSTNATAL,
            {"Tanggal lahir": date(2015, 12, 20), "Tanggal kunjungan": date(2025, 12, 21)},
            "mother-old-enough",
        ),
        (POSTNATAL, {"Jam sejak bersalin (jam)": 50}, "hours-agree-with-days"),
        (POSTNATAL, {"Diastole (mmHg)": 110}, "diastole-below-systole"),
        (POSTNATAL, {"Komplikasi ditangani": "ya"}, "treated-without-danger"),
        (NEWBORN, {"Tanggal lahir": TODDLER}, "not-this-age"),
        (NEWBORN, {"Tanggal kunjungan": LATER}, "neonatal-age"),
        (NEWBORN, {"Jam sejak lahir (jam)": 60}, "hours-agree-with-days"),
        (NEWBORN, {"Berat lahir (gram)": 31}, "out-of-range"),
        (NEWBORN, {"Komplikasi ditangani": "ya"}, "treated-without-complication"),
        (FAMILY_PLANNING, {"Jenis kelamin": "L"}, "not-this-sex"),
        (FAMILY_PLANNING, {"Tanggal lahir": date(1960, 3, 12)}, "not-this-age"),
        (FAMILY_PLANNING, {"Cara KB": "Tidak memakai"}, "method-of-participants"),
        (
            FAMILY_PLANNING,
            {"Tanggal bersalin terakhir": date(2026, 1, 21)},
            "delivered-before-visit",
        ),
        (FAMILY_PLANNING, {"Tanggal bersalin terakhir": date(1999, 1, 1)}, "mother-old-enough"),
        (PREMARITAL, {"Tanggal lahir": date(2012, 3, 12)}, "not-this-age"),
        (PREMARITAL, {"Sistole (mmHg)": 70, "Diastole (mmHg)": 90}, "diastole-below-systole"),
    ],
)
def test_contradictions_are_refused(take, row, change, code):
    service = next(s for s, r in ROWS.items() if r is row)
    result = take(row | {"NIK": None} | change, service=service)
    assert [c for _row, _column, c in refused(result)] == [code], result.issues
    assert (result.new, result.rejected) == (0, 1)
    assert result.issues[0].reason.endswith(".")


ROWS = {
    "delivery": DELIVERY,
    "postnatal": POSTNATAL,
    "newborn": NEWBORN,
    "family_planning": FAMILY_PLANNING,
    "premarital": PREMARITAL,
}


@pytest.mark.parametrize(
    ("row", "change", "code"),
    [
        (DELIVERY, {"Cara persalinan": "Seksio sesarea"}, "operation-in-hospital"),
        (DELIVERY, {"Usia kehamilan (minggu)": 34}, "weeks-agree-with-lmp"),
        (NEWBORN, {"Sampel SHK diambil": "ya"}, "shk-not-too-early"),
        (NEWBORN, {"Berat lahir (gram)": 990}, "birth-weight-in-gram"),
        (FAMILY_PLANNING, {"Cara KB": "MAL", "Umur anak terkecil (bulan)": 6},
         "breastfeeding-method"),
        (PREMARITAL, {"Tanggal lahir": date(2007, 3, 12)}, "lawful-age"),
    ],
)  # fmt: skip
def test_odd_things_are_kept_with_a_warning(take, row, change, code):
    service = next(s for s, r in ROWS.items() if r is row)
    result = take(row | {"NIK": None} | change, service=service)
    assert code in [c for _row, _column, c in warned(result)]
    assert (result.new, result.rejected) == (1, 0)


@pytest.mark.parametrize("service", ROWS)
def test_each_is_recognised_by_its_titles(take, service):
    result = take(ROWS[service])
    assert (result.service, result.new, result.rejected, result.warned) == (service, 1, 0, 0)


def test_a_register_in_the_words_of_midwives(take):
    row = {
        "NIK": "9901015203900001", "Nama Ibu": "Contoh Satu", "Tgl Lahir": date(1990, 3, 12),
        "Tanggal Persalinan": BORN, "Tempat Persalinan": "RSUD", "Ditolong oleh": "SpOG",
        "Cara Bersalin": "SC", "Lahir Hidup": 1,
    }  # fmt: skip
    result = take(content=workbook(Data=[list(row), list(row.values())]), service="delivery")
    assert (result.new, result.rejected) == (1, 0), result.issues
    visit = Delivery.objects.get()
    assert (visit.seen_on, visit.delivered_on) == (BORN, BORN)
    assert (visit.birthplace, visit.helper, visit.way) == ("rs", "spog", "sesar")


def test_a_file_of_newborns_says_who_they_are(take):
    assert take(content=file(NEWBORN), service="newborn").new == 1
    visit = Newborn.objects.get()
    assert (visit.kn, visit.low_weight, visit.preterm, visit.person.sex) == (
        "KN1",
        False,
        False,
        "L",
    )

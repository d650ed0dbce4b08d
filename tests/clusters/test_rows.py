"""What people send: every bad row is refused with a remedy, every odd one understood."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from clusters.actions.locks import lock_month, unlock_month
from clusters.excel.imports import NotYourFacility
from clusters.models import Antenatal, Growth, Person
from facilities.actions.places import close
from ilp.core.months import Month
from tests.clusters.workbooks import (
    ANTENATAL,
    GROWTH,
    WOMAN,
    refused,
    warned,
)
from tests.factories import place, worker

TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"Tanggal kunjungan": TOMORROW}, "Tanggal kunjungan", "in-the-future"),
        ({"Tanggal kunjungan": date(1990, 3, 11)}, "Tanggal kunjungan", "before-birth"),
        ({"Tanggal lahir": date(1910, 3, 12)}, "Tanggal lahir", "too-old"),
        ({"Tanggal lahir": date(2020, 3, 12)}, "Tanggal lahir", "not-this-age"),
        ({"Jenis kelamin": "L"}, "Jenis kelamin", "not-this-sex"),
        ({"Jenis kelamin": "2"}, "Jenis kelamin", "sex-number"),
        ({"Nama": None}, "Nama", "blank"),
        ({"Nama": "9901015203900001"}, "Nama", "name-with-number"),
        ({"Tanggal lahir": None}, "Tanggal lahir", "blank"),
        ({"Tanggal kunjungan": "kemarin"}, "Tanggal kunjungan", "not-a-date"),
        ({"NIK": "12345"}, "NIK", "nik-length"),
        ({"NIK": "99010152039O0001"}, "NIK", "nik-letters"),
        ({"Kode faskes": "X-99"}, "Kode faskes", "unknown-place"),
        ({"Kode faskes": "99.01.02.2001-PSY-001"}, "Kode faskes", "foreign-place"),
        ({"Desa": "Entah"}, "Desa", "unknown-home"),
        ({"Posyandu": "Mawar"}, "Posyandu", "unknown-home"),  # lies in the other village
        ({"LILA (cm)": 999}, "LILA (cm)", "out-of-range"),
        ({"LILA (cm)": "dua puluh"}, "LILA (cm)", "not-number"),
        ({"Sistole (mmHg)": 70, "Diastole (mmHg)": 90}, "Sistole (mmHg)", "diastole-below-systole"),
        ({"Pemeriksa": "dukun"}, "Pemeriksa", "not-a-choice"),
        (
            {"HPHT": None, "Usia kehamilan (minggu)": None},
            "Usia kehamilan (minggu)",
            "says-nothing",
        ),
    ],
)
def test_a_bad_row_is_refused_and_the_good_one_kept(take, change, column, code):
    result = take(ANTENATAL, ANTENATAL | {"NIK": None} | change)
    assert refused(result) == [(3, column, code)]
    assert (result.read, result.new, result.rejected) == (2, 1, 1)
    assert Antenatal.objects.count() == 1
    (issue,) = [i for i in result.issues if not i.is_warning]
    assert issue.reason.endswith(".")
    assert WOMAN["Nama"] not in issue.value + issue.reason


def test_a_place_that_is_closed_on_the_day(take, tree):
    extra = place("posyandu", network=tree["pustu_satu"], area=tree["desa_satu"])
    close(place=extra, since=Month(2025, 3), by=None)
    before = ANTENATAL | {"Kode faskes": extra.code, "Tanggal kunjungan": date(2025, 2, 28)}
    before |= {"HPHT": date(2025, 1, 1), "Usia kehamilan (minggu)": 8}
    result = take(before, ANTENATAL | {"Kode faskes": extra.code})
    assert refused(result) == [(3, "Kode faskes", "closed-place")]


def test_a_home_posyandu_not_open_on_the_day_stands_for_its_village(take, tree):
    extra = place("posyandu", network=tree["pustu_satu"], area=tree["desa_satu"])
    close(place=extra, since=Month(2025, 3), by=None)
    take(ANTENATAL | {"Desa": None, "Posyandu": extra.code})
    assert Antenatal.objects.get().home == tree["desa_satu"]


def test_homes_by_code_name_and_nearness(take, tree):
    twin = place("posyandu", network=tree["pustu_dua"], area=tree["desa_dua"])
    type(twin).objects.filter(pk=twin.pk).update(name="Melati")
    rows = [
        ANTENATAL | {"Desa": None, "Posyandu": "POSYANDU  melati"},
        ANTENATAL | {"Desa": tree["desa_satu"].code, "Posyandu": None},
        ANTENATAL | {"Desa": "DESA SATU", "Posyandu": tree["melati"].code},
    ]
    rows = [
        row | {"Nama": f"Contoh {letter}", "NIK": None}
        for letter, row in zip("ABC", rows, strict=True)
    ]
    result = take(*rows)
    assert result.rejected == 0, result.issues
    homes = list(Antenatal.objects.order_by("row").values_list("home", flat=True))
    assert homes == [tree["melati"].pk, tree["desa_satu"].pk, tree["melati"].pk]
    result = take(rows[0], at="district", keep=False)
    assert refused(result)[0][2] == "ambiguous-home"


def test_an_unknown_home_is_met_with_a_suggestion(take):
    result = take(ANTENATAL | {"Desa": None, "Posyandu": "Melatih"})
    assert "Maksud Anda Melati?" in result.issues[0].reason


def test_a_locked_month_takes_no_rows(take, tree):
    lock_month(district=tree["district"], month=Month(2025, 5), by=None)
    june = ANTENATAL | {"Tanggal kunjungan": date(2025, 6, 3), "Usia kehamilan (minggu)": 13}
    result = take(ANTENATAL, june)
    assert refused(result) == [(2, "Tanggal kunjungan", "locked-month")]
    assert "buka" in result.issues[0].reason
    unlock_month(district=tree["district"], month=Month(2025, 5), by=None, reason="uji")
    assert take(ANTENATAL).new == 1


def test_someone_elses_facility(take, tree):
    user = worker("nakes", tree["second"])
    with pytest.raises(NotYourFacility):
        take(ANTENATAL, by=user)
    result = take(ANTENATAL | {"Kode faskes": tree["melati"].code}, at="second", by=user)
    assert refused(result) == [(2, "Kode faskes", "foreign-place")]


def test_a_column_of_american_dates_is_refused_as_a_whole(take):
    rows = [ANTENATAL | {"NIK": None, "Tanggal kunjungan": d} for d in ("05/06/2025", "05/25/2025")]
    result = take(*rows)
    assert {code for _row, _column, code in refused(result)} == {"month-first"}
    assert result.rejected == 2
    assert len({i.reason for i in result.issues}) == 1


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6/5/2025", date(2025, 5, 6)),
        ("6-5-25", date(2025, 5, 6)),
        ("6 Mei 2025", date(2025, 5, 6)),
        ("2025-05-06", date(2025, 5, 6)),
        (45783, date(2025, 5, 6)),
        (datetime(2025, 5, 6, 8, 30), date(2025, 5, 6)),  # noqa: DTZ001 cells have no zone
    ],
)
def test_dates_as_people_write_them(take, text, day):
    take(ANTENATAL | {"Tanggal kunjungan": text})
    assert Antenatal.objects.get().seen_on == day


@pytest.mark.parametrize("weight", ["52,5", "52.5", 52.5, "52,5 kg", " 52,5\u00a0"])
def test_decimals_with_comma_or_point(take, weight):
    take(ANTENATAL | {"Berat badan (kg)": weight})
    assert float(Antenatal.objects.get().weight) == 52.5


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"Berat badan (kg)": "9,4 N"}, "note-dropped"),
        ({"Berat badan (kg)": "9.250"}, "read-as"),
        ({"LILA": 24}, "unusual"),
        ({"Panjang/tinggi badan (cm)": 50}, "z-plausible"),
    ],
)
def test_odd_values_are_kept_with_a_warning(take, change, code):
    result = take(GROWTH | change)
    assert (result.new, result.rejected, result.warned) == (1, 0, 1), result.issues
    assert [c for _row, _column, c in warned(result)] == [code]


def test_a_word_for_a_number_means_not_measured(take):
    result = take(GROWTH | {"Berat badan (kg)": "TIDAK HADIR"})
    assert [c for _r, _c, c in warned(result)] == ["word-for-number"]
    assert Growth.objects.get().weight is None


def test_a_weight_without_its_comma_is_refused(take):
    result = take(GROWTH | {"Berat badan (kg)": 36})
    assert refused(result) == [(2, "Berat badan (kg)", "weight-in-kilogram")]


def test_a_nik_kept_as_a_number_is_not_used(take):
    result = take(ANTENATAL | {"NIK": 9901015203900001})
    assert warned(result) == [(2, "NIK", "nik-damaged")]
    person = Person.objects.get()
    assert person.is_temporary
    assert person.nik_sealed is None
    assert "5203900" not in result.issues[0].value


def test_a_nik_that_does_not_fit_is_only_warned_of(take):
    result = take(ANTENATAL | {"Tanggal lahir": date(1990, 3, 13)})
    assert warned(result) == [(2, "NIK", "nik-born")]
    assert result.new == 1


def test_a_nik_is_read_with_its_apostrophe_and_spaces(take):
    take(ANTENATAL | {"NIK": " '9901 0152 0390 0001"})
    assert Person.objects.get().nik_masked == "990101••••••0001"


def test_without_a_nik_only_equals_are_the_same_person(take):
    row = GROWTH | {"NIK": None}
    later = row | {"Tanggal kunjungan": date(2025, 6, 3), "Nama": "ANAK  contoh"}
    other = later | {"Nama": "Anak Conto"}
    result = take(row, later, other)
    assert result.new == 3
    assert Person.objects.count() == 2

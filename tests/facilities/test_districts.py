import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from facilities import registry
from facilities.models import Ancestry, Facility, IlpStatus, IlpTarget


def load(*args):
    out = StringIO()
    call_command("load_district", *args, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "kecamatan", "desa", "puskesmas", "zone"),
    [
        ("52.02", 12, 154, 28, "Asia/Makassar"),
        ("52.71", 6, 50, 12, "Asia/Makassar"),
        ("36.01", 35, 339, 36, "Asia/Jakarta"),
        ("35.08", 21, 205, 25, "Asia/Jakarta"),
        ("18.01", 17, 260, 24, "Asia/Jakarta"),
    ],
)
def test_each_district_loads_and_a_second_time_changes_nothing(
    code, kecamatan, desa, puskesmas, zone
):
    [first] = load(code)
    assert (first["kecamatan"], first["desa"], first["puskesmas"]) == (kecamatan, desa, puskesmas)
    assert first["new"] == 2 + kecamatan + desa + puskesmas
    district = Facility.objects.get(code=code)
    assert district.time_zone == zone
    inside = Facility.objects.within(district, date(2025, 1, 1))
    assert inside.count() == 1 + kecamatan + desa + puskesmas
    [second] = load(code)
    assert (second["new"], second["ilp_statuses"], second["ilp_targets"]) == (0, 0, 0)


@pytest.mark.django_db
def test_districts_of_one_province_share_it():
    load("52.02")
    load("52.71")
    province = Facility.objects.get(code="52")
    below = Ancestry.objects.filter(ancestor=province, descendant__kind="dinas")
    assert set(below.values_list("descendant__code", flat=True)) == {"52.02", "52.71"}


@pytest.mark.django_db
def test_what_was_declared_for_all_is_recorded_with_its_source():
    load("52.02")
    statuses = IlpStatus.objects.filter(facility__kind="puskesmas")
    assert statuses.count() == 28
    assert {status.since for status in statuses} == {date(2024, 8, 21)}
    assert all("Berita" in status.evidence for status in statuses)


@pytest.mark.django_db
def test_what_was_announced_for_a_year_is_a_target():
    load("35.08")
    target = IlpTarget.objects.get()
    assert (target.kind, target.year, target.number) == ("puskesmas", 2025, 25)
    assert not IlpStatus.objects.exists()


def test_the_list_names_the_five():
    assert [row["district"] for row in load("--list")] == list(registry.DISTRICTS)


@pytest.mark.django_db
def test_an_unknown_district_is_named_with_those_that_are_known():
    with pytest.raises(CommandError, match=r"99\.01.*52\.02"):
        load("99.01")


@pytest.mark.parametrize(
    "text", ["UPT BLUD Puskesmas Aik  Derek", "PKM. Aik-Derek ", "aikderek", "Puskesmas AIK DEREK"]
)
def test_spellings_of_one_name_are_one(text):
    assert registry.normalised(text) == "aikderek"


def test_a_name_that_is_only_a_prefix_stays():
    assert registry.normalised("Kota") == "kota"


@pytest.mark.parametrize("code", list(registry.DISTRICTS))
def test_every_known_puskesmas_stands_in_a_kecamatan_of_its_district(code):
    kecamatan = {region for region, _name in registry.regions_below(code)}
    rows = registry.known_puskesmas(code)
    assert {row.kecamatan for row in rows} <= kecamatan
    assert {row.knowledge for row in rows} <= set(Facility.Knowledge.values)
    assert all(row.source for row in rows)

"""A small district with totals and sasaran written straight into the tables that pages read."""

from collections.abc import Mapping

from facilities.models import DataVersion, Facility
from ilp.core.months import Month
from reporting.catalogue import ELEMENTS, SLOTS, WIDTH
from reporting.models import Target, TargetSet, Total
from tests.factories import small_district

YEAR = 2025
MAY = Month(YEAR, 5)


def total(place: Facility, month: Month, **numbers: int) -> None:
    """Set elements of a place and month, in the first part of their breakdown."""
    by_programme: dict[str, dict[int, int]] = {}
    for code, value in numbers.items():
        element = ELEMENTS[code]
        slot = SLOTS[element.programme, code, element.parts[0]]
        by_programme.setdefault(element.programme, {})[slot] = value
    for programme, slots in by_programme.items():
        zeros = [0] * WIDTH[programme]
        row, _ = Total.objects.get_or_create(
            place=place, month=month, programme=programme, defaults={"own": zeros, "total": zeros}
        )
        for slot, value in slots.items():
            row.total[slot - 1] = value
        Total.objects.filter(place=place, month=month, programme=programme).update(total=row.total)


def sasaran(
    district: Facility, values: Mapping[Facility, Mapping[str, int]], year=YEAR
) -> TargetSet:
    made = TargetSet.objects.create(
        district=district, year=year, basis="proyeksi", version=1,
        since=Month(year, 1), source="SK contoh",
    )  # fmt: skip
    Target.objects.bulk_create(
        Target(set=made, place=place, code=code, value=value)
        for place, codes in values.items()
        for code, value in codes.items()
    )
    return made


PEOPLE = {"S_BUMIL": 120, "S_BULIN": 115, "S_BALITA": 600, "S_ANBAL": 480, "S_PROD": 4000,
          "S_SI": 110, "S_LH": 112, "S_LANSIA": 500, "S_RISTI": 90}  # fmt: skip


def filled_district(last: Month = MAY) -> Mapping[str, Facility]:
    """Two Puskesmas with five months of numbers; the second did not report the last one."""
    return filled(small_district(), last)


def filled(places: Mapping[str, Facility], last: Month = MAY) -> Mapping[str, Facility]:
    """The same for a small district that is there already."""
    shares = {"district": 3, "first": 2, "second": 1, "desa_satu": 2, "melati": 2, "pustu_satu": 2}
    below = {"second", "desa_dua", "mawar", "pustu_dua"}
    for name, times in shares.items():
        for month in last.of_year:
            if name in below and month == last:
                continue
            total(
                places[name], month,
                k1=5 * times, k6=3 * times, anc_12t=2 * times, tes_hiv=4 * times,
                tes_sifilis=4 * times, tes_hbsag=4 * times,
                skdn_d=150 * times, n_naik=90 * times, o_absen=10 * times, b_baru=5 * times,
                bgm=2 * times, diukur_tbu=140 * times, stunting=21 * times, spm4_balita=30 * times,
                idl=8 * times, dpt1=9 * times, dpt3=8 * times,
                skrining_produktif=200 * times, td_diukur=210 * times, td_tinggi=50 * times,
            )  # fmt: skip
    wanted = {places["first"]: {c: 2 * v for c, v in PEOPLE.items()}, places["second"]: PEOPLE,
              places["desa_satu"]: {c: 2 * v for c, v in PEOPLE.items()}}  # fmt: skip
    sasaran(places["district"], wanted)
    DataVersion.objects.update_or_create(district=places["district"], defaults={"number": 1})
    return places

"""A child's record and a second one of it without a NIK, for tests."""

from datetime import date

from clusters.models import Person
from reporting.actions.roll_up import roll_up_changed
from tests.clusters.workbooks import CHILD, GROWTH

TEMPORARY = GROWTH | {"NIK": None, "Nama": "Anak Conto"}
TEMPORARY_DOSE = CHILD | {"NIK": None, "Nama": "Anak Conto", "MR 1": "v"}
WEIGHT, LENGTH = "Berat badan (kg)", "Panjang/tinggi badan (cm)"


def weighed(base, day, kilos, **more):
    return base | {"Tanggal kunjungan": day, WEIGHT: kilos} | more


def two_records(take):
    """A child with a NIK and its record without one: six visits, one day of them shared."""
    take(
        weighed(GROWTH, date(2025, 3, 4), 8.9),
        weighed(GROWTH, date(2025, 5, 6), 9.4, **{LENGTH: None, "Cara ukur": None}),
        service="growth",
    )
    take(
        weighed(TEMPORARY, date(2025, 4, 8), 9.2),
        weighed(TEMPORARY, date(2025, 5, 6), 9.5),
        service="growth",
    )
    take(TEMPORARY_DOSE, service="immunisation")
    roll_up_changed()
    return Person.objects.get(is_temporary=False), Person.objects.get(is_temporary=True)

"""A small district with years of numbers, so that months can be held against others, for tests."""

from ilp.core.months import Month
from tests.factories import small_district
from tests.reporting.figures import MAY, sasaran, total

BASE = (18, 20, 19, 21, 17, 19, 20, 18, 19, 21, 18, 20)
FIRST = Month(2023, 1)
PEOPLE = {"S_BUMIL": 240, "S_BULIN": 230, "S_SI": 200}


def long_district(last=9):
    """K6 of two Puskesmas from January 2023 to May 2025, and so many of the first in that May."""
    places = small_district()
    for year in (2023, 2024, 2025):
        sasaran(places["district"], {places["first"]: PEOPLE, places["second"]: PEOPLE}, year)
    for at, month in enumerate(FIRST.until(MAY)):
        usual = BASE[at % 12]
        first = last if month == MAY else usual
        total(places["first"], month, k6=first, k4=25, k1=30)
        total(places["second"], month, k6=usual, k4=25, k1=30)
        total(places["district"], month, k6=first + usual, k4=50, k1=60)
    return places

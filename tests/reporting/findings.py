"""Numbers that look wrong beside those of the year before, for tests."""

from django.urls import reverse

from ilp.core.months import Month
from reporting.selectors.places import Place
from reporting.selectors.quality import quality_of
from tests.reporting.figures import total

MAY = Month(2025, 5)
YEAR_BEFORE = MAY.plus(-12).until(MAY.plus(-1))
PAGE = reverse("reporting:quality")
USUAL = [44, 47, 50, 41, 53, 38, 49, 45, 47, 52, 42, 48]


def history(place, code, numbers, now):
    for month, number in zip(YEAR_BEFORE, numbers, strict=True):
        if number is not None:
            total(place, month, **{code: number})
    if now is not None:
        total(place, MAY, **{code: now})


def found(*places, month=MAY):
    listed = [Place(p.pk, p.code, p.name, p.kind) for p in places]
    return quality_of(places=listed, month=month)


def codes(*places):
    return [(one.check.code, one.subject) for one in found(*places).findings]

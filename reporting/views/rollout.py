"""S09: how far ILP has spread, year by year."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from facilities.access import can
from facilities.models import Facility
from facilities.roles import Permission
from facilities.selectors.ilp import Curve
from facilities.selectors.ilp import rollout as spread
from ilp.core.http import Request
from reporting.charts.rollout import RolloutPoint, draw
from reporting.charts.rollout import rollout as chart

YEARS_BACK, YEARS_AHEAD = 3, 1
Kind = Facility.Kind
WIDEST_FIRST = (Kind.DISTRICT, Kind.PUSKESMAS, Kind.PUSTU, Kind.DESA, Kind.POSYANDU)


def rollout(request: Request) -> HttpResponse:
    """Kinds of places, their curves, each Puskesmas. `w` names the district, `tahun` the year."""
    today = timezone.localdate()
    district = _district(request)
    year = _year(request.GET.get("tahun", ""), today.year)
    answer = spread(district=district, year=year, today=today)
    context = {
        "district": district,
        "answer": answer,
        "years": range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1),
        "drawings": [(curve.label, _drawn(curve)) for curve in answer.curves],
        "may_record": can(request.user, Permission.MANAGE_ILP, district),
        "may_target": can(request.user, Permission.MANAGE_TARGETS, district),
    }
    return render(request, "reporting/rollout.html", context)


def _district(request: Request) -> Facility:
    """The district asked for or the first that is seen; a lower place for those who see no more."""
    seen = Facility.objects.visible_to(request.user)
    if code := request.GET.get("w"):
        seen = seen.filter(code=code)
    for kind in WIDEST_FIRST:
        place = seen.of_kind(kind).order_by("code").first()
        if place is not None:
            return place
    raise Http404("no district within reach")


def _year(text: str, this_year: int) -> int:
    if text.isdecimal() and this_year - YEARS_BACK <= int(text) <= this_year + YEARS_AHEAD:
        return int(text)
    return this_year


def _drawn(curve: Curve) -> object:
    points = [
        RolloutPoint(month, running, curve.target)
        for month, running in zip(curve.months, curve.running, strict=True)
    ]
    return draw(chart(points), curve.label)

"""S09: how far ILP has spread, year by year."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from facilities.access import can, require
from facilities.models import Facility
from facilities.roles import Permission
from facilities.selectors.ilp import Rollout
from facilities.selectors.ilp import rollout as spread
from facilities.selectors.readiness import ready
from ilp.core import formats
from ilp.core.http import Request
from ilp.core.languages import in_indonesian
from reporting.views.downloads import CHART_KINDS, KINDS, picture_answer, table_file
from reporting.views.number_files import local_csv
from reporting.views.pictures import of_rollout

YEARS_BACK, YEARS_AHEAD = 3, 1
Kind = Facility.Kind
HEADINGS = (
    *(later("Kode"), later("Puskesmas"), later("Status"), later("Sejak")),
    *(later("Pustu menerapkan"), later("Pustu"), later("Posyandu menerapkan"), later("Posyandu")),
    *(later("Kesiapan (%)"), later("Hambatan utama"), later("Batas janji")),
)
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
        "drawings": [(curve.label, of_rollout(curve)) for curve in answer.curves],
        "may_export": can(request.user, Permission.EXPORT, district),
        "may_record": can(request.user, Permission.MANAGE_ILP, district),
        "own": ready(places=[district], on=answer.on)[district.pk],
        "today": today,
        "may_target": can(request.user, Permission.MANAGE_TARGETS, district),
    }
    return render(request, "reporting/rollout.html", context)


@in_indonesian
def rollout_file(request: Request, ext: str) -> HttpResponse:
    """Each Puskesmas with its state and the places below it, as on the page."""
    if ext not in KINDS:
        raise Http404
    district, answer = _exported(request)
    lines = [
        (
            row.code,
            row.name,
            row.state_label,
            row.since,
            *row.below["pustu"],
            *row.below["posyandu"],
            row.ready.share.percent,
            *((held.text, held.promised_on) if (held := row.ready.obstacle) else ("", None)),
        )
        for row in answer.rows
    ]
    name = f"ilp-{district.code}-{answer.on.isoformat()}"
    headings = tuple(map(str, HEADINGS))
    if ext == "csv":
        return local_csv(headings, lines, name)
    return table_file(lines, name, ext, headings, (_("Penerapan ILP per Puskesmas"),))


@in_indonesian
def rollout_curve(request: Request, kind: str, ext: str) -> HttpResponse:
    """The curve of one kind of place: the picture, or the rows of which it is drawn."""
    if ext not in CHART_KINDS:
        raise Http404
    district, answer = _exported(request)
    curve = next((one for one in answer.curves if one.kind == kind), None)
    if curve is None:
        raise Http404(kind)
    subject = f"{_('Penerapan ILP')} · {curve.label} · {district}"
    source = f"ILP · {_('Keadaan per %(day)s') % {'day': formats.day(answer.on)}}"
    name = f"ilp-{kind}-{district.code}-{answer.on.isoformat()}"
    return picture_answer(of_rollout(curve), (subject, source), name, ext)


def _exported(request: Request) -> tuple[Facility, Rollout]:
    """What a file is made of; Forbidden for who may not take it away."""
    district = _district(request)
    require(request.user, Permission.EXPORT, district)
    today = timezone.localdate()
    year = _year(request.GET.get("tahun", ""), today.year)
    return district, spread(district=district, year=year, today=today)


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

"""The end of every drill-down: the visits behind a number, and each with where it came from."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clusters.actions.looking import open_visit, open_visits
from clusters.actions.visits import cancel_visit
from clusters.forms.entry import CancelForm
from clusters.models import CANCELLED_BECAUSE, Visit
from clusters.selectors import visits as selectors
from clusters.selectors.roster import Day
from clusters.services import SERVICES, icd10
from clusters.views.days import closed_because, entry_url
from clusters.views.nudging import nudge_roll_up
from facilities.access import can, has_anywhere
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import DomainError, Forbidden
from ilp.core.http import Request
from ilp.core.months import Month

A_PAGE = 50
CATEGORY = 3  # characters of a code of ICD-10


@never_cache
def visit_list(request: Request) -> HttpResponse:
    """Visits of a service, place (w) and month (p); by place of care or, menurut=domisili, home."""
    place, service, month = _place(request), _service(request), _month(request)
    by_home = request.GET.get("menurut") == "domisili"
    open_visits(place=place, service=service, month=month, by=request.user)
    found = selectors.visits_seen(
        request.user, service=service, place=place, month=month, by_home=by_home
    )
    kept = {"w": place.code, "p": str(month), "service": service}
    category = _category(request, service)
    if category:
        found = selectors.new_cases_of(found, category)
        kept["dx"] = category
    if by_home:
        kept["menurut"] = "domisili"
    context = {
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("hal")),
        "place": place,
        "way": selectors.way_to(place, month, request.user),
        "month": month,
        "service": SERVICES[service],
        "services": SERVICES.values(),
        "by_home": by_home,
        "category": f"{category.replace('-', '–')} {icd10.name(category)}".strip(),
        "kept": kept,
        "query": urlencode(kept),
        "previous": urlencode(kept | {"p": str(month.plus(-1))}),
        "next": urlencode(kept | {"p": str(month.plus(1))}),
    }
    return render(request, "clusters/visit_list.html", context)


@never_cache
def visit(request: Request, service: str, pk: int) -> HttpResponse:
    """One visit: person, values, what was corrected, and the row it came from."""
    one = _visit(request, service, pk)
    open_visit(visit=one, by=request.user)
    return _shown(request, one, CancelForm())


def _shown(request: Request, one: Visit, form: CancelForm) -> HttpResponse:
    service = one.service
    may_change = one.cancelled_at is None and can(request.user, Permission.RECORD, one.facility)
    day = Day(service, one.facility, one.seen_on)
    context = {
        "visit": one,
        "service": service,
        "values": selectors.values_of(one),
        "history": selectors.history_of(one),
        "may_change": may_change,
        "locked": closed_because(day) if may_change else "",
        "correct_url": entry_url(day, one.person, kembali="1"),
        "cancel_form": form,
        "cancelled_because": CANCELLED_BECAUSE.get(one.extra.get("cancelled_because", ""), ""),
        "may_see_upload": one.upload is not None
        and can(request.user, Permission.RECORD, one.upload.facility),
    }
    return render(request, "clusters/visit.html", context)


@require_POST
def visit_cancel(request: Request, service: str, pk: int) -> HttpResponse:
    """Take a visit out of every count."""
    one = _visit(request, service, pk)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _shown(request, one, form)
    try:
        cancel_visit(visit=one, by=request.user, reason=form.cleaned_data["reason"])
    except DomainError as broken:
        messages.error(request, broken.sentence)
    else:
        nudge_roll_up()
        messages.success(request, _("Kunjungan dibatalkan dan tidak lagi dihitung."))
    return redirect("clusters:visit", service, pk)


def _visit(request: Request, service: str, pk: int) -> Visit:
    _require_carer(request)
    if service not in SERVICES:
        raise Http404
    return get_object_or_404(selectors.visible_visits(request.user, service), pk=pk)


def _require_carer(request: Request) -> None:
    if not has_anywhere(request.user, Permission.VIEW_PEOPLE):
        raise Forbidden("names are for those who give the care")


def _place(request: Request) -> Facility:
    """The place asked for or, without one, the user's own."""
    _require_carer(request)
    mine = Facility.objects.visible_to(request.user, Permission.VIEW_PEOPLE)
    code = request.GET.get("w")
    if code:
        return get_object_or_404(mine, code=code)
    own = mine.filter(assignments__user=request.user).first() or mine.first()
    if own is None:
        raise Http404
    return own


def _service(request: Request) -> str:
    code = request.GET.get("service", "antenatal")
    if code not in SERVICES:
        raise Http404
    return code


def _category(request: Request, service: str) -> str:
    """The categories of ICD-10 whose new cases are asked for, "J06" or "A15-A19"; empty for all."""
    asked = request.GET.get("dx", "")
    if not asked or service != "outpatient":
        return ""
    for run in asked.split(" "):
        ends = run.split("-")
        if len(ends) > 2 or any(len(e) != CATEGORY or icd10.normalised(e) != e for e in ends):
            raise Http404
    return asked


def _month(request: Request) -> Month:
    try:
        return Month.parse(request.GET["p"])
    except KeyError:
        return Month.of(timezone.localdate())
    except ValueError:
        raise Http404 from None

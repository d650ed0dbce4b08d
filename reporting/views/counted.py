"""Where the number that visits propose for a row of a report comes from."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from facilities.access import can
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.http import Request
from ilp.core.weeks import Period, month_of
from reporting.catalogue import FORMS
from reporting.catalogue.own import form_on
from reporting.selectors.consisting import consisting


@never_cache
def counted_page(
    request: Request, form: str, code: str, month: Period, element: str
) -> HttpResponse:
    """The number by its columns and by the places that recorded it, with the way to the visits."""
    if form not in FORMS:
        raise Http404
    seen = Facility.objects.visible_to(request.user)
    place = get_object_or_404(seen, code=code, kind__in=FORMS[form].kinds)
    of = month_of(month)
    spec = form_on(form, of)
    item = next((one for one in spec.items if one.element == element and not one.computed), None)
    if item is None:
        raise Http404
    context = {
        "spec": spec,
        "place": place,
        "period": month,
        "month": of,
        "found": consisting(form=spec, item=item, place=place, period=month),
        "sees_people": can(request.user, Permission.VIEW_PEOPLE, place),
    }
    return render(request, "reporting/counted.html", context)

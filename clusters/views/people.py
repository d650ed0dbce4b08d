"""Finding a person. What is asked for travels by POST, so that no address ever holds it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from clusters.actions.looking import search_people
from clusters.forms import PersonSearch
from clusters.selectors.people import MOST_FOUND, own_place_of
from facilities.access import has_anywhere
from facilities.roles import Permission
from ilp.core.errors import Forbidden
from ilp.core.http import Request


@never_cache
@sensitive_post_parameters()
def person_search(request: Request) -> HttpResponse:
    """A person by the beginning of the name, or by the whole NIK."""
    if not has_anywhere(request.user, Permission.VIEW_PEOPLE):
        raise Forbidden("names are for those who give the care")
    form = PersonSearch(request.POST or None, by=request.user)
    found = None
    if form.is_valid():
        place = own_place_of(request.user, Permission.VIEW_PEOPLE)
        if place is None:
            raise Http404
        found = form.found()
        search_people(place=place, number=min(len(found), MOST_FOUND), by=request.user)
    context = {
        "form": form,
        "found": found and found[:MOST_FOUND],
        "asked": found is not None,
        "more": bool(found) and len(found or ()) > MOST_FOUND,
    }
    return render(request, "clusters/person_search.html", context)

"""The card of a person."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from clusters.actions.looking import open_person
from clusters.cutoffs import cutoff
from clusters.models import Person
from clusters.selectors.life import Seen, life_of
from facilities.access import has_anywhere
from facilities.roles import Permission
from ilp.core.errors import Forbidden
from ilp.core.http import Request
from reporting.charts.growth_drawing import draw
from reporting.selectors.persons import card


@never_cache
def person_card(request: Request, pk: int) -> HttpResponse:
    """A person's whole life, for those who give them care; every opening is on record."""
    person = Person.objects.select_related("home").filter(pk=pk).first()
    if person is None:
        if not has_anywhere(request.user, Permission.VIEW_PEOPLE):
            raise Forbidden("names are for those who give the care")
        raise Http404
    life = life_of(person, request.user)
    if person.merged_into_id is not None and life is not None:
        return redirect("reporting:person", person.merged_into_id)
    if life is None:
        raise Http404
    open_person(person=person, by=request.user)
    today = timezone.localdate()
    found = card(life, today)
    context = {
        "card": found,
        "life": life,
        "person": person,
        "charts": [(one, draw(one)) for one in found.curves],
        "measured": sorted({dot.on for one in found.curves for dot in one.dots}, reverse=True),
        "late_days": round(cutoff("dose_late_days", today)),
        "years": _years(life.seen),
        "may_merge": bool(life.merges) and has_anywhere(request.user, Permission.MERGE_PEOPLE),
    }
    return render(request, "reporting/person.html", context)


person_card.takes_forms = True  # type: ignore[attr-defined]  # it shows none


def _years(seen: Iterable[Seen]) -> list[tuple[int, list[Seen]]]:
    """The timeline by year, the latest first."""
    years: dict[int, list[Seen]] = {}
    for one in seen:
        years.setdefault(one.visit.seen_on.year, []).append(one)
    return list(years.items())

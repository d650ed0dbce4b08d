"""Which Posyandu day a page is about: said by its address, with ids and codes only."""

from __future__ import annotations

from datetime import date

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as now

from clusters.excel.refusals import CLOSED_PLACE, IN_THE_FUTURE, LOCKED_MONTH
from clusters.models import Person
from clusters.selectors import locked_months
from clusters.selectors.places import AREAS
from clusters.selectors.roster import Day
from clusters.selectors.visits import needed
from clusters.services import SERVICES
from facilities.access import has_anywhere
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import Forbidden
from ilp.core.http import Request
from ilp.core.models import User
from ilp.core.months import Month

YEARS = range(2000, 2101)


def require_recorder(user: User) -> None:
    if not has_anywhere(user, Permission.RECORD):
        raise Forbidden("visits are recorded by those who give the care")


def day_of(request: Request, service: str) -> Day:
    """The day of `w` (place) and `t` (date); outside the user's places it does not exist."""
    require_recorder(request.user)
    if service not in SERVICES:
        raise Http404
    mine = Facility.objects.visible_to(request.user, Permission.RECORD).exclude(kind__in=AREAS)
    mine = mine.visible_to(request.user, needed(service))
    return Day(
        service=SERVICES[service],
        place=get_object_or_404(mine, code=request.GET.get("w", "")),
        on=_date(request.GET.get("t")),
        everyone="semua" in request.GET,
        village="desa" in request.GET,
    )


def _date(text: str | None) -> date:
    if not text:
        return timezone.localdate()
    try:
        on = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if on.year not in YEARS:
        raise Http404
    return on


def query_of(day: Day, **changes: str | None) -> str:
    """The day as the end of an address; a change of None leaves something out."""
    said: dict[str, str | None] = {"w": day.place.code, "t": day.on.isoformat()}
    said |= {"semua": "1" if day.everyone else None, "desa": "1" if day.village else None}
    return urlencode({name: text for name, text in (said | changes).items() if text is not None})


def roster_url(day: Day, **changes: str | None) -> str:
    return f"{reverse('clusters:roster', args=[day.service.code])}?{query_of(day, **changes)}"


def entry_url(day: Day, person: Person, **changes: str | None) -> str:
    address = reverse("clusters:entry", args=[day.service.code, person.pk])
    return f"{address}?{query_of(day, **changes)}"


def closed_because(day: Day) -> str:
    """Why nothing can be recorded on this day at all; empty when it can."""
    if day.on > timezone.localdate():
        return str(IN_THE_FUTURE.sentence)
    closed = day.place.closed_on
    if day.on < day.place.opened_on or (closed is not None and day.on >= closed):
        return str(CLOSED_PLACE.sentence)
    if locked_months([day.place.pk], [Month.of(day.on)]):
        return str(LOCKED_MONTH.sentence)
    return ""


def progress_of(came: int, everyone: int) -> str:
    """Such as "41 dari 86 sudah datang"."""
    return now("%(came)s dari %(all)s sudah datang") % {"came": came, "all": everyone}

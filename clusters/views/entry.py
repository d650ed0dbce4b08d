"""A Posyandu day in the browser: choose it, see who is expected, record one after another."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clusters.actions.recording import Recorded, open_form, open_roster, try_visit
from clusters.excel.typed import Typed, check_typed, without
from clusters.forms.entry import DayForm, EntryForm, NewcomerForm
from clusters.growth import completed_months
from clusters.models import Person
from clusters.selectors import entries
from clusters.selectors.roster import Day, Roster, home_choices, last_visit, person_to_record
from clusters.selectors.visits import visible_visits
from clusters.services import CLUSTERS, SERVICES, Service
from clusters.views.days import (
    closed_because,
    day_of,
    entry_url,
    progress_of,
    query_of,
    require_recorder,
    roster_url,
)
from clusters.views.nudging import nudge_roll_up
from clusters.views.saving import Attempt, attempt, cells_from, check_form
from ilp.core.http import Request

A_PAGE = 100
SAVED = "#tersimpan"  # tells the page's script that what it kept is needed no longer


@never_cache
def entry_start(request: Request) -> HttpResponse:
    """Choose place and date; each service is a button that opens its roster."""
    require_recorder(request.user)
    first = {"code": request.GET.get("w", ""), "day": request.GET.get("t", "")}
    bound = request.GET if "service" in request.GET else None
    form = DayForm(bound, by=request.user, first=first)
    code = request.GET.get("service", "")
    if form.is_bound and form.is_valid() and code in SERVICES:
        place, on = form.cleaned_data["facility"], form.cleaned_data["day"]
        return redirect(roster_url(Day(SERVICES[code], place, on)))
    context = {"form": form, "clusters": _services_by_cluster()}
    return render(request, "clusters/entry_start.html", context)


def _services_by_cluster() -> list[tuple[str, list[Service]]]:
    order = list(CLUSTERS)
    found = sorted(SERVICES.values(), key=lambda one: order.index(one.cluster))
    grouped = groupby(found, key=lambda one: one.cluster)
    return [(str(CLUSTERS[code].label), list(services)) for code, services in grouped]


@never_cache
def roster(request: Request, service: str) -> HttpResponse:
    """Who is expected, who came, who did not; a name to look for is sent, never in the address."""
    day = day_of(request, service)
    open_roster(place=day.place, service=service, day=day.on, by=request.user)
    found, wanted = Roster(request.user, day), request.POST.get("cari", "").strip()
    state = request.GET.get("tampil", "")
    persons = {"belum": found.waiting, "sudah": found.persons.filter(pk__in=found.came)}.get(
        state, found.persons
    )
    if wanted:
        persons = found.named(wanted)
    page = Paginator(persons, A_PAGE).get_page(request.GET.get("hal"))
    came, waiting = len(found.came), found.waiting_count
    context = _frame(request, day) | {
        "page": page,
        "lines": found.lines(page.object_list),
        "wanted": wanted,
        "state": state,
        "came": came,
        "waiting": waiting,
        "progress": progress_of(came, came + waiting),
        "query": query_of(day, tampil=state or None),
    }
    return render(request, "clusters/roster.html", context)


@never_cache
def entry(request: Request, service: str, pk: int) -> HttpResponse:
    """The form of somebody known; what was recorded today already is there to be corrected."""
    day = day_of(request, service)
    person = get_object_or_404(person_to_record(request.user, pk))
    done = Attempt()
    if request.method == "POST":
        form = EntryForm(request.POST, service=day.service)
        done = attempt(request, day, form, person)
        if done.recorded:
            return _onwards(request, day, done.recorded, person)
    else:
        open_form(person=person, place=day.place, service=service, by=request.user)
        form = EntryForm(service=day.service)
    return _show_known(request, day, form, person, done)


@never_cache
def entry_new(request: Request, service: str) -> HttpResponse:
    """The form of somebody who is not in the roster: who it is, and the visit."""
    day = day_of(request, service)
    done = Attempt()
    if "pakai" in request.POST:
        return _as_known(request, day)
    if request.method == "POST":
        form = _newcomer_form(day, request.POST)
        done = attempt(request, day, form, None)
        if done.recorded:
            return _onwards(request, day, done.recorded, None)
    else:
        form = _newcomer_form(day, None)
    context = _frame(request, day) | _form_parts(request, form, done) | {"person": None}
    return render(request, "clusters/entry.html", context)


def _newcomer_form(day: Day, post: QueryDict | None) -> NewcomerForm:
    """Somebody new at a Posyandu most likely lives there; of other places nothing is supposed."""
    return NewcomerForm(
        post,
        service=day.service,
        homes=home_choices(day.place),
        initial={"home": day.place.code},
    )


def _as_known(request: Request, day: Day) -> HttpResponse:
    """The newcomer is the known person beside whom they were shown; what was typed goes along."""
    pk = request.POST["pakai"]
    known = get_object_or_404(person_to_record(request.user, int(pk) if pk.isdecimal() else 0))
    form = EntryForm(request.POST, service=day.service)
    done = attempt(request, day, form, known)
    if done.recorded:
        return _onwards(request, day, done.recorded, known)
    return _show_known(request, day, form, known, done)


@require_POST
def entry_try(request: Request, service: str) -> HttpResponse:
    """What follows from what stands in the form by now, worked out by saving it and taking it
    back; nothing stays."""
    day = day_of(request, service)
    pk = request.POST.get("orang", "")
    person: Person | None = None
    if pk:
        known = person_to_record(request.user, int(pk) if pk.isdecimal() else 0)
        person = get_object_or_404(known)
        form = EntryForm(request.POST, service=day.service)
    else:
        form = _newcomer_form(day, request.POST)
    typed = check_form(request, day, form, person)
    problems = [] if typed is None else [t for t in typed.refused if t.code != "says-nothing"]
    if typed is not None and typed.row is None:
        typed = _without_problems(request, day, form, person, typed)
    tried = None
    if typed is not None and typed.row is not None:
        tried = try_visit(service=service, row=typed.row, by=request.user)
    context = {
        "results": entries.results(tried.visit, tried.month) if tried and tried.visit else [],
        "problems": problems,
        "odd": typed.warned if typed else (),
    }
    return render(request, "clusters/_entry_results.html", context)


def _without_problems(
    request: Request, day: Day, form: EntryForm, person: Person | None, typed: Typed
) -> Typed:
    """What the boxes say that are in order, as the others are still being typed."""
    cells = without(day.service, cells_from(form, day), (told.name for told in typed.refused))
    return check_typed(
        service=day.service, place=day.place, by=request.user, cells=cells, person=person
    )


def _onwards(request: Request, day: Day, recorded: Recorded, person: Person | None) -> HttpResponse:
    """To the next one who has not come yet, to the roster, or back to the visit."""
    nudge_roll_up()
    visit = recorded.visit
    if visit is not None and "kembali" in request.GET:
        messages.success(request, now("Perbaikan tersimpan."))
        return redirect(f"{reverse('clusters:visit', args=[day.service.code, visit.pk])}{SAVED}")
    changes = {"baru": str(visit.pk) if visit else None}
    found = Roster(request.user, day)
    here = person or (visit.person if visit else None)
    following = None
    if here is not None and request.POST.get("lalu") == "berikutnya":
        following = found.next_after(here)
    url = entry_url(day, following, **changes) if following else roster_url(day, **changes)
    return redirect(f"{url}{SAVED}")


def _show_known(
    request: Request, day: Day, form: EntryForm, person: Person, done: Attempt
) -> HttpResponse:
    standing = day.visits.filter(person=person).first()
    if standing is not None and not form.is_bound:
        form.initial = entries.typed_values(standing)
    months = completed_months(person.born_on, day.on)
    fitting = [
        one for one in SERVICES.values() if person.sex in one.sexes and one.accepts_age(months)
    ]
    context = _frame(request, day) | _form_parts(request, form, done)
    context |= {
        "person": person,
        "age_months": months,
        "standing": standing,
        "opened": request.POST.get("ada", "") if form.is_bound else entries.fingerprint(standing),
        "hints": entries.hints(last_visit(day, person)),
        "others": [
            (one.label, entry_url(Day(one, day.place, day.on), person))
            for one in fitting
            if one is not day.service
        ],
        "action": entry_url(day, person, kembali="1" if "kembali" in request.GET else None),
    }
    return render(request, "clusters/entry.html", context)


def _form_parts(request: Request, form: EntryForm, done: Attempt) -> dict[str, Any]:
    return {
        "form": form,
        "asked": done.asked,
        "odd": {one.name.split(":")[0]: one.sentence for one in done.asked},
        "beside": done.beside,
        "opened": request.POST.get("ada", ""),
        "standing": None,
        "hints": {},
        "others": [],
        "action": request.get_full_path(),
    }


def _frame(request: Request, day: Day) -> dict[str, Any]:
    """What the pages of a day share, the visit saved just now among it."""
    pk = request.GET.get("baru", "")
    saved = None
    if pk.isdecimal() and request.method == "GET":
        saved = visible_visits(request.user, day.service.code).filter(pk=int(pk)).first()
    return {
        "day": day,
        "service": day.service,
        "closed": closed_because(day),
        "saved": saved,
        "saved_results": entries.results(saved) if saved else [],
        "roster_url": roster_url(day),
        "new_url": f"{reverse('clusters:entry-new', args=[day.service.code])}?{query_of(day)}",
        "try_url": f"{reverse('clusters:entry-try', args=[day.service.code])}?{query_of(day)}",
        "change_url": f"{reverse('clusters:entry-start')}?{query_of(day)}",
    }

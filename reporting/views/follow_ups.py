"""Follow-ups: setting one from a number, its page, and the list of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.errors import DomainError, Forbidden
from ilp.core.http import Request
from ilp.core.models import User
from reporting.catalogue import SPM, Indicator, NoIndicator
from reporting.models import FollowUp
from reporting.models.follow_ups import State, Step
from reporting.selectors import follow_ups as selectors
from reporting.selectors.follow_up_owners import candidates
from reporting.selectors.meetings import meetings
from reporting.selectors.scores import scores
from reporting.selectors.situation import CLUSTERS
from reporting.views.context import Context, context_of
from reporting.views.follow_up_forms import OWNERS, ChangeForm, NewForm, Refusable, WordsForm
from reporting.views.shown import of_numbers

NO_NUMBER = "-"  # i= of an address that is about no one indicator, and asks for none
STATES = (
    ("", gettext_lazy("Semua")),
    (State.OPEN.value, State.OPEN.label),
    (selectors.LATE, gettext_lazy("Lewat batas")),
    (State.DONE.value, State.DONE.label),
    (State.DROPPED.value, State.DROPPED.label),
)


@never_cache
@of_numbers
def follow_up_new(request: Request) -> HttpResponse:
    """Four fields about the number that the address names: w the place, p the month, i the
    indicator; without i one chooses."""
    ctx = context_of(request)
    place = Facility.objects.get(pk=ctx.place.pk)
    office = selectors.office_of(user=request.user, place=place)
    if office is None:
        raise Forbidden(f"{request.user} may not plan at place {place.pk}")
    one = _indicator(ctx)
    today = timezone.localdate()
    form = NewForm(
        request.POST or None,
        today=today,
        choices=() if "i" in request.GET else _choices(ctx),
        initial={"problem": request.GET.get("soal", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            code = one.code if one else ""
            made = form.apply(place=place, indicator=code, month=ctx.month, by=request.user)
            messages.success(request, said(made))
            return redirect("reporting:follow-up", made.pk)
        except DomainError as broken:
            form.refuse(broken)
    context = {
        "ctx": ctx,
        "one": one,
        "score": _score(ctx, one),
        "form": form,
        "owners": candidates(place=place, office=office),
        "owners_id": OWNERS,
    }
    return render(
        request, "reporting/follow_up_new.html", context, status=422 if form.errors else 200
    )


def said(made: FollowUp) -> str:
    """What became of it, in a sentence: above all whether anybody is told."""
    if made.owner_id:
        return _("Tindakan tersimpan dan masuk Beranda %(name)s.") % {"name": made.owner_name}
    return _(
        "Tindakan tersimpan. “%(name)s” tidak punya akun, jadi tidak muncul di Beranda siapa pun: "
        "pantau lewat daftar Tindakan."
    ) % {"name": made.owner_name}


def _indicator(ctx: Context) -> Indicator | None:
    code = ctx.own.get("i", NO_NUMBER)
    if code == NO_NUMBER:
        return None
    try:
        return ctx.book_for(code).find(code, ctx.month.last_day)
    except NoIndicator as error:
        raise Http404 from error


def _choices(ctx: Context) -> list[tuple[str, object]]:
    """The minimum service standards, then all others by their names."""
    listed = ctx.book.on(ctx.month.last_day)
    first = [code for code in SPM.values() if code in listed]
    rest = sorted(listed.keys() - set(first), key=lambda code: str(listed[code].label))
    return [(code, listed[code].label) for code in (*first, *rest)]


def _score(ctx: Context, one: Indicator | None) -> object:
    if one is None:
        return None
    return scores(places=[ctx.place.pk], indicators=[one], month=ctx.month)[ctx.place.pk, one.code]


@never_cache
def follow_up_page(request: Request, pk: int) -> HttpResponse:
    """One follow-up with its history; POST changes it, or brings it to an end."""
    rows = FollowUp.objects.visible_to(request.user).agreed()
    found = get_object_or_404(
        rows.select_related("facility", "office", "owner", "meeting__facility", "made_by"), pk=pk
    )
    steps = selectors.may(user=request.user, follow_up=found)
    form = _sent(request, found, steps)
    if form is not None and form.is_valid():
        try:
            form.apply(found, request.user)
            messages.success(request, _("Tersimpan."))
            return redirect("reporting:follow-up", pk)
        except DomainError as broken:
            form.refuse(broken)
    (one,) = selectors.named([found])
    changes = Step.CHANGED in steps
    context = {
        "one": one,
        "row": found,
        "today": timezone.localdate(),
        "history": selectors.history(follow_up=found),
        "forms": _forms(found, steps, form),
        "sent": form,
        "owners": candidates(place=found.facility, office=found.office) if changes else (),
        "owners_id": OWNERS,
        "seen": _seen(request.user, found),
    }
    return render(
        request, "reporting/follow_up.html", context, status=422 if form is not None else 200
    )


def _seen(user: User, row: FollowUp) -> frozenset[int]:
    """Of the places of number and meeting those that the user may look at: who works below them
    sees only the task."""
    places = [row.facility_id, row.meeting.facility_id if row.meeting else row.facility_id]
    return frozenset(
        Facility.objects.visible_to(user).filter(pk__in=places).values_list("pk", flat=True)
    )


def _blank(row: FollowUp, step: Step, data: QueryDict | None = None) -> ChangeForm | WordsForm:
    if step is Step.CHANGED:
        return ChangeForm(data, initial={"owner": row.owner_name, "due_on": row.due_on})
    return WordsForm(data, step=step)


def _sent(request: Request, row: FollowUp, steps: frozenset[Step]) -> ChangeForm | WordsForm | None:
    """The form that was sent; Http404 for none that there is, Forbidden for one that is others'."""
    if request.method != "POST":
        return None
    wish = request.POST.get("aksi", "")
    if wish not in Step.values or wish == Step.MADE:
        raise Http404
    return _blank(row, Step(wish), request.POST)


def _forms(
    row: FollowUp, steps: frozenset[Step], sent: Refusable | None
) -> list[tuple[Step, Refusable]]:
    """One for each step that may be taken, what was sent with its complaints."""
    order = (Step.DONE, Step.CHANGED, Step.DROPPED, Step.REOPENED)
    kept = {_step_of(sent): sent} if sent is not None else {}
    return [(step, kept.get(step) or _blank(row, step)) for step in order if step in steps]


def _step_of(form: Refusable) -> Step:
    return form.step if isinstance(form, WordsForm) else Step.CHANGED


@never_cache
def follow_up_list(request: Request) -> HttpResponse:
    """What was set at a place and below it, narrowed down."""
    ctx = context_of(request)
    place = Facility.objects.get(pk=ctx.place.pk)
    today = timezone.localdate()
    asked = {name: request.GET.get(name, "") for name in ("s", "o", "k", "r", "i")}
    people = selectors.owners(user=request.user, place=place, today=today)
    wanted = selectors.Filters(
        place,
        state=asked["s"] if asked["s"] in dict(STATES) else "",
        owner=asked["o"] if _is_id(asked["o"]) else "",
        cluster=asked["k"] if asked["k"] in CLUSTERS else "",
        meeting=int(asked["r"]) if _is_id(asked["r"]) else None,
        indicator=asked["i"],
    )
    page = selectors.follow_ups(
        user=request.user, wanted=wanted, today=today, page=request.GET.get("hal")
    )
    context = {
        "ctx": ctx,
        "page": page,
        "rows": selectors.named(list(page.object_list)),
        "asked": asked,
        "kept": urlencode({"w": ctx.place.code} | {k: v for k, v in asked.items() if v}),
        "states": STATES,
        "people": people,
        "clusters": CLUSTERS,
        "meetings": meetings(place=place),
        "today": today,
        "may_plan": Permission.PLAN in ctx.permissions,
    }
    return render(request, "reporting/follow_up_list.html", context)


def _is_id(text: str) -> bool:
    return text.isdecimal() and len(text) < 10


@never_cache
def follow_up_brief(request: Request) -> HttpResponse:
    """What came of the last meeting, and what runs about a number: pages of numbers are kept until
    the numbers change, so they ask for it after they have been shown."""
    ctx = context_of(request)
    place = Facility.objects.get(pk=ctx.place.pk)
    today = timezone.localdate()
    code = ctx.own.get("i", "")
    if code:
        rows = selectors.within(user=request.user, place=place, today=today)
        running = rows.filter(indicator=code, state=State.OPEN).select_related("facility")
        told = selectors.outcome(running.order_by("due_on", "pk")[:20], meeting=None, today=today)
    else:
        told = selectors.of_last_meeting(place=place, today=today)
    context = {"ctx": ctx, "told": told, "code": code, "today": today}
    return render(request, "reporting/_follow_up_brief.html", context)

"""Accounts, roles, and the trail of what was done."""

from datetime import date

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from facilities.access import has_anywhere
from facilities.actions import login, people
from facilities.audit_words import EVENTS
from facilities.forms.people import RoleForm, UserForm
from facilities.models import Assignment
from facilities.roles import Permission, Role
from facilities.selectors import people as selectors
from facilities.views.answers import accepted, require_anywhere
from ilp.core.errors import Forbidden
from ilp.core.http import Request
from ilp.core.models import User


def user_list(request: Request) -> HttpResponse:
    """Everyone who works where the user manages accounts."""
    require_anywhere(request.user, Permission.MANAGE_USERS)
    filters = {name: request.GET.get(name, "").strip() for name in ("q", "peran")}
    page = selectors.users(
        by=request.user,
        query=filters["q"],
        role=filters["peran"],
        page=request.GET.get("hal"),
    )
    context = {
        "page": page,
        "filters": filters,
        "kept": urlencode({name: value for name, value in filters.items() if value}),
        "roles": Role.choices,
        "matrix": selectors.role_matrix(),
    }
    return render(request, "facilities/user_list.html", context)


@never_cache
def user_new(request: Request) -> HttpResponse:
    """A new account; its password is shown on the answer, once."""
    require_anywhere(request.user, Permission.MANAGE_USERS)
    form = UserForm(request.POST or None, by=request.user)
    made: list[people.NewUser] = []
    if accepted(request, form, lambda: made.append(form.create(request.user))):
        slip = {"user": made[0].user, "password": made[0].password}
        return render(request, "facilities/user_password.html", slip)
    return render(request, "facilities/user_new.html", {"form": form})


def user_edit(request: Request, pk: int) -> HttpResponse:
    """One account: its roles, and what can be done about it."""
    user = _managed(request, pk)
    form = RoleForm(request.POST or None, by=request.user)
    if accepted(request, form, lambda: form.apply(user, request.user)):
        messages.success(request, _("Peran ditambahkan."))
        return redirect("facilities:user-edit", pk)
    context = {"form": form, "person": user, "posts": selectors.current_posts(user)}
    return render(request, "facilities/user_edit.html", context)


@require_POST
@never_cache
def user_reset(request: Request, pk: int) -> HttpResponse:
    """A new password on a slip to hand over; failures so far are forgotten."""
    user = _managed(request, pk)
    password = people.reset_password(user=user, by=request.user)
    login.clear_failures(user=user, by=request.user)
    slip = {"user": user, "password": password}
    return render(request, "facilities/user_password.html", slip)


@require_POST
def user_switch(request: Request, pk: int) -> HttpResponse:
    """Let someone sign in again, or no longer."""
    user = _managed(request, pk)
    people.set_active(user=user, active=not user.is_active, by=request.user)
    return redirect("facilities:user-edit", pk)


@require_POST
def role_end(request: Request, pk: int) -> HttpResponse:
    """End one role of one user, today."""
    require_anywhere(request.user, Permission.MANAGE_USERS)
    held = Assignment.objects.visible_to(request.user, Permission.MANAGE_USERS)
    standing = held.filter(Q(ends_on=None) | Q(ends_on__gt=timezone.localdate()))
    assignment = get_object_or_404(standing.select_related("user", "facility"), pk=pk)
    people.end_role(assignment=assignment, by=request.user)
    messages.success(request, _("Peran diakhiri hari ini."))
    return redirect("facilities:user-list")


def audit_list(request: Request) -> HttpResponse:
    """Who did what, newest first."""
    roles = (Permission.SYSTEM, Permission.MANAGE_USERS)
    if not any(has_anywhere(request.user, permission) for permission in roles):
        raise Forbidden("the trail is for administrators")
    filters = {name: request.GET.get(name, "").strip() for name in ("peristiwa", "siapa", "sejak")}
    page = selectors.trail(
        user=request.user,
        event=filters["peristiwa"],
        actor=filters["siapa"],
        since=_day(filters["sejak"]),
        page=request.GET.get("hal"),
    )
    kept = urlencode({name: value for name, value in filters.items() if value})
    context = {"page": page, "filters": filters, "kept": kept, "events": EVENTS.items()}
    return render(request, "facilities/audit_list.html", context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _managed(request: Request, pk: int) -> User:
    require_anywhere(request.user, Permission.MANAGE_USERS)
    user = selectors.managed_user(by=request.user, pk=pk)
    if user is None:
        raise Http404("no such account within reach")
    return user

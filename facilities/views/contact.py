"""Where somebody is reminded: told by themselves, or by who manages their account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from facilities.forms.contact import ContactForm
from facilities.roles import Permission
from facilities.selectors.people import managed_user
from facilities.views.answers import accepted, require_anywhere
from ilp.core.http import Request
from ilp.core.models import User


@never_cache
def contact_own(request: Request) -> HttpResponse:
    """One's own address."""
    return _page(request, request.user, "facilities:contact")


@never_cache
def contact_of(request: Request, pk: int) -> HttpResponse:
    """The address of somebody whose account the user manages."""
    require_anywhere(request.user, Permission.MANAGE_USERS)
    user = managed_user(by=request.user, pk=pk)
    if user is None:
        raise Http404("no such account within reach")
    return _page(request, user, "facilities:user-edit", pk)


def _page(request: Request, user: User, then: str, *args: int) -> HttpResponse:
    form = ContactForm(request.POST or None, user=user)
    if accepted(request, form, lambda: form.apply(request.user)):
        messages.success(request, _("Surel dan pengingat tersimpan."))
        return redirect(then, *args)
    context = {"form": form, "person": user, "can_send": bool(settings.EMAIL_HOST)}
    return render(request, "facilities/contact.html", context)

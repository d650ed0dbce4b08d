"""Signing in, in one step or two, and one's own password and second factor."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import pyotp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login as start_session
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from facilities.actions import login, people
from facilities.forms.people import CodeForm, LoginForm, PasswordForm
from facilities.selectors.glance import Glance
from facilities.selectors.people import may_have_second_factor
from facilities.views.answers import accepted
from ilp.core.errors import Forbidden
from ilp.core.http import Request
from ilp.core.models import User

PENDING = "login-pending"
PENDING_SECONDS = 300


class Login(LoginView):
    """Username and password; a user with a second factor is sent on to the code."""

    template_name = "facilities/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: LoginForm) -> HttpResponse:  # type: ignore[override]
        user = form.get_user()
        remember, to = form.cleaned_data["remember"], self.get_success_url()
        if not user.totp_secret:
            enter(self.request, user, remember=remember)
            return HttpResponseRedirect(to)
        self.request.session[PENDING] = {
            "user": user.pk,
            "password": user.get_session_auth_hash(),
            "until": time.time() + PENDING_SECONDS,
            "remember": remember,
            "to": to,
        }
        return redirect("facilities:login-code")


def enter(request: HttpRequest, user: User, *, remember: bool) -> None:
    """Begin the session: 30 days when asked for, else until the browser closes."""
    start_session(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)
    login.note_login(user=user, by=user)


@login_not_required
def login_code(request: HttpRequest) -> HttpResponse:
    """The second step. It waits five minutes for the code, then asks for the password again."""
    pending = request.session.get(PENDING, {})
    user = _pending_user(pending)
    if user is None:
        request.session.pop(PENDING, None)
        return redirect("facilities:login")
    form = CodeForm(request.POST or None)
    if accepted(request, form, lambda: form.check_login(user)):
        del request.session[PENDING]
        enter(request, user, remember=pending["remember"])
        return HttpResponseRedirect(pending["to"])
    return render(request, "facilities/login_code.html", {"form": form})


def _pending_user(pending: Mapping[str, Any]) -> User | None:
    """Who typed the right password a moment ago, unless it was changed since."""
    if pending.get("until", 0) < time.time():
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    same = user is not None and pending["password"] == user.get_session_auth_hash()
    return user if same else None


def password_change(request: Request) -> HttpResponse:
    """One's own password; after a reset, the first thing to do."""
    form = PasswordForm(request.POST or None, user=request.user)
    if accepted(request, form, lambda: form.apply(request.user)):
        update_session_auth_hash(request, form.user)
        messages.success(request, _("Kata sandi Anda sudah diganti."))
        return redirect("home")
    second_factor = may_have_second_factor(request.user)
    context = {"form": form, "second_factor": second_factor}
    return render(request, "facilities/password_change.html", context)


def second_factor(request: Request) -> HttpResponse:
    """Switch the second factor on or off; the new secret stays in the session until it is on."""
    if not may_have_second_factor(request.user):
        raise Forbidden("a second factor is for administrators")
    on = bool(request.user.totp_secret)
    secret = "" if on else request.session.setdefault("totp-secret", pyotp.random_base32())
    form = CodeForm(request.POST or None)
    if accepted(request, form, lambda: _set_totp(request.user, secret, form)):
        request.session.pop("totp-secret", None)
        words = _("Kode kedua dimatikan.") if on else _("Kode kedua sudah aktif.")
        messages.success(request, words)
        return redirect("facilities:second-factor")
    uri = (
        pyotp.TOTP(secret).provisioning_uri(name=request.user.username, issuer_name="ILP")
        if secret
        else ""
    )
    grouped = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    context = {"form": form, "on": on, "secret": grouped, "uri": uri}
    return render(request, "facilities/second_factor.html", context)


def _set_totp(user: User, secret: str, form: CodeForm) -> None:
    people.set_totp(user=user, secret=secret, code=form.cleaned_data["code"], by=user)


class SignedIn(AuthenticationMiddleware):
    """Whom a glance at the session has just found to be signed in is not looked up once more."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        glanced: Glance | None = getattr(request, "glanced", None)
        if glanced is not None:
            request.user = glanced.account()


class PasswordChangeRequired:
    """Middleware: a password that someone else knows is changed before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        change = reverse("facilities:password-change")
        free = {change, *map(reverse, ("facilities:logout", "language", "healthz"))}
        if isinstance(user, User) and user.must_change_password and request.path not in free:
            return redirect(change)
        return self.get_response(request)

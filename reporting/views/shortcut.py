"""The short way to a kept page: one statement, and a body that is already there.

It stands before sessions, CSRF and sign-in, and answers only where going through them
would end in the same answer: a page that `kept` has shown before, for somebody who is signed in
at this very moment. In every other case it lets the request pass, with whom it found there.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.translation import get_language

from facilities.selectors.glance import glance
from reporting.selectors.versions import sight_of
from reporting.views.caching import PATHS, known, page_key
from reporting.views.repeats import SEEN, Seen

MESSAGES_COOKIE = "messages"  # something waits to be shown, once


class KeptPages:
    """Middleware, after what belongs to every answer and before what finds out who is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.csrf = CsrfViewMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._known(request) or self.get_response(request)

    def _known(self, request: HttpRequest) -> HttpResponse | None:
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if request.method != "GET" or not session or not PATHS.get(request.path):
            return None
        if MESSAGES_COOKIE in request.COOKIES:
            return None
        request.get_host()  # raises for a host that is not ours, as CommonMiddleware does
        today = timezone.localdate()
        reader = glance(session_key=session, today=today)
        if reader is None:
            return None
        key = page_key(request, sight_of(reader), get_language())
        self.csrf.process_request(request)
        response = known(request, key, user=reader.user, name=reader.name)
        if response is None:
            request.glanced = reader  # type: ignore[attr-defined]
            return None
        request.META[SEEN] = Seen(session, reader, today)
        return self._finished(request, response)

    def _finished(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """What the middleware that is passed by would have added."""
        response.headers["Content-Length"] = str(len(response.content))
        self.csrf.process_response(request, response)
        return response

"""What requests carry, months in paths, and the headers of every answer."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.views.defaults import page_not_found
from django_htmx.middleware import HtmxDetails

from ilp.core.models import User
from ilp.core.months import Month
from ilp.core.weeks import parse_period

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "frame-ancestors 'none'; form-action 'self'"
)


class Request(HttpRequest):
    """A request by someone who has signed in: the middleware sees to it."""

    user: User  # type: ignore[assignment]
    htmx: HtmxDetails
    seen: Any  # what a page found out of its reader, with `permissions`


class MonthConverter:
    """`<month:month>` in a path: the view is given a Month, and nonsense is a 404."""

    regex = r"20\d\d-(?:0[1-9]|1[0-2])"
    to_python = staticmethod(Month.parse)
    to_url = staticmethod(str)


class PeriodConverter:
    """`<period:month>` in a path: the view is given a Month or a Week."""

    regex = r"20\d\d-(?:0[1-9]|1[0-2]|W\d\d)"
    to_python = staticmethod(parse_period)
    to_url = staticmethod(str)


class ContentSecurityPolicy:
    """Everything comes from this server: no inline script, no other host."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class NoNulls:
    """A sign that no text in the database can hold means nothing there is: a page not found."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""):
            del request.COOKIES[settings.SESSION_COOKIE_NAME]  # nobody's
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, DataError | ValueError) and "NUL (0x00)" in str(error):
            return page_not_found(request, error)
        return None

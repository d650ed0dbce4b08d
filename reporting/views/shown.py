"""Whether a page shows released or live numbers: asked by d= in its address, decided around it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from ilp.core.http import Request
from reporting.totals import Data, showing
from reporting.totals.shown import as_it_stands

View = Callable[..., HttpResponse]


def asked_data(request: HttpRequest) -> Data:
    """Releases, unless the address says otherwise."""
    return Data.LIVE if request.GET.get("d") == Data.LIVE else Data.RELEASED


def of_numbers(view: View) -> View:
    """All numbers of the answer come from where the address says, whatever the view asks for."""

    @wraps(view)
    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        with showing(asked_data(request)):
            return view(request, *args, **kwargs)

    return answer


def of_now(view: View) -> View:
    """Counted from what no release keeps: the page has no choice and shows what stands now."""

    @wraps(view)
    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        with as_it_stands():
            return view(request, *args, **kwargs)

    return answer

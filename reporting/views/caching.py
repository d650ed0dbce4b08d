"""Pages of numbers are kept until the numbers change.

The key holds everything that a page depends on: its address, the reader's posts, the language,
the day, the data version and the code. So nothing is ever thrown away by hand, no stale page can
be served, and nobody is ever given a page made for someone with another scope.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache as once
from functools import wraps
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language

from ilp.core.http import Request
from reporting.selectors.versions import sight
from reporting.views.context import CARRIED, OWN

KEPT_SECONDS = 24 * 3600
CSRF_COOKIE = settings.CSRF_COOKIE_NAME
# The parts of the frame that belong to the reader, not to the scope; cut out before keeping.
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*(")')
NAME = re.compile(r'(<span class="account-name">)[^<]*(</span>)')

View = Callable[..., HttpResponse]


def kept(view: View) -> View:
    """Answer 304 or with the page as it was made for the same sight; else make and keep it."""

    @wraps(view)
    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or len(get_messages(request)):
            return view(request, *args, **kwargs)
        key = f"page:{view.__name__}:{_digest(request, kwargs)}"
        etag = f'W/"{_of_reader(request, key)}"'
        if get_conditional_response(request, etag=etag) is not None:
            return _private(HttpResponse(status=304), etag)
        body = cache.get(key)
        if body is None:
            response = view(request, *args, **kwargs)
            page = response.content.decode() if response.status_code == 200 else ""
            if NAME.search(page):  # where the name cannot be cut out, nothing is kept
                cache.set(key, _impersonal(page), KEPT_SECONDS)
                _private(response, etag)
            return response
        return _private(HttpResponse(_personal(body, request)), etag)

    return answer


def _digest(request: Request, kwargs: dict[str, Any]) -> str:
    asked = [(name, request.GET.get(name, "")) for name in (*CARRIED, *OWN)]
    parts = (
        request.path,
        sorted(kwargs.items()),
        asked,
        sight(user=request.user).key,
        get_language(),
        timezone.localdate(),
        code_version(),
    )
    return sha256(repr(parts).encode()).hexdigest()


def _of_reader(request: Request, key: str) -> str:
    """A browser's copy also holds the reader's name and token: not good after another sign-in."""
    session = request.COOKIES.get(CSRF_COOKIE, "")
    return sha256(f"{key}|{request.user.pk}|{session}".encode()).hexdigest()[:32]


def _private(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _impersonal(body: str) -> str:
    return NAME.sub(r"\1\2", TOKEN.sub(r"\1\2", body))


def _personal(body: str, request: Request) -> str:
    token = get_token(request)
    name = escape(request.user.get_full_name() or str(request.user))
    body = TOKEN.sub(lambda found: found[1] + token + found[2], body)
    return NAME.sub(lambda found: found[1] + name + found[2], body)


@once
def code_version() -> int:
    """The newest change of anything that makes a page: a new version keeps no old pages."""
    root = Path(settings.BASE_DIR)
    sources = [*root.glob("templates/**/*.html"), *root.glob("static/**/*")]
    for app in ("ilp", "facilities", "clusters", "reporting"):
        sources += root.glob(f"{app}/**/*.py")
    return max((path.stat().st_mtime_ns for path in sources), default=0)

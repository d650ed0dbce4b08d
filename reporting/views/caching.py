"""Pages of numbers are kept until the numbers change.

The key holds everything that a page depends on: its address with the choice of released or live
numbers, the reader's posts, the language, the day, the data version (a release raises it) and the
code. So nothing is ever thrown away by hand, no stale page can
be served, and nobody is ever given a page made for someone with another scope. Pages lie in the
cache that all processes share; a process also remembers those it showed last, as what lies under
a key never changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache as once
from functools import wraps
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

from facilities.selectors.glance import remember
from ilp.core.http import Request
from ilp.core.memory import Memory
from reporting.selectors.form_book import refresh
from reporting.selectors.parts import seen_by
from reporting.selectors.versions import Sight, sight
from reporting.views.context import CARRIED, OWN
from reporting.views.shown import of_numbers

KEPT_SECONDS = 24 * 3600
# The parts of the frame that belong to the reader, not to the scope; cut out before keeping.
# Two expressions, as one that begins in two ways is sought letter by letter.
PERSONAL = {
    "token": re.compile(r'name="csrfmiddlewaretoken" value="(?P<own>[^"]*)'),
    "name": re.compile(r'<span class="account-name">(?P<own>[^<]*)'),
}

View = Callable[..., HttpResponse]


class Page(NamedTuple):
    """A page without what belongs to its reader: `gaps` says what goes between the pieces."""

    pieces: tuple[bytes, ...]
    gaps: tuple[str, ...]

    def filled(self, *, token: str, name: str) -> bytes:
        own = {"token": token.encode(), "name": escape(name).encode()}
        parts = [self.pieces[0]]
        for gap, piece in zip(self.gaps, self.pieces[1:], strict=True):
            parts += (own[gap], piece)
        return b"".join(parts)


def impersonal(html: str) -> Page:
    places = [(found, gap) for gap, own in PERSONAL.items() for found in own.finditer(html)]
    pieces, gaps, end = [], [], 0
    for found, gap in sorted(places, key=lambda place: place[0].start("own")):
        pieces.append(html[end : found.start("own")].encode())
        gaps.append(gap)
        end = found.end()
    return Page((*pieces, html[end:].encode()), tuple(gaps))


BODIES: Memory[str, Page] = Memory(
    room=16 * 1024 * 1024, size=lambda page: sum(map(len, page.pieces))
)
PATHS: Memory[str, bool] = Memory(room=10_000)  # of pages that were kept or confirmed


def kept(view: View) -> View:
    """Answer 304 or with the page as it was made for the same sight; else make and keep it.

    Afterwards reporting.views.shortcut may answer for the same session and path.
    """

    made = of_numbers(view)

    @wraps(view)
    def answer(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or len(get_messages(request)):
            refresh()
            return made(request, *args, **kwargs)
        user = request.user
        # whatever else the page asks of its reader is asked once
        glanced = getattr(request, "glanced", None)
        request.seen = sight(user=user, glanced=glanced)
        key = page_key(request, request.seen, get_language())
        name = user.get_full_name() or str(user)
        response = known(request, key, user=user.pk, name=name)
        if response is None:
            with seen_by(_beside_the_address(request.seen, get_language())):
                response = made(request, *args, **kwargs)
            page = impersonal(response.content.decode())
            if response.status_code != 200 or "name" not in page.gaps:
                return response  # where the name cannot be cut out, nothing is kept
            cache.set(key, page, KEPT_SECONDS)
            _private(response, etag_of(request, key, user.pk))
        PATHS.put(request.path, True)
        if glanced is None:
            remember(session=request.session, user=user)
        return response

    answer.takes_forms = True  # type: ignore[attr-defined]  # with the data versions
    return answer


def known(request: HttpRequest, key: str, *, user: int, name: str) -> HttpResponse | None:
    """304, or the page from what is kept; None where it has to be made."""
    etag = etag_of(request, key, user)
    if get_conditional_response(request, etag=etag) is not None:
        return _private(HttpResponse(status=304), etag)
    page = BODIES.get(key)
    if page is None:
        page = cache.get(key)
        if page is None:
            return None
        BODIES.put(key, page)
    return _private(HttpResponse(page.filled(token=get_token(request), name=name)), etag)


def page_key(request: HttpRequest, seen: Sight, language: str | None) -> str:
    asked = [request.GET.get(name, "") for name in (*CARRIED, *OWN)]
    parts = (request.path, asked, *_beside_the_address(seen, language))
    return f"page:{sha256(repr(parts).encode()).hexdigest()}"


def _beside_the_address(seen: Sight, language: str | None) -> tuple[object, ...]:
    return seen.key, language, timezone.localdate(), code_version()


def etag_of(request: HttpRequest, key: str, user: int) -> str:
    """A browser's copy also holds the reader's name and token: not good after another sign-in."""
    session = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return f'W/"{sha256(f"{key}|{user}|{session}".encode()).hexdigest()[:32]}"'


def _private(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@once
def code_version() -> int:
    """The newest change of anything that makes a page: a new version keeps no old pages."""
    root = Path(settings.BASE_DIR)
    sources = [*root.glob("templates/**/*.html"), *root.glob("static/**/*")]
    sources += root.glob("locale/**/*.mo")
    for app in ("ilp", "facilities", "clusters", "reporting"):
        sources += root.glob(f"{app}/**/*.py")
    return max((path.stat().st_mtime_ns for path in sources), default=0)

"""In which language a reader is answered, and what stays Indonesian whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import lazy
from django_stubs_ext import StrOrPromise as Text

P = ParamSpec("P")
R = TypeVar("R")
OFFERED = frozenset(code for code, _name in settings.LANGUAGES)


def chosen(request: HttpRequest) -> str:
    """What the reader chose by the switch, else Indonesian.

    What the browser asks for (Accept-Language) counts for nothing: most browsers in the districts
    say en-US, and their owners read Indonesian.
    """
    said = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return said if said in OFFERED else settings.LANGUAGE_CODE


class Language:
    """Middleware, above all that has words: the language of this request, and of its answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Cookie",))
        return response


def in_indonesian(make: Callable[P, R]) -> Callable[P, R]:
    """For what goes beyond the reader's screen, and for what is read by its Indonesian words.

    Not `translation.override` as a decorator: it keeps the language to go back to in itself, and
    two threads would give each other's back.
    """

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        with translation.override(settings.LANGUAGE_CODE):
            result = make(*args, **kwargs)
        if isinstance(result, HttpResponseBase):
            result.headers["Content-Language"] = settings.LANGUAGE_CODE
        return result

    return made


_filled_later = lazy(lambda text, blanks: str(text) % blanks, str)


def filled(text: Text, blanks: object) -> Text:
    """`text % blanks` for a declaration: in words only when it is read, in its reader's language.

    A plain `%` would put it into Indonesian words for good while the module is loaded.
    """
    return cast(Text, _filled_later(text, blanks))

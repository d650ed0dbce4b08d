"""The same request, by the same reader who sees the same numbers, has the same answer.

Stands before Django: a browser that asks again what it asked before, or a screen in the hall that
asks every minute, is answered without the machinery of a request. Only what `shortcut` has
answered is remembered, and it is given again only when the request is the same to the last header,
on the same day, and `glance` finds the same person signed in with the same posts before the same
numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from facilities.selectors.glance import Glance, glance
from ilp.core.memory import Memory

SEEN = "ilp.seen"  # where `shortcut` leaves, in the environment, whom it answered
ROOM = 16 * 1024 * 1024

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]


class Seen(NamedTuple):
    """Whom a kept page was shown to, and when."""

    session: str
    reader: Glance
    day: date


class Answer(NamedTuple):
    seen: Seen
    status: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def size(self) -> int:
        return len(self.body) + 2048  # about what its headers and its request take


class Repeats:
    """WSGI, around Django's application."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.answers: Memory[Any, Answer] = Memory(ROOM, lambda answer: answer.size)

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        asked = _asked(environ)
        answer = self.answers.get(asked)
        if answer is not None and _still_holds(answer.seen):
            start_response(answer.status, answer.headers)
            return [answer.body]
        return self._asked_anew(asked, environ, start_response)

    def _asked_anew(self, asked: Any, environ: Environ, start_response: Start) -> Iterable[bytes]:
        said: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            said[:] = [status, headers]
            return start_response(status, headers, *failure)

        body = self.application(environ, start)
        seen = environ.get(SEEN)
        if seen is None or not said:
            return body
        whole = b"".join(body)
        if close := getattr(body, "close", None):
            close()
        self.answers.put(asked, Answer(seen, said[0], list(said[1]), whole))
        return [whole]


def _asked(environ: Environ) -> tuple[Any, ...]:
    """Everything that an answer of `shortcut` could depend on, to the last header."""
    head = tuple((name, value) for name, value in environ.items() if name[:5] == "HTTP_")
    return (
        environ["REQUEST_METHOD"],
        environ["wsgi.url_scheme"],
        environ.get("SCRIPT_NAME", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        head,
    )


def _still_holds(seen: Seen) -> bool:
    today = timezone.localdate()
    if today != seen.day:
        return False
    try:
        # The connection is left open for the thread's next request, whose beginning gives it back:
        # to give it back and take it again costs as much as asking.
        return glance(session_key=seen.session, today=today) == seen.reader
    except DatabaseError:
        close_old_connections()  # one that is lost, or that a statement failed on
        return False  # Django says it in the usual way

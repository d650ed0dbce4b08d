"""Who sends a request, told by one statement instead of the four that Django would ask.

It never trusts what it remembers: of a session it remembers the signed text, whose text it is and
the password that it was made for, and the statement finds nobody unless the database holds
exactly that text for a user with exactly that password at this moment. Whoever it does not find
goes the usual way, which decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from ilp.core import sql
from ilp.core.memory import Memory
from ilp.core.models import User


@dataclass(frozen=True)
class Known:
    """A session as it was when Django last accepted it."""

    content: str  # as it is stored, signed
    user: int
    password: str  # a fingerprint of its hash


@dataclass(frozen=True)
class Glance:
    """Somebody who is signed in at this moment, the posts of today, the versions of the numbers."""

    user: int
    username: str
    first_name: str
    last_name: str
    posts: tuple[tuple[int, str], ...]
    everything: bool
    versions: tuple[tuple[int, int], ...]

    @cached_property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.username

    def account(self) -> User:
        """The user's row as the statement found it; what it did not read is read when asked for."""
        told = {
            "id": self.user,
            "username": self.username,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "is_superuser": self.everything,
            "is_active": True,
            "must_change_password": False,
        }
        names = [one.attname for one in User._meta.concrete_fields if one.attname in told]
        return User.from_db(DEFAULT_DB_ALIAS, names, [told[name] for name in names])


SESSIONS: Memory[str, Known] = Memory(room=10_000)


def remember(*, session: SessionBase, user: User) -> None:
    """After Django has accepted the session of a request as the user's. One query, once."""
    if not isinstance(session, SessionStore) or not session.session_key:
        return
    before, password = SESSIONS.get(session.session_key), _fingerprint(user.password)
    if before is not None and (before.user, before.password) == (user.pk, password):
        return  # should the text have changed, `glance` will forget it
    stored = Session.objects.filter(pk=session.session_key).values_list("session_data", flat=True)
    content = stored.first()
    if content is not None and _accepted(session.decode(content), user):
        SESSIONS.put(session.session_key, Known(content, user.pk, password))


def _accepted(said: dict[str, object], user: User) -> bool:
    """Whether Django would take the content for this user; it may be newer than the request."""
    return (
        said.get(SESSION_KEY) == str(user.pk)
        and said.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(str(said.get(HASH_SESSION_KEY, "")), user.get_session_auth_hash())
        and "_messages" not in said  # something waits to be shown: no page for that is kept
    )


def glance(*, session_key: str, today: date) -> Glance | None:
    """Who it is, from one statement; None for whoever has to go the usual way."""
    known = SESSIONS.get(session_key)
    if known is None:
        return None
    asked = {
        "session": session_key,
        "content": known.content,
        "user": str(known.user),
        "now": str(timezone.now()),
        "today": today.isoformat(),
    }
    statement, names = sql.numbered("facilities/glance")
    rows = sql.run_written(statement, [asked[name] for name in names])
    if not rows:
        SESSIONS.forget(session_key)
        return None
    password, seen = _read(known.user, rows[0])
    return seen if password == known.password else None


@lru_cache(maxsize=1_000)
def _read(user: int, row: tuple[bytes | None, ...]) -> tuple[str, Glance]:
    """The fingerprint, and what the row says: nearly always the same as the time before."""
    texts = [(text or b"").decode() for text in row]
    username, first, last, everything, password, *lists = texts
    places, roles, versions = (
        text.strip("{}").split(",") if text != "{}" else [] for text in lists
    )
    return password, Glance(
        user=user,
        username=username,
        first_name=first,
        last_name=last,
        posts=tuple(sorted((int(p), r) for p, r in zip(places, roles, strict=True))),
        everything=everything == "t",
        versions=tuple((int(d), int(n)) for d, n in (one.split(":") for one in versions)),
    )


def _fingerprint(password: str) -> str:
    """As glance.sql writes it."""
    return f"\\x{sha256(password.encode()).hexdigest()}"

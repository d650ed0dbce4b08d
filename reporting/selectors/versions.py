"""What a kept page depends on besides its address: who looks, and which numbers there are."""

from __future__ import annotations

from dataclasses import dataclass

from facilities import access
from facilities.selectors.glance import Glance
from ilp.core import sql
from ilp.core.models import User
from reporting.selectors import form_book


@dataclass(frozen=True)
class Sight:
    """Equal for two users only if they hold the same posts and see the same numbers."""

    posts: tuple[tuple[int, str], ...]
    everything: bool
    versions: tuple[tuple[int, int], ...]  # district id, how often its numbers changed

    @property
    def key(self) -> str:
        return f"{self.posts}|{self.everything}|{self.versions}"


def sight(*, user: User) -> Sight:
    """Two queries: the posts that the user holds today, and the data versions behind them.

    The forms that Dinas made are taken on the way.
    """
    posts: list[tuple[int, str]] = []
    if not user.is_superuser:
        posts = sorted(access.posts(user).values_list("facility_id", "role"))
    places = None if user.is_superuser else [place for place, _role in posts]
    (_forms, edition), *versions = sql.run("reporting/versions", places=places)
    form_book.take(edition or None)
    return Sight(posts=tuple(posts), everything=user.is_superuser, versions=tuple(versions))


def versions_of(place: int) -> tuple[tuple[int, int], ...]:
    """The data versions behind the numbers of a place. One query."""
    _forms, *versions = sql.run("reporting/versions", places=[place])
    return tuple(versions)  # type: ignore[arg-type]


def sight_of(glance: Glance) -> Sight:
    """The same, from what was asked already."""
    return Sight(posts=glance.posts, everything=glance.everything, versions=glance.versions)

"""What a kept page depends on besides its address: who looks, and which numbers there are."""

from __future__ import annotations

from dataclasses import dataclass

from facilities import access
from facilities.roles import Permission
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
    def permissions(self) -> frozenset[Permission]:
        """Everything that the user may do at one place or another, today."""
        if self.everything:
            return frozenset(Permission)
        return access.of_roles(role for _place, role in self.posts)

    @property
    def key(self) -> str:
        return f"{self.posts}|{self.everything}|{self.versions}"


def sight(*, user: User, glanced: Glance | None = None) -> Sight:
    """Two queries: the posts that the user holds today, and the data versions behind them; one
    where a glance at the user has told the posts.

    The forms that Dinas made are taken on the way.
    """
    posts: list[tuple[int, str]] = []
    if glanced is not None and glanced.user == user.pk:
        posts = list(glanced.posts)
    elif not user.is_superuser:
        posts = sorted(access.posts(user).values_list("facility_id", "role"))
    places = None if user.is_superuser else [place for place, _role in posts]
    (_forms, edition), *versions = sql.run("reporting/versions", places=places)
    form_book.take(edition or None)
    return Sight(posts=tuple(posts), everything=user.is_superuser, versions=tuple(versions))


def sight_of(glance: Glance) -> Sight:
    """The same, from what was asked already."""
    return Sight(posts=glance.posts, everything=glance.everything, versions=glance.versions)

"""What a kept page depends on besides its address: who looks, and which numbers there are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from facilities import access
from facilities.models import Ancestry, DataVersion
from ilp.core.models import User


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
    """Two queries: the posts that the user holds today, and the data versions behind them."""
    versions = DataVersion.objects.order_by("district")
    posts: list[tuple[int, str]] = []
    if not user.is_superuser:
        posts = sorted(access.posts(user).values_list("facility_id", "role"))
        places = [place for place, _role in posts]
        # Two looks into an index for each district; as joins, all its places would be listed.
        district = Ancestry.objects.filter(ancestor=OuterRef("district"), descendant__in=places)
        under = Ancestry.objects.filter(descendant=OuterRef("district"), ancestor__in=places)
        versions = versions.filter(Exists(district) | Exists(under))
    return Sight(
        posts=tuple(posts),
        everything=user.is_superuser,
        versions=tuple(versions.values_list("district_id", "number")),
    )

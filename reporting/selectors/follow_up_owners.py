"""Who can be asked to do something about a place: accounts by the words that one types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from facilities.models import Assignment, Facility
from facilities.roles import Role
from ilp.core.languages import in_indonesian

K = Facility.Kind
NEVER = (Role.TI, Role.LIHAT)  # they do not work with the numbers


@dataclass(frozen=True)
class Candidate:
    """An account with what is offered to be typed for it: unlike that of every other."""

    pk: int
    name: str
    username: str
    label: str


def candidates(*, place: Facility, office: Facility) -> list[Candidate]:
    """Accounts with a post at the place, below it, or on the way up to the office. One query.

    Of a district only the people of the Dinas and of its Puskesmas: the rest are thousands.
    """
    today = timezone.localdate()
    above = Facility.objects.above(place, today).filter(
        pk__in=Facility.objects.within(office, today).values("pk")
    )
    below = Facility.objects.within(place, today)
    if place.kind == K.DISTRICT:
        below = below.of_kind(K.DISTRICT, K.PUSKESMAS)
    held = (
        Assignment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)
        .filter(Q(facility__in=above.values("pk")) | Q(facility__in=below.values("pk")))
        .filter(user__is_active=True, stands_for=None)
        .exclude(role__in=NEVER)
    )
    rows = held.select_related("user", "facility").order_by("user__first_name", "user_id", "pk")
    first = {row.user_id: row for row in reversed(rows)}  # of several posts the oldest is told
    return _labelled([first[pk] for pk in dict.fromkeys(row.user_id for row in rows)])


@in_indonesian
def _labelled(rows: Sequence[Assignment]) -> list[Candidate]:
    """In Indonesian: whoever picks one has typed it, and what is typed may be kept."""
    labels = [f"{row.user.called} – {row.get_role_display()}, {row.facility}" for row in rows]
    often = Counter(labels)
    return [
        Candidate(
            row.user_id,
            row.user.called,
            row.user.username,
            label if often[label] == 1 else f"{label} ({row.user.username})",
        )
        for row, label in zip(rows, labels, strict=True)
    ]


def meant(typed: str, among: Sequence[Candidate]) -> list[Candidate]:
    """The accounts that a text may mean: by its label, else its username, else its name. Pure."""
    wanted = " ".join(typed.split()).casefold()
    for words in ("label", "username", "name"):
        found = [one for one in among if getattr(one, words).casefold() == wanted]
        if found:
            return found
    return []

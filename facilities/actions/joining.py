"""Two places become one, or one becomes two."""

from collections.abc import Sequence

from django.db import transaction

from facilities.access import require
from facilities.actions.errors import MergeMismatch, NotAChild
from facilities.actions.opening import NewPlace, bulk_open
from facilities.actions.places import move
from facilities.actions.tree import check_open, end_place, lock_tree
from facilities.models import Axis, Facility
from facilities.roles import Permission
from facilities.selectors.directory import open_children
from ilp.core import audit
from ilp.core.models import User
from ilp.core.months import Month


@transaction.atomic
def merge(*, place: Facility, into: Facility, since: Month, by: User | None) -> Facility:
    """Close the place and hang all below it under the other, its successor, from a month on."""
    require(by, Permission.MANAGE_PLACES, place)
    require(by, Permission.MANAGE_PLACES, into)
    lock_tree()
    if place.pk == into.pk or place.kind != into.kind:
        raise MergeMismatch(place=place)
    check_open(place, since)
    check_open(into, since)
    children = open_children(place, since)
    for child, axes in children.items():
        for axis in axes:
            move(place=child, parent=into, axis=axis, since=since, by=by)
    end_place(place, since, successor=into)
    codes = sorted(child.code for child in children)
    audit.record(
        "place.merged", by=by, subject=place, into=into.code, children=codes, since=str(since)
    )
    return into


@transaction.atomic
def split(
    *,
    place: Facility,
    part: NewPlace,
    children: Sequence[Facility],
    since: Month,
    by: User | None,
) -> Facility:
    """Open a part of the place as a place of its own, which takes over some of what is below it.

    The place itself stays, and so does its past: a new village has no rows in last year's list.
    """
    require(by, Permission.MANAGE_PLACES, place)
    lock_tree()
    check_open(place, since)
    below = {child.pk: axes for child, axes in open_children(place, since).items()}
    for child in children:
        if child.pk not in below:
            raise NotAChild(child=child, place=place, day=since)
    new = bulk_open(places=[part], by=by)[0]
    for child in children:
        for axis in below[child.pk]:
            move(place=child, parent=new, axis=Axis(axis), since=since, by=by)
    audit.record(
        "place.split",
        by=by,
        subject=place,
        part=new.code,
        children=sorted(child.code for child in children),
        since=str(since),
    )
    return new

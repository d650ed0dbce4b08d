"""A place opens, takes another name, moves, closes. The past keeps its shape."""

from django.db import transaction

from facilities.access import can, require
from facilities.actions.errors import NothingToMove
from facilities.actions.opening import NewPlace, bulk_open
from facilities.actions.tree import (
    ancestors,
    check_open,
    check_parent,
    cut_placements,
    end_place,
    hang,
    lock_tree,
    mark_changed,
    rebuild,
)
from facilities.actions.versions import raise_versions
from facilities.models import Axis, Facility, FacilityAlias, Placement
from facilities.registry import normalised
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.models import User
from ilp.core.months import Month


@transaction.atomic
def open_place(*, place: NewPlace, by: User | None) -> Facility:
    """Open one place below its parents, from the first day of its month on."""
    return bulk_open(places=[place], by=by)[0]


@transaction.atomic
def rename(*, place: Facility, name: str, by: User | None) -> Facility:
    """Give the place another name; the old one stays as an alias, so lists still match."""
    require(by, Permission.MANAGE_PLACES, place)
    before, place.name = place.name, name
    place.save(update_fields=["name"])
    FacilityAlias.objects.get_or_create(facility=place, text_normalised=normalised(before))
    raise_versions(place=place, by=by, numbers=False)
    audit.record("place.renamed", by=by, subject=place, before=before, after=name)
    return place


@transaction.atomic
def learn_name(*, place: Facility, text: str, by: User | None) -> None:
    """Know the place by another name that lists write, as somebody said who records there or looks
    after its places."""
    if by is not None and not can(by, Permission.MANAGE_PLACES, place):
        require(by, Permission.RECORD, place)
    _alias, is_new = FacilityAlias.objects.get_or_create(
        facility=place, text_normalised=normalised(text)[:160]
    )
    if is_new:
        audit.record("place.name-learned", by=by, subject=place)


@transaction.atomic
def move(
    *, place: Facility, parent: Facility, axis: Axis, since: Month, by: User | None
) -> Placement:
    """Hang the place below another parent from the first day of a month on."""
    require(by, Permission.MANAGE_PLACES, place)
    require(by, Permission.MANAGE_PLACES, parent)
    lock_tree()
    check_open(place, since)
    check_parent(place, parent, axis, since)
    now = place.placements.filter(axis=axis, valid__contains=since.first_day).first()
    if now is not None and now.parent_id == parent.pk:
        raise NothingToMove(place=place, parent=parent)
    affected = ancestors([place.pk], since)
    left = cut_placements(place, since, axis)
    placement = hang(place, parent, axis, since)
    rebuild()
    mark_changed(affected | ancestors([place.pk], since), since)
    audit.record(
        "place.moved",
        by=by,
        subject=place,
        axis=axis,
        left=sorted(Facility.objects.filter(pk__in=left).values_list("code", flat=True)),
        to=parent.code,
        since=str(since),
    )
    return placement


@transaction.atomic
def close(*, place: Facility, since: Month, by: User | None) -> Facility:
    """Close the place from the first day of a month on. Nothing may be left open below it."""
    require(by, Permission.MANAGE_PLACES, place)
    lock_tree()
    end_place(place, since, successor=None)
    audit.record("place.closed", by=by, subject=place, since=str(since))
    return place

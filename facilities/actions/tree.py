"""What changes of the tree have in common: one at a time, derived rows rebuilt, months marked."""

from collections.abc import Iterable

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from facilities.actions.errors import ChildrenStillOpen, NotOpen, ParentNotOpen, WrongParent
from facilities.actions.versions import raise_every_version
from facilities.models import Ancestry, Axis, ChangedCell, Facility, Placement, parent_kinds
from facilities.selectors.directory import open_children
from ilp.core import sql
from ilp.core.months import Month

TREE_LOCK = (71, 0)
ALL_PROGRAMMES = "*"


def lock_tree() -> None:
    """Two changes at once could each be right and together make a circle."""
    sql.lock(*TREE_LOCK)


def rebuild() -> None:
    """Work out who lies below whom. No page that shows an old tree is served again, of whatever
    district: the roll-up, which comes later, raises the versions once more."""
    sql.run("facilities/rebuild_ancestry")
    raise_every_version(by=None)


def ancestors(place_ids: Iterable[int], since: Month) -> set[int]:
    """The places and all that they belong to at any time from the month on."""
    ids = set(place_ids)
    span = DateRange(since.first_day, None)
    links = Ancestry.objects.filter(descendant__in=ids, valid__overlap=span)
    return ids | set(links.values_list("ancestor", flat=True))


def mark_changed(place_ids: Iterable[int], since: Month) -> None:
    """Everything counted at these places since that month is to be counted again."""
    ids = sorted(set(place_ids))
    districts = dict(
        Ancestry.objects.filter(descendant__in=ids, ancestor__kind=Facility.Kind.DISTRICT)
        .order_by("valid")
        .values_list("descendant", "ancestor")
    )
    ChangedCell.objects.bulk_create(
        ChangedCell(
            place_id=place, month=month, programme=ALL_PROGRAMMES, district_id=districts.get(place)
        )
        for month in since.until(Month.of(timezone.localdate()))
        for place in ids
    )


def check_open(place: Facility, since: Month) -> None:
    day = since.first_day
    if place.opened_on > day or (place.closed_on is not None and place.closed_on <= day):
        raise NotOpen(place=place, day=since)


def check_parent(place: Facility, parent: Facility, axis: Axis, since: Month) -> None:
    """Raise unless the place may hang below the parent on this axis from that month on.

    Kinds only ever hang below other kinds, in one direction: no circle can come about.
    """
    allowed = parent_kinds(place.kind, axis)
    if parent.kind not in allowed:
        labels = ", ".join(sorted(str(kind.label) for kind in allowed)) or "-"
        raise WrongParent(place=place, parent=parent, allowed=labels)
    day = max(since.first_day, place.opened_on)
    if parent.opened_on > day or (parent.closed_on is not None and parent.closed_on <= day):
        raise ParentNotOpen(parent=parent, day=day)


def cut_placements(place: Facility, since: Month, *axes: Axis) -> set[int]:
    """End the place's placements at that month; the ids of the parents that it leaves.

    A placement planned for later than that month is dropped: the newer decision holds.
    """
    day = since.first_day
    left = set()
    span = DateRange(day, None)
    for placement in place.placements.filter(axis__in=axes, valid__overlap=span):
        left.add(placement.parent_id)
        if placement.valid.lower >= day:
            placement.delete()
        else:
            placement.valid = DateRange(placement.valid.lower, day)
            placement.save(update_fields=["valid"])
    return left


def hang(place: Facility, parent: Facility, axis: Axis, since: Month) -> Placement:
    """Put the place below the parent from that month until it closes."""
    start = max(since.first_day, place.opened_on)
    return Placement.objects.create(
        facility=place, parent=parent, axis=axis, valid=DateRange(start, place.closed_on)
    )


def end_place(place: Facility, since: Month, successor: Facility | None) -> None:
    """Close the place; without permission or audit, which closing and merging bring themselves."""
    check_open(place, since)
    children = open_children(place, since)
    if children:
        names = ", ".join(child.name for child in list(children)[:3])
        raise ChildrenStillOpen(place=place, count=len(children), names=names)
    affected = ancestors([place.pk], since)
    cut_placements(place, since, *Axis)
    place.closed_on, place.successor = since.first_day, successor
    place.save(update_fields=["closed_on", "successor"])
    rebuild()
    mark_changed(affected, since)

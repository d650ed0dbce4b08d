"""What can be offered on the page of an upload for each group of faults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django_stubs_ext import StrOrPromise as Text

from clusters.excel.repairs import LABELS, Way, ways
from clusters.models import Upload
from clusters.selectors.places import Homes, template_places
from clusters.selectors.uploads import IssueGroup
from facilities.models import Facility

KINDS = {"home_desa": Facility.Kind.DESA, "home_posyandu": Facility.Kind.POSYANDU}


@dataclass(frozen=True)
class Offer:
    """A way to put a group right; `choices` are places to choose from, `chosen` the likeliest."""

    way: str
    label: Text
    choices: tuple[tuple[str, str], ...] = ()
    chosen: str = ""


@dataclass(frozen=True)
class OfferedGroup:
    group: IssueGroup
    offers: tuple[Offer, ...]


class Offers:
    """Offers for the groups of one upload; places are looked up only when one is unknown."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload

    def each(self, groups: Iterable[IssueGroup]) -> list[OfferedGroup]:
        return [OfferedGroup(group, tuple(self._offers(group))) for group in groups]

    def _offers(self, group: IssueGroup) -> Iterable[Offer]:
        for way in ways(self.upload.service, group.code, group.name, group.values):
            if way is not Way.PLACE:
                yield Offer(way, LABELS[way])
            elif choices := self._choices(group.name):
                yield Offer(way, LABELS[way], choices, self._likeliest(group))

    def _choices(self, name: str) -> tuple[tuple[str, str], ...]:
        kind = KINDS.get(name)
        return tuple(
            (code, f"{label} ({code})")
            for code, label, of in self._places
            if of == kind or (kind is None and of != Facility.Kind.DESA)
        )

    def _likeliest(self, group: IssueGroup) -> str:
        kind = KINDS.get(group.name)
        found = self._homes.closest(kind, group.value) if kind and group.value else None
        return found.code if found else ""

    @cached_property
    def _places(self) -> list[tuple[str, str, str]]:
        return template_places(self.upload.facility)

    @cached_property
    def _homes(self) -> Homes:
        return Homes(self.upload.facility)

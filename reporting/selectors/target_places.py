"""The places that may have sasaran, with all that lists call them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from facilities.models import Ancestry, Facility, FacilityAlias
from ilp.core.months import Month
from reporting.selectors.targets import ORDER

Kind = Facility.Kind


@dataclass(frozen=True)
class ListedPlace:
    """A place of a district; `above` are the codes of the Puskesmas it belongs to, `aliases` other
    names, as facilities.registry.normalised spells them."""

    code: str
    name: str
    kind: str
    above: frozenset[str] = field(default=frozenset())
    aliases: frozenset[str] = field(default=frozenset())

    def __str__(self) -> str:
        return f"{Kind(self.kind).label} {self.name}"


def listed_places(*, district: Facility, month: Month) -> list[ListedPlace]:
    """District, Puskesmas and villages as they stand at the end of a month. Three queries."""
    found = Facility.objects.within(district, month.last_day).of_kind(*ORDER)
    rows = list(found.order_by("code").values_list("pk", "code", "name", "kind"))
    links = Ancestry.objects.filter(
        ancestor__kind=Kind.PUSKESMAS,
        descendant__in=[row[0] for row in rows],
        valid__contains=month.last_day,
    )
    above: dict[int, set[str]] = defaultdict(set)
    for below, code in links.values_list("descendant", "ancestor__code"):
        above[below].add(code)
    names: dict[int, set[str]] = defaultdict(set)
    aliases = FacilityAlias.objects.filter(facility__in=[row[0] for row in rows])
    for pk, text in aliases.values_list("facility", "text_normalised"):
        names[pk].add(text)
    return [
        ListedPlace(code, name, kind, frozenset(above[pk]), frozenset(names[pk]))
        for pk, code, name, kind in rows
    ]

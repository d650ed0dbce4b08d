"""Where a row's visit took place and where its person lives, from what the cells say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from clusters.excel.readers import Bad
from clusters.excel.refusals import (
    FOREIGN_PLACE,
    UNKNOWN_PLACE,
    ambiguous_home,
    unknown_home,
)
from clusters.selectors.places import (
    Homes,
    Kind,
    Place,
    place,
    places_with_codes,
    recordable,
)
from facilities.models import Facility
from ilp.core.cells import Cell, clean_text
from ilp.core.models import User

Found = Place | Bad | None


class Whereabouts:
    """Answers for one import, each different cell once."""

    def __init__(self, facility: Facility, by: User | None) -> None:
        self.facility = facility
        self.by = by
        self.default = place(facility)
        self._desas: dict[Cell, Found] = {}
        self._posyandu: dict[tuple[Cell, int | None], Found] = {}
        self._may: dict[int, bool] = {}

    @cached_property
    def homes(self) -> Homes:
        return Homes(self.facility)

    def services(self, cells: Sequence[Cell]) -> list[Found]:
        """The place of service of each cell; None where the cell is empty."""
        texts = {cell: clean_text(cell) for cell in set(cells)}
        known = places_with_codes(text for text in texts.values() if text)
        self.ask_reach(known.values())
        answers = {cell: self._service(text, known) for cell, text in texts.items()}
        return [answers[cell] for cell in cells]

    def _service(self, text: str, known: dict[str, Place]) -> Found:
        if not text:
            return None
        found = known.get(text)
        if found is None or not found.gives_care:
            return UNKNOWN_PLACE
        return found if self._may[found.id] else FOREIGN_PLACE

    def ask_reach(self, places: Iterable[Place]) -> None:
        """Find out for all of these at once whether one may record there."""
        asked = {one.id for one in places} - self._may.keys()
        if asked:
            allowed = recordable(self.facility, self.by, asked)
            self._may |= {pk: pk in allowed for pk in asked}

    def may_record_at(self, one: Place) -> bool:
        self.ask_reach([one])
        return self._may[one.id]

    def desas(self, cells: Iterable[Cell]) -> list[Found]:
        return [self._desas[c] if c in self._desas else self._desa(c) for c in cells]

    def posyandu(self, cells: Iterable[Cell], desas: Iterable[Found]) -> list[Found]:
        """Each Posyandu; where a village is given, one that lies in it."""
        found = []
        for cell, desa in zip(cells, desas, strict=True):
            inside = desa if type(desa) is Place else None
            key = (cell, inside.id if inside else None)
            if key not in self._posyandu:
                self._posyandu[key] = self._home(Kind.POSYANDU, cell, inside)
            found.append(self._posyandu[key])
        return found

    def _desa(self, cell: Cell) -> Found:
        self._desas[cell] = found = self._home(Kind.DESA, cell, None)
        return found

    def _home(self, kind: Kind, cell: Cell, inside: Place | None) -> Found:
        text = clean_text(cell)
        if not text or text in ("-", "–"):
            return None
        found = self.homes.find(kind, text, inside)
        if len(found) == 1:
            return found[0]
        if found:
            return ambiguous_home(kind.label)
        return unknown_home(kind.label, self.homes.alike(kind, text))

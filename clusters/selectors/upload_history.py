"""What taking an upload back would change, as its page tells it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Protocol

from facilities.models import Facility
from ilp.core.months import Month

NAMELESS = "unggahan"


class Cell(Protocol):
    """Standing visits of a place in a month, and the persons seen, before and after."""

    @property
    def facility_id(self) -> int: ...
    @property
    def month(self) -> Month: ...
    @property
    def visits(self) -> tuple[int, int]: ...
    @property
    def persons(self) -> tuple[int, int]: ...


@dataclass(frozen=True)
class CellTold:
    """The same with the name of the place."""

    place: str
    month: Month
    visits: tuple[int, int]
    persons: tuple[int, int]


def cells_told(cells: Sequence[Cell]) -> list[CellTold]:
    names = names_of({cell.facility_id for cell in cells})
    return [
        CellTold(names[cell.facility_id], cell.month, cell.visits, cell.persons) for cell in cells
    ]


def names_of(places: Collection[int]) -> dict[int, str]:
    """The names of places by their id, in one query."""
    return {one.pk: str(one) for one in Facility.objects.filter(pk__in=places)}


def safe_name(name: str) -> str:
    """A file's name that no header and no folder can be broken with."""
    plain = "".join(one for one in PureWindowsPath(name).name if one.isprintable())
    return plain or NAMELESS

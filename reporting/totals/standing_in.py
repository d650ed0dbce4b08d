"""What visits say of a place where approved reports of places below it stand in for some of them.

As the roll-up adds up (add_up_reported.sql): a report speaks for its place and all below it, in the
cells that it gives, unless a report between it and the place gives them too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ilp.core import sql
from ilp.core.months import Month
from ilp.core.windows import Window
from reporting.catalogue import ELEMENTS, SLOTS
from reporting.catalogue.language import Reported
from reporting.totals.reading import cells_of, sums_below
from reporting.totals.windows import BY_DAY, count_days, visits_over

Cell = tuple[str, str]  # element, part
Said = dict[Cell, int]


@dataclass
class Below:
    """`visits` of all that lies below; `given` by reporter and cell; what the covered places
    recorded themselves in `own`; and which places each reporter speaks for in `covers`."""

    visits: Said = field(default_factory=dict)
    given: dict[int, Said] = field(default_factory=dict)
    own: dict[int, Said] = field(default_factory=dict)
    covers: dict[int, frozenset[int]] = field(default_factory=dict)

    def covered(self, cell: Cell) -> frozenset[int]:
        """Places whose visits do not count in the cell: a report does."""
        speaking = (
            self.covers.get(r, frozenset()) for r, said in self.given.items() if cell in said
        )
        return frozenset().union(*speaking)

    def left_out(self, cell: Cell) -> int:
        """What visits say there that a report says in their place."""
        return sum(self.own.get(place, {}).get(cell, 0) for place in self.covered(cell))

    def reported(self, cell: Cell) -> int:
        return sum(said.get(cell, 0) for said in self.given.values())

    @property
    def said(self) -> Said:
        """By cell the visits that nobody reported, and the reports."""
        told = {cell for said in self.given.values() for cell in said}
        found = dict(self.visits)
        for cell in told:
            found[cell] = found.get(cell, 0) - self.left_out(cell) + self.reported(cell)
        return found


def counted_below(
    place: int, month: Month, window: Window, codes: Collection[str], shared: Collection[str]
) -> Below:
    """What the visits of the days and reports of the month say of a place and all below it.

    `shared` are the elements that places below may report. One query; where the window is not the
    month and any of the elements is counted by days, two.
    """
    if not shared:
        return Below(visits_over([place], month, window, codes)[place])
    is_month = window == Window.of(month)
    by_day = [c for c in codes if not is_month and isinstance(ELEMENTS[c].source, BY_DAY)]
    found = _asked(place, month, [c for c in codes if c not in by_day], shared)
    if not by_day:
        return found
    if not found.given:
        found.visits |= count_days([place], month, window, by_day).get(place, {})
        return found
    covered = frozenset().union(*found.covers.values())
    for one, said in count_days([place], month, window, by_day, own=True).items():
        for cell, number in said.items():
            found.visits[cell] = found.visits.get(cell, 0) + number
        if one in covered:
            found.own[one] = found.own.get(one, {}) | said
    return found


def _asked(place: int, month: Month, codes: Collection[str], shared: Collection[str]) -> Below:
    """By the totals' own numbers, with the reports, in one statement."""
    cells = cells_of([c for c in codes if not isinstance(ELEMENTS[c].source, Reported)])
    sums = [sums_below(programme, wanted) for programme, wanted in cells.items()]
    each = [sums_of_each(programme, wanted) for programme, wanted in cells.items()]
    statement = sql.text("reporting/reports_below")
    rows = sql.run_text(
        statement.replace("/* sums */", "".join(f"UNION ALL {one} " for one in [*sums, *each])),
        {
            "place": place,
            "places": [place],
            "month": month.first_day,
            "last_day": month.last_day,
            "elements": list(shared),
        },
    )
    found, given, covers = Below(), defaultdict[int, Said](dict), dict[int, frozenset[int]]()
    for at, name, numbers in rows:
        if name in cells:
            said = {c: n for c, n in zip(cells[name], numbers, strict=True) if n is not None}
            if at == place:
                found.visits |= said
            else:
                found.own[at] = found.own.get(at, {}) | said
        elif name == ">":
            covers[at] = frozenset(numbers)
        else:
            element, _bar, part = name.partition("|")
            given[at][element, part] = numbers[0]
    found.given, found.covers = dict(given), covers
    return found


def sums_of_each(programme: str, cells: Collection[Cell]) -> str:
    """What each place of `covered` recorded itself: (place, programme, numbers in this order)."""
    own = ", ".join(f"kept.own[{int(SLOTS[programme, *cell])}]::bigint" for cell in cells)
    return (
        f"SELECT kept.place_id, '{programme}', ARRAY[{own}] FROM reporting_total AS kept "  # noqa: S608 catalogue
        f"WHERE kept.programme = '{programme}' AND kept.month = %(month)s "
        "AND kept.place_id IN (SELECT id FROM covered) AND kept.own IS NOT NULL"
    )


def reports_below(place: int, month: Month, shared: Collection[str]) -> Mapping[int, Said]:
    """Reporter -> what its approved reports say that counts for the place. One query, or none."""
    return _asked(place, month, [], shared).given if shared else {}

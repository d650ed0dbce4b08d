"""What has been read of a file so far, over all of its sheets."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.utils import timezone

from clusters.actions.issues import Issue
from clusters.actions.staging import Incoming
from clusters.excel import columns
from clusters.excel.dated import of_the_file
from clusters.excel.hints import Hint
from clusters.excel.layout import NOTHING, Layout
from clusters.excel.masking import shown_value
from clusters.excel.readers import Bad
from clusters.excel.spreading import Spread, dated_names, spread
from clusters.excel.told import Told
from clusters.excel.whereabouts import Whereabouts
from clusters.services import SERVICES
from facilities.models import Facility
from ilp.core.models import User
from ilp.core.months import Month

LONGEST_TITLE = 80


class Gathering:
    """What has been read of a file so far: rows to write, rows refused, and why."""

    def __init__(
        self, service: str, facility: Facility, by: User | None, told: Told = NOTHING
    ) -> None:
        self.service = SERVICES[service]
        self.told = told
        self.where = Whereabouts(facility, by)
        self.today = timezone.localdate()
        self.read = self.same = self.unserved = 0
        self.roster: Month | None = None  # of a template that names the persons expected in it
        self.rows: list[Incoming] = []
        self.issues: list[Issue] = []
        self.refused: set[tuple[str, int, int]] = set()
        self.layouts: dict[str, Layout] = {}
        self.known: dict[tuple[bytes, int, date], Incoming] = {}
        self.filled: Counter[str] = Counter()  # rows in which a place stands further up, by column
        self.hints: list[Hint] = []
        self.spread: list[Spread] = []

    @property
    def report(self) -> dict[str, Any]:
        """What was understood of the rows beyond their cells, for the person to see."""
        names = columns.labels(self.service.code)
        return {
            "filled": {names[name]: count for name, count in self.filled.items()},
            "unserved": self.unserved,
            "hints": [hint.report for hint in self.hints],
            "spread": self._spread_report(),
        }

    def _spread_report(self) -> dict[str, int]:
        """Of sheets with a day for each dose: their persons, and those without any day."""
        if not self.spread:
            return {}
        rows, without = (sum(getattr(one, n) for one in self.spread) for n in ("rows", "without"))
        return {"rows": rows, "without": without}

    def by_visits(self, layout: Layout) -> Layout:
        """The layout with one visit a row: as it is, or spread where it has a day for each dose."""
        if not layout.dated:
            return layout
        self.spread.append(found := spread(layout, self.told))
        self.filled.update(found.filled)
        return found.layout

    def tell(  # noqa: PLR0913 where, what and of what
        self,
        layout: Layout,
        row: int,
        name: str,
        bad: Bad,
        *,
        warning: bool = False,
        of_row: bool = True,
    ) -> None:
        """Note what is wrong or odd in a row; `row` counts in the sheet's rows.

        What is odd about a whole sheet is noted at one of its rows, and is not `of_row`.
        """
        at = layout.columns.get(name)
        cell = layout.sheet.rows[row][at] if at is not None else None
        number = layout.sheet.row_number(row)
        value, visit = shown_value(self.service, name, cell), 0
        below = row - layout.header.data_index
        if layout.spots and below >= 0:
            name = of_the_file(layout.spots, below, name, dated_names(layout))
            visit = layout.spots[below].visit
        label = layout.title(name) or columns.labels(self.service.code).get(name, "")
        self.issues.append(
            Issue(
                layout.sheet.name,
                number,
                _end_of(label),
                value,
                bad.code,
                str(bad.sentence),
                warning,
                name,
                visit,
                of_row,
            )
        )
        if not warning:
            self.refused.add((layout.sheet.name, number, visit))


def _end_of(label: str) -> str:
    """A title as an issue may show it: of many levels the last say which column it is."""
    return label if len(label) <= LONGEST_TITLE else f"…{label[1 - LONGEST_TITLE :]}"

"""The cells and rows of a report as they are shown."""

from __future__ import annotations

import json
from dataclasses import dataclass

from reporting.selectors.checking import Finding, part_label
from reporting.selectors.typed import ABSENT, Entry, complaint
from reporting.selectors.usual import Usual


@dataclass(frozen=True)
class Box:
    """One cell: what was saved, what the visits say, and which of the two it shows first."""

    element: str
    part: str
    entry: Entry
    counted: int | None
    proposed: int | None
    version: int = 0  # the report's when the cell was last changed; 0: it is blank
    comment: str = ""  # what is to be put right here
    computed: bool = False  # follows from other cells of its row
    was: int | None = None  # what the visits said when somebody last saved or explained it

    @property
    def name(self) -> str:
        """The name of its input."""
        return f"{self.element}|{self.part}"

    @property
    def label(self) -> str:
        return part_label(self.part)

    @property
    def value(self) -> int | None:
        return self.entry.number

    @property
    def is_prefilled(self) -> bool:
        return self.entry.is_blank and self.proposed is not None

    @property
    def shown(self) -> str:
        """What stands in it: what was saved, else what the visits propose."""
        if self.is_prefilled:
            return str(self.proposed)
        return self.entry.shown

    @property
    def has_moved(self) -> bool:
        """Whether the visits say something else now than when it was saved."""
        known = None not in (self.value, self.was, self.counted)
        return known and self.counted not in (self.was, self.value)

    @property
    def complaint(self) -> str:
        """What is wrong with a text that was kept as it was typed."""
        return complaint(self.entry.text) if self.entry.text else ""


@dataclass(frozen=True)
class Row:
    number: str
    element: str
    label: str
    boxes: tuple[Box, ...]
    computed: str  # the sum that it is, "" where it is typed
    reason: str
    last_month: int | None
    comment: str = ""  # what is to be put right in the whole row
    before: tuple[int | None, ...] = ()  # what was reported in the periods before, the oldest first
    usual: Usual = Usual()
    unusual: Finding | None = None  # what is far from it
    over: Finding | None = None  # that the year has reached more people than there are

    @property
    def is_computed(self) -> bool:
        return bool(self.computed)

    @property
    def typed(self) -> tuple[Box, ...]:
        """The boxes that people fill in."""
        return () if self.is_computed else tuple(b for b in self.boxes if not b.computed)

    @property
    def adds_up(self) -> bool:
        """Whether its boxes are parts of one number, not columns of their own."""
        return not any(b.computed for b in self.boxes)

    @property
    def is_blank(self) -> bool:
        """Whether nobody said anything of it, and the visits know of nothing either."""
        return all(b.entry.is_blank and not b.proposed for b in self.boxes)

    @property
    def total(self) -> int | None:
        if not self.adds_up:
            return None
        known = [b.proposed for b in self.boxes if b.proposed is not None]
        return sum(known) if known else None

    @property
    def unsaved(self) -> int | None:
        """The sum of what its boxes show without its being saved; None where nothing is."""
        proposed = [b.proposed for b in self.typed if b.is_prefilled and b.proposed is not None]
        return sum(proposed) if proposed else None

    @property
    def counted(self) -> int | None:
        known = [b.counted for b in self.boxes if b.counted is not None]
        return sum(known) if known else None

    @property
    def differs(self) -> bool:
        """Whether something was saved that the visits do not say. TA has a reason of its own."""
        return not self.is_computed and any(
            b.value is not None and b.counted is not None and b.value != b.counted
            for b in self.boxes
        )

    @property
    def asks_why(self) -> bool:
        """Whether it has to be explained before the report is sent."""
        over = self.over is not None and self.over.asks
        return self.differs or self.unusual is not None or over

    @property
    def moved(self) -> list[Box]:
        """The boxes for which the visits have changed since they were saved."""
        return [box for box in self.boxes if box.has_moved]

    @property
    def taken(self) -> str:
        """What those boxes would hold, by their names, for the page's script."""
        return json.dumps({box.name: str(box.counted) for box in self.moved})

    @property
    def line(self) -> list[int | None]:
        """What was reported before and, last, what stands in it now."""
        return [*self.before, self.total]

    @property
    def has_past(self) -> bool:
        return any(number is not None for number in self.before)

    @property
    def has_absent(self) -> bool:
        """Whether a cell says that there is no such service."""
        return any(b.entry.absent or b.entry.text == ABSENT for b in self.boxes)

    @property
    def absent(self) -> str:
        """Why there is no such service, as far as it was said."""
        return next((b.entry.absent for b in self.boxes if b.entry.absent), "")

    @property
    def comments(self) -> list[tuple[str, str]]:
        """What is to be put right here: (cell, comment), the whole row first."""
        own = [("", self.comment)] if self.comment else []
        return own + [(b.label, b.comment) for b in self.boxes if b.comment]

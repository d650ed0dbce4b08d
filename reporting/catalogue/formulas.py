"""Signed sums of codes, in which indicators and checks are written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import cached_property

OUTSIDE_TOTALS = ("S_", "F_")  # codes of sasaran, and of what registers say of places
TERM = re.compile(r"([+-]?)\s*(?:(\d+)\s*\*\s*)?([A-Za-z]\w*)\s*")


@dataclass(frozen=True)
class Formula:
    """A signed sum of elements, sasaran or registers: "dpt1 - dpt3", "S_BUMIL", "12 * F_PUSTU"."""

    text: str

    @cached_property
    def terms(self) -> tuple[tuple[int, str], ...]:
        """(how often, code) in order, below zero what is subtracted; ValueError when the text is no
        such sum."""
        if not self.text.strip() or TERM.sub("", self.text).strip():
            raise ValueError(f"not a sum of elements: {self.text!r}")
        found = TERM.findall(self.text)
        return tuple((int(f"{sign}{times or 1}"), code) for sign, times, code in found)

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(code for _, code in self.terms)

    @cached_property
    def is_sasaran(self) -> bool:
        """Whether it stands outside the totals: people to be served, or places of the registry."""
        return all(code.startswith(OUTSIDE_TOTALS) for code in self.codes)

    @cached_property
    def alone(self) -> str:
        """The code of a sum that is one number as it stands; else empty."""
        return self.terms[0][1] if len(self.terms) == 1 and self.terms[0][0] == 1 else ""

    def of(self, values: Mapping[str, int | None]) -> int | None:
        """The sum; None, not zero, as soon as one part is unknown."""
        if self.alone:  # most are, and a page asks thousands of times
            return values.get(self.alone)
        total = 0
        for sign, code in self.terms:
            value = values.get(code)
            if value is None:
                return None
            total += sign * value
        return total

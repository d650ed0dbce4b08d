"""What is counted, shown and reported: elements, indicators, forms and target populations."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.core.checks import Error

from clusters.services import SERVICES
from reporting.catalogue import (
    adult,
    birth,
    child,
    family,
    forms,
    immunisation,
    mother,
    mother_health,
    newborn,
    nutrition,
    sasaran,
    slots,
)
from reporting.catalogue.checks import Contents, problems
from reporting.catalogue.language import (
    Aggregation,
    Axis,
    Breakdown,
    Element,
    Form,
    Formula,
    Goal,
    Indicator,
    Kind,
    Sasaran,
)

PROGRAMMES: tuple[str, ...] = tuple(SERVICES)
ALL_ELEMENTS: tuple[Element, ...] = (
    *mother.ELEMENTS,
    *child.ELEMENTS,
    *immunisation.ELEMENTS,
    *adult.ELEMENTS,
    *birth.ELEMENTS,
    *newborn.ELEMENTS,
    *family.ELEMENTS,
)
VERSIONS: tuple[Indicator, ...] = (  # every version of every indicator; those to come first
    *birth.DELIVERED,
    *mother.CONTACTS,
    *mother_health.HEALTH,
    *mother_health.TESTS,
    *nutrition.INDICATORS,
    *immunisation.INDICATORS,
    *adult.INDICATORS,
    *birth.BIRTHS,
    *newborn.INDICATORS,
    *family.INDICATORS,
)
ELEMENTS: dict[str, Element] = {e.code: e for e in ALL_ELEMENTS}
INDICATORS: dict[str, Indicator] = {
    i.code: i for i in VERSIONS
}  # the newest version of each, but those to come
FORMS: dict[str, Form] = {f.code: f for f in forms.ALL}
SASARAN: dict[str, Sasaran] = {s.code: s for s in sasaran.ALL}

SLOTS: dict[slots.Key, int] = slots.parse(slots.FILE.read_text(encoding="ascii"))
WIDTH: dict[str, int] = slots.widths(SLOTS)

# What stands on a cluster's card of the district dashboard.
HEADLINES: dict[str, tuple[str, ...]] = {
    "K1": (),
    "K2": ("IB04", "IM20", "AN18", "AN26"),
    "K3": ("DW01", "DW06", "DW16", "LA06"),
    "K4": ("IB26", "IB27", "IB28"),
    "LK": (),
}
SPM: dict[int, str] = {1: "SPM01", 2: "SPM02", 3: "SPM03", 4: "SPM04", 6: "SPM06"}


class NoIndicator(LookupError):
    """No indicator of that code is in force on that day."""


def indicator(code: str, on: date) -> Indicator:
    """The version in force on the day; NoIndicator where there is none."""
    try:
        return indicators_on(on)[code]
    except KeyError:
        raise NoIndicator(f"{code} on {on}") from None


@lru_cache(maxsize=1024)
def indicators_on(day: date) -> dict[str, Indicator]:
    """Every indicator in force on the day, by code. Shared: do not change it."""
    return {one.code: one for one in VERSIONS if one.holds_on(day)}


def missing() -> list[slots.Key]:
    """Parts of elements that have no slot yet."""
    return slots.missing(ALL_ELEMENTS, SLOTS)


def check(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Django system check: one error for each fault of the catalogue."""
    return problems(Contents(ALL_ELEMENTS, VERSIONS, forms.ALL, sasaran.ALL, SLOTS, HEADLINES, SPM))


__all__ = [
    "ELEMENTS",
    "FORMS",
    "HEADLINES",
    "INDICATORS",
    "PROGRAMMES",
    "SASARAN",
    "SLOTS",
    "SPM",
    "VERSIONS",
    "WIDTH",
    "Aggregation",
    "Axis",
    "Breakdown",
    "Element",
    "Form",
    "Formula",
    "Goal",
    "Indicator",
    "Kind",
    "NoIndicator",
    "Sasaran",
    "check",
    "indicator",
    "indicators_on",
    "missing",
]

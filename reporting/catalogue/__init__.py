"""What is counted, shown and reported: elements, indicators, forms and target populations."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.core.checks import Error

from clusters.services import SERVICES
from reporting.catalogue import (
    adult,
    bias,
    birth,
    care,
    care_quality,
    cascades,
    child,
    child_care,
    chronic,
    development,
    doses,
    elderly,
    family,
    forms,
    forms_activities,
    forms_disease,
    forms_elderly,
    forms_environment,
    forms_management,
    forms_morbidity,
    forms_posyandu,
    forms_programmes,
    forms_quality,
    forms_spm,
    forms_stock,
    forms_ukm,
    forms_weekly,
    free_check,
    immunisation,
    infection,
    mental,
    mother,
    mother_health,
    newborn,
    nutrition,
    registers,
    sasaran,
    school,
    slots,
)
from reporting.catalogue.checks import Contents, problems
from reporting.catalogue.diseases import LISTINGS
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
    Register,
    Sasaran,
)
from reporting.catalogue.live import Live
from reporting.catalogue.shorthand import attended

REPORTS = (
    *(bias, forms_disease, forms_weekly, forms_environment, forms_management, forms_quality),
    *(forms_spm, forms_morbidity, forms_stock, forms_programmes, forms_activities, forms_ukm),
    *(forms_posyandu, forms_elderly),
)
APART = (
    forms_morbidity,
    forms_stock,
)  # whose rows are kept in reports alone and stand in no totals
LIVES = (child_care, development, school, elderly, mental, chronic, free_check)
WRITTEN: tuple[Element, ...] = (
    *mother.ELEMENTS,
    *child.ELEMENTS,
    *immunisation.ELEMENTS,
    *adult.ELEMENTS,
    *birth.ELEMENTS,
    *newborn.ELEMENTS,
    *family.ELEMENTS,
    *infection.ELEMENTS,
    *care.ELEMENTS,
    *(element for report in REPORTS for element in report.ELEMENTS),
    *(element for part in LIVES for element in part.ELEMENTS),
    *doses.ELEMENTS,
)
ALL_ELEMENTS: tuple[Element, ...] = (*WRITTEN, *attended(WRITTEN))
VERSIONS: tuple[Indicator, ...] = (  # every version of every indicator; those to come first
    *birth.DELIVERED,
    *mother.CONTACTS,
    *mother_health.HEALTH,
    *mother_health.TESTS,
    *nutrition.INDICATORS,
    *immunisation.INDICATORS,
    *doses.INDICATORS,
    *adult.INDICATORS,
    *birth.BIRTHS,
    *newborn.INDICATORS,
    *family.INDICATORS,
    *infection.INDICATORS,
    *(*care.DEATHS, *care.CHILDREN, *care_quality.INDICATORS),
    *(one for report in REPORTS for one in report.INDICATORS),
    *(one for part in LIVES for one in part.INDICATORS),
)
# Rows of totals: one for the visits of each service, one for each report of other things.
PROGRAMMES: list[str] = list(dict.fromkeys((*SERVICES, *(e.programme for e in ALL_ELEMENTS))))
# With those of forms that a Dinas made itself: catalogue/own.py.
ELEMENTS: Live[str, Element] = Live({e.code: e for e in ALL_ELEMENTS})
# Whatever a form may ask for: what stands in totals, and what is kept in reports alone.
ROWS: Live[str, Element] = Live({**ELEMENTS, **{e.code: e for part in APART for e in part.APART}})
# The newest version of each, but those to come.
INDICATORS: dict[str, Indicator] = {i.code: i for i in VERSIONS}
ALL_FORMS: tuple[Form, ...] = (*forms.ALL, *(report.FORM for report in REPORTS))
FORMS: Live[str, Form] = Live({f.code: f for f in ALL_FORMS})
REGISTERS: dict[str, Register] = {r.code: r for r in registers.ALL}
SASARAN: dict[str, Sasaran] = {s.code: s for s in sasaran.ALL}

SLOTS: dict[slots.Key, int] = slots.parse(slots.FILE.read_text(encoding="ascii"))
WIDTH: dict[str, int] = slots.widths(SLOTS)

# What stands on a cluster's card of the district dashboard.
HEADLINES: dict[str, tuple[str, ...]] = {
    "K1": ("MJ24", "MJ25", "IB32", "AN10"),
    "K2": ("IB04", "IM20", "AN18", "AN26"),
    "K3": ("DW01", "DW06", "DW16", "LA06"),
    "K4": ("TB01", "TB04", "HI01", "IB26"),
    "LK": ("LK01", "LK07"),
}
SPM: dict[int, str] = {number: f"SPM{number:02}" for number in range(1, 13)}


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
    return problems(
        Contents(
            *(ALL_ELEMENTS, VERSIONS, ALL_FORMS, sasaran.ALL, SLOTS, HEADLINES, SPM),
            cascades=cascades.CASCADES,
            registers=registers.ALL,
            apart=tuple(e for part in APART for e in part.APART),
            listings=LISTINGS,
        )
    )


__all__ = [
    "ELEMENTS",
    "FORMS",
    "HEADLINES",
    "INDICATORS",
    "PROGRAMMES",
    "REGISTERS",
    "ROWS",
    "SASARAN",
    "SERVICES",
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
    "Register",
    "Sasaran",
    "check",
    "indicator",
    "indicators_on",
    "missing",
]

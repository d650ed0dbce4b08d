"""Forms that a Dinas made itself, beside those declared here or in place of them, by dated version.

FORMS holds the last version of each, in force whenever one of them is; a report is read by
`form_on`, in the version of its month.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from ilp.core.months import Month
from reporting.catalogue import ALL_FORMS, ELEMENTS, FORMS, PROGRAMMES, ROWS, SLOTS, WIDTH
from reporting.catalogue.definitions import FormSaid
from reporting.catalogue.language import (
    LONG_AGO,
    Blank,
    Breakdown,
    Check,
    DueDay,
    Element,
    Form,
    Item,
    Kind,
    Reported,
    Section,
)
from reporting.catalogue.live import Live
from reporting.catalogue.slots import Key, widths

DECLARED_ELEMENTS, DECLARED_ROWS = dict(ELEMENTS), dict(ROWS)
DECLARED_SLOTS, DECLARED_WIDTH, DECLARED_PROGRAMMES = dict(SLOTS), dict(WIDTH), list(PROGRAMMES)
DECLARED_FORMS = {form.code: form for form in ALL_FORMS}
K = TypeVar("K")
_versions: Live[str, tuple[Form, ...]] = Live({c: (form,) for c, form in DECLARED_FORMS.items()})


@dataclass(frozen=True)
class Version:
    """A form as its Dinas said it, in force from a day to before another."""

    said: FormSaid
    since: date
    until: date | None


def programme_of(form: str) -> str:
    """The row of totals in which numbers are kept that only this form asks for."""
    return f"f_{form.lower()}"


def own_elements(said: FormSaid) -> list[Element]:
    """The elements of a form's rows that the catalogue does not declare."""
    return [
        Element(
            row.code,
            row.label,
            programme_of(said.code),
            Reported(),
            kind=Kind(row.kind),
            breakdown=Breakdown(row.breakdown),
        )
        for row in said.rows
        if row.code not in DECLARED_ROWS
    ]


def take(versions: Iterable[Version], slots: Mapping[Key, int]) -> None:
    """Use these versions, the oldest of each form first, and no others.

    `slots` are the positions of their elements. What was taken before and is not among them is
    forgotten.
    """
    listed = list(versions)
    programmes = {code: programme for programme, code, _part in slots}
    own = {
        element.code: replace(element, programme=programmes[element.code])
        for version in listed
        for element in own_elements(version.said)
    }
    _place(slots)
    ELEMENTS.take(DECLARED_ELEMENTS | own)
    ROWS.take(DECLARED_ROWS | own)
    known = {code: (form,) for code, form in DECLARED_FORMS.items()}
    for version in listed:
        code = version.said.code
        known[code] = (*known.get(code, ()), form_of(version))
    pieces = {code: in_turn(forms) for code, forms in known.items()}
    _versions.take(pieces)
    FORMS.take({code: _whole(forms) for code, forms in pieces.items()})


def _place(slots: Mapping[Key, int]) -> None:
    """The declared positions and these; a position that is taken is never given up while in use."""
    _become(SLOTS, DECLARED_SLOTS | dict(slots))
    _become(WIDTH, DECLARED_WIDTH | widths(slots))
    PROGRAMMES[:] = [*DECLARED_PROGRAMMES, *sorted({programme for programme, *_ in slots})]


def _become(held: dict[K, int], wanted: Mapping[K, int]) -> None:
    held.update(wanted)
    for gone in held.keys() - wanted.keys():
        del held[gone]


def form_of(version: Version) -> Form:
    """The form that a version says, with the days off and the look of any other."""
    said = version.said
    sections: dict[str, list[Item]] = {}
    for row in said.rows:
        item = Item(row.number, row.code, row.label, row.computed, row.most)
        sections.setdefault(row.section, []).append(item)
    return Form(
        code=said.code,
        label=said.label,
        kinds=said.kinds,
        sections=tuple(Section(label, tuple(items)) for label, items in sections.items()),
        checks=tuple(
            Check(
                rule.left,
                rule.operator,
                rule.right,
                rule.message,
                warning=rule.strength == "peringatan",
                blank=Blank(rule.blank),
            )
            for rule in said.rules
        ),
        due=(_due(said),),
        source=said.source,
        rounds=said.rounds,
        weekly=said.weekly,
        since=version.since,
        until=version.until,
    )


def _due(said: FormSaid) -> DueDay:
    if said.weekly:
        return DueDay(None, said.source, days_after=said.due_day)
    return DueDay(said.due_day, said.source)


def in_turn(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """What is in force one after the other: of those that hold on a day the last one speaks."""
    ends = {form.until for form in forms if form.until}
    cuts = sorted({form.since for form in forms} | ends)
    found: list[Form] = []
    for since, until in zip(cuts, [*cuts[1:], None], strict=True):
        held = [form for form in forms if form.asked_on(since)]
        if not held:
            continue
        if found and found[-1].until == since and _speaks(held[-1], found[-1]):
            found[-1] = replace(found[-1], until=until)
        else:
            found.append(replace(held[-1], since=since, until=until))
    return tuple(found)


def _speaks(form: Form, piece: Form) -> bool:
    """Whether a piece of time has this form."""
    return replace(form, since=piece.since, until=piece.until) == piece


def _whole(pieces: tuple[Form, ...]) -> Form:
    """What is in force at last, in force whenever any of them is; each month has its deadline."""
    first, *later = pieces
    due = (*first.due, *(replace(one.due[-1], since=one.since) for one in later))
    spans = tuple((one.since, one.until) for one in pieces)
    last = pieces[-1]
    return replace(last, since=first.since, until=last.until, due=due, spans=spans)


def form_on(code: str, month: Month) -> Form:
    """The version by which a month is reported; the last where none is in force."""
    held = [form for form in _versions[code] if form.asked_on(month.last_day)]
    return held[-1] if held else FORMS[code]


def in_force_from(day: date) -> list[Form]:
    """Every version that is in force on the day or later."""
    return [f for forms in _versions.values() for f in forms if f.until is None or day < f.until]


def is_declared(code: str) -> bool:
    """Whether the catalogue itself has a form of this code."""
    return code in DECLARED_FORMS


__all__ = [
    "LONG_AGO",
    "Version",
    "form_of",
    "form_on",
    "in_force_from",
    "is_declared",
    "own_elements",
    "programme_of",
    "take",
]

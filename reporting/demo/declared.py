"""Visits of services that have no story of their own: made up from the declaration alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from clusters.growth import age_days, completed_months
from clusters.services import Service
from clusters.services.language import Field, Kind
from reporting.demo.contacts import Contact, Setting
from reporting.demo.people import Someone

SEEN = 0.06  # of those whom the service is for, once in the span
TRIES = 30  # until nothing contradicts itself
SOME_DIAGNOSIS = "Z00.0"


def visits(service: Service, person: Someone, at: Setting) -> Iterator[Contact]:
    """One visit of some, on a day on which the service is for them."""
    rng, span = at.rng, at.span
    if person.sex not in service.sexes or rng.random() > SEEN:
        return
    length = (span.last.last_day - span.first.first_day).days
    day = span.first.first_day + timedelta(days=rng.randrange(length))
    if day < person.born_on:
        return
    header: dict[str, Any] = {
        "sex": person.sex,
        "seen_on": day,
        "age_days": age_days(person.born_on, day),
        "age_months": completed_months(person.born_on, day),
    }
    if not service.accepts_age(header["age_months"]):
        return
    for number in range(TRIES):
        blank = number / TRIES  # the emptier a row is, the less can contradict
        filled = [f for f in service.fields if rng.random() >= blank]
        values = dict.fromkeys(service.typed) | {f.name: _value(f, header, at) for f in filled}
        if _holds(service, values | header):
            yield Contact(person, at.centre.code, day, values)
            return


def _holds(service: Service, values: dict[str, Any]) -> bool:
    """The row says something, and nothing in it that would be refused."""
    says = [values[name] is not None for name in service.needs_one_of]
    values = values | service.derive(values)
    return (any(says) or not says) and not any(
        rule.broken(values) for rule in service.rules if not rule.warning
    )


def _value(field: Field, header: dict[str, Any], at: Setting) -> Any:
    rng = at.rng
    match field.kind:
        case Kind.YES_NO:
            return rng.random() < 0.2
        case Kind.CHOICE:
            return rng.choice(field.choices).code
        case Kind.CODES:
            return [rng.choice(field.choices).code]
        case Kind.INTEGER | Kind.DECIMAL:
            low, high = field.warn or field.reject or (0, 1)
            middle = rng.triangular(low, high)
            return round(middle, field.places) if field.places else round(middle)
    return {Kind.DATE: header["seen_on"], Kind.DIAGNOSIS: SOME_DIAGNOSIS}.get(field.kind)

"""What the generators hand on: one person seen at one place on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from ilp.core.months import Month
from reporting.demo.people import Someone
from reporting.demo.places import Posyandu, Puskesmas
from reporting.demo.span import Span


@dataclass(slots=True)
class Contact:
    """A visit before it becomes a row; `values` by the names of the service's fields."""

    person: Someone
    place: str  # code of where it took place
    day: date
    values: dict[str, Any]


@dataclass(slots=True)
class Setting:
    """A Posyandu with what makes its numbers its own; shares are between 0 and 1."""

    centre: Puskesmas
    home: Posyandu
    span: Span
    sessions: dict[Month, date]
    attendance: float  # children and adults who come in a usual month
    care: float  # how complete what is done for those who come is
    rng: Random

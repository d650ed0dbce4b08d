"""Short ways of declaring what most parts of the catalogue declare alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise as Text

from clusters.cutoffs import JUKNIS_KESGA_2026
from clusters.services import SERVICES
from reporting.catalogue.language import (
    LONG_AGO,
    Axis,
    Element,
    Goal,
    Kind,
    Reached,
    Reported,
    Visits,
)

FROM_2026, FROM_2027 = date(2026, 1, 1), date(2027, 1, 1)
SPM = "Permenkes 6/2024 tentang SPM bidang kesehatan"
USUAL = "Kelaziman program; pastikan nilainya ke pemegang program setiap tahun"


def reached(programme: str, labels: Mapping[str, Text], **more: Any) -> tuple[Element, ...]:
    """An element for each milestone, under the milestone's own code, counted where people live."""
    return tuple(
        Element(code, label, programme, Reached(code), **more) for code, label in labels.items()
    )


def standing(programme: str, labels: Mapping[str, Text], **more: Any) -> tuple[Element, ...]:
    """An element for each state, under the state's own code: who stands so in the month."""
    return reached(programme, labels, kind=Kind.STOCK, **more)


def typed(programme: str, labels: Mapping[str, Text], **more: Any) -> tuple[Element, ...]:
    """Numbers that only a form gives."""
    return tuple(Element(c, label, programme, Reported(), **more) for c, label in labels.items())


def attendance(service: str) -> tuple[Element, Element]:
    """All standing visits of a service: by place of service, and by home."""
    anyone = Visits(service, Q())
    served = _("Semua kunjungan, menurut tempat pelayanan")
    return (
        Element(f"{service}_visits", served, service, anyone, axis=Axis.SERVICE),
        Element(f"{service}_seen", _("Semua kunjungan, menurut domisili"), service, anyone),
    )


def attended(written: Collection[Element]) -> tuple[Element, ...]:
    """The attendance of each service of which no part has told it yet: every one has its own."""
    told = {element.code for element in written}
    return tuple(e for code in SERVICES for e in attendance(code) if e.code not in told)


def by_guideline(value: float) -> tuple[Goal, ...]:
    """The target of the 2026 guideline."""
    return (Goal(value, JUKNIS_KESGA_2026, since=FROM_2026),)


def by_custom(value: float) -> tuple[Goal, ...]:
    """A target that programmes commonly use, not confirmed for any one year."""
    return (Goal(value, USUAL, since=LONG_AGO),)


def by_law() -> tuple[Goal, ...]:
    """Minimum service standards have no other target than everybody."""
    return (Goal(100, SPM, since=LONG_AGO),)

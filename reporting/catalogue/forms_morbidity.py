"""LB1, the monthly report of diseases: a form that is read from its reports, not from totals."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reporting.catalogue.diseases import LISTINGS
from reporting.catalogue.language import (
    TENTH,
    Axis,
    Breakdown,
    Cases,
    Element,
    Form,
    Indicator,
    Item,
    Section,
)

PROGRAMME = "lb1"
LISTING = LISTINGS[-1]
APART: tuple[Element, ...] = tuple(
    Element(d.code, d.title, PROGRAMME, Cases(d.ranges), Axis.SERVICE, breakdown=Breakdown.LB1)
    for d in LISTING.diseases
)
ELEMENTS: tuple[Element, ...] = ()
INDICATORS: tuple[Indicator, ...] = ()
_NUMBERS = {one.code: str(number) for number, one in enumerate(LISTING.diseases, start=1)}
FORM = Form(
    code="LB1",
    label=_("LB1 Data kesakitan"),
    kinds=("puskesmas",),
    sections=tuple(
        Section(
            chapter.label,
            tuple(Item(_NUMBERS[d.code], d.code, d.title) for d in chapter.diseases),
        )
        for chapter in LISTING.chapters
    ),
    checks=(),
    due=TENTH,
    source=LISTING.source,
    pages=5,
    since=LISTING.since,
    silence=_(
        "Baris penyakit yang seluruhnya kosong berarti tidak ada kasus, dan dikirim sebagai 0."
    ),
)

"""What a slide of a lokmin draws: the PWS graph where the room can read it, else both ends."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from markupsafe import Markup

from reporting.charts import pws_room, ranking
from reporting.charts.pws import PwsChart, Row
from reporting.selectors.breakdown import Part, has_pws, pws_of
from reporting.selectors.meetings import Sitting, Slide


def pws(sitting: Sitting, found: Slide, *, hides: bool) -> Markup:
    """Empty where months do not add up to a target, or where the places are too many."""
    if not 1 <= len(found.parts) <= pws_room.MOST or not has_pws(found.indicator, sitting.month):
        return Markup("")
    nowhere = {part.place.pk: "" for part in found.parts}
    chart = pws_of(found.parts, of=sitting.as_place, addresses=nowhere)
    return pws_room.draw(_closed(chart) if hides else chart)


def _closed(chart: PwsChart) -> PwsChart:
    """Without names: a shared screen need not tell who is last."""

    def unnamed(row: Row) -> Row:
        return replace(row, unit=replace(row.unit, name=_place(row.rank)))

    return replace(chart, rows=tuple(unnamed(row) for row in chart.rows))


def ends(found: Slide, *, hides: bool) -> list[tuple[str, Markup]]:
    """The best on the left, the worst on the right, on one scale, with the target."""
    titles = (_("Teratas"), _("Terbawah")) if found.is_cut else ("", "")
    ranked = [
        ranking.Bar(_name(part, hides=hides), part.now.value, part.now.standing)
        for part in (*found.first, *found.last)
    ]
    halves = (ranked[: len(found.first)], ranked[len(found.first) :])
    return [
        (title, _chart(bars, ranked, found, ident))
        for title, bars, ident in zip(titles, halves, ("atas", "bawah"), strict=True)
        if bars
    ]


def _chart(bars: list[ranking.Bar], beside: list[ranking.Bar], found: Slide, ident: str) -> Markup:
    return ranking.draw(
        bars,
        target=found.score.target_now,
        title=str(found.indicator.label),
        ident=ident,
        unit=found.indicator.unit,
        beside=beside,
    )


def _name(part: Part, *, hides: bool) -> str:
    return _place(part.rank) if hides else part.place.name


def _place(rank: int | None) -> str:
    return _("Tempat ke-%(rank)s") % {"rank": rank} if rank else _("Tempat lain")

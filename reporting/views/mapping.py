"""One indicator on a map, with the list that says the same; for the page Peta and the tab."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from reporting.catalogue import Indicator
from reporting.catalogue.thresholds import Standing
from reporting.charts import areas
from reporting.charts.areas import Area, Spot, Square, draw_areas, draw_squares
from reporting.selectors.breakdown import Part
from reporting.selectors.maps import outlines, squares
from reporting.views.context import Context

RATED = (Standing.MET, Standing.NEAR, Standing.BEHIND)


@dataclass(frozen=True)
class Mapped:
    """A map and its list. `undrawn`: places whose boundary nobody has uploaded."""

    title: str
    drawing: Markup
    parts: Sequence[tuple[Spot, Part]]
    source: str
    undrawn: tuple[str, ...]
    is_squares: bool
    is_mosaic: bool = False  # too many to have names: in the order of the list, row by row


def mapped(ctx: Context, one: Indicator, parts: Sequence[Part]) -> Mapped | None:
    """The places on a map, in the order of the parts; None where there are none. Two queries."""
    if not parts:
        return None
    spots = {part.place.pk: _spot(ctx, one, part, at) for at, part in enumerate(parts, 1)}
    listed = [(spots[part.place.pk], part) for part in parts]
    title, desc = headline(one, parts), _("Daftar di samping memuat angka yang sama.")
    places = [part.place for part in parts]
    found = outlines(places=places, month=ctx.month)
    if found.shapes:
        drawn = [Area(spots[pk], shapes) for pk, shapes in found.shapes.items()]
        return Mapped(
            title=title,
            drawing=draw_areas(drawn, title=title, desc=desc),
            parts=listed,
            source=found.source,
            undrawn=tuple(p.name for p in places if p.pk not in found.shapes),
            is_squares=False,
        )
    mosaic = len(places) > areas.MOST  # without numbers a square is found by its turn
    laid = squares(places=places if mosaic else sorted(places, key=lambda place: place.name))
    grid = [Square(spots[pk], *square) for pk, square in laid.items()]
    drawing = draw_squares(grid, title=title, desc=desc)
    return Mapped(title, drawing, listed, "", (), is_squares=True, is_mosaic=mosaic)


def headline(one: Indicator, parts: Sequence[Part]) -> str:
    """ "13 dari 29 mencapai target bulan ini"; the name alone where nothing is rated. Pure."""
    rated = [part for part in parts if part.now.standing in RATED]
    if not rated:
        return str(one.label)
    met = sum(part.now.standing is Standing.MET for part in rated)
    return _("%(name)s: %(met)d dari %(all)d tempat mencapai target bulan ini") % {
        "name": one.label,
        "met": met,
        "all": len(rated),
    }


def _spot(ctx: Context, one: Indicator, part: Part, number: int) -> Spot:
    score = part.now
    text = score.absent or formats.amount(score.value, one.unit, score.target_now)
    if score.value is None and not score.absent:
        text = formats.MISSING if score.standing is Standing.WATCHED else "TA"
    query = ctx.query(w=part.place.code)
    address = reverse("reporting:indicator", args=[one.code], query=query)
    return Spot(part.place.name, number, text, score.standing.value, address)

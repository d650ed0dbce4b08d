"""The district's dashboard, and the heat table behind it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ilp.core.http import Request
from ilp.jinja import url
from reporting.charts import ranking, small, sparkline
from reporting.selectors.places import Place
from reporting.selectors.scorecards import Row, Scorecard
from reporting.selectors.situation import Situation, situation
from reporting.views import heat
from reporting.views.caching import kept
from reporting.views.context import Context, context_of


@kept
def situation_page(request: Request) -> HttpResponse:
    """The whole situation of a place in a month."""
    ctx = context_of(request)
    found = situation(
        of=ctx.place, below=ctx.below, kind=ctx.kind, month=ctx.month, today=timezone.localdate()
    )
    return render(
        request,
        "reporting/situation.html",
        {
            "ctx": ctx,
            "found": found,
            "freshness": found.freshness,
            "card": found.rapor,
            "heat": heat.body,
            "set": "SPM",
            "mode": "",
            "spark": sparkline.sparkline,
            "small": small.draw,
            **_ranked(found, ctx),
        },
    )


def _ranked(found: Situation, ctx: Context) -> dict[str, object]:
    """The places by one indicator: the one asked for, else the first with a target."""
    codes = [one.code for one in found.scorecard.indicators]
    asked = ctx.own.get("i", "")
    code = asked if asked in codes else next(iter(codes), "")
    if not code or not found.scorecard.rows:
        return {"ranked": None, "ranking": "", "codes": codes}
    at = codes.index(code)
    one = found.scorecard.indicators[at]
    drawn = ranking.draw(
        bars(found.scorecard, at, ctx),
        target=found.scorecard.total.scores[at].target_now,
        title=str(one.label),
    )
    return {"ranked": one, "ranking": drawn, "codes": codes}


def bars(card: Scorecard, at: int, ctx: Context) -> list[ranking.Bar]:
    """The places best first, and the whole at the end."""

    def bar(row: Row, is_total: bool) -> ranking.Bar:
        score, place = row.scores[at], row.place
        return ranking.Bar(
            name=place.title if is_total else place.name,
            value=score.value,
            standing=score.standing,
            url=address(ctx, score.indicator.code, place),
            is_total=is_total,
        )

    better = card.indicators[at].higher_is_better
    each = [bar(row, False) for row in card.rows]
    return [
        *ranking.in_order(each, higher_is_better=better),
        bar(card.total, True),
    ]


def address(ctx: Context, code: str, place: Place) -> str:
    return url("reporting:indicator", code, query=ctx.query(w=place.code))

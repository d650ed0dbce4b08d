"""The body of the heat table, put together as text: it has a thousand cells of one shape.

What belongs to a column or a row is worked out once, not in every cell; texts are escaped there.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from ilp.core import formats
from ilp.jinja import url
from reporting.catalogue import Indicator
from reporting.catalogue.thresholds import Standing
from reporting.selectors.scorecards import Row, Scorecard
from reporting.selectors.scores import Score
from reporting.views.context import Context

SYMBOLS = {
    Standing.MET: '<span aria-hidden="true">✓</span>',
    Standing.NEAR: '<span aria-hidden="true">~</span>',
    Standing.BEHIND: '<span aria-hidden="true">!</span>',
}


@dataclass(frozen=True)
class Column:
    label: Markup
    url: Markup


def body(ctx: Context, card: Scorecard, mode: str = "") -> Markup:
    """The rows of the table: the whole first, then the places. mode: target, jumlah, kurang."""
    columns = [_column(one) for one in card.indicators]
    flag = escape(_("Capaian melebihi sasaran; periksa sasaran atau data"))
    odd = f'<span class="flag" title="{flag}">⚑</span>'
    rows = [
        f'<tr class="total">{_row(ctx, card.total, columns, mode, odd)}</tr>',
        *(f"<tr>{_row(ctx, row, columns, mode, odd)}</tr>" for row in card.rows),
    ]
    return Markup("\n".join(rows))  # noqa: S704 every text was escaped


def _column(one: Indicator) -> Column:
    return Column(escape(str(one.label)), escape(url("reporting:indicator", one.code)))


def _row(ctx: Context, row: Row, columns: list[Column], mode: str, odd: str) -> str:
    name = escape(row.place.name)
    query = escape(urlencode(ctx.query(w=row.place.code)))
    here = escape(url("reporting:place", row.place.code, query=ctx.query(w="")))
    cells = [
        _cell(score, f"{column.url}?{query}", f"{name}, {column.label}", mode, odd)
        for score, column in zip(row.scores, columns, strict=True)
    ]
    met = f"{row.met}/{row.rated}" if row.rated else formats.MISSING
    head = f'<th scope="row"><a href="{here}">{name}</a></th>'
    return f'{head}{"".join(cells)}<td class="num">{met}</td>'


def _cell(score: Score, address: str, who: str, mode: str, odd: str) -> str:
    standing = score.standing
    share = formats.share(score.value, score.target_now)
    heard = share if score.value is None else f"{share}%"
    word = score.absent or ("TA" if standing is Standing.NOT_APPLICABLE else "")
    text = word or _text(score, share, mode)
    flag = odd if score.is_odd else ""
    return (
        f'<td class="heat q-{standing.value}"><a href="{address}" aria-label="{who}: {heard}">'
        f"<span>{text}</span>{SYMBOLS.get(standing, '')}{flag}</a></td>"
    )


def _text(score: Score, share: str, mode: str) -> str:
    if mode == "target":
        if score.value is None or not score.target_now:
            return formats.MISSING
        return formats.share(100 * score.value / score.target_now)
    if mode == "jumlah":
        return formats.whole(score.numerator)
    if mode == "kurang":
        return formats.whole(score.short_by)
    return f"{share}*" if score.is_small else share

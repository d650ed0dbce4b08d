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
from reporting.selectors.doubts import Doubts
from reporting.selectors.scorecards import Row, Scorecard
from reporting.selectors.scores import Score
from reporting.views.context import Context

SYMBOLS = {
    Standing.MET: '<span aria-hidden="true">✓</span>',
    Standing.NEAR: '<span aria-hidden="true">~</span>',
    Standing.BEHIND: '<span aria-hidden="true">!</span>',
}
PLANNING = "tindakan"  # v= of an address whose cells lead to a new follow-up


Flags = dict[tuple[int, str], str]  # of cells whose number looks wrong, or rests on one that does


@dataclass(frozen=True)
class Column:
    label: Markup
    url: Markup


def body(ctx: Context, card: Scorecard, mode: str = "", doubts: Doubts | None = None) -> Markup:
    """The rows of the table: the whole first, then the places. mode: target, jumlah, kurang.

    doubts: cells that rest on a number that looks wrong.
    """
    plans = ctx.own.get("v") == PLANNING
    columns = [_column(one, plans) for one in card.indicators]
    flags = _flags(card, doubts or {})
    rows = [
        f'<tr class="total">{_row(ctx, card.total, columns, mode, flags)}</tr>',
        *(f"<tr>{_row(ctx, row, columns, mode, flags)}</tr>" for row in card.rows),
    ]
    return Markup("\n".join(rows))  # noqa: S704 every text was escaped


def _flags(card: Scorecard, doubts: Doubts) -> Flags:
    """What was found of a number comes before what can be seen of it; most say the same."""
    scores = [score for row in (card.total, *card.rows) for score in row.scores if score.odd]
    odd = {
        words: _flag(_("%s; periksa sasaran atau data") % words)
        for words in {s.odd for s in scores}
    }
    flags = {(one.place, one.indicator.code): odd[one.odd] for one in scores}
    return flags | {k: _flag(" ".join(one.sentence for one in f)) for k, f in doubts.items()}


def _flag(words: str) -> str:
    return f'<span class="flag" title="{escape(words)}">⚑</span>'


def _column(one: Indicator, plans: bool) -> Column:
    """With what its cells lead to: the indicator, or what is to be done about it."""
    there = f"{url('reporting:indicator', one.code)}?"
    if plans:
        there = f"{url('reporting:follow-up-new', query={'i': one.code})}&"
    return Column(escape(str(one.label)), escape(there))


def _row(ctx: Context, row: Row, columns: list[Column], mode: str, flags: Flags) -> str:
    name = escape(row.place.name)
    query = escape(urlencode(ctx.query(w=row.place.code)))
    here = escape(url("reporting:place", row.place.code, query=ctx.query(w="")))
    cells = [
        _cell(
            score,
            f"{column.url}{query}",
            f"{name}, {column.label}",
            mode,
            flags.get((score.place, score.indicator.code), ""),
        )
        for score, column in zip(row.scores, columns, strict=True)
    ]
    met = f"{row.met}/{row.rated}" if row.rated else formats.MISSING
    head = f'<th scope="row"><a href="{here}">{name}</a></th>'
    return f'{head}{"".join(cells)}<td class="num">{met}</td>'


def _cell(score: Score, address: str, who: str, mode: str, flag: str) -> str:
    standing = score.standing
    share = formats.share(score.value, score.target_now)
    heard = share if score.value is None else f"{share}%"
    word = score.absent or ("TA" if standing is Standing.NOT_APPLICABLE else "")
    text = word or _text(score, share, mode)
    few = f"<small>{score.numerator}/{score.denominator}</small>" if _counted(score, mode) else ""
    return (
        f'<td class="heat q-{standing.value}"><a href="{address}" aria-label="{who}: {heard}">'
        f"<span>{text}</span>{few}{SYMBOLS.get(standing, '')}{flag}</a></td>"
    )


def _counted(score: Score, mode: str) -> bool:
    """Whether the people stand beside the percentage, which jumps with each of them."""
    return not mode and score.is_small and score.is_known and not score.absent


def _text(score: Score, share: str, mode: str) -> str:
    if mode == "target":
        return formats.share(score.of_target)
    if mode == "jumlah":
        return formats.whole(score.numerator)
    if mode == "kurang":
        return formats.whole(score.short_by)
    return f"{share}*" if score.is_small else share

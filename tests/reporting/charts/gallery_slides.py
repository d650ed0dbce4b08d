"""What slides of a lokmin draw, one under the other, with the style sheets of a slide."""

from markupsafe import Markup

from reporting.charts import pws_room, ranking
from reporting.charts.pws import pws
from reporting.selectors.meetings import AT_EACH_END
from tests.reporting.charts.gallery import bars_of, styles, units_of


def slide(size):
    """The PWS graph as long as a room can read it, else both ends on one scale."""
    if size <= pws_room.MOST:
        drawn = pws_room.draw(pws(units_of(size), 90, 6))
        return Markup('<div class="lokmin-pws">{}</div>').format(drawn)
    ranked = [bar for bar in bars_of(size) if bar.value is not None]
    halves = {"Teratas": ranked[:AT_EACH_END], "Terbawah": ranked[-AT_EACH_END:]}
    drawn = (
        (name, ranking.draw(half, target=80.0, title=name, ident=f"{name}{size}", beside=ranked))
        for name, half in halves.items()
    )
    column = Markup("<div><h2>{}</h2>{}</div>")
    both = Markup("").join(column.format(*one) for one in drawn)
    whole = '<div class="lokmin-body"><div class="lokmin-charts">{}</div><section></section></div>'
    return Markup(whole).format(both)


def slides(sizes):
    """A page of them."""
    head = Markup('<header class="lokmin-head"><h1>Balita, {} tempat</h1></header>{}')
    body = Markup("").join(head.format(size, slide(size)) for size in sizes)
    frame = (
        '<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width"><title>Slide</title><style>{}</style></head>'
        '<body class="lokmin"><main class="page"><div data-lokmin>{}</div></main></body></html>'
    )
    return frame.format(styles("app", "lokmin"), body)

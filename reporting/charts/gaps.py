"""What is lacking, as bars: of what should be there the part that is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from ilp.core.counting import counted
from reporting.charts import svg
from reporting.charts.narrow import LETTER, PHONE, room
from reporting.charts.scales import Scale

TOP, LINE, BAR = 22, 18, 22
MOST = 30  # that are drawn; they come largest first, and nobody reads on from there


@dataclass(frozen=True)
class Gap:
    """An item that is short: how many, of how many."""

    name: str
    unit: str
    missing: int
    standard: int

    @property
    def share(self) -> float:
        """Of the standard, in percent."""
        return 100 * self.missing / self.standard if self.standard else 0.0

    @property
    def text(self) -> str:
        words = {
            "missing": formats.whole(self.missing),
            "unit": self.unit,
            "share": formats.percent(self.share),
        }
        if not self.standard:
            return _("kurang %(missing)s %(unit)s") % words
        return _("kurang %(missing)s %(unit)s (%(share)s)") % words

    @property
    def lines(self) -> list[str]:
        """The name as a phone has room for it; the last line is that of the number, alone where
        both do not fit."""
        named = wrap(self.name, int(PHONE / LETTER)) or [""]
        return named if len(named[-1]) <= room(self.text) else [*named, ""]

    @property
    def height(self) -> int:
        return LINE * len(self.lines) + BAR


def finding(gaps: Sequence[Gap]) -> str:
    """The title: what is short most."""
    if not gaps:
        return _("Tidak ada kekurangan pada yang sudah dinilai")
    first = gaps[0]
    return _("Kesenjangan terbesar: %(name)s, %(text)s") % {"name": first.name, "text": first.text}


def draw(gaps: Sequence[Gap], ident: str = "kurang") -> Markup:
    """In the order given, the first MOST of them, as wide as the surroundings; hatched where
    colours are not printed."""
    x, y = Scale(0, 100, 0, 100), TOP
    rows, shown = [], gaps[:MOST]
    for one in shown:
        rows.append(_row(one, y, x, ident))
        y += one.height
    if left_out := len(gaps) - len(shown):
        said = counted("⋯ %(count)s lagi tidak digambar", left_out)
        rows.append(svg.text(said, 0, y + LINE - 3, class_="t-muted"))
        y += LINE + 4
    return svg.chart(
        "100%",
        float(y),
        svg.hatch(ident),
        svg.text(_("Terisi: yang kurang dari standar."), 0, 14, class_="t-muted"),
        *rows,
        title=finding(gaps),
        desc="; ".join(f"{one.name}: {one.text}" for one in shown),
        class_="chart chart-rows",
    )


def _row(one: Gap, y: int, x: Scale, ident: str) -> Markup:
    lines, foot = one.lines, y + LINE * len(one.lines)
    look = {"y": foot + 2, "height": 12}
    width = f"{x(min(one.share, 100)):.2f}%"
    return svg.link(
        "",
        f"{one.name}: {one.text}",
        *(svg.text(line, 0, y + LINE * at - 3) for at, line in enumerate(lines, 1) if line),
        svg.text(one.text, "100%", foot - 3, text_anchor="end", class_="t-strong"),
        svg.rect(0, width="100%", class_="c-track", **look),
        svg.rect(0, width=width, class_="bar f-jelek", **look),
        svg.rect(0, width=width, class_="print-hatch", fill=f"url(#{ident})", **look),
    )

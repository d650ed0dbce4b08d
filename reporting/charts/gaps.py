"""What is lacking, as bars: of what should be there the part that is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from reporting.charts import svg
from reporting.charts.scales import Scale

ROW, TOP = 40, 22


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
        return _("kurang %(missing)s %(unit)s (%(share)s)") % {
            "missing": formats.whole(self.missing),
            "unit": self.unit,
            "share": formats.percent(self.share),
        }


def finding(gaps: Sequence[Gap]) -> str:
    """The title: what is short most."""
    if not gaps:
        return _("Tidak ada kekurangan pada yang sudah dinilai")
    first = gaps[0]
    return _("Kesenjangan terbesar: %(name)s, %(text)s") % {"name": first.name, "text": first.text}


def draw(gaps: Sequence[Gap], ident: str = "kurang") -> Markup:
    """In the order given, as wide as the surroundings; hatched where colours are not printed."""
    x = Scale(0, 100, 0, 100)
    return svg.chart(
        "100%",
        float(TOP + ROW * len(gaps)),
        svg.hatch(ident),
        svg.text(_("Lebar penuh: seluruh standar. Terisi: yang kurang."), 0, 14, class_="t-muted"),
        *(_row(one, TOP + ROW * at, x, ident) for at, one in enumerate(gaps)),
        title=finding(gaps),
        desc="; ".join(f"{one.name}: {one.text}" for one in gaps),
        class_="chart chart-rows",
    )


def _row(one: Gap, y: int, x: Scale, ident: str) -> Markup:
    look = {"y": y + 20, "height": 12}
    width = f"{x(min(one.share, 100)):.2f}%"
    return svg.link(
        "",
        f"{one.name}: {one.text}",
        svg.text(one.name, 0, y + 15),
        svg.text(one.text, "100%", y + 15, text_anchor="end", class_="t-strong"),
        svg.rect(0, width="100%", class_="c-track", **look),
        svg.rect(0, width=width, class_="bar f-jelek", **look),
        svg.rect(0, width=width, class_="print-hatch", fill=f"url(#{ident})", **look),
    )

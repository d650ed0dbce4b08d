"""Steps of a path of care: a bar each, and between two how many were lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from reporting.charts import svg
from reporting.charts.scales import Scale
from reporting.charts.told import Told

STEP, TOP, GAP = 46, 4, 22


@dataclass(frozen=True)
class Step:
    """How many reached it; None where nothing was reported."""

    label: str
    count: int | None
    url: str = ""


@dataclass(frozen=True)
class Drop:
    """Between two steps: how many fewer, and as a share of the first. Negative: there are more."""

    lost: int | None
    share: float | None

    @property
    def is_odd(self) -> bool:
        """More than before: a catch-up or a mistake, never a success."""
        return self.lost is not None and self.lost < 0


def drops(steps: Sequence[Step]) -> list[Drop]:
    """One fewer than the steps; unknown beside a step that is unknown, no share of nobody."""
    found = []
    for one, following in zip(steps, steps[1:], strict=False):
        if one.count is None or following.count is None:
            found.append(Drop(None, None))
            continue
        lost = one.count - following.count
        found.append(Drop(lost, 100 * lost / one.count if one.count else None))
    return found


def told(steps: Sequence[Step]) -> Told:
    """The rows of the picture: what was lost stands at the step that it did not reach."""
    lost = [Drop(None, None), *drops(steps)]
    odd = _("lebih banyak: susulan atau salah catat")
    return Told(
        (_("Langkah"), _("Orang"), _("Berkurang"), _("Berkurang (%)"), _("Tanda")),
        tuple(
            (one.label, one.count, drop.lost, drop.share, odd if drop.is_odd else "")
            for one, drop in zip(steps, lost, strict=True)
        ),
    )


def draw(steps: Sequence[Step], *, title: str) -> Markup:
    """As wide as the surroundings; the longest bar is the greatest count."""
    x = Scale(0, max([one.count or 0 for one in steps], default=0) or 1, 0, 100)
    between = drops(steps)
    parts: list[Markup] = []
    for number, one in enumerate(steps):
        y = TOP + number * (STEP + GAP)
        parts.append(_bar(one, y, x))
        if number < len(between):
            parts.append(svg.text(said(between[number]), 8, y + STEP + 14, class_="t-muted"))
    return svg.chart(
        "100%",
        float(TOP + len(steps) * (STEP + GAP) - GAP),
        *parts,
        title=title,
        desc=_("Dari %(first)s sampai %(last)s.")
        % {"first": formats.whole(steps[0].count), "last": formats.whole(steps[-1].count)},
        class_="chart chart-rows",
    )


def said(drop: Drop) -> str:
    """What is lost between two steps, in words."""
    if drop.lost is None:
        return _("↓ belum dapat dihitung")
    if drop.is_odd:
        return _("⚑ lebih banyak %s; periksa pencatatan") % formats.whole(-drop.lost)
    if drop.share is None:
        return _("↓ tidak ada yang mulai")
    return _("↓ berkurang %(lost)s (%(share)s)") % {
        "lost": formats.whole(drop.lost),
        "share": formats.percent(drop.share),
    }


def _bar(one: Step, y: float, x: Scale) -> Markup:
    text = "BL" if one.count is None else formats.whole(one.count)
    look = {"y": y + 24, "height": 16}
    return svg.link(
        one.url,
        f"{one.label}: {text}",
        svg.text(one.label, 0, y + 17),
        svg.text(text, "100%", y + 17, text_anchor="end", class_="t-strong"),
        svg.rect(0, width="100%", class_="c-track", **look),
        svg.rect(0, width=f"{x(one.count or 0):.2f}%", class_="bar f-total", **look),
    )

"""Population by sex and age: men to the left, women to the right, five years a bar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from ilp.core import formats
from ilp.core.counting import counted
from reporting.charts import svg
from reporting.charts.scales import Scale, rounded_up, ticks
from reporting.charts.told import Told

STEP, OLDEST = 5, 75  # years of a bar; the last holds all that are older
ROW, TOP, FOOT, MIDDLE, BRACKET = 24, 30, 30, 66, 280
WIDE, NARROW, LINE = 920, 290, 18


@dataclass(frozen=True)
class Band:
    """Everybody of some ages."""

    first: int
    men: int
    women: int

    @property
    def label(self) -> str:
        last = self.first + STEP - 1
        return f"{self.first}+" if self.first >= OLDEST else f"{self.first}–{last}"


@dataclass(frozen=True)
class Bracket:
    """A stage of life beside the ages that it takes, in years; drawn to the nearest bar."""

    label: str
    first: int
    last: int
    url: str = ""


@dataclass(frozen=True)
class Pyramid:
    """Bars from the youngest on. `expected`: how many people there ought to be; None: unknown."""

    bands: tuple[Band, ...]
    brackets: tuple[Bracket, ...] = ()
    expected: int | None = None
    in_percent: bool = False

    @property
    def total(self) -> int:
        return sum(band.men + band.women for band in self.bands)

    @property
    def share(self) -> float | None:
        """Of those who ought to be there, in percent."""
        return 100 * self.total / self.expected if self.expected else None

    def shown(self, people: int) -> float:
        """Length of a bar: people, or percent of all."""
        return 100 * people / self.total if self.in_percent and self.total else people

    def worded(self, people: int) -> str:
        if self.in_percent:
            return formats.percent(self.shown(people))
        return formats.whole(people)

    @property
    def told(self) -> Told:
        rows = [(b.label, b.men, b.women, b.men + b.women) for b in self.bands]
        men, women = (sum(b.men for b in self.bands), sum(b.women for b in self.bands))
        return Told(
            (_("Umur (tahun)"), _("Laki-laki"), _("Perempuan"), _("Jumlah")),
            (*rows, (_("Jumlah"), men, women, self.total)),
        )


def pyramid(
    people: Mapping[tuple[str, int], int],
    *,
    brackets: Iterable[Bracket] = (),
    expected: int | None = None,
    in_percent: bool = False,
) -> Pyramid:
    """people: (sex, L or P; completed years) -> how many."""
    bands = []
    for first in range(0, OLDEST + 1, STEP):
        end = 200 if first == OLDEST else first + STEP
        by_sex = {
            sex: sum(n for (s, age), n in people.items() if s == sex and first <= age < end)
            for sex in ("L", "P")
        }
        bands.append(Band(first, by_sex["L"], by_sex["P"]))
    return Pyramid(tuple(bands), tuple(brackets), expected, in_percent)


def draw(chart: Pyramid, title: str) -> Markup:
    """Wide and narrow; the style sheet shows the one that fits."""
    pair = Markup('<div class="chart-wide">{}</div><div class="chart-narrow">{}</div>')
    return pair.format(*(picture(chart, title, width) for width in (WIDE, NARROW)))


def picture(chart: Pyramid, title: str, width: int) -> Markup:
    """The eldest on top; the stages of life stand at the right where there is room."""
    right = BRACKET if width == WIDE else 0
    half = (width - right - MIDDLE) / 2
    most = max((chart.shown(max(b.men, b.women)) for b in chart.bands), default=0)
    x = Scale(0, rounded_up(most or 1, 3), 0, half)
    foot = TOP + ROW * len(chart.bands)
    return svg.chart(
        width,
        float(foot + FOOT),
        _axis(chart, x, half, foot),
        *(_row(chart, band, x, half, foot) for band in chart.bands),
        *(_brackets(chart.brackets, width - right, foot) if right else ()),
        title=title,
        desc=description(chart),
        class_="chart chart-fit",
    )


def _axis(chart: Pyramid, x: Scale, half: float, foot: float) -> Markup:
    marks = []
    for value in ticks(x.high, 3 if half > 200 else 2):
        words = f"{value:g}%" if chart.in_percent else formats.whole(int(value))
        for at in (half - x(value), half + MIDDLE + x(value)):
            anchor = "start" if at < 1 else "end" if at > 2 * half + MIDDLE - 1 else "middle"
            marks.append(svg.line(at, TOP, at, foot, "c-grid"))
            marks.append(svg.text(words, at, foot + 20, text_anchor=anchor, class_="t-muted"))
    heads = (
        svg.text(_("Laki-laki"), half, 16, text_anchor="end", class_="t-strong"),
        svg.text(_("Perempuan"), half + MIDDLE, 16, class_="t-strong"),
    )
    return svg.group(*marks, *heads)


def _row(chart: Pyramid, band: Band, x: Scale, half: float, foot: float) -> Markup:
    y = foot - ROW * (band.first // STEP + 1) + 2
    men, women = x(chart.shown(band.men)), x(chart.shown(band.women))
    said = _("%(age)s tahun: laki-laki %(men)s, perempuan %(women)s") % {
        "age": band.label,
        "men": chart.worded(band.men),
        "women": chart.worded(band.women),
    }
    return svg.group(
        svg.el("title", said),
        svg.rect(half - men, y, men, ROW - 4, "bar f-d"),
        svg.rect(half + MIDDLE, y, women, ROW - 4, "bar f-k c-edge"),
        svg.text(band.label, half + MIDDLE / 2, y + 15, text_anchor="middle"),
    )


def _brackets(brackets: Sequence[Bracket], left: float, foot: float) -> list[Markup]:
    """Each beside its bars, in the first lane in which nothing stands in its way."""
    lanes: list[float] = []
    parts, words_at = [], foot + LINE
    for one in sorted(brackets, key=lambda b: (b.first, b.last)):
        low = foot - ROW * min(one.first / STEP, OLDEST / STEP)
        high = foot - ROW * min((one.last + 1) / STEP, OLDEST / STEP + 1)
        lane = next((n for n, end in enumerate(lanes) if end >= low), len(lanes))
        lanes[lane : lane + 1] = [high]
        x = left + 14 + 10 * lane
        edge = [(x - 5, low - 1), (x, low - 1), (x, high + 1), (x - 5, high + 1)]
        words_at = min((low + high) / 2 + 5, words_at - LINE)
        words = svg.text(one.label, left + 48, words_at)
        parts.append(svg.link(one.url, one.label, svg.path(edge, "c-target"), words))
    return parts


def description(chart: Pyramid) -> str:
    if not chart.total:
        return _("Belum ada orang yang terdaftar.")
    widest = max(chart.bands, key=lambda b: b.men + b.women)
    return counted(
        "%(count)s orang terdaftar; terbanyak umur %(age)s tahun.", chart.total, age=widest.label
    )

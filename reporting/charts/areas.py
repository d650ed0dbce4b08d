"""Places on a map by how they stand: areas where boundaries are known, otherwise equal squares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from markupsafe import Markup

from ilp.core import formats
from reporting.catalogue.thresholds import LABELS, Standing
from reporting.charts import svg
from reporting.charts.ranking import SYMBOLS

COLOURS = {
    "tercapai": "f-baik",
    "mendekati": "f-cukup",
    "tertinggal": "f-jelek",
    "pantau": "f-total",
    "minus": "f-total",
}
SQUARE, GAP = 100, 4
LETTERS, LINES = 11, 2  # of a name in a square
SMALL = 60  # beyond so many squares each holds its number alone
SMALL_SQUARE = 40
MOST = 250  # beyond so many squares they are a mosaic: nobody looks for a number among a thousand
TINY, TINY_GAP = 12, 2
HIGHEST, WIDEST = 560, 720  # of a map on the screen
NUMBERED = 80  # beyond so many areas their numbers would cover them
EDGE = 4  # around a map, for the lines of its borders
LABEL = 14  # at least so many pixels of the screen
WIDTHS = {"map-wide": WIDEST, "map-middle": 560, "map-phone": 290}  # pixels that a map is given


@dataclass(frozen=True)
class Spot:
    """A place on the map. number: where it stands in the list beside it; 0 for none."""

    name: str
    number: int
    text: str
    standing: str
    url: str

    @property
    def sentence(self) -> str:
        return f"{self.name}: {self.text} {SYMBOLS.get(self.standing, '')}".strip()


@dataclass(frozen=True)
class Shape:
    """The outline of a place: an SVG path and the box around it (left, top, right, bottom)."""

    path: str
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Area:
    spot: Spot
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Square:
    spot: Spot
    column: int
    row: int


def draw_areas(areas: Sequence[Area], *, title: str, desc: str, ident: str = "map") -> Markup:
    """The areas, cut to what they cover; at least one. ident: unique on the page."""
    boxes = [shape.box for area in areas for shape in area.shapes]
    left, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
    width = max(max(b[2] for b in boxes) - left, 1)
    height = max(max(b[3] for b in boxes) - top, 1)
    zoom = min(WIDEST / width, HIGHEST / height)
    margin = EDGE / zoom
    parts = [_area(area, ident) for area in areas]
    if len(areas) <= NUMBERED:
        for class_, given in WIDTHS.items():
            shown = zoom * min(1, given / (width * zoom + 2 * EDGE))
            parts.append(_numbers(areas, LABEL / shown, class_))
    return svg.el(
        "svg",
        svg.el("title", title),
        svg.el("desc", desc),
        svg.hatch(ident),
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        role="group",
        aria_label=title,
        class_="chart chart-fit map",
        width=round(width * zoom) + 2 * EDGE,
        height=round(height * zoom) + 2 * EDGE,
        viewBox=f"{left - margin:.1f} {top - margin:.1f} "
        f"{width + 2 * margin:.1f} {height + 2 * margin:.1f}",
    )


def _area(area: Area, ident: str) -> Markup:
    path = "".join(shape.path for shape in area.shapes)
    return svg.link(area.spot.url, area.spot.sentence, _filled("path", area.spot, ident, d=path))


def _filled(tag: str, spot: Spot, ident: str, **where: object) -> Markup:
    """Coloured by how it stands, and hatched where nothing came."""
    if spot.standing == "bl":
        return svg.el(tag, class_="bar f-bl", fill=f"url(#{ident})", **where)
    return svg.el(tag, class_=f"bar {COLOURS.get(spot.standing, 'f-ta')}", **where)


def _numbers(areas: Sequence[Area], size: float, class_: str) -> Markup:
    """Their numbers in the list; as a narrow map is scaled down, its letters are larger."""
    held = (_number(area, size) for area in areas)
    return svg.group(*held, class_=class_, font_size=f"{size:.4g}")


def _number(area: Area, size: float) -> Markup:
    """In the middle of its largest piece."""
    left, top, right, bottom = max(
        (shape.box for shape in area.shapes), key=lambda b: (b[2] - b[0]) * (b[3] - b[1])
    )
    return svg.text(
        area.spot.number,
        (left + right) / 2,
        (top + bottom) / 2 + size / 3,
        text_anchor="middle",
        class_="map-number",
        aria_hidden="true",
    )


def draw_squares(squares: Sequence[Square], *, title: str, desc: str, ident: str = "map") -> Markup:
    """One equal square a place; at least one. ident: unique on the page."""
    if len(squares) > MOST:
        return _mosaic(squares, title, desc, ident)
    small = len(squares) > SMALL
    step = (SMALL_SQUARE if small else SQUARE) + GAP
    columns, rows = max(s.column for s in squares), max(s.row for s in squares)
    return svg.chart(
        columns * step,
        float(rows * step),
        svg.hatch(ident),
        *(_square(one, step, ident, small=small) for one in squares),
        title=title,
        desc=desc,
        class_="chart map",
    )


def _mosaic(squares: Sequence[Square], title: str, desc: str, ident: str) -> Markup:
    """How many stand how, as one shape each; what each is called the list beside it says."""
    step = TINY + TINY_GAP
    held: dict[str, list[Square]] = {}
    for one in squares:
        held.setdefault(one.spot.standing, []).append(one)
    parts = []
    for standing, those in held.items():
        d = "".join(
            f"M{(one.column - 1) * step} {(one.row - 1) * step}h{TINY}v{TINY}h-{TINY}z"
            for one in those
        )
        said = f"{LABELS[Standing(standing)]}: {formats.whole(len(those))}"
        parts.append(svg.link("", said, _filled("path", those[0].spot, ident, d=d)))
    return svg.chart(
        max(one.column for one in squares) * step,
        float(max(one.row for one in squares) * step),
        svg.hatch(ident),
        *parts,
        title=title,
        desc=desc,
        class_="chart chart-fit map",
    )


def _square(one: Square, step: int, ident: str, *, small: bool) -> Markup:
    x, y = (one.column - 1) * step, (one.row - 1) * step
    side = step - GAP
    shown = _filled("rect", one.spot, ident, x=x, y=y, width=side, height=side, rx=4)
    look = {
        "tercapai": "on-dark",
        "tertinggal": "on-total",
        "pantau": "on-total",
        "minus": "on-total",
    }.get(one.spot.standing, "")
    if small:
        number = svg.text(
            one.spot.number, x + side / 2, y + side / 2 + 5, text_anchor="middle", class_=look
        )
        return svg.link(one.spot.url, one.spot.sentence, shown, number)
    lines = wrap(one.spot.name, LETTERS, max_lines=LINES, placeholder="…") or [""]
    texts = [svg.text(line, x + 7, y + 20 + 17 * at, class_=look) for at, line in enumerate(lines)]
    value = f"{one.spot.text} {SYMBOLS.get(one.spot.standing, '')}".strip()
    texts.append(svg.text(value, x + 7, y + side - 10, class_=f"{look} t-strong".strip()))
    return svg.link(one.spot.url, one.spot.sentence, shown, *texts)


def laid_out(count: int, taken: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Free squares for so many places, row by row, in a grid a little wider than high."""
    whole = count + len(taken)
    columns = max([column for column, _row in taken] + [_columns(whole)])
    held, at = set(taken), 0
    found: list[tuple[int, int]] = []
    while len(found) < count:
        square = (at % columns + 1, at // columns + 1)
        at += 1
        if square not in held:
            found.append(square)
    return found


def _columns(count: int) -> int:
    """The least number of columns that is not less than the rows it takes, times 1.3."""
    columns = 1
    while columns < 1.3 * -(-count // columns):
        columns += 1
    return columns

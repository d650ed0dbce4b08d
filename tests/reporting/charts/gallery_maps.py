"""Maps to look at: equal squares, and crooked areas beside each other."""

from markupsafe import Markup

from reporting.charts import areas
from tests.reporting.charts.invented import name, wave

STANDINGS = ("tercapai", "mendekati", "tertinggal", "bl", "ta", "minus", "pantau")
SAID = {"tercapai": "138,5%", "bl": "BL", "ta": "TA", "minus": "-2,1%", "pantau": "0"}
DESC = "Daftar di samping memuat angka yang sama."
BESIDE = Markup(
    '<div class="map-beside"><div></div><figure><div class="chart-scroll" '
    'tabindex="0" role="region" aria-label="{}">{}</div></figure></div>'
)


def spots(size):
    """Each way to stand once, then as places stand."""
    ways = [*STANDINGS, *(STANDINGS[wave(n) % 5] for n in range(size))][:size]
    said = [SAID.get(way, f"{wave(n, 80)},4%") for n, way in enumerate(ways)]
    return [areas.Spot(name(n), n + 1, said[n], way, "#") for n, way in enumerate(ways)]


def squares(size):
    laid = zip(spots(size), areas.laid_out(size), strict=True)
    drawn = [areas.Square(spot, *at) for spot, at in laid]
    return areas.draw_squares(drawn, title=f"Petak {size}", desc=DESC, ident=f"petak{size}")


def shapes(size):
    """One of them is in two pieces, and one is too small for its number."""
    columns = max(column for column, _row in areas.laid_out(size))
    held = [areas.Area(spot, (field(n, columns),)) for n, spot in enumerate(spots(size))]
    held[1] = areas.Area(held[1].spot, (*held[1].shapes, field(size + 1, columns)))
    held[2] = areas.Area(held[2].spot, (field(2, columns, wide=0.15),))
    return areas.draw_areas(held, title=f"Wilayah {size}", desc=DESC, ident=f"wilayah{size}")


def field(n, columns, wide=1):
    """Its corners are those of its neighbours."""
    column, row = n % columns, n // columns
    corners = [(column, row), (column + wide, row), (column + wide, row + 1), (column, row + 1)]
    points = [
        (round(100 * x) + wave(round(x) + 5 * y, 40), 100 * y + wave(3 * round(x) + y, 40))
        for x, y in corners
    ]
    across, down = zip(*points, strict=True)
    line = "L".join(f"{x} {y}" for x, y in points)
    return areas.Shape(f"M{line}Z", (min(across), min(down), max(across), max(down)))


def maps(size):
    """Pairs (heading, drawing)."""
    drawn = {f"Petak {size}": squares(size), f"Wilayah {size}": shapes(size)}
    return [(title, BESIDE.format(title, drawing)) for title, drawing in drawn.items()]

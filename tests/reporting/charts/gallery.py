"""Every chart with few and many units, and with what is odd in them, as one page to look at."""

from markupsafe import Markup

from reporting.catalogue.comparing import FUNNEL
from reporting.charts import dumbbell, funnel_drawing, gaps, pws_drawing, ranking, rollout
from reporting.charts.funnel import Dot, funnel
from reporting.charts.pws import Unit, pws
from tests.reporting.charts.colour import SHEET
from tests.reporting.charts.gallery_maps import maps
from tests.reporting.charts.gallery_odds import odds
from tests.reporting.charts.invented import FIRST, NAMES, name, wave

SIZES = (5, 20, 36, 1900)
MANY_COLUMNS = 20
ITEMS = (
    *("Kader", "Antropometri kit", "Terapis gigi dan mulut", "Keuangan atau tata usaha"),
    *("Tensimeter", "Lemari pendingin vaksin dengan catatan suhu", "Sanitasi lingkungan"),
)


def units_of(size):
    """One over 100 %, one without a report, one at zero, one without sasaran, two equal."""
    units = [
        Unit(str(n), name(n), 150 + 40 * wave(n, 9), tuple(6 + wave(n + m) for m in range(6)), "#")
        for n in range(size)
    ]
    units[0] = Unit("0", name(0), 60, (12,) * 6, "#")
    units[1] = Unit("1", name(1), 200, (9, 9, 9, 9, 9, None), "#")
    units[2] = Unit("2", name(2), 90, (0,) * 6, "#")
    units[3] = Unit("3", name(3), None, (4,) * 6, "#")
    if size > len(NAMES):
        units[6] = Unit("6", name(6), 300, (20,) * 6, "#")
        units[7] = Unit("7", name(7), 300, (20,) * 6, "#")
    return units


def january_of(size):
    """Nothing to compare with: long verdicts beside long names."""
    units = [Unit(u.code, u.name, u.sasaran, u.counts[-1:], "#") for u in units_of(size)]
    return pws_drawing.draw(pws(units, 90, 1), ident=f"januari{size}")


def pws_of(size):
    return pws_drawing.draw(pws(units_of(size), 90, 6), ident=f"pws{size}")


def funnel_of(size):
    people = [40 + 30 * wave(n) + n % 400 for n in range(size)]
    shares = [0.36 + 0.02 * wave(3 * n + n // 7, 9) for n in range(size)]
    dots = [Dot(name(n), int(people[n] * shares[n]), people[n], "#") for n in range(size)]
    dots[0] = Dot(name(0), 300, 420, "#")
    dots[1] = Dot(name(1), 0, 40, "#")
    return funnel_drawing.draw(funnel(dots, FUNNEL[0]), f"Corong {size}")


def bars_of(size):
    """Of each standing; some are equal, one is over 100 %, one missing, one at zero."""
    values = [float(40 + wave(n, 60)) for n in range(size)]
    bars = [ranking.Bar(name(n), value, standing(value), "#") for n, value in enumerate(values)]
    bars[0] = ranking.Bar(name(0), 138.5, "tercapai", "#")
    bars[1] = ranking.Bar(name(1), None, "bl", "#")
    bars[2] = ranking.Bar(name(2), 0.0, "tertinggal", "#")
    bars[3] = ranking.Bar(name(3), -4.2, "minus", "#")
    bars[4] = ranking.Bar(name(4), None, "ta", "#")
    return ranking.in_order(bars, higher_is_better=True)


def standing(value):
    return "tercapai" if value >= 80 else "mendekati" if value >= 64 else "tertinggal"


def ranking_of(size):
    listed = bars_of(size)
    return ranking.draw(listed, target=80.0, title=f"Peringkat {size}", ident=f"urut{size}")


def dumbbell_of(size):
    pairs = [
        dumbbell.Pair(name(n), 80 + wave(n, 40), 76 + wave(n, 38), 5, "#") for n in range(size)
    ]
    pairs[0] = dumbbell.Pair(name(0), 880, 905, 5, "#")
    pairs[1] = dumbbell.Pair(name(1), None, None, 5, "#")
    pairs[2] = dumbbell.Pair(name(2), 0, 0, 5, "#")
    whole = dumbbell.Pair("Kabupaten", 950, 912, 5, is_total=True)
    return dumbbell.draw(dumbbell.dumbbell(pairs, whole), f"Putus {size}", f"putus{size}")


def rollout_of(size):
    """None at first, more than was aimed for in the end, no target in one year, months to come."""
    curve = [0, 0, *(round(size * (n / 28) ** 2) for n in range(1, 31)), *[None] * 4]
    goals = {0: None, 1: size // 2, 2: size}
    points = [rollout.RolloutPoint(FIRST.plus(n), c, goals[n // 12]) for n, c in enumerate(curve)]
    chart = rollout.rollout(points)
    return rollout.draw(chart, f"Posyandu {size}")


def gaps_of(size):
    """All that should be there, more than that, of nothing, two equal, long names."""
    found = [
        gaps.Gap(f"{ITEMS[n % len(ITEMS)]} {n + 1}", "buah", 1 + wave(n, 40), 60 + n % 9)
        for n in range(size)
    ]
    found[0] = gaps.Gap("Ahli teknologi laboratorium medik", "orang", 1320, 1320)
    found[1] = gaps.Gap("Internet", "sambungan", 31, 30)
    found[2] = gaps.Gap("Sarana yang tidak ada standarnya", "buah", 4, 0)
    found[3:5] = [gaps.Gap(name, "buah", 23, 46) for name in ("Bidan", "Dacin")]
    found.sort(key=lambda one: (-one.share, -one.missing, one.name))
    return gaps.draw(found, f"kurang{size}")


def sections(sizes=SIZES):
    """Pairs (heading, drawing); what has no units is drawn beside the smallest size."""
    found = []
    for size in sizes:
        found += [
            (f"PWS {size}", pws_of(size)),
            *([("PWS Januari", january_of(size))] if size == MANY_COLUMNS else []),
            (f"Corong {size}", funnel_of(size)),
            (f"Peringkat {size}", ranking_of(size)),
            (f"Putus {size}", dumbbell_of(size)),
            (f"Kurang {size}", gaps_of(size)),
            (f"Penerapan {size}", rollout_of(size)),
            *maps(size),
        ]
    return found + (odds() if sizes[0] == SIZES[0] else [])


def page(parts):
    """As the product shows them: in cards, with its style sheets, for a wide sheet of paper."""
    card = Markup('<section class="card stack"><h2>{}</h2>{}</section>')
    body = Markup("").join(card.format(*pair) for pair in parts)
    frame = (
        '<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width"><title>Grafik</title><style>{}</style></head>'
        '<body class="print-wide"><main class="page stack">{}</main></body></html>'
    )
    return frame.format(styles("app", "place", "person"), body)


def styles(*names):
    return "".join(SHEET.with_name(f"{name}.css").read_text() for name in names)

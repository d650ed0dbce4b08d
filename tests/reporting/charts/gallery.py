"""Every chart with few and many units, and with what is odd in them, as one page to look at."""

from markupsafe import Markup

from ilp.core.months import Month
from reporting.catalogue.comparing import CONTROL, FUNNEL
from reporting.charts import (
    cascade,
    dumbbell,
    funnel_drawing,
    pws_drawing,
    pyramid,
    ranking,
    skdn,
    small,
    spc_drawing,
    trend,
)
from reporting.charts.funnel import Dot, funnel
from reporting.charts.pws import Unit, pws
from reporting.charts.spc import xmr

SIZES = (5, 20, 36, 1900)
NAMES = ("Kopang", "Sengkol", "Batu Jangkih", "Mujur", "Penujak", "Puyung", "Aik Darek", "Kuta")
FIRST = Month(2023, 1)


def name(n):
    """As long and as different as names are; each once."""
    plain = NAMES[n % len(NAMES)]
    return plain if n < len(NAMES) else f"{plain} {n // len(NAMES) + 1}"


def wave(n, size=7):
    """Numbers that go up and down without chance, the same in every run."""
    return (n * 37 + n * n * 11) % size


def pws_of(size):
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
    return pws_drawing.draw(pws(units, 90, 6), ident=f"pws{size}")


def funnel_of(size):
    people = [40 + 30 * wave(n) + n % 400 for n in range(size)]
    shares = [0.36 + 0.02 * wave(3 * n + n // 7, 9) for n in range(size)]
    dots = [Dot(name(n), int(people[n] * shares[n]), people[n], "#") for n in range(size)]
    dots[0] = Dot(name(0), 300, 420, "#")
    dots[1] = Dot(name(1), 0, 40, "#")
    return funnel_drawing.draw(funnel(dots, FUNNEL[0]), f"Corong {size}")


def ranking_of(size):
    bars = [ranking.Bar(name(n), float(40 + wave(n, 60)), "mendekati", "#") for n in range(size)]
    bars[0] = ranking.Bar(name(0), 138.5, "tercapai", "#")
    bars[1] = ranking.Bar(name(1), None, "bl", "#")
    bars[2] = ranking.Bar(name(2), 0.0, "tertinggal", "#")
    listed = ranking.in_order(bars, higher_is_better=True)
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


def months_of(values, **more):
    return xmr([FIRST.plus(n) for n in range(len(values))], values, CONTROL[0], **more)


def spc_of():
    base = [7.2, 7.9, 7.4, 8.1, 7.0, 7.6, 7.8, 7.3, 7.7, 8.0, 7.1, 7.5]
    later = [7.6, 7.4, None, 7.8, 7.1, 9.6, 7.4, 7.9, 7.3, 7.6, 7.5, 7.2, 6.9, 7.0, 6.4, 6.3, 5.1]
    real = months_of(base + later)
    few = months_of(base[:7])
    watched = months_of([v * 10 for v in base] + [104.0, 76.0], higher_is_better=None, unit="n")
    drawn = [spc_drawing.draw(one, "Nyata atau wajar") for one in (real, few, watched)]
    return [*drawn, spc_drawing.bars(real, "Tiap bulan", 2025)]


def pyramid_of(in_percent):
    people = {
        (sex, age): max(0, 900 - 11 * age + 60 * wave(age) + (40 if sex == "P" else 0))
        for sex in "LP"
        for age in range(96)
    }
    brackets = [
        pyramid.Bracket(label, first, last, "#")
        for label, first, last in (
            *(("Balita 0–59 bulan", 0, 4), ("Anak prasekolah", 5, 5)),
            *(("Usia sekolah dan remaja", 6, 17), ("Usia produktif", 15, 59)),
            ("Lanjut usia", 60, 130),
        )
    ]
    chart = pyramid.pyramid(people, brackets=brackets, expected=100_000, in_percent=in_percent)
    return pyramid.draw(chart, "Piramida penduduk")


def year():
    counts = (310, 320, None, 330, 340, 290)
    previous = tuple(6.5 * n for n in range(1, 13))
    return trend.trend(counts, 4200, trend.running_targets(100), 2025, previous, provisional_from=6)


def odds():
    """Those that have no units."""
    steps = [cascade.Step("K1", 620), cascade.Step("K4", 510), cascade.Step("K6", 540)]
    skdn_months = [
        skdn.Skdn("Apr", 120, 114, 92, 61, 9, 6, 2, 4),
        skdn.Skdn("Mei", 120, 114, 131, 60, 9, 6, 2, 4),
        skdn.Skdn("Jun", None, None, None, None),
    ]
    return [
        ("Tren", trend.draw(year(), "Tren K6")),
        ("Kecil", small.draw(year(), "K6", 100.0)),
        ("Kaskade", cascade.draw(steps, title="Ibu")),
        ("SKDN", skdn.draw(skdn_months, "SKDN")),
    ]


def sections(sizes=SIZES):
    """Pairs (heading, drawing)."""
    found = []
    for size in sizes:
        found += [
            (f"PWS {size}", pws_of(size)),
            (f"Corong {size}", funnel_of(size)),
            (f"Peringkat {size}", ranking_of(size)),
            (f"Putus {size}", dumbbell_of(size)),
        ]
    found += [(f"SPC {n}", drawn) for n, drawn in enumerate(spc_of())]
    found += [(f"Piramida {way}", pyramid_of(way)) for way in (False, True)]
    return found + odds()


def page(parts, style):
    """As the product shows them: in cards, with its style sheet, for a wide sheet of paper."""
    card = Markup('<section class="card stack"><h2>{}</h2>{}</section>')
    body = Markup("").join(card.format(*pair) for pair in parts)
    frame = (
        '<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" '
        'content="width=device-width"><title>Grafik</title><style>{}</style></head>'
        '<body class="print-wide"><main class="page stack">{}</main></body></html>'
    )
    return frame.format(style, body)

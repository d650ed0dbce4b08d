"""Charts of one place or one person, with what is odd in them."""

from datetime import date, timedelta

from markupsafe import Markup

from reporting.catalogue.comparing import CONTROL
from reporting.charts import (
    cascade,
    growth_drawing,
    pyramid,
    rollout,
    skdn,
    small,
    sparkline,
    spc_drawing,
    trend,
)
from reporting.charts.growth import Measured, curves
from reporting.charts.spc import xmr
from tests.reporting.charts.invented import FIRST, wave

BORN = date(2023, 5, 6)
NO_Z = {"waz": None, "haz": None, "whz": None}


def months_of(values, **more):
    return xmr([FIRST.plus(n) for n in range(len(values))], values, CONTROL[0], **more)


def spc_of():
    base = [7.2, 7.9, 7.4, 8.1, 7.0, 7.6, 7.8, 7.3, 7.7, 8.0, 7.1, 7.5]
    later = [7.6, 7.4, None, 7.8, 7.1, 9.6, 7.4, 7.9, 7.3, 7.6, 7.5, 7.2, 6.9, 7.0, 6.4, 6.3, 5.1]
    real = months_of(base + later)
    few = months_of(base[:7])
    watched = months_of([v * 10 for v in base] + [104.0, 76.0], higher_is_better=None, unit="n")
    drawn = [spc_drawing.draw(one, "Nyata atau wajar") for one in (real, few, watched)]
    same = months_of([50.0] * 14)
    return [
        *drawn,
        spc_drawing.draw(same, "Semua sama"),
        spc_drawing.bars(real, "Tiap bulan", 2025),
    ]


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


def years():
    """One as it mostly is; over 100 %; at zero; where little is good; nothing yet."""
    past = tuple(6.5 * n for n in range(1, 13))
    goals = trend.running_targets(100)
    counts = (310, 320, None, 330, 340, 290)
    mortal = trend.of_shares((2.5, 0.0, 4.1, 3.0), (5.0,) * 12, 2025, higher_is_better=False)
    return {
        "Tren": trend.trend(counts, 4200, goals, 2025, past, provisional_from=6),
        "Tren lebih dari seratus": trend.trend((900,) * 9, 4200, goals, 2025, past),
        "Tren nol": trend.trend((0, 0, 0), 4200, goals, 2025, past),
        "Tren rendah baik": mortal,
        "Tren kosong": trend.trend((None, None), 4200, goals, 2025),
    }


def multiples():
    """Side by side on one axis, as on the page of a cluster, and each on its own."""
    card = Markup("<div><h3>{}</h3>{}</div>")
    held = years()
    tops = small.axes(held.values())
    shared = [small.draw(one, name, tops[small.axis_of(one)]) for name, one in held.items()]
    alone = [small.draw(one, name) for name, one in held.items()]
    cards = [
        card.format(name, drawn) for name, drawn in zip([*held] * 2, [*shared, *alone], strict=True)
    ]
    return Markup('<div class="multiples">{}</div>').format(Markup("").join(cards))


def lines():
    """As they stand beside numbers: with a hole, level, one month, the last one missing, none."""
    held = {
        "naik turun": [float(wave(n, 11)) for n in range(13)],
        "berlubang": [3.0, 4.0, None, 5.0, None, 6.0, 7.0, None, 7.0, 6.0, 5.0, 4.0, None],
        "tetap": [50.0] * 13,
        "nol": [0.0] * 13,
        "satu bulan": [*[None] * 12, 138.5],
        "belum ada": [None] * 13,
    }
    row = Markup("<tr><th>{}</th><td>{}</td></tr>")
    rows = (row.format(name, sparkline.sparkline(values)) for name, values in held.items())
    return Markup('<table class="table">{}</table>').format(Markup("").join(rows))


def grown():
    """A child that was seen each month; one far off the standard; one seen once."""

    def seen(months, weight, height):
        days = months * 30
        on = BORN + timedelta(days)
        return Measured(on, days, weight, height, months < 24, NO_Z | {"waz": -1.25, "haz": -2.31})

    often = [seen(m, None if m == 7 else 3.4 + 0.42 * m, 50 + 1.6 * m) for m in range(0, 34)]
    heavy = [seen(m, 6 + 0.9 * m, 48 + 0.9 * m) for m in (1, 6, 12, 18)]
    held = [often, heavy, [seen(2, 5.1, 57.0)]]
    return [curve for child in held for curve in curves("P", child)]


def weighed(label, factor):
    s, k, d, n = (round(factor * part) for part in (120, 114, 92, 61))
    return skdn.Skdn(label, s, k, d, n, 9, 6, 2, 4)


def weighings():
    """More weighed than there are, a month without a report, nobody; and a year of a district."""
    few = [
        weighed("Apr", 1),
        skdn.Skdn("Mei", 120, 114, 131, 60, 9, 6, 2, 4),
        skdn.Skdn("Jun", None, None, None, None),
        skdn.Skdn("Jul", 0, 0, 0, 0, 0, 0, 0, 0),
    ]
    months = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
    return [few, [weighed(label, 700 + 10 * wave(n)) for n, label in enumerate(months)]]


def paths():
    """With more at a later step, a step without a report and one that nobody reached; nobody."""
    counts = {"K1": 620, "K4": 510, "K6": 540, "Persalinan di faskes": None, "KF lengkap": 0}
    steps = [cascade.Step(label, count, "#") for label, count in counts.items()]
    return [[*steps, cascade.Step("KN lengkap", 1)], [cascade.Step(one, 0) for one in ("K1", "K4")]]


def spread():
    """None yet; for ten years and without a target."""
    months = [FIRST.plus(n) for n in range(120)]
    return {
        "kosong": rollout.rollout([rollout.RolloutPoint(m, None, 40) for m in months[:24]]),
        "lama": rollout.rollout([rollout.RolloutPoint(m, m.year - 2020, None) for m in months]),
    }


def odds():
    """Pairs (heading, drawing)."""
    people = [(f"Piramida {way}", pyramid_of(way)) for way in (False, True)]
    nobody = pyramid.draw(pyramid.pyramid({}), "Piramida kosong")
    weighing = [skdn.draw(each, f"SKDN {n}") for n, each in enumerate(weighings())]
    return [
        *((f"SPC {n}", drawn) for n, drawn in enumerate(spc_of())),
        *people,
        ("Piramida kosong", nobody),
        *((name, trend.draw(one, name)) for name, one in years().items()),
        ("Kecil", multiples()),
        *((f"Penerapan {name}", rollout.draw(one, name)) for name, one in spread().items()),
        ("Baris", lines()),
        *((f"Kaskade {n}", cascade.draw(one, title="Ibu")) for n, one in enumerate(paths())),
        *((f"SKDN {n}", drawn) for n, drawn in enumerate(weighing)),
        *((f"Tumbuh {n}", growth_drawing.draw(one)) for n, one in enumerate(grown())),
    ]

"""The colours can be read, told apart by everyone, and the style sheet stays small."""

import gzip
import re
from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest
from django.conf import settings

CSS = (settings.BASE_DIR / "static" / "css" / "app.css").read_text()
TOKENS = dict(re.findall(r"--([a-z-]+): (#[0-9A-F]{6})", CSS))
LARGEST_GZ = 16 * 1024
READABLE = 4.5  # WCAG 2.2, 1.4.3
TELLABLE = 3.0  # WCAG 2.2, 1.4.11
APART = 25

# Full dichromacy, Machado, Oliveira and Fernandes 2009, on linear RGB.
SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TEXT_ON_GROUND = [
    *[("ink", ground) for ground in ("page", "band", "focus", "brand-quiet")],
    *[("muted", ground) for ground in ("page", "band", "brand-quiet")],
    *[("brand", ground) for ground in ("page", "band", "brand-quiet")],
    *[("page", ground) for ground in ("brand", "brand-deep", "error")],
    *[(tone, f"{tone}-quiet") for tone in ("error", "success", "warning")],
    *[(f"{name}-ink", name) for name in ("tercapai", "mendekati", "tertinggal", "bl", "ta")],
    *[(f"{name}-quiet-ink", f"{name}-quiet") for name in ("tercapai", "mendekati", "tertinggal")],
    ("error", "tercapai-quiet"),
    ("bl-ink", "page"),
]


def linear(colour: str) -> tuple[float, ...]:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)


def contrast(one: str, other: str) -> float:
    weights = (0.2126, 0.7152, 0.0722)
    light = sorted(
        sum(w * v for w, v in zip(weights, linear(c), strict=True)) for c in (one, other)
    )
    return (light[1] + 0.05) / (light[0] + 0.05)


def seen(colour: str, sight: str) -> tuple[float, float, float]:
    """The colour as that eye sees it, in CIELAB under D65."""
    rgb = linear(colour)
    r, g, b = (
        min(max(sum(m * v for m, v in zip(row, rgb, strict=True)), 0), 1) for row in SIGHTS[sight]
    )
    x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def hue(a: float, b: float) -> float:
    return degrees(atan2(b, a)) % 360 if a or b else 0.0


def ciede2000(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Sharma, Wu and Dalal 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    middle = ((hypot(a1, b1) + hypot(a2, b2)) / 2) ** 7
    g = 0.5 * (1 - sqrt(middle / (middle + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2, h1, h2 = hypot(a1, b1), hypot(a2, b2), hue(a1, b1), hue(a2, b2)
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    d_hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    h = (h1 + turn / 2) % 360 if c1 * c2 else h1 + h2
    t = 1 - 0.17 * cos(radians(h - 30)) + 0.24 * cos(radians(2 * h))
    t += 0.32 * cos(radians(3 * h + 6)) - 0.20 * cos(radians(4 * h - 63))
    s_l = 1 + 0.015 * (lightness - 50) ** 2 / sqrt(20 + (lightness - 50) ** 2)
    s_c, s_h = 1 + 0.045 * chroma, 1 + 0.015 * chroma * t
    spread = 60 * exp(-(((h - 275) / 25) ** 2))
    twist = -2 * sqrt(chroma**7 / (chroma**7 + 25**7)) * sin(radians(spread))
    dl, dc, dh = (l2 - l1) / s_l, (c2 - c1) / s_c, d_hue / s_h
    return sqrt(dl**2 + dc**2 + dh**2 + twist * dc * dh)


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [  # from the test data published with the formula
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (61, -5, 29), 22.8977),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ],
)
def test_the_distance_formula_agrees_with_its_authors(one, other, distance):
    assert ciede2000(one, other) == pytest.approx(distance, abs=1e-4)


@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read_on_its_ground(text, ground):
    assert contrast(TOKENS[text], TOKENS[ground]) >= READABLE


@pytest.mark.parametrize("edge", ["line-strong", "ink", "brand", "error"])
def test_edges_of_inputs_and_of_focus_can_be_told_from_the_page(edge):
    assert contrast(TOKENS[edge], TOKENS["page"]) >= TELLABLE


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("pair", combinations(("tercapai", "mendekati", "tertinggal"), 2))
def test_the_three_verdicts_differ_for_every_kind_of_sight(pair, sight):
    one, other = (seen(TOKENS[name], sight) for name in pair)
    assert ciede2000(one, other) >= APART


def test_not_reported_is_hatched_and_carries_a_word(jinja):
    for selector in (".s-bl", ".q-bl"):
        assert re.search(rf"{re.escape(selector)} {{[^}}]*var\(--hatch\)", CSS)
    macros = jinja.get_template("components/status.html").module
    assert "Belum lapor" in macros.badge("bl")
    assert ">BL<" in macros.heat_cell("bl", "–")


@pytest.mark.parametrize("status", ["tercapai", "mendekati", "tertinggal"])
def test_no_verdict_is_told_by_colour_alone(status, jinja):
    macros = jinja.get_template("components/status.html").module
    assert status in macros.badge(status).lower().split("</span>")[1]
    assert re.search(r">[✓~!]<", macros.heat_cell(status, "43,1"))


def test_the_style_sheet_is_small_and_refers_only_to_tokens_that_exist():
    assert len(gzip.compress(CSS.encode(), 9)) <= LARGEST_GZ
    defined = set(re.findall(r"--([a-z-]+):", CSS))
    assert set(re.findall(r"var\(--([a-z-]+)\)", CSS)) <= defined


def test_the_style_sheet_loads_nothing_from_elsewhere():
    assert "@import" not in CSS
    assert "url(" not in CSS

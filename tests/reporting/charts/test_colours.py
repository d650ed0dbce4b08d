"""The colours of the style sheet: texts can be read, and no eye takes one status for another."""

from itertools import combinations

import pytest

from tests.reporting.charts.colour import BLINDNESS, ciede2000, contrast, lab, tokens

TOKENS = tokens()
TEXTS = (
    *(("ink", "page"), ("ink", "band"), ("muted", "page"), ("muted", "band")),
    *(("brand", "page"), ("brand", "band"), ("brand-deep", "page"), ("page", "brand")),
    *(("brand", "brand-quiet"), ("ink", "focus"), ("page", "brand-deep")),
    *((f"{name}-ink", name) for name in ("tercapai", "mendekati", "tertinggal", "bl", "ta")),
    *((f"{n}-quiet-ink", f"{n}-quiet") for n in ("tercapai", "mendekati", "tertinggal")),
    *(("error", "page"), ("error", "error-quiet"), ("success", "page")),
    *(("success", "success-quiet"), ("warning", "page"), ("warning", "warning-quiet")),
)
STATUSES = ("tercapai", "mendekati", "tertinggal")
LEAST_CONTRAST, LEAST_OF_EDGES, LEAST_APART = 4.5, 3.0, 25.0
# Sharma, Wu, Dalal (2005), table 1: pairs of CIELAB colours and their difference.
PUBLISHED = (
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
    ((50.0, 2.8361, -74.0200), (50.0, 0.0, -82.7485), 3.4412),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
    ((50.0, 2.5, 0.0), (56.0, -27.0, -3.0), 31.9030),
    ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
)


@pytest.mark.parametrize(("one", "other", "expected"), PUBLISHED)
def test_the_difference_of_colours_is_the_published_one(one, other, expected):
    assert round(ciede2000(one, other), 4) == expected
    assert round(ciede2000(other, one), 4) == expected


def test_contrast_is_the_published_one():
    assert round(contrast("#000000", "#FFFFFF"), 2) == 21.0
    assert round(contrast("#767676", "#FFFFFF"), 2) == 4.54
    assert [round(part, 1) for part in lab("#FF0000")] == [53.2, 80.1, 67.2]


@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_every_text_can_be_read(text, ground):
    assert contrast(TOKENS[text], TOKENS[ground]) >= LEAST_CONTRAST


@pytest.mark.parametrize("edge", ["line-strong", "ink", "brand", "muted"])
def test_edges_and_lines_of_charts_can_be_seen(edge):
    assert contrast(TOKENS[edge], TOKENS["page"]) >= LEAST_OF_EDGES


@pytest.mark.parametrize("seen", list(BLINDNESS))
@pytest.mark.parametrize(("one", "other"), list(combinations(STATUSES, 2)))
def test_no_eye_takes_one_status_for_another(one, other, seen):
    assert ciede2000(lab(TOKENS[one], seen), lab(TOKENS[other], seen)) >= LEAST_APART


def test_the_usual_traffic_light_would_fail():
    green, red = "#00B050", "#FF0000"
    assert ciede2000(lab(green, "deutan"), lab(red, "deutan")) < LEAST_APART

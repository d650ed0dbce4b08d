"""The funnel: its limits against worked values, and when it is not drawn."""

import re
from xml.etree import ElementTree

import pytest

from reporting.catalogue.comparing import FUNNEL
from reporting.charts import funnel_drawing
from reporting.charts.funnel import Band, Dot, funnel, wilson
from reporting.charts.standalone import Caption, standalone

RULES = FUNNEL[0]


def dots(*pairs):
    return [Dot(f"Unit {n}", top, bottom, f"/{n}") for n, (top, bottom) in enumerate(pairs)]


@pytest.mark.parametrize(
    ("people", "inner", "outer"),
    [
        (50, (32.1, 58.7), (25.9, 65.7)),
        (100, (35.6, 54.8), (30.7, 60.1)),
        (400, (40.2, 49.9), (37.5, 52.7)),
    ],
)
def test_the_worked_limits_around_45_percent(people, inner, outer):
    for z, expected in ((1.96, inner), (3.0902, outer)):
        assert tuple(round(100 * share, 1) for share in wilson(0.45, people, z)) == expected


def test_each_place_lies_where_the_limits_of_its_size_put_it():
    """The mean is exactly 45 %: what one has more, another has less."""
    made = funnel(
        dots((180, 400), (50, 100), (56, 100), (62, 100), (28, 100), (34, 100), (40, 100)), RULES
    )
    assert made.mean == 45.0
    where = {dot.name: dot.band for dot in made.dots}
    assert where == {
        "Unit 0": Band.INSIDE,
        "Unit 1": Band.INSIDE,
        "Unit 2": Band.ABOVE,
        "Unit 3": Band.FAR_ABOVE,
        "Unit 4": Band.FAR_BELOW,
        "Unit 5": Band.BELOW,
        "Unit 6": Band.INSIDE,
    }
    assert made.outside == 2
    assert not made.is_wide


def test_a_small_place_may_lie_further_out_than_a_large_one():
    made = funnel(dots((450, 1000), (450, 1000), (9, 20), (4, 20), (5, 20)), RULES)
    small = next(dot for dot in made.dots if dot.top == 4)
    assert small.percent == 20.0
    assert small.band is not Band.FAR_BELOW


def test_over_100_percent_there_is_no_funnel_and_it_says_where():
    made = funnel(dots((30, 100), (138, 100), (40, 100)), RULES)
    assert made.dots == ()
    assert "capaian Unit 1 138,0%" in made.why


def test_too_few_places_are_not_compared():
    assert (
        "sedikitnya 3 tempat yang melapor; di sini 2" in funnel(dots((1, 30), (2, 30)), RULES).why
    )


@pytest.mark.parametrize("tops", [(1, 1, 1), (99, 99, 29)])
def test_a_mean_near_0_or_100_needs_places_large_enough(tops):
    bottoms = (100, 100, 29)
    made = funnel(dots(*zip(tops, bottoms, strict=True)), RULES)
    assert "Unit 2 29" in made.why
    larger = funnel(dots(*zip(tops, (100, 100, 30), strict=True)), RULES)
    assert larger.why == ""


def test_what_is_no_share_of_people_has_no_funnel():
    assert "bagian dari keseluruhan" in funnel(dots((1, 30)) * 4, RULES, is_share=False).why


def test_when_most_lie_outside_no_single_place_is_named():
    made = funnel(dots(*((900, 1000), (100, 1000)) * 5), RULES)
    assert made.is_wide
    assert made.outside == 10
    picture = funnel_drawing.picture(made, "K6", funnel_drawing.WIDE)
    assert ">Unit 0<" not in picture


def test_only_those_outside_are_named_and_each_can_be_gone_to():
    made = funnel(dots(*[(450 + n, 1000) for n in range(-9, 10)], (600, 1000)), RULES)
    picture = funnel_drawing.picture(made, "K6", funnel_drawing.WIDE)
    root = ElementTree.fromstring(picture)
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert [text for text in texts if text.startswith("Unit")] == ["Unit 19"]
    assert picture.count("href=") == 20
    assert "Unit 19: 60,0% (600 dari 1.000), di atas batas 99,8%" in picture


def test_where_low_is_good_below_is_praised():
    made = funnel(dots(*[(450, 1000)] * 9, (300, 1000)), RULES)
    assert "f-jelek" in funnel_drawing.picture(made, "x", funnel_drawing.WIDE, True)
    assert "f-baik" in funnel_drawing.picture(made, "x", funnel_drawing.WIDE, False)
    assert "f-baik" not in funnel_drawing.picture(made, "x", funnel_drawing.WIDE, None)


def test_a_thousand_places_are_drawn_without_a_thousand_stops_of_the_keyboard():
    made = funnel(dots(*[(40 + n % 10, 100) for n in range(1900)], (90, 100)), RULES)
    picture = funnel_drawing.draw(made, "K6")
    ElementTree.fromstring(f"<div>{picture}</div>")
    assert picture.count("href=") == 2
    assert "<circle" not in picture
    crowds = re.findall(r'd="([^"]+)" class="c-crowd"', picture)
    assert [crowd.count("M") for crowd in crowds] == [10, 10], "those that lie on others are one"
    assert len(picture.encode()) < 30_000
    file = standalone(funnel_drawing.picture(made, "K6", 920), Caption("Corong", "", ""))
    assert 'stroke-linecap="round"' in file, "a dot of a crowd is the round end of a line"


def test_the_table_is_of_the_same_places():
    made = funnel(dots((45, 100), (50, 100), (30, 100)), RULES)
    assert [row[:3] for row in made.told.rows] == [
        ("Unit 1", 50, 100),
        ("Unit 0", 45, 100),
        ("Unit 2", 30, 100),
    ]
    assert len(made.told.headings) == len(made.told.rows[0])

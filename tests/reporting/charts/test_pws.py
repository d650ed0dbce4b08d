"""The PWS graph against a worked example, and the corners of its rules."""

from xml.etree import ElementTree

import pytest

from reporting.charts.pws import Flag, Trend, Unit, Verdict, pws
from reporting.charts.pws_drawing import draw

GOLDEN = (
    Unit("A", "A", 400, (32, 30, 34, 31, 33, 36), "/a"),
    Unit("B", "B", 250, (22, 20, 21, 20, 19, 17), "/b"),
    Unit("C", "C", 300, (20, 18, 22, 21, 20, 24), "/c"),
    Unit("D", "D", 180, (14, 12, 13, 11, 12, 12), "/d"),
    Unit("E", "E", 220, (18, 15, 16, 14, 15, 12), "/e"),
    Unit("F", "F", 200, (15, 15, 15, 15, 15, 15), "/f"),
    Unit("G", "G", 120, (9, 9, 9, 9, 9, None), "/g"),
)


def test_the_worked_example():
    chart = pws(GOLDEN, 90, 6)
    assert chart.goal == 45.0
    found = [
        (
            row.unit.code,
            round(row.cumulative, 2),
            None if row.this_month is None else round(row.this_month, 2),
            round(row.last_month, 2),
            row.trend,
            row.verdict,
            row.needed,
            row.rank,
        )
        for row in chart.rows
    ]
    assert found == [
        ("A", 49.0, 9.0, 8.25, "↑", "Baik", 28, 1),
        ("B", 47.6, 6.8, 7.6, "↓", "Kurang", 18, 2),
        ("F", 45.0, 7.5, 7.5, "–", "Baik", 15, 3),
        ("C", 41.67, 8.0, 6.67, "↑", "Cukup", 25, 4),
        ("D", 41.11, 6.67, 6.67, "–", "Jelek", 15, 5),
        ("E", 40.91, 5.45, 6.82, "↓", "Jelek", 18, 6),
        ("G", 37.5, None, 7.5, "·", "BL", None, None),
    ]


def test_the_total_is_sums_over_sums_and_has_no_rank():
    chart = pws(GOLDEN, 90, 6)
    assert (chart.total.unit.sasaran, chart.total.known) == (1670, 739)
    assert round(chart.total.cumulative, 2) == 44.25
    assert round(chart.reporting_only, 2) == 44.77
    assert chart.total.rank is None
    assert chart.total not in chart.rows


def test_a_missing_report_does_not_pull_the_trend_of_the_total_down():
    steady = (Unit("A", "A", 100, (8, 9)), Unit("B", "B", 100, (50, None)))
    assert pws(steady, 90, 2).total.trend is Trend.UP


def test_the_running_target_is_not_rounded_on_the_way():
    assert pws((Unit("A", "A", 100, (1,) * 9),), 80, 9).goal == 60.0


def test_an_indicator_may_bring_its_own_curve():
    assert pws((Unit("A", "A", 100, (30,)),), 90, 1, goal=30).rows[0].met


def test_january_says_only_above_or_below():
    units = (Unit("A", "A", 100, (9,)), Unit("B", "B", 100, (7,)), Unit("C", "C", 100, (None,)))
    rows = pws(units, 90, 1).rows
    assert [row.trend for row in rows] == [Trend.NONE] * 3
    assert [row.verdict for row in rows] == [Verdict.ABOVE, Verdict.BELOW, Verdict.BL]


def test_more_than_everyone_is_drawn_in_full_and_flagged():
    chart = pws((Unit("A", "A", 100, (60, 78)),), 90, 2)
    assert chart.rows[0].cumulative == 138.0
    assert chart.rows[0].flags == (Flag.OVER,)
    assert chart.axis_max == pytest.approx(1.08 * 138)


def test_the_axis_leaves_room_above_the_target():
    assert pws((Unit("A", "A", 100, (1, 1)),), 90, 2).axis_max == pytest.approx(1.15 * 15)


def test_ties_go_by_this_month_then_by_name():
    units = (
        Unit("1", "Mawar", 100, (10, 10)),
        Unit("2", "Anggrek", 100, (10, 10)),
        Unit("3", "Seruni", 100, (8, 12)),
    )
    assert [row.unit.name for row in pws(units, 90, 2).rows] == ["Seruni", "Anggrek", "Mawar"]


def test_the_least_is_best_where_less_is_better():
    units = (
        Unit("1", "Naik", 100, (1, 3)),
        Unit("2", "Turun", 100, (9, 6)),
        Unit("3", "Sedikit", 100, (1, 1)),
        Unit("4", "Banyak", 100, (7, 9)),
    )
    rows = pws(units, 60, 2, higher_is_better=False).rows
    assert [(row.unit.name, row.verdict) for row in rows] == [
        ("Sedikit", Verdict.BAIK),
        ("Naik", Verdict.KURANG),
        ("Turun", Verdict.CUKUP),
        ("Banyak", Verdict.JELEK),
    ]
    assert {row.needed for row in rows} == {None}


def test_without_sasaran_there_is_no_percentage_and_no_part_in_the_total():
    units = (
        Unit("A", "A", 100, (10, 10)),
        Unit("B", "B", None, (50, 50)),
        Unit("C", "C", 0, (1, 1)),
    )
    chart = pws(units, 90, 2)
    assert [row.rank for row in chart.rows] == [1, None, None]
    assert chart.rows[1].cumulative is None
    assert chart.rows[1].flags == (Flag.NO_SASARAN,)
    assert chart.total.cumulative == 20.0


def test_a_place_with_few_people_is_flagged_and_one_that_is_done_needs_nobody():
    row = pws((Unit("A", "A", 12, (6, 6)),), 90, 2).rows[0]
    assert row.flags == (Flag.SMALL,)
    assert row.needed == 0
    assert row.on_pace


def test_improving_is_not_the_same_as_fast_enough():
    row = pws((Unit("A", "A", 300, (20, 18, 22, 21, 20, 24)),), 90, 6).rows[0]
    assert (row.verdict, row.needed, row.on_pace) == (Verdict.CUKUP, 25, False)


@pytest.mark.parametrize(("units", "layout"), [(20, "vertical"), (21, "rows")])
def test_more_than_twenty_places_stand_under_each_other(units, layout):
    many = tuple(Unit(str(n), f"Desa {n}", 100, (5, 5)) for n in range(units))
    chart = pws(many, 90, 2)
    assert chart.layout == layout
    assert ("<details>" in draw(chart)) is (layout == "rows")


def test_nothing_reported_anywhere_is_still_a_chart():
    chart = pws((Unit("A", "A", 100, (None, None)),), 90, 2)
    assert chart.rows[0].cumulative is None
    assert chart.total.verdict is Verdict.BL
    assert "BL" in draw(chart)


def test_the_drawing_links_every_place_and_escapes_names():
    units = (*GOLDEN, Unit("X", "<b>&Co", 100, (1,) * 6, "/x?a=1&b=2"))
    pictures = draw(pws(units, 90, 6))
    assert "<b>" not in pictures
    root = ElementTree.fromstring(f"<div>{pictures}</div>")
    svg = "{http://www.w3.org/2000/svg}"
    for picture in root.iter(f"{svg}svg"):
        assert picture.find(f"{svg}title").text
        assert picture.find(f"{svg}desc").text
        assert {link.get("href") for link in picture.iter(f"{svg}a")} == {u.url for u in units}
        assert not [element for element in picture.iter() if element.get("style")]

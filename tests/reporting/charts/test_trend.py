"""The year's line, the rollout curve and the word-sized line."""

from xml.etree import ElementTree

import pytest

from ilp.core.months import Month
from reporting.charts import rollout, scales, sparkline, trend
from reporting.charts.scales import Scale, nice_step, rounded_up, runs, ticks

TARGETS = trend.running_targets(100)


def test_the_line_is_cumulative_and_broken_where_a_month_is_missing():
    chart = trend.trend((10, 20, None, 15), 200, TARGETS, 2025)
    assert [point.percent for point in chart.points] == [5.0, 15.0, None, 22.5]
    assert [point.after_gap for point in chart.points] == [False, False, False, True]
    assert chart.last.known == 45
    assert chart.last.gap == pytest.approx(22.5 - 100 / 3)


def test_the_target_of_a_month_is_its_share_of_the_year():
    assert TARGETS[4] == pytest.approx(41.6667, abs=1e-4)
    assert trend.running_targets(80)[8] == 60.0
    assert TARGETS[11] == 100.0


def test_without_sasaran_there_is_no_line():
    chart = trend.trend((10, 20), None, TARGETS, 2025)
    assert chart.last is None
    assert "Belum ada bulan" in trend.draw(chart, "Tren")


def test_gaps_provisional_months_and_last_year_are_drawn_differently():
    chart = trend.trend((10, 20, None, 15, 16), 200, TARGETS, 2025, (4.0, 9.0), provisional_from=5)
    picture = trend.draw(chart, "Tren K6")
    assert picture.count("c-dot-hollow") == 2
    assert picture.count("is-provisional") == 2
    assert picture.count("c-last") == 2
    assert picture.count("c-gap") >= 2
    ElementTree.fromstring(f"<div>{picture}</div>")


def test_a_year_ahead_of_its_target_has_no_shaded_gap():
    chart = trend.trend((50, 50), 200, TARGETS, 2025)
    assert "c-gap" not in trend.draw(chart, "Tren")


def test_shares_that_do_not_add_up_are_taken_as_they_are():
    chart = trend.of_shares((76.7, 75.0), (80.0,) * 12, 2025)
    assert chart.last.gap == pytest.approx(-5.0)
    assert chart.last.known is None


def test_months_between_rounds_are_no_gap():
    shares = (None, 80.0, None, None, None, None, None, 85.0)
    chart = trend.of_shares(shares, (), 2025).in_rounds((2, 8))
    assert not any(point.after_gap for point in chart.points)
    missed = trend.of_shares((None, None, *shares[2:]), (), 2025).in_rounds((2, 8))
    assert missed.points[7].after_gap


def test_the_axis_ends_at_a_round_value_above_everything():
    assert trend.trend((10,), 200, TARGETS, 2025).high == 100.0
    assert trend.trend((300,), 200, TARGETS, 2025).high >= 150.0
    assert ticks(100) == [0, 20, 40, 60, 80, 100]
    assert rounded_up(94, 4) == 100
    assert nice_step(0) == 1.0


def test_scales_may_run_downwards():
    assert Scale(0, 100, 300, 0)(25) == 225


def test_runs_end_at_missing_values():
    assert runs([1, None, None, 2, 3]) == [[(0, 1)], [(3, 2), (4, 3)]]


def test_a_sparkline_breaks_and_marks_the_last_known_month():
    picture = sparkline.sparkline([1, 2, None, 3, 4, None])
    assert picture.count("<path") == 2
    assert picture.count("<circle") == 1
    assert "aria-hidden" in picture
    assert "<circle" not in sparkline.sparkline([None, None])


def test_the_rollout_curve_jumps_and_its_target_steps_with_the_year():
    months = [Month(2024, 11).plus(n) for n in range(4)]
    values = zip(months, (10, 20, 30, None), (30, 30, 70, 70), strict=True)
    chart = rollout.rollout([rollout.RolloutPoint(*value) for value in values])
    assert chart.last.started == 30
    picture = rollout.draw(chart, "Pustu")
    assert "30 menerapkan, target 70" in picture
    assert picture.count('class="c-target"') == 1
    x, y = Scale(0, 4, 0, 4), Scale(0, 100, 0, 100)
    assert rollout.steps((10, 20, None, 5), x, y) == [
        [(0, 10), (1, 10), (1, 20), (2, 20)],
        [(3, 5), (4, 5)],
    ]


def test_words_above_the_highest_point_stay_in_the_picture():
    chart = trend.trend((900,) * 9, 4200, trend.running_targets(100), 2025)
    last = chart.last
    assert last.percent > 190
    y = scales.Scale(0, chart.high, trend.HEIGHT - trend.BOTTOM, trend.TOP)
    assert trend.beside(chart, last, y) == trend.TOP

"""Doses begun and finished, place by place."""

from xml.etree import ElementTree

from reporting.charts.dumbbell import Pair, draw, dumbbell, said

TOTAL = Pair("Kabupaten", 950, 912, 5, is_total=True)


def test_the_worked_example_is_told_and_drawn():
    chart = dumbbell([Pair("A", 950, 893, 5, "/a"), Pair("B", 950, 912, 5, "/b")], TOTAL)
    assert [row[3] for row in chart.told.rows] == [6.0, 4.0, 4.0]
    assert chart.told.rows[0][4] == "di atas batas 5,0%"
    assert chart.told.rows[1][4] == ""
    picture = draw(chart, "Putus DPT")
    ElementTree.fromstring(picture)
    assert picture.count("href=") == 2
    assert picture.count("f-jelek") == 1
    assert picture.count("f-baik") == 2


def test_more_last_doses_than_first_ones_are_flagged_and_neither_good_nor_clipped():
    pair = Pair("A", 880, 905, 5)
    picture = draw(dumbbell([pair]), "x")
    assert "−2,8%" in picture
    assert "⚑" in picture
    assert "f-baik" not in picture
    assert "susulan atau salah catat" in said(pair)


def test_the_worst_come_first_and_those_without_a_report_last():
    pairs = [Pair("C", None, None, 5), Pair("B", 100, 99, 5), Pair("A", 100, 80, 5)]
    pairs.append(Pair("D", 0, 0, 5))
    chart = dumbbell(pairs)
    assert [pair.name for pair in chart.pairs] == ["A", "B", "C", "D"]
    assert chart.told.rows[2][4] == "BL"
    assert "f-bl" in draw(chart, "x")

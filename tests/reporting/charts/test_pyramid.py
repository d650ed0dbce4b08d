"""People by sex and age: bars of five years, nobody lost between them."""

from xml.etree import ElementTree

from reporting.charts import pyramid
from reporting.charts.pyramid import Bracket

PEOPLE = {("L", 0): 10, ("P", 0): 9, ("L", 4): 3, ("P", 5): 7, ("L", 74): 2, ("P", 75): 1,
          ("P", 101): 1}  # fmt: skip


def test_everybody_stands_in_the_bar_of_their_age():
    chart = pyramid.pyramid(PEOPLE, expected=66)
    by_label = {band.label: (band.men, band.women) for band in chart.bands}
    assert by_label["0–4"] == (13, 9)
    assert by_label["5–9"] == (0, 7)
    assert by_label["70–74"] == (2, 0)
    assert by_label["75+"] == (0, 2)
    assert chart.total == sum(PEOPLE.values()) == 33
    assert chart.share == 50.0
    assert chart.told.rows[-1] == ("Jumlah", 15, 18, 33)


def test_shares_are_of_all_people_of_both_sexes():
    chart = pyramid.pyramid(PEOPLE, in_percent=True)
    assert round(sum(chart.shown(b.men + b.women) for b in chart.bands), 9) == 100.0
    assert "39,4%" in pyramid.picture(chart, "x", pyramid.WIDE)


def test_stages_of_life_stand_beside_their_ages_and_overlap_in_lanes():
    brackets = [Bracket("Remaja", 6, 17, "/r"), Bracket("Produktif", 15, 59, "/p")]
    drawn = pyramid.picture(pyramid.pyramid(PEOPLE, brackets=brackets), "x", pyramid.WIDE)
    ElementTree.fromstring(drawn)
    assert drawn.count("href=") == 2
    assert 'href="/r"' not in pyramid.picture(
        pyramid.pyramid(PEOPLE, brackets=brackets), "x", pyramid.NARROW
    )


def test_nobody_is_drawn_as_nobody():
    chart = pyramid.pyramid({})
    assert chart.total == 0
    assert chart.share is None
    assert "Belum ada orang" in pyramid.draw(chart, "x")

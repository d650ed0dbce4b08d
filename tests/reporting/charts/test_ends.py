"""Of more places than one reads, both ends are drawn, and it is said how many are not."""

import re

import pytest

from reporting.charts import dumbbell, pws_drawing, ranking
from reporting.charts.ends import EACH, MOST, ends
from reporting.charts.pws import Unit, pws

MANY = 1900
NAMES = re.compile(r'<a [^>]*aria-label="(?:\d+\. )?([^:"]+):')


def units(count):
    """Each reached one person more than the one before it; the last two did not report."""
    made = [Unit(str(n), f"Tempat {n:04}", 10_000, (n, n), "#") for n in range(count - 2)]
    return [*made, *(Unit(f"x{n}", f"Diam {n}", 100, (5, None), "#") for n in range(2))]


def bars(count):
    made = [ranking.Bar(f"Tempat {n:04}", float(n), "tercapai", "#") for n in range(count - 2)]
    silent = [ranking.Bar(f"Diam {n}", None, "bl", "#") for n in range(2)]
    whole = ranking.Bar("Kabupaten", 900.0, "tercapai", "#", is_total=True)
    return [*ranking.in_order([*made, *silent], higher_is_better=True), whole]


def pairs(count):
    made = [dumbbell.Pair(f"Tempat {n:04}", 10_000, n, 5, "#") for n in range(count - 2)]
    silent = [dumbbell.Pair(f"Diam {n}", None, None, 5, "#") for n in range(2)]
    return dumbbell.dumbbell([*made, *silent], dumbbell.Pair("Kabupaten", 90, 80, 5, "#", True))


def drawn_pws(count):
    whole = Unit("99", "Kabupaten", None, (), "#")
    return pws_drawing.draw(pws(units(count), 90, 2, total_unit=whole))


def drawn_bars(count):
    return ranking.draw(bars(count), target=80.0, title="Peringkat")


def drawn_pairs(count):
    return dumbbell.draw(pairs(count), "Putus")


BEST_FIRST = [f"Tempat {n:04}" for n in range(MANY - 3, MANY - 3 - EACH, -1)]
WORST_LAST = [f"Tempat {n:04}" for n in range(EACH - 1, -1, -1)]


def test_a_list_that_is_read_is_whole():
    whole = ends(range(MOST), lambda n: n != 3)
    assert whole.shown == tuple(range(MOST))
    assert (whole.lines, whole.sentences, whole.drawn, whole.gap(0)) == (MOST, (), "", "")
    assert [whole.at(n) for n in (0, 40, MOST - 1)] == [0, 40, MOST - 1]


def test_of_a_longer_one_both_ends_stand_around_the_sentence():
    cut = ends(range(MANY), lambda n: n < MANY - 7)
    assert cut.first == tuple(range(EACH))
    assert cut.last == tuple(range(MANY - 7 - EACH, MANY - 7))
    assert len(cut.shown) + cut.left_out == MANY
    assert (cut.between, cut.silent) == (MANY - 7 - 2 * EACH, 7)
    assert cut.sentences == ("⋯ 1.840 tempat lain tidak digambar", "(7 di antaranya tanpa angka)")
    assert cut.drawn == "60 dari 1.900 tempat digambar: yang di kedua ujung."
    assert [cut.at(n) for n in (EACH - 1, EACH)] == [EACH - 1, EACH + 1]
    assert cut.lines == 2 * EACH + 1


def test_where_few_have_a_number_all_of_these_are_drawn():
    few = ends(range(MANY), lambda n: n % 100 == 0)
    assert few.shown == tuple(range(0, MANY, 100))
    assert (few.between, few.silent) == (0, MANY - 19)
    assert few.drawn == "19 dari 1.900 tempat digambar: yang ada angkanya."


@pytest.mark.parametrize("draw", [drawn_pws, drawn_bars, drawn_pairs])
def test_the_drawings_of_many_have_their_ends_the_sentence_and_the_whole(draw):
    html = draw(MANY)
    first, last = (BEST_FIRST, WORST_LAST)
    if draw is drawn_pairs:  # those that lose most come first
        first, last = last[::-1], first[::-1]
    assert NAMES.findall(html)[: 2 * EACH] == [*first, *last]
    assert len(NAMES.findall(html)) == 2 * EACH + 1, "and the whole"
    assert "1.840 tempat lain tidak digambar" in html
    assert "(2 di antaranya tanpa angka)" in html
    height = float(re.search(r'height="([\d.]+)"', html).group(1))
    assert height < 3_200


@pytest.mark.parametrize("draw", [drawn_pws, drawn_bars, drawn_pairs])
def test_the_drawings_of_a_district_have_everybody(draw):
    html = draw(101)  # as many Puskesmas as the largest district has
    assert {f"Tempat {n:04}" for n in range(99)} <= set(NAMES.findall(html))
    assert {"Diam 0", "Diam 1"} <= set(NAMES.findall(html))
    assert "tidak digambar" not in html


def test_the_classic_view_is_offered_while_its_columns_can_be_scrolled_through():
    assert "<details>" in drawn_pws(MOST)
    assert "<details>" not in drawn_pws(MOST + 1)


def test_tables_have_everybody():
    chart = pws(units(MANY), 90, 2)
    assert len(chart.told.rows) == MANY + 1
    assert len(pairs(MANY).told.rows) == MANY + 1
    assert len(ranking.told(bars(MANY), 80.0).rows) == MANY + 1

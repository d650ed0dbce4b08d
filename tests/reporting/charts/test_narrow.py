"""What does not fit beside a number on a phone is cut there, and nowhere else."""

from xml.etree import ElementTree

import pytest

from reporting.charts import dumbbell, narrow, ranking
from reporting.charts.pws import Unit, pws
from reporting.charts.pws_drawing import draw
from reporting.charts.standalone import Caption, standalone
from tests.reporting.charts.invented import NAMES

SVG = "{http://www.w3.org/2000/svg}"
LONG = NAMES[-1]
CUT = '<tspan>Penuba Daik</tspan><tspan class="t-more"> Lingga Timur</tspan>'


@pytest.mark.parametrize("strong", [True, False])
def test_name_and_number_take_a_phone_and_no_more(strong):
    letter = narrow.STRONG if strong else narrow.LETTER
    for beside in ("", "BL", "120,0% – Baik ⚑"):
        free = narrow.PHONE - narrow.APART - len(beside) * narrow.STRONG
        letters = narrow.room(beside, strong=strong)
        assert letters * letter <= free < (letters + 1) * letter
    assert narrow.room("x" * 99) == 1


def test_a_name_that_fits_is_one_text():
    fits = "N" * narrow.room("12,0%")
    assert narrow.named(fits, "12,0%", 15) == f'<text x="0" y="15">{fits}</text>'
    assert "t-more" in narrow.named(f"{fits}N", "12,0%", 15)


def test_a_longer_one_is_whole_where_there_is_room():
    cut = narrow.named(LONG, "12,0%", 15, most=13)
    assert CUT in cut
    assert '<tspan class="t-less">…</tspan>' in cut
    assert "&lt;b&gt;" in narrow.named("<b>" * 20, "12,0%", 15)


def test_half_a_slide_holds_fewer_letters_than_a_phone():
    bars = [ranking.Bar(LONG, 40.0, "mendekati")]
    alone = ranking.draw(bars, target=80.0, title="x")
    half = ranking.draw(bars, target=80.0, title="x", beside=bars)
    assert "t-more" not in alone
    assert "t-more" in half


def test_a_phone_is_told_the_share_that_is_lost_and_not_of_how_many():
    drawn = dumbbell.draw(dumbbell.dumbbell([dumbbell.Pair("A", 880, 905, 5)]), "Putus")
    assert '−2,8% ⚑<tspan class="t-more"> (880 → 905)</tspan>' in drawn
    nobody = dumbbell.draw(dumbbell.dumbbell([dumbbell.Pair("A", 0, 0, 5)]), "Putus")
    assert "(0 → 0)" in nobody


def test_a_file_has_the_whole_name():
    bars = [ranking.Bar(LONG, 40.0, "mendekati")]
    drawn = ranking.draw(bars, target=80.0, title="x", beside=bars)
    file = standalone(drawn, Caption("Judul", "", ""))
    assert '<tspan display="none">…</tspan>' in file
    words = ["".join(one.itertext()) for one in ElementTree.fromstring(file).iter(f"{SVG}text")]
    assert f"{LONG}…" in words


def test_who_has_no_sasaran_is_told_so_in_place_of_three_dashes():
    chart = pws([Unit("1", "Mujur", None, (4, 4), "#"), Unit("2", "Kuta", 90, (4, None))], 90, 2)
    rows = draw(chart).partition('class="chart-narrow"')[2]
    assert ">tanpa sasaran ⚑</text>" in rows
    assert "4,4% · BL" in rows
    assert 'aria-label="Mujur: sasaran belum ditetapkan"' in rows
    assert "– – –" not in rows


def test_january_says_above_and_below_as_narrow_as_a_column():
    wide, _narrow, rows = draw(pws([Unit("1", "Kuta", 90, (4,))], 90, 1)).partition("chart-narrow")
    assert ">Bawah</text>" in wide
    assert "· Di bawah" in rows

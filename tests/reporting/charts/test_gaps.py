"""What is lacking, as bars."""

from reporting.charts.gaps import Gap, draw, finding

GAPS = (Gap("Bidan", "orang", 23, 46), Gap("Antropometri <kit>", "set", 412, 1320))


def test_each_bar_is_the_part_of_the_standard_that_is_missing():
    drawn = str(draw(GAPS))
    assert 'width="50.00%"' in drawn
    assert 'width="31.21%"' in drawn
    assert "kurang 23 orang (50,0%)" in drawn
    assert "Antropometri &lt;kit&gt;" in drawn
    assert finding(GAPS) == "Kesenjangan terbesar: Bidan, kurang 23 orang (50,0%)"


def test_grey_paper_has_a_hatch_for_every_bar():
    drawn = str(draw(GAPS))
    assert drawn.count('class="print-hatch"') == drawn.count("bar f-jelek") == len(GAPS)
    assert drawn.count('fill="url(#kurang)"') == len(GAPS)


def test_nothing_missing_draws_nothing_and_says_so():
    assert "f-jelek" not in str(draw(()))
    assert finding(()).startswith("Tidak ada kekurangan")
    assert Gap("X", "buah", 0, 0).share == 0

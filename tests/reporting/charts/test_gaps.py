"""What is lacking, as bars."""

import re

from reporting.charts.gaps import MOST, Gap, draw, finding
from reporting.charts.narrow import LETTER, PHONE, room

GAPS = (Gap("Bidan", "orang", 23, 46), Gap("Antropometri <kit>", "set", 412, 1320))
LONG = Gap("Lemari pendingin vaksin dengan catatan suhu", "buah", 35, 61)


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


def test_of_no_standard_nothing_is_a_share():
    none = Gap("X", "buah", 4, 0)
    assert none.share == 0
    assert none.text == "kurang 4 buah"
    assert 'width="0.00%"' in draw([none])


def test_more_than_the_standard_is_missing_and_the_bar_stays_in_the_picture():
    drawn = draw([Gap("Internet", "sambungan", 31, 30)])
    assert "(103,3%)" in drawn
    assert 'width="100.00%"' in drawn


def test_a_number_that_does_not_fit_beside_its_name_has_a_line_of_its_own():
    short, long = Gap("Bidan", "orang", 23, 46), Gap("Antropometri kit", "set", 412, 1320)
    assert short.lines == ["Bidan"]
    assert long.lines == ["Antropometri kit", ""]
    assert long.height > short.height
    for one in (short, long, LONG):
        assert all(len(line) * LETTER <= PHONE for line in one.lines)
        assert len(one.lines[-1]) <= room(one.text)
    assert " ".join(LONG.lines).split() == LONG.name.split()


def test_each_row_begins_below_the_one_before():
    drawn = draw([LONG, *GAPS])
    bars = [float(y) for y in re.findall(r'y="(\d+)" width="100%" height="12"', drawn)]
    heights = [one.height for one in (LONG, *GAPS)]
    assert [b - a for a, b in zip(bars, bars[1:], strict=False)] == heights[1:]
    assert float(re.search(r'width="100%" height="(\d+)">', drawn)[1]) >= bars[-1] + 12


def test_of_many_the_largest_are_drawn_and_the_others_counted():
    drawn = draw([Gap(f"Barang {n}", "buah", 1900 - n, 1900) for n in range(1900)])
    assert drawn.count("bar f-jelek") == MOST
    assert f"Barang {MOST - 1}<" in drawn
    assert f"Barang {MOST}" not in drawn
    assert "⋯ 1.870 lagi tidak digambar" in drawn
    assert len(drawn.encode()) < 20_000
    assert "tidak digambar" not in draw(GAPS)

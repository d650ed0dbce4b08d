"""What is lost between the steps of a path of care."""

from reporting.charts.cascade import Drop, Step, draw, drops, said


def steps(*counts):
    return [Step(f"L{n}", count) for n, count in enumerate(counts)]


def test_each_step_loses_from_the_one_before():
    assert drops(steps(200, 150, 90)) == [Drop(50, 25.0), Drop(60, 40.0)]


def test_more_than_before_is_odd_and_never_clipped():
    (drop,) = drops(steps(880, 905))
    assert drop.lost == -25
    assert drop.is_odd
    assert round(drop.share, 1) == -2.8
    assert said(drop) == "⚑ lebih banyak 25; periksa pencatatan"


def test_what_is_unknown_or_nobody_has_no_share():
    assert drops(steps(None, 5, 0, 0)) == [Drop(None, None), Drop(5, 100.0), Drop(0, None)]
    assert [said(d) for d in drops(steps(None, 5, 0, 0))] == [
        "↓ belum dapat dihitung",
        "↓ berkurang 5 (100,0%)",
        "↓ tidak ada yang mulai",
    ]


def test_the_drawing_says_every_step_and_every_loss():
    drawn = str(draw([Step("K1", 200, "/a/"), Step("K4", 150), Step("K6", None)], title="Ibu"))
    assert drawn.count("<rect") == 6
    for text in ('href="/a/"', "K1: 200", "berkurang 50 (25,0%)", "K6: BL", 'width="75.00%"'):
        assert text in drawn


def test_a_path_that_nobody_began_is_drawn_without_length():
    assert 'width="0.00%"' in str(draw(steps(0, 0), title="Ibu"))

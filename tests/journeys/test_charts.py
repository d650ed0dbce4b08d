"""Every chart in a browser: on a screen, a projector, a phone and on grey paper."""

import os
from functools import cache
from pathlib import Path

import pytest

from facilities.roles import Role
from reporting.charts.ends import EACH
from tests.reporting.charts.gallery import SIZES, page, sections
from tests.reporting.charts.gallery_slides import slides

SCREENS = {"layar": (1366, 768), "proyektor": (1024, 768), "ponsel": (360, 740)}
OF_A_ROOM = 17.9
SMALLEST = 13.9  # pixels of a letter as they are seen, whatever the picture was scaled by
TEXTS = """() => [...document.querySelectorAll("svg.chart:not(.spark)")]
  .filter((svg) => svg.getBoundingClientRect().width)
  .flatMap((svg) => [...svg.querySelectorAll("text")].filter(
    (text) => text.getClientRects().length).map((text) => {
    const box = text.getBoundingClientRect(), whole = svg.getBoundingClientRect();
    const scale = svg.viewBox.baseVal?.width ? whole.width / svg.viewBox.baseVal.width : 1;
    return {
      words: text.textContent, chart: svg.getAttribute("aria-label"),
      size: parseFloat(getComputedStyle(text).fontSize) * scale,
      out: Math.max(whole.left - box.left, box.right - whole.right, whole.top - box.top,
                    box.bottom - whole.bottom),
    };
  }))"""

# Words that lie on other words of their picture; a line may touch the one below it.
MET = """() => [...document.querySelectorAll("svg.chart:not(.spark)")].flatMap((svg) => {
  const each = [...svg.querySelectorAll("text")].filter((text) => text.getClientRects().length)
    .map((text) => [text.textContent, text.getBoundingClientRect()]);
  return each.flatMap(([words, a], at) => each.slice(at + 1)
    .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
    .map(([other]) => `${svg.getAttribute("aria-label")}: ${words} / ${other}`));
})"""


@cache
def gallery(sizes):
    return page(sections(sizes))


@pytest.fixture
def shown(browser):
    """The gallery on a screen of some size; few units where a test does not ask for many."""
    opened = []

    def open_page(width, height, sizes=SIZES[:2], drawn=gallery):
        context = browser.new_context(viewport={"width": width, "height": height}, locale="id")
        opened.append(context)
        tab = context.new_page()
        tab.set_content(drawn(sizes))
        return tab

    yield open_page
    for context in opened:
        context.close()


def shoot(tab, name):
    if folder := os.environ.get("ILP_SHOTS"):
        tab.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def readable(tab, smallest=SMALLEST):
    """All words of all charts, after they were looked at."""
    texts = tab.evaluate(TEXTS)
    assert [text for text in texts if text["size"] < smallest] == []
    assert [text for text in texts if text["out"] > 1.5] == []
    assert tab.evaluate(MET) == []
    return texts


@pytest.mark.parametrize("screen", list(SCREENS))
def test_every_word_is_large_enough_and_lies_inside_its_picture(shown, screen):
    tab = shown(*SCREENS[screen])
    shoot(tab, f"grafik-{screen}")
    assert len(readable(tab)) > 300
    assert tab.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen][0]


@pytest.mark.parametrize("size", SIZES[2:])
def test_many_units_fit_too(shown, size):
    tab = shown(1366, 768, (size,))
    shoot(tab, f"grafik-{size}")
    assert tab.locator("svg.chart a").count() >= 3 * min(size, 2 * EACH)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 1366
    assert tab.evaluate(MET) == []
    rows = tab.locator("svg.chart-rows").all()
    assert len(rows) >= 4
    assert all(one.bounding_box()["height"] < 8_000 for one in rows if one.is_visible())


def test_of_1900_places_a_phone_shows_the_ends_and_says_so(shown):
    tab = shown(*SCREENS["ponsel"], (1900,))
    shoot(tab, "grafik-1900-ponsel")
    said = tab.locator("svg.chart-rows text:has-text('tempat lain tidak digambar')")
    assert said.count() == 3
    readable(tab)
    assert tab.evaluate("document.documentElement.scrollWidth") <= SCREENS["ponsel"][0]


def test_a_room_reads_the_slides_of_few_and_of_many(shown):
    tab = shown(*SCREENS["proyektor"], SIZES, slides)
    shoot(tab, "slide-proyektor")
    readable(tab, OF_A_ROOM)
    tall = tab.locator(".lokmin-pws, .lokmin-charts").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )
    assert len(tall) == len(SIZES)
    assert max(tall) < 0.55 * SCREENS["proyektor"][1]
    assert tab.evaluate("document.documentElement.scrollWidth") <= SCREENS["proyektor"][0]


def test_every_picture_has_a_name_and_words_for_who_does_not_see_it(shown):
    tab = shown(1366, 768)
    pictures = tab.locator("svg.chart:not(.spark)").evaluate_all(
        """all => all.map((one) => [one.getAttribute("role"), one.getAttribute("aria-label"),
          one.querySelector(":scope > desc").textContent])"""
    )
    assert len(pictures) > 50
    for role, name, words in pictures:
        assert role in ("img", "group")
        assert name
        assert len(words) > 10, name


def test_bars_are_reached_by_the_keyboard_and_say_what_they_are(shown):
    tab = shown(1366, 768)
    tab.keyboard.press("Tab")  # the region that scrolls
    tab.keyboard.press("Tab")
    label = tab.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label.startswith("1. Kopang: 120,0%")


def test_on_grey_paper_the_worst_are_hatched_and_the_best_are_white(shown):
    tab = shown(1123, 794)
    tab.emulate_media(media="print")
    shoot(tab, "grafik-cetak")
    look = "e => { const s = getComputedStyle(e); return [s.fill, s.display]; }"
    bars = tab.locator(".chart-wide .f-baik").first
    assert bars.evaluate(look)[0] == "rgb(255, 255, 255)"
    assert tab.locator(".chart-wide .print-hatch").first.evaluate(look)[1] == "inline"


def test_a_chart_is_taken_along_as_png_without_the_servers_help(visit, tmp_path):
    desk = visit(Role.KEPALA_DINAS)
    assert desk.go("/indikator/IB04/?v=tren&p=2025-05&d=sementara") == 200
    with desk.page.expect_download() as download:
        desk.page.click("button[data-png]")
    assert download.value.suggested_filename == "IB04-tren-99.01-2025-05.png"
    download.value.save_as(tmp_path / "grafik.png")
    head = (tmp_path / "grafik.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(head[16:20], "big") == 2 * (600 + 48)
    assert desk.errors == []

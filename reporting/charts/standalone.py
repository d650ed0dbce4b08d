"""A chart as a file of its own: its colours written into it, a title above, the source below.

Pages colour charts by class, so that paper can have its own; a file has no style sheet. It is
given what app.css says of charts, as attributes, which word processors understand too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as Tree

STYLES = Path(__file__).parents[2] / "static" / "css" / "app.css"
SPACE = "http://www.w3.org/2000/svg"
WIDTH, MARGIN, HEAD, LINE = 800, 24, 78, 20  # WIDTH: of what is drawn as wide as its place
LETTERS = 92  # of a line of the title
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
KNOWN = (
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap"),
    *("opacity", "font-weight", "display"),
)
Look = dict[str, str]


@dataclass(frozen=True)
class Caption:
    """What stands around the picture: the finding, what was measured, where it comes from."""

    title: str
    about: str
    source: str


@cache
def looks() -> tuple[tuple[str, frozenset[str], Look], ...]:
    """(element or "", classes, attributes) of each rule for charts, in the order of the sheet."""
    sheet = STYLES.read_text()
    colours = dict(re.findall(r"(--[\w-]+): ([^;]+);", sheet.split("@layer reset {")[0]))
    section = sheet.split("/* Charts:")[1].split("*/", 1)[1].split("@media")[0]
    found = []
    for selectors, body in RULE.findall(section):
        look = _look(body, colours)
        for selector in selectors.split(","):
            plain = selector.strip().removeprefix(".chart ")
            if look and not re.search(r"[\s:>]", plain):
                element, *classes = plain.split(".")
                found.append((element, frozenset(classes), look))
    return tuple(found)


def _look(body: str, colours: dict[str, str]) -> Look:
    pairs = (line.split(":", 1) for line in body.split(";") if ":" in line)
    named = {name.strip(): value.strip() for name, value in pairs}
    return {
        name: re.sub(r"var\((--[\w-]+)\)", lambda match: colours[match[1]], value)
        for name, value in named.items()
        if name in KNOWN
    }


def standalone(drawing: str, caption: Caption) -> str:
    """The drawing as the text of an SVG file that needs nothing beside it."""
    Tree.register_namespace("", SPACE)
    inner = Tree.fromstring(drawing)  # noqa: S314 what we drew ourselves
    wide = inner.get("width", "100%")
    width = WIDTH if wide == "100%" else int(float(wide))
    height = float(inner.get("height", "0"))
    title = _lines(caption.title)
    head = HEAD + LINE * (len(title) - 1)
    for name, value in {"x": MARGIN, "y": head, "width": width, "height": height}.items():
        inner.set(name, str(value))
    _dress(inner)
    whole = (width + 2 * MARGIN, head + height + 44)
    outer = Tree.Element(f"{{{SPACE}}}svg", _frame(*whole))
    Tree.SubElement(outer, f"{{{SPACE}}}title").text = caption.title
    ground = {"width": f"{whole[0]}", "height": f"{whole[1]:g}", "fill": "#FFFFFF"}
    Tree.SubElement(outer, f"{{{SPACE}}}rect", ground)
    for at, line in enumerate(title):
        _write(outer, line, 34 + LINE * at, {"font-weight": "650", "font-size": "17"})
    _write(outer, caption.about, head - 20, {"fill": "#52606D"})
    outer.append(inner)
    _write(outer, caption.source, whole[1] - 14, {"fill": "#52606D"})
    return Tree.tostring(outer, encoding="unicode")


def _frame(width: float, height: float) -> Look:
    return {
        "width": f"{width:g}",
        "height": f"{height:g}",
        "viewBox": f"0 0 {width:g} {height:g}",
        "font-family": 'system-ui, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif',
        "font-size": "14",
    }


def _lines(text: str) -> list[str]:
    """The title in lines that fit."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= LETTERS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _write(outer: Tree.Element, text: str, y: float, look: Look) -> None:
    place = {"x": str(MARGIN), "y": f"{y:g}", "fill": "#1F2933"}
    Tree.SubElement(outer, f"{{{SPACE}}}text", place | look).text = text


def _dress(root: Tree.Element) -> None:
    """Classes become attributes; links lead nowhere outside the page and become groups."""
    for one in root.iter():
        name = one.tag.removeprefix(f"{{{SPACE}}}")
        classes = set(one.attrib.pop("class", "").split())
        for element, wanted, look in looks():
            if wanted <= classes and element in ("", name) and (wanted or element):
                for key, value in look.items():
                    if key != "fill" or not one.get("fill", "").startswith("url("):
                        one.set(key, value)
        if name == "a":
            one.tag = f"{{{SPACE}}}g"
            one.attrib.pop("href", None)
            one.attrib.pop("aria-label", None)

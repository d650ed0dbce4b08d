"""Styles of a workbook: a cell's own one once more, with a coloured ground."""

from __future__ import annotations

from functools import cached_property

from clusters.excel.marking.package import Element, Unfamiliar, added, child, children

RED, AMBER = "FFFFB3B3", "FFFFE08A"  # by which a file that comes back shows what we coloured
TEXT_FORMAT = 49  # Excel's "@": what is typed over it stays text, too
MOST = 60_000  # Excel opens no more than 65,490


class Styles:
    """The cell formats of a workbook by number, as the cells name them; more are added."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self._fills = _needed(root, "fills")
        self._xfs = _needed(root, "cellXfs")
        self._formats = children(self._xfs, "xf")
        if not self._formats or len(self._formats) > MOST:
            raise Unfamiliar("styles")
        self._made: dict[tuple[int, str], int] = {}
        self._numbers: dict[str, int] = {}  # of the fills that were added, by colour
        ours = self._our_fills()
        self.ours = {n for n, one in enumerate(self._formats) if one.getAttribute("fillId") in ours}

    def _our_fills(self) -> set[str]:
        found = set()
        for number, fill in enumerate(children(self._fills, "fill")):
            pattern = child(fill, "patternFill")
            colour = child(pattern, "fgColor") if pattern else None
            if colour is not None and colour.getAttribute("rgb").upper() in (RED, AMBER):
                found.add(str(number))
        return found

    def coloured(self, number: int, colour: str) -> int:
        """The format of a number with this ground; number format, font and border stay."""
        return self._like(number, colour)

    def bare(self, number: int) -> int:
        """The format of a number with no ground at all."""
        return self._like(number, "")

    @cached_property
    def text(self) -> int:
        """Text in the font of the workbook."""
        made = self._copy(0)
        made.setAttribute("numFmtId", str(TEXT_FORMAT))
        made.setAttribute("applyNumberFormat", "1")
        return self._put(made)

    @cached_property
    def bold(self) -> int:
        fonts = _needed(self.root, "fonts")
        bold = _needed(fonts, "font").cloneNode(deep=True)
        assert isinstance(bold, Element)
        fonts.appendChild(bold)
        if child(bold, "b") is None:
            bold.insertBefore(added(bold, "b"), bold.firstChild)
        made = self._copy(0)
        made.setAttribute("fontId", str(_count(fonts, "font") - 1))
        made.setAttribute("applyFont", "1")
        return self._put(made)

    def _like(self, number: int, colour: str) -> int:
        if number >= len(self._formats):
            number = 0
        key = (number, colour)
        if key not in self._made:
            made = self._copy(number)
            made.setAttribute("fillId", str(self._fill(colour) if colour else 0))
            made.setAttribute("applyFill", "1")
            self._made[key] = self._put(made)
        return self._made[key]

    def _copy(self, number: int) -> Element:
        found = self._formats[number].cloneNode(deep=True)
        assert isinstance(found, Element)
        return found

    def _put(self, made: Element) -> int:
        if len(self._formats) >= MOST:
            raise Unfamiliar("styles")
        self._xfs.appendChild(made)
        self._formats.append(made)
        self._xfs.setAttribute("count", str(len(self._formats)))
        return len(self._formats) - 1

    def _fill(self, colour: str) -> int:
        at = self._numbers.get(colour)
        if at is None:
            pattern = added(added(self._fills, "fill"), "patternFill", patternType="solid")
            added(pattern, "fgColor", rgb=colour)
            added(pattern, "bgColor", indexed=64)
            at = self._numbers[colour] = _count(self._fills, "fill") - 1
        return at


def _needed(root: Element, name: str) -> Element:
    found = child(root, name)
    if found is None:
        raise Unfamiliar(name)
    return found


def _count(parent: Element, name: str) -> int:
    """How many there are, also written down where Excel looks for it."""
    number = len(children(parent, name))
    parent.setAttribute("count", str(number))
    return number

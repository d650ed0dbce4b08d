"""Writes plain workbooks fast: ten times a general writer, which half a million rows ask for.

Only what the demo needs: text, numbers, dates and ya/tidak, one format for dates and one for text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

DAY_ZERO = date(1899, 12, 30).toordinal()
LETTERS = [chr(65 + i) for i in range(26)] + [f"{a}{chr(65 + i)}" for a in "AB" for i in range(26)]
OFFICE = "http://schemas.openxmlformats.org"
MAIN = f"{OFFICE}/spreadsheetml/2006/main"
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"
PACKAGE = f"{OFFICE}/package/2006"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
DATE_STYLE = 1
STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
    'formatCode="dd/mm/yyyy"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/>'
    '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)

Rows = Iterable[Sequence[Any]]


def write_book(path: Path, sheets: Mapping[str, Rows]) -> None:
    """Write the sheets in order; one whose name begins with an underscore is hidden."""
    names, texts = list(sheets), Texts()
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("[Content_Types].xml", _content_types(len(names)))
        file.writestr("_rels/.rels", _relationships([("officeDocument", "xl/workbook.xml")]))
        file.writestr("xl/workbook.xml", _workbook(names))
        parts = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(names) + 1)]
        parts += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
        file.writestr("xl/_rels/workbook.xml.rels", _relationships(parts))
        file.writestr("xl/styles.xml", STYLES)
        for number, rows in enumerate(sheets.values(), start=1):
            file.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(rows, texts))
        file.writestr("xl/sharedStrings.xml", texts.as_xml())


class Texts:
    """Every text once, as Excel keeps them; cells hold only its number."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def cell(self, text: str) -> str:
        return f' t="s"><v>{self.numbers.setdefault(text, len(self.numbers))}</v>'

    def as_xml(self) -> str:
        listed = "".join(f"<si><t>{escape(text)}</t></si>" for text in self.numbers)
        return f'{HEAD}<sst xmlns="{MAIN}">{listed}</sst>'


def _content_types(sheets: int) -> str:
    parts = {"workbook": "sheet.main", "styles": "styles", "sharedStrings": "sharedStrings"}
    parts |= {f"worksheets/sheet{n}": "worksheet" for n in range(1, sheets + 1)}
    listed = "".join(
        f'<Override PartName="/xl/{name}.xml" ContentType="{SPREADSHEET}.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f"{listed}</Types>"
    )


def _relationships(parts: Iterable[tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(parts, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _workbook(names: Sequence[str]) -> str:
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}" state="{_state(name)}"/>'
        for n, name in enumerate(names, start=1)
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
    )


def _state(name: str) -> str:
    return "veryHidden" if name.startswith("_") else "visible"


def _sheet(rows: Rows, texts: Texts) -> str:
    write: Mapping[type, Callable[[Any], str]] = {
        str: texts.cell,
        bool: lambda cell: texts.cell("ya" if cell else "tidak"),
        date: _day,
        int: _number,
        float: _number,
    }
    body = "".join(_row(number, cells, write) for number, cells in enumerate(rows, start=1))
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetFormatPr defaultColWidth="14" '
        f'defaultRowHeight="15"/><sheetData>{body}</sheetData></worksheet>'
    )


def _row(number: int, cells: Sequence[Any], write: Mapping[type, Callable[[Any], str]]) -> str:
    filled = [
        f'<c r="{letter}{number}"{write[type(cell)](cell)}</c>'
        for letter, cell in zip(LETTERS, cells, strict=False)
        if cell is not None and cell != ""
    ]
    return f'<row r="{number}">{"".join(filled)}</row>'


@lru_cache(maxsize=65_536)
def _day(cell: date) -> str:
    return f' s="{DATE_STYLE}"><v>{cell.toordinal() - DAY_ZERO}</v>'


def _number(cell: float) -> str:
    return f"><v>{cell}</v>"

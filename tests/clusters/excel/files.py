"""Files as people, and worse people, send them; each made in a moment."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator
from datetime import date

import xlsxwriter

PARTS = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',  # noqa: E501
    "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',  # noqa: E501
    "xl/workbook.xml": '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',  # noqa: E501
    "xl/_rels/workbook.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>',  # noqa: E501
}
START = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'  # noqa: E501
END = "</worksheet>"
ROWS = [["Nama", "Tanggal", "BB"], ["Siti", date(2025, 5, 12), 9.2]]


def sheet(rows: str, dimension: str = "A1:B2") -> str:
    return f'{START}<dimension ref="{dimension}"/><sheetData>{rows}</sheetData>{END}'


def handmade(sheet_xml: str, **parts: str) -> bytes:
    """A minimal xlsx around the XML of a sheet; `parts` add or replace entries under xl/."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", sheet_xml)
        for name, text in parts.items():
            archive.writestr(f"xl/{name}.xml", text)
    return out.getvalue()


def pieces_of_rows(count: int) -> Iterator[str]:
    """The XML of many rows with a different number in each, in pieces."""
    numbers = random.Random(1)
    for start in range(1, count + 1, 50_000):
        yield "".join(
            f'<row r="{n}"><c r="A{n}"><v>{numbers.getrandbits(40)}</v></c></row>'
            for n in range(start, min(start + 50_000, count + 1))
        )


def many_rows(count: int) -> bytes:
    """A workbook of `count` rows, streamed so that the test itself stays small."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        with archive.open("xl/worksheets/sheet1.xml", "w") as entry:
            entry.write(f'{START}<dimension ref="A1:A{count}"/><sheetData>'.encode())
            for piece in pieces_of_rows(count):
                entry.write(piece.encode())
            entry.write(f"</sheetData>{END}".encode())
    return out.getvalue()


def workbook(*sheets: list[list[object]], hidden: tuple[int, ...] = ()) -> bytes:
    """An ordinary xlsx with the given sheets of rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        for number, rows in enumerate(sheets):
            page = book.add_worksheet(f"Lembar {number + 1}")
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
            if number in hidden:
                page.hide()
    return out.getvalue()


def zipped(entries: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return out.getvalue()


def ole(stream: str) -> bytes:
    """The beginning of an OLE file (old Office) with one named stream, and nothing behind it."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    return head + stream.encode("utf-16-le").ljust(1024, b"\0")


def ods(rows: str) -> bytes:
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',  # noqa: E501
            "content.xml": f'<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Data">{rows}</table:table></office:spreadsheet></office:body></office:document-content>',  # noqa: E501
        }
    )

"""What a file is, told from its bytes before anything is parsed.

What is no workbook gets a sentence of its own. A workbook that would take long only to be refused
is refused here, from what it says of itself; `child` bounds the others and those that lie.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.utils.translation import gettext_lazy as _

from clusters.excel.errors import (
    FileCorrupt,
    FileLocked,
    HtmlInDisguise,
    NotAWorkbook,
    TooManyRows,
    ZipBomb,
)

COUNTED_FROM = 60 * 2**20  # a sheet of 20,000 x 60 takes about 50 MB of XML
UNPACKED_MOST = 400 * 2**20
ENTRIES_MOST = 2_000
RATIO_MOST = 200  # a workbook of real data packs five- to thirtyfold
RATIO_FROM = 10 * 2**20
CHUNK = 2**20
LOOKED_AT = 4096  # bytes that tell what a text is
MOSTLY = 0.9
LYING = (ValueError, IndexError, struct.error)  # of a directory that points to where nothing is

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML = (b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta")
FOREIGN = {
    b"%PDF": "PDF", b"\x89PNG": _("gambar"), b"\xff\xd8\xff": _("gambar"), b"GIF8": _("gambar"),
    b"Rar!": _("arsip RAR"), b"7z\xbc\xaf": _("arsip 7z"), b"\x1f\x8b": _("arsip gzip"),
    b"{\\rtf": "RTF",
}  # fmt: skip


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    OTHER = "other"  # xls, xlsb, ods: read in a child


def inspect(data: bytes, max_rows: int) -> Format:
    """Look at the bytes. Raises the errors of clusters.excel.errors."""
    if data.startswith(b"PK\x03\x04"):
        return _inspect_zip(data, max_rows)
    if data.startswith(OLE):
        return _inspect_ole(data)
    for magic, kind in FOREIGN.items():
        if data.startswith(magic):
            raise NotAWorkbook(kind=kind)
    return _inspect_text(data)


def _inspect_text(data: bytes) -> Format:
    head = data[:LOOKED_AT]
    if encoding := utf_16_of(data):
        head = head.decode(encoding, "ignore").encode()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise NotAWorkbook(kind="XML Excel 2003")
    if start.startswith(HTML) or (start.startswith(b"<") and b"<html" in start):
        raise HtmlInDisguise
    if start.startswith(b"<"):
        raise NotAWorkbook(kind="XML")
    if b"\0" in head:
        raise NotAWorkbook(kind=_("berkas biner"))
    return Format.CSV


def utf_16_of(data: bytes) -> str:
    """The UTF-16 in which a text is written, by its mark or, as some programs leave that out, by
    every other byte being empty; "" for any other text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:LOOKED_AT]
    even, odd = head[::2], head[1::2]
    for encoding, low, high in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        if high and 0 not in low and high.count(0) > MOSTLY * len(high):
            return encoding
    return ""


def _inspect_ole(data: bytes) -> Format:
    def stream(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if stream("EncryptedPackage"):
        raise FileLocked
    if stream("WordDocument") or stream("PowerPoint Document"):
        raise NotAWorkbook(kind=_("Word atau PowerPoint"))
    if not (stream("Workbook") or stream("Book")):
        raise FileCorrupt
    return Format.OTHER


def _inspect_zip(data: bytes, max_rows: int) -> Format:
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(data))
            found = _format(archive, {entry.filename for entry in entries})
            if sum(entry.file_size for entry in entries) > COUNTED_FROM:
                _count_rows(archive, entries, max_rows)
    except (BadZipFile, zlib.error, EOFError, RuntimeError, OSError, *LYING) as error:
        raise FileCorrupt from error
    return found


def _check_entries(entries: list[ZipInfo], size: int) -> None:
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileLocked
    if len(entries) > ENTRIES_MOST or sum(e.file_size for e in entries) > UNPACKED_MOST:
        raise ZipBomb
    if sum(entry.compress_size for entry in entries) > size:
        raise ZipBomb  # entries that overlap
    for entry in entries:
        if entry.file_size > max(RATIO_FROM, RATIO_MOST * entry.compress_size):
            raise ZipBomb


def _format(archive: ZipFile, names: set[str]) -> Format:
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if "xl/workbook.bin" in names:
        return Format.OTHER
    if "mimetype" in names:
        return _open_document(archive, names)
    folders = {name.split("/")[0] for name in names}
    if {"xl", "[Content_Types].xml"} & folders and not {"word", "ppt"} & folders:
        raise FileCorrupt
    for folder, kind in (("word", "Word (.docx)"), ("ppt", "PowerPoint (.pptx)")):
        if folder in folders:
            raise NotAWorkbook(kind=kind)
    raise NotAWorkbook(kind=_("arsip ZIP"))


def _open_document(archive: ZipFile, names: set[str]) -> Format:
    if b"opendocument.spreadsheet" not in archive.read("mimetype")[:200]:
        raise NotAWorkbook(kind="OpenDocument")
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in archive.read(manifest):
        raise FileLocked
    return Format.OTHER


def _count_rows(archive: ZipFile, entries: list[ZipInfo], max_rows: int) -> None:
    """Raises TooManyRows as soon as that is certain. Only rows that hold a value count."""
    rows = 0
    for entry in entries:
        if not entry.filename.startswith("xl/worksheets/"):
            continue
        for number, chunk in enumerate(_chunks(archive, entry), start=1):
            rows += _rows_with_values(chunk)
            # A row cut in two by a chunk may have been counted twice.
            if rows > max_rows + number:
                raise TooManyRows(limit=max_rows)


def _chunks(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """The entry unpacked piece by piece; a declared size that lies ends in BadZipFile."""
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _rows_with_values(chunk: bytes) -> int:
    return sum(b"<v" in row or b"<is" in row for row in chunk.split(b"<row ")[1:])

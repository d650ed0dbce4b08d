"""What a file is and whether it is safe, told from its bytes before anything is parsed.

The reader is native code that lays out each sheet as a dense table and copies shared texts into
every cell that uses them. A file of a few kilobytes can thus ask for gigabytes: by one cell in
the last corner of a sheet, or one long text used a million times. `is_tame` tells which files
cannot do that; the rest are parsed in a child process under limits.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from clusters.excel.errors import (
    FileCorrupt,
    FileLocked,
    HtmlInDisguise,
    NotAWorkbook,
    TooManyRows,
    ZipBomb,
)

UNPACKED_TAME = 60 * 2**20  # a sheet of 20,000 x 60 takes about 50 MB of XML
UNPACKED_MOST = 400 * 2**20
ENTRIES_MOST = 2_000
RATIO_MOST = 200  # a workbook of real data packs five- to thirtyfold
RATIO_FROM = 10 * 2**20
TEXT_COPIES_TAME = 384 * 2**20
BYTES_OF_A_CELL = 20  # <c t="s"><v>0</v></c>, the shortest cell that copies a shared text
CHUNK = 2**20

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EOCD = b"PK\x05\x06"
HTML = (b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta")
FOREIGN = {
    b"%PDF": "PDF", b"\x89PNG": "gambar", b"\xff\xd8\xff": "gambar", b"GIF8": "gambar",
    b"Rar!": "arsip RAR", b"7z\xbc\xaf": "arsip 7z", b"\x1f\x8b": "arsip gzip", b"{\\rtf": "RTF",
}  # fmt: skip

# Cell addresses such as "XFD1048576" are found by two fast passes over the XML: letters become
# A (columns A to DZ) or E, digits 0; everything else but quotes becomes a dot.
_SHAPE = bytearray(b"." * 256)
for _c in b"ABCDabcd":
    _SHAPE[_c] = ord("A")
for _c in b"EFGHIJKLMNOPQRSTUVWXYZefghijklmnopqrstuvwxyz":
    _SHAPE[_c] = ord("E")
for _c in b"0123456789":
    _SHAPE[_c] = ord("0")
_SHAPE[ord("'")] = _SHAPE[ord('"')] = ord('"')
SHAPE = bytes(_SHAPE)
ALL_LETTERS = bytes.maketrans(b"E", b"A")
WIDE = (b'"EE0', b'"EA0')
# Three letters; and rows of six digits or more, alone or in an address. An address begins an
# attribute: ranges of merged cells are not read, and the code of a Puskesmas is no address.
FAR = (b'"AAA0', b'"A000000', b'"AA000000', b'"000000')


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    OTHER = "other"  # xls, xlsb, ods: read in a child


@dataclass(frozen=True)
class Inspection:
    """What a file is; `is_tame` when it may be parsed inside this process."""

    format: Format
    is_tame: bool


def inspect(data: bytes, max_rows: int) -> Inspection:
    """Look at the bytes. Raises the errors of clusters.excel.errors."""
    if data.startswith(b"PK\x03\x04"):
        return _inspect_zip(data, max_rows)
    if data.startswith(OLE):
        return _inspect_ole(data)
    for magic, kind in FOREIGN.items():
        if data.startswith(magic):
            raise NotAWorkbook(kind=kind)
    return _inspect_text(data)


def _inspect_text(data: bytes) -> Inspection:
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise NotAWorkbook(kind="XML Excel 2003")
    if start.startswith(HTML) or (start.startswith(b"<") and b"<html" in start):
        raise HtmlInDisguise
    if start.startswith(b"<"):
        raise NotAWorkbook(kind="XML")
    if b"\0" in head:
        raise NotAWorkbook(kind="berkas biner")
    return Inspection(Format.CSV, is_tame=True)


def _inspect_ole(data: bytes) -> Inspection:
    def stream(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if stream("EncryptedPackage"):
        raise FileLocked
    if stream("WordDocument") or stream("PowerPoint Document"):
        raise NotAWorkbook(kind="Word atau PowerPoint")
    if not (stream("Workbook") or stream("Book")):
        raise FileCorrupt
    return Inspection(Format.OTHER, is_tame=False)


def _inspect_zip(data: bytes, max_rows: int) -> Inspection:
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries, len(data))
            format_ = _format(archive, {entry.filename for entry in entries})
            scan = Scan(max_rows)
            if format_ is Format.XLSX:
                for entry in entries:
                    scan.look_at(entry, _chunks(archive, entry))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise FileCorrupt from error
    tame = format_ is Format.XLSX and scan.is_tame and _is_plain_zip(data, entries)
    return Inspection(format_, is_tame=tame)


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
    raise NotAWorkbook(kind="arsip ZIP")


def _open_document(archive: ZipFile, names: set[str]) -> Format:
    if b"opendocument.spreadsheet" not in archive.read("mimetype")[:200]:
        raise NotAWorkbook(kind="OpenDocument")
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in archive.read(manifest):
        raise FileLocked
    return Format.OTHER


def _is_plain_zip(data: bytes, entries: list[ZipInfo]) -> bool:
    """Whether two zip readers must agree on what is inside: one directory, at the very end."""
    ends = data.rfind(EOCD) == len(data) - 22 and data.count(EOCD) == 1
    names = {entry.filename.lower() for entry in entries}
    return ends and b"PK\x06\x06" not in data and len(names) == len(entries)


def _chunks(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """The entry unpacked piece by piece; a declared size that lies ends in BadZipFile."""
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


class Scan:
    """Counts while a workbook is unpacked once: rows that hold values, and signs of danger."""

    def __init__(self, max_rows: int) -> None:
        self.max_rows = max_rows
        self.unpacked = 0
        self.longest_text = 0
        self.is_odd = False

    @property
    def is_tame(self) -> bool:
        """Whether parsing is bounded: 130 columns, 99,999 rows, and few or short texts."""
        copies = self.unpacked // BYTES_OF_A_CELL * self.longest_text
        return not self.is_odd and self.unpacked <= UNPACKED_TAME and copies <= TEXT_COPIES_TAME

    def look_at(self, entry: ZipInfo, chunks: Iterator[bytes]) -> None:
        """Unpack one entry. Raises TooManyRows as soon as that is certain."""
        if entry.filename == "xl/sharedStrings.xml":
            self._texts(chunks)
            return
        is_sheet = entry.filename.startswith("xl/worksheets/")
        rows, tail = 0, b""
        for number, chunk in enumerate(chunks, start=1):
            self.unpacked += len(chunk)
            if not self.is_odd and self.unpacked <= UNPACKED_TAME:
                self.is_odd = _is_odd(tail + chunk, is_sheet)
            rows += _rows_with_values(chunk)
            # A row cut in two by a chunk may have been counted twice.
            if rows > self.max_rows + number:
                raise TooManyRows(limit=self.max_rows)
            tail = chunk[-32:]

    def _texts(self, chunks: Iterator[bytes]) -> None:
        tail = 0
        for chunk in chunks:
            self.unpacked += len(chunk)
            pieces = chunk.split(b"<si")
            self.longest_text = max(self.longest_text, tail + len(pieces[0]), *map(len, pieces))
            tail = len(pieces[-1]) + (tail if len(pieces) == 1 else 0)


def _is_odd(piece: bytes, is_sheet: bool) -> bool:
    """Whether a part holds far addresses, or a table or texts where none belong."""
    if not is_sheet:
        plain = piece.replace(b"\0", b"")  # UTF-16 hides nothing
        return b"sheetData" in plain or b"<sst" in plain
    if b"\0" in piece or b"<sst" in piece:
        return True
    if not _has_far_addresses(piece):
        return False
    # "rId7" names a relation, and only looks like a far column.
    return b'"rId' not in piece or _has_far_addresses(piece.replace(b'"rId', b""))


def _has_far_addresses(piece: bytes) -> bool:
    shape = piece.translate(SHAPE)
    if any(sign in shape for sign in WIDE):
        return True
    shape = shape.translate(ALL_LETTERS)
    return any(sign in shape for sign in FAR)


def _rows_with_values(chunk: bytes) -> int:
    return sum(b"<v" in row or b"<is" in row for row in chunk.split(b"<row ")[1:])

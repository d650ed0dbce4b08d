"""What people type into a monthly report: read tolerantly, kept as typed when it cannot be read."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from reporting.catalogue import ROWS
from reporting.selectors.folding import Folded, fold
from reporting.selectors.reports import Box, Finding, Row, Sheet
from reporting.selectors.typed import Edit, read

Cell = tuple[str, str]  # element, part
REASON, ABSENT, CHOICE, COMMENT, COMMENT_AT = "alasan|", "ta|", "pilih|", "komentar|", "bagian|"
PREFIXES = (REASON, ABSENT, CHOICE, COMMENT, COMMENT_AT)
SEEN, CLOSED = "tampil", "tertutup"
MINE, THEIRS = "saya", "lain"
# What people usually write; any other words do as well. It is kept, so it is Indonesian for all.
REASONS = (
    "Dilayani di faskes lain",
    "Kunjungan belum dicatat",
    "Koreksi dari register",
    "Orang pindahan",
)
UNUSUAL_REASONS = (
    "Sudah dicocokkan dengan register",
    "Ada kegiatan khusus bulan ini",
    "Layanan tutup sebagian bulan",
    "Ada kejadian luar biasa",
)
OVER_REASONS = (
    "Sasaran lebih kecil daripada keadaan",
    "Termasuk orang dari luar wilayah",
    "Sudah dicocokkan dengan register",
)
ABSENCE_REASONS = (
    "Tidak ada alat",
    "Tidak ada petugas",
    "Bukan layanan di sini",
)
RETURN_NOTES = (
    "Angka jauh dari bulan lalu. Cocokkan dengan register.",
    "Lampirkan bukti pendukung.",
)


class Typed:
    """What a page sent: the boxes, the reasons, and which version of each cell stood on it.

    `seen` is None where the page did not say what it showed: nothing of it may be kept.
    """

    def __init__(self, data: Mapping[str, str]) -> None:
        self.data = data
        self.seen = _seen(data.get(SEEN, ""))

    @property
    def edits(self) -> dict[Cell, Edit]:
        """What is wanted in each box that was sent, unless it was left to the other editor.

        Whether the form has such a box is asked when it is kept.
        """
        found = {}
        for name, text in self.data.items():
            element, bar, part = name.partition("|")
            if bar and f"{element}|" not in PREFIXES and (edit := self._edit(name, element, text)):
                found[element, part] = edit
        return found

    def _edit(self, name: str, element: str, text: str) -> Edit | None:
        entry = read(text, self.data.get(f"{ABSENT}{element}", ""))
        version, shown = (self.seen or {}).get(name, (0, ""))
        choice, _colon, chosen = self.data.get(f"{CHOICE}{name}", "").partition(":")
        if choice == THEIRS:
            return None
        if choice == MINE and chosen.isascii() and chosen.isdigit():
            return Edit(entry, int(chosen))
        return Edit(entry, version, touched=text.strip() != shown)

    @property
    def closed(self) -> dict[str, int]:
        """Row that stood on the page without its boxes -> the sum of what was not saved of it."""
        try:
            held = json.loads(self.data.get(CLOSED, "{}"))
        except ValueError:
            return {}
        told = held.items() if isinstance(held, dict) else ()
        return {row: number for row, number in told if isinstance(number, int)}

    @property
    def reasons(self) -> dict[str, str]:
        """Element -> why its numbers differ from the visits; only what was asked and changed."""
        return self._changed(REASON)

    @property
    def absents(self) -> dict[str, str]:
        """Element -> why there is no such service; only what was asked for and changed."""
        return self._changed(ABSENT)

    @property
    def comments(self) -> dict[Cell, str]:
        """What is to be put right, by cell; by row where no cell was named."""
        return {
            (element, self.data.get(f"{COMMENT_AT}{element}", "")): text
            for element, text in self._by_element(COMMENT).items()
            if text
        }

    @property
    def elements(self) -> frozenset[str]:
        """The rows of which something was sent."""
        named = (name.split("|") for name in self.data if "|" in name)
        return frozenset(one for names in named for one in names[:2] if one in ROWS)

    def _changed(self, prefix: str) -> dict[str, str]:
        """What merely stood there is not said again: another may have said more since."""
        seen = self.seen or {}
        told = self._by_element(prefix).items()
        return {one: text for one, text in told if text != seen.get(f"{prefix}{one}", (0, ""))[1]}

    def _by_element(self, prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): text.strip()
            for name, text in self.data.items()
            if name.startswith(prefix)
        }


def _seen(text: str) -> dict[str, tuple[int, str]] | None:
    """Name of a box -> its version and what stood in it; None when the page said nothing usable."""
    try:
        return {name: (int(version), str(shown)) for name, (version, shown) in _pairs(text)}
    except (TypeError, ValueError):
        return None


def _pairs(text: str) -> list[tuple[str, tuple[int, str]]]:
    held = json.loads(text)
    if not isinstance(held, dict):
        raise TypeError
    return list(held.items())


class SheetForm:
    """The boxes of a sheet as they are shown.

    Boxes in `conflicts` were changed by somebody else since the page in `typed` was opened: they
    show what was typed, and what was kept beside it. `closes`: a long form is shown a section at a
    time.
    """

    def __init__(
        self,
        sheet: Sheet,
        typed: Typed | None = None,
        conflicts: Collection[Cell] = (),
        opened: Collection[str] = (),
        *,
        closes: bool = False,
    ) -> None:
        self.sheet = sheet
        self.typed = typed
        self.conflicts = conflicts
        self.opened = opened
        self.closes = closes

    @cached_property
    def sections(self) -> tuple[Folded, ...]:
        """The parts of the sheet with the rows that are shown of each."""
        sent = self.typed.elements if self.typed else ()
        return fold(self.sheet, self.opened, sent, closes=self.closes)

    @property
    def seen(self) -> str:
        """What this page shows, reasons too, for the save that follows; blanks are left out."""
        rows = [row for section in self.sections for row in section.rows]
        shown = {box.name: self._seen(box) for row in rows for box in row.typed}
        for row in rows:
            shown[f"{REASON}{row.element}"] = (0, row.reason)
            shown[f"{ABSENT}{row.element}"] = (0, row.absent)
        return json.dumps({name: one for name, one in shown.items() if one != (0, "")})

    @property
    def unsaved_lines(self) -> dict[str, int]:
        """Rows of closed sections with what was proposed and not saved of them, summed up."""
        rows = [row for section in self.sections for row in section.lines]
        return {row.element: row.unsaved for row in rows if row.unsaved is not None}

    @property
    def closed(self) -> str:
        """The same for the sending that follows: Typed.closed."""
        return json.dumps(self.unsaved_lines)

    def _seen(self, box: Box) -> tuple[int, str]:
        if self.in_conflict(box) and self.typed:
            return (self.typed.seen or {}).get(box.name, (0, ""))
        return (box.version, box.shown)

    @property
    def comments(self) -> dict[Cell, str]:
        """What was asked of cells, where the page that said so was refused."""
        return self.typed.comments if self.typed else {}

    @property
    def unsaved(self) -> list[tuple[str, str, str]]:
        """Row, cell and text of what was typed on a page whose save was refused."""
        if self.typed is None:
            return []
        known = {
            (box.element, box.part): (row, box) for row in self.sheet.rows for box in row.boxes
        }
        return [
            (row.label, box.label, self.typed.data[box.name])
            for cell, edit in self.typed.edits.items()
            if edit.touched and cell in known
            for row, box in [known[cell]]
            if self.typed.data[box.name].strip() != box.entry.shown
        ]

    def in_conflict(self, box: Box) -> bool:
        return (box.element, box.part) in self.conflicts

    def shown(self, box: Box) -> str:
        """What stands in the box: in a conflict what was typed, else what is known."""
        if self.in_conflict(box) and self.typed:
            return self.typed.data.get(box.name, "")
        return box.shown

    def complaint(self, box: Box) -> str:
        return "" if self.in_conflict(box) else box.complaint

    def reason_shown(self, row: Row) -> str:
        return row.reason

    def findings(self, row: Row) -> list[Finding]:
        """The checks that are shown at the row."""
        return [found for found in self.sheet.findings if found.element == row.element]

    def is_doubted(self, row: Row, box: Box) -> bool:
        """Whether a check that stops the sending points at the box."""
        return any(box.part in f.parts for f in self.findings(row) if not f.warning)

    @property
    def address(self) -> str:
        """Of the report's page."""
        report = self.sheet.report
        parts = [report.form_code, report.facility.code, report.period]
        return reverse("reporting:report", args=parts)

    @cached_property
    def _closed(self) -> dict[str, str]:
        """Element -> the section, for rows of closed ones."""
        return {row.element: part.name for part in self.sections for row in part.lines}

    def where(self, row: Row, box: Box | None = None) -> str:
        """The address of the row or box on the page; where it opens a closed section, that of the
        report too: the page of a step that was refused stands elsewhere."""
        at = f"{box.element}-{box.part.replace(':', '-')}" if box else f"baris-{row.element}"
        closed = self._closed.get(row.element)
        return f"{self.address}?buka={closed}#{at}" if closed else f"#{at}"

    def needs(self, row: Row) -> str:
        """What is still to be done in a row that is shown without its boxes; empty if nothing."""
        blanks = sum(b.entry.is_blank and not b.is_prefilled for b in row.typed)
        if any(b.complaint for b in row.boxes) or any(not f.warning for f in self.findings(row)):
            return _("Perlu diperbaiki")
        if row.comments:
            return _("Ada komentar")
        if row.asks_why and not row.reason:
            return _("Perlu alasan")
        if blanks:
            return _("%(count)s kosong") % {"count": blanks}
        return _("Belum disimpan") if any(b.is_prefilled for b in row.typed) else ""

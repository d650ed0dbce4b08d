"""The rows of a lokmin as its pages and its script know them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from django.utils.translation import gettext as _

from reporting.actions.meetings import MEETING_LIMITS, ROW_LIMITS, text_of
from reporting.models import FollowUp, Meeting
from reporting.models.follow_ups import State

BETWEEN = "|"  # in the names of boxes: key of the row, code of the indicator, field
SEEN = "tampil"


@dataclass(frozen=True)
class Line:
    """A row: what stands in its boxes, and a word for what became of it."""

    key: str
    code: str
    cells: dict[str, str]
    word: str = ""
    is_closed: bool = False

    def name(self, field: str) -> str:
        return BETWEEN.join((self.key, self.code, field))


def line_of(row: FollowUp) -> Line:
    cells = {name: text_of(row, name) for name in ROW_LIMITS}
    return Line(str(row.key), row.indicator, cells, word_of(row), row.is_closed)


def blank(code: str) -> Line:
    """A row that is not there yet: its key is, so that sending it twice keeps it once."""
    return Line(str(uuid4()), code, dict.fromkeys(ROW_LIMITS, ""))


def seen_of(lines: Iterable[Line], meeting: Meeting | None) -> str:
    """What stands in the boxes of a page, for the form that is sent without a script."""
    shown = {line.name(field): text for line in lines for field, text in line.cells.items()}
    own = {BETWEEN.join(("", "", name)): getattr(meeting, name, "") for name in MEETING_LIMITS}
    return json.dumps(shown | own)


def word_of(row: FollowUp) -> str:
    """What stands beside a row: what it lacks, or whom it has reached."""
    if row.state == State.DRAFT:
        lacks = {
            _("masalah"): row.problem,
            _("tindakan"): row.action,
            _("PJ"): row.owner_name,
            _("batas"): row.due_on,
        }
        return _("belum: %(what)s") % {"what": ", ".join(k for k, v in lacks.items() if not v)}
    if row.state != State.OPEN:
        return str(row.get_state_display())
    return _("✓ di Beranda PJ") if row.owner_id else _("✓ tanpa akun")

"""What happened to a place: where it hung, its names, how far it was with ILP, who served."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from facilities.models import Assignment, Facility, IlpStatus, Placement
from ilp.core import formats
from ilp.core.models import AuditEvent


@dataclass(frozen=True)
class Happened:
    """One line: since when, what kind of change, in words; `until` where it ended."""

    on: date
    what: str
    text: str
    until: date | None = None


def history(*, of: Facility, with_roles: bool) -> list[Happened]:
    """The newest first. Four queries, three without the roles; roles name persons."""
    lines = [*_life(of), *_placed(of), *_renamed(of), *_ilp(of)]
    if with_roles:
        lines += _roles(of)
    return sorted(lines, key=lambda line: (line.on, line.what), reverse=True)


def _life(of: Facility) -> Iterable[Happened]:
    yield Happened(of.opened_on, _("Buka"), _("Tempat mulai melayani"))
    if of.closed_on:
        into = of.successor
        text = _("Digabung ke %s") % into if into else _("Tidak menerima laporan lagi")
        yield Happened(of.closed_on, _("Tutup"), text)


def _placed(of: Facility) -> Iterable[Happened]:
    for row in Placement.objects.filter(facility=of).select_related("parent"):
        upper = row.valid.upper
        yield Happened(
            row.valid.lower or of.opened_on,
            _("Induk"),
            _("%(axis)s: di bawah %(parent)s")
            % {"axis": row.get_axis_display(), "parent": row.parent},
            upper - timedelta(days=1) if upper else None,
        )


def _renamed(of: Facility) -> Iterable[Happened]:
    events = AuditEvent.objects.filter(
        subject=Facility._meta.label, subject_id=str(of.pk), event="place.renamed"
    )
    for event in events:
        names = {"before": event.detail.get("before", ""), "after": event.detail.get("after", "")}
        text = _("“%(before)s” menjadi “%(after)s”") % names
        yield Happened(timezone.localdate(event.at), _("Nama"), text)


def _ilp(of: Facility) -> Iterable[Happened]:
    for row in IlpStatus.objects.filter(facility=of, cancelled_at=None):
        told = ", ".join(filter(None, (row.evidence, row.decree and f"SK {row.decree}")))
        text = f"{row.get_state_display()} ({told})" if told else str(row.get_state_display())
        yield Happened(row.since, _("ILP"), text)


def _roles(of: Facility) -> Iterable[Happened]:
    for row in Assignment.objects.filter(facility=of).select_related("user"):
        name = row.user.get_full_name() or row.user.username
        yield Happened(row.starts_on, _("Peran"), f"{row.get_role_display()}: {name}", row.ends_on)


def period_of(line: Happened) -> str:
    """ "12 Mei 2025", or from day to day."""
    if line.until is None:
        return formats.day(line.on)
    return f"{formats.day(line.on)} – {formats.day(line.until)}"

"""The whole demo in order. Each step is left out when an earlier run has done it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Sum
from django.utils import timezone

from clusters.models import VISITS, Person, Upload
from clusters.selectors.pending import pending
from facilities.models import Facility
from ilp.core.models import AuditEvent
from ilp.core.months import Month
from reporting.actions.demo import note_demo
from reporting.actions.roll_up import roll_up_changed
from reporting.demo.accounts import accounts, open_accounts
from reporting.demo.district import live
from reporting.demo.door import Door
from reporting.demo.family_reports import file_family_reports
from reporting.demo.letterheads import head_letters
from reporting.demo.meetings import hold_meetings
from reporting.demo.needs import assess_needs
from reporting.demo.places import DISTRICT, Puskesmas, known_places, open_places, plan
from reporting.demo.progress import Progress
from reporting.demo.releases import release_months
from reporting.demo.reports import file_reports
from reporting.demo.rollout import record_rollout
from reporting.demo.sasaran import Key, set_sasaran
from reporting.demo.sending import send_in_time
from reporting.demo.sizes import Size
from reporting.demo.span import Span
from reporting.demo.workbooks import write_books

LOOK_EVERY = 0.25
"""Seconds between two looks at the roll-up's list while a worker empties it."""


class OtherSize(Exception):  # noqa: N818 - says what was found
    """A demo district of another size stands here already."""


@dataclass(frozen=True)
class Request:
    """What is asked for. `folder` gets the workbooks, `accounts` the passwords."""

    size: Size
    seed: int
    folder: Path
    accounts: Path | None


@dataclass(frozen=True)
class Facts:
    """What the demo holds: last month with data, and visits."""

    month: Month
    visits: int
    people: int


def seed(request: Request, progress: Progress) -> None:
    """Build the district, or what is missing of it. Raises OtherSize."""
    places = known_places()
    noted = _noted()
    planned = plan(request.size)
    if places and _is_other(request.size, len(places), planned, noted):
        raise OtherSize
    if not places:
        places = open_places(planned)
    progress.done("Tempat", len(places))
    progress.done("Akun", _accounts(request, planned, places))
    if noted is None:
        _fill(request, planned, places, progress)


def facts() -> Facts | None:
    """What there is; None before the demo was built."""
    noted = _noted()
    if noted is None:
        return None
    visits = sum(model.objects.standing().count() for model in VISITS.values())
    return Facts(Month.parse(noted.detail["month"]), visits, Person.objects.count())


def counts() -> dict[str, int]:
    """Files handed in for the demo, and rows that were refused in them."""
    uploads = Upload.objects.filter(facility__in=known_places().values(), created_by=None)
    return {
        "files": uploads.count(),
        "rejected": uploads.aggregate(rows=Sum("rejected", default=0))["rows"],
    }


def last_full_month() -> Month:
    return Month.of(timezone.localdate()).plus(-1)


def _noted() -> AuditEvent | None:
    return AuditEvent.objects.filter(event="demo.built").order_by("-pk").first()


def _is_other(
    size: Size, standing: int, planned: tuple[Puskesmas, ...], noted: AuditEvent | None
) -> bool:
    """Whether the district was built in another size; places may have come and gone since."""
    return standing != _count(planned) if noted is None else noted.detail["size"] != size.code


def _count(planned: tuple[Puskesmas, ...]) -> int:
    """District, kecamatan and Puskesmas, villages, Pustu and Posyandu."""
    villages = [village for one in planned for village in one.villages]
    below = sum(1 + bool(village.pustu) + len(village.posyandu) for village in villages)
    return 1 + 2 * len(planned) + below


def _accounts(request: Request, planned: tuple[Puskesmas, ...], places: dict[str, Facility]) -> int:
    wanted = accounts(planned[0])
    open_accounts(wanted, places, request.accounts)
    return len(wanted)


def _fill(
    request: Request,
    planned: tuple[Puskesmas, ...],
    places: dict[str, Facility],
    progress: Progress,
) -> None:
    span = Span.ending(last_full_month())
    door = Door(places)
    sasaran: dict[Key, int] = {}
    for number, centre in enumerate(live(planned, request.size, request.seed, span), start=1):
        for book in write_books(centre, request.size, span, request.seed, request.folder):
            door.hand_in(book)
        sasaran |= centre.sasaran
        progress.bar("Berkas Excel dibuat dan diunggah", number, len(planned))
    set_sasaran(places[DISTRICT], sasaran, span, request.seed)
    progress.done("ILP dan sasaran", record_rollout(planned, places, span.last, request.seed))
    door.wait(lambda done, total: progress.bar("Berkas diterima", done, total))
    _roll_up(progress)
    heads = head_letters(planned, places, span.last, request.seed)
    progress.done("Kop dan penanda tangan", heads)
    assess_needs(
        planned,
        places,
        request.seed,
        lambda done, total: progress.bar("Kebutuhan dinilai", done, total),
    )
    filed = file_reports(planned, places, span.last, request.seed, request.size)
    progress.done("Laporan F1", filed)
    progress.done("Laporan KB", file_family_reports(planned, places, span.last, request.seed))
    send_in_time(places, request.seed)
    _roll_up(progress)
    release_months(
        places[DISTRICT], span.last, lambda done, total: progress.bar("Bulan dirilis", done, total)
    )
    progress.done("Lokmin", hold_meetings(planned, places, span.last))
    note_demo(
        district=places[DISTRICT], size=request.size.code, seed=request.seed, month=span.last,
        by=None,
    )  # fmt: skip


def _roll_up(progress: Progress) -> None:
    """Bring the totals up to date, together with a worker that may be at it already."""
    cells = roll_up_changed().cells
    while pending().count:
        time.sleep(LOOK_EVERY)
        cells += roll_up_changed().cells
    progress.done("Rekap", cells)

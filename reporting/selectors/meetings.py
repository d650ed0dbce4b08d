"""A lokmin as it is shown: which meeting, its slides, what the last one came to, its minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from facilities.models import Facility
from facilities.selectors.letterheads import Head, Signer, head_of, signers
from ilp.core import formats
from ilp.core.counting import counted
from ilp.core.months import Month
from reporting.catalogue import SPM, Indicator, NoIndicator
from reporting.catalogue.thresholds import Standing
from reporting.models import FollowUp, Meeting
from reporting.models.follow_ups import State
from reporting.selectors.book import Book
from reporting.selectors.breakdown import Part, breakdown
from reporting.selectors.follow_ups import Named, Outcome, last_meeting, named, outcome
from reporting.selectors.places import Place, children
from reporting.selectors.releases import stamp_of
from reporting.selectors.scores import Score, scores

K = Facility.Kind
MEET = (K.DISTRICT, K.PUSKESMAS)  # the kinds of place that hold lokakarya mini
AT_EACH_END = 5
LISTED = 36  # meetings, on the page that lists them


@dataclass(frozen=True)
class Sitting:
    """Which meeting: of a place, about a month, on a day. Nothing is stored of it until something
    is written in it."""

    place: Facility
    month: Month
    held_on: date
    codes: tuple[str, ...]
    meeting: Meeting | None = None

    @property
    def as_place(self) -> Place:
        return Place(self.place.pk, self.place.code, self.place.name, self.place.kind)


@dataclass(frozen=True)
class Slide:
    """One indicator: the verdict, the places at both ends, what was agreed before and now."""

    indicator: Indicator
    score: Score
    first: tuple[Part, ...]
    last: tuple[Part, ...]
    is_cut: bool  # whether there are places between the two
    parts: tuple[Part, ...]  # all of them, for the PWS graph
    silent: int  # places that did not report
    before: Outcome


def sitting_of(
    *, place: Facility, month: Month, held_on: date, asked: Sequence[str], book: Book
) -> Sitting:
    """The meeting with the slides that the address asks for, else its own, else the minimum
    service standards. One query."""
    found = Meeting.objects.filter(facility=place, month=month, held_on=held_on)
    meeting = found.select_related("release", "opened_by").first()
    listed = book.on(month.last_day)
    wanted = [code for code in asked if code in listed]
    wanted = wanted or [code for code in (meeting.codes if meeting else ()) if code in listed]
    wanted = wanted or [code for code in SPM.values() if code in listed]
    return Sitting(place, month, held_on, tuple(dict.fromkeys(wanted)), meeting)


def slide(*, sitting: Sitting, code: str, kind: str, book: Book, today: date) -> Slide:
    """Nine queries at most."""
    one = book.find(code, sitting.month.last_day)
    place = sitting.as_place
    found = scores(places=[place.pk], indicators=[one], month=sitting.month)
    below = children(of=place, kind=kind, month=sitting.month) if kind else []
    parts = breakdown(indicator=one, places=below, month=sitting.month) if below else []
    first, last, is_cut = ends(parts)
    return Slide(
        one,
        found[place.pk, code],
        first,
        last,
        is_cut,
        tuple(parts),
        sum(part.now.standing is Standing.NOT_REPORTED for part in parts),
        before(sitting=sitting, code=code, today=today),
    )


def ends(parts: Sequence[Part]) -> tuple[tuple[Part, ...], tuple[Part, ...], bool]:
    """All places in two halves where they are few, else the best and the worst of those that
    reported. Pure."""
    if len(parts) <= 2 * AT_EACH_END:
        half = (len(parts) + 1) // 2
        return tuple(parts[:half]), tuple(parts[half:]), False
    ranked = [part for part in parts if part.rank is not None]
    return tuple(ranked[:AT_EACH_END]), tuple(ranked[AT_EACH_END:][-AT_EACH_END:]), True


def verdict(score: Score) -> str:
    """The title of a slide: "Balita: 36,2%, target 41,7%, kurang 4.744 orang". Pure."""
    one = score.indicator
    if absent := _absent(score):
        return f"{one.label}: {absent}"
    said = f"{one.label}: {formats.amount(score.value, one.unit, score.target_now)}"
    if score.target_now is None:
        return said
    said += _(", target %(target)s") % {"target": formats.amount(score.target_now, one.unit)}
    if score.standing is Standing.MINUS:
        return said + _(", angka minus tidak dinilai")
    if score.standing is Standing.MET:
        return said + _(", tercapai")
    if score.short_by:
        return said + counted(", kurang %(count)s orang", score.short_by)
    return said + _(", belum tercapai")


def _absent(score: Score) -> str:
    words = {
        "BL": _("belum dilaporkan"),
        "TJ": _("tidak jatuh tempo bulan ini"),
        "TA": _("tidak berlaku di sini"),
    }
    if score.absent:
        return words[score.absent]
    return "" if score.value is not None else _("penyebut belum ditetapkan")


def before(*, sitting: Sitting, code: str, today: date) -> Outcome:
    """What was set about the indicator earlier, by this office or for this place: all that is not
    over, and what was finished since the meeting before. Two queries."""
    earlier = last_meeting(place=sitting.place, before=sitting.held_on)
    mine = Q(office=sitting.place) | Q(facility=sitting.place)
    since = Q(state=State.OPEN)
    if earlier is not None:
        begun = timezone.make_aware(datetime.combine(earlier.held_on, time.min))
        since |= Q(closed_at__gte=begun) | Q(meeting=earlier)
    rows = FollowUp.objects.agreed().filter(mine, since, indicator=code)
    rows = rows.filter(made_on__lte=sitting.held_on).select_related("facility", "owner")
    if sitting.meeting is not None:
        rows = rows.exclude(meeting=sitting.meeting)
    listed = sorted(rows, key=lambda row: (row.is_closed, row.due_on, row.pk))
    return outcome(listed, meeting=earlier, today=today)


def agreed(*, meeting: Meeting | None, code: str = "") -> list[FollowUp]:
    """The rows of a meeting, also those that are not complete; of one indicator or of all. One
    query."""
    if meeting is None:
        return []
    rows = FollowUp.objects.filter(meeting=meeting).select_related("owner", "facility")
    return list((rows.filter(indicator=code) if code else rows).order_by("pk"))


def meetings(*, place: Facility) -> list[Meeting]:
    """The newest first, each with how much it `agreed` on and how much of that is `done`. One
    query."""
    complete = Count("follow_ups", filter=~Q(follow_ups__state=State.DRAFT))
    done = Count("follow_ups", filter=Q(follow_ups__state=State.DONE))
    rows = Meeting.objects.filter(facility=place).annotate(agreed=complete, done=done)
    return list(rows.order_by("-held_on", "-pk")[:LISTED])


@dataclass(frozen=True)
class Minutes:
    """What is printed of a meeting: complete agreements in the order of its slides."""

    meeting: Meeting
    head: Head
    rows: tuple[Named, ...]
    unfinished: int  # rows that nobody completed, and that are not printed
    past: Outcome  # of the meeting before
    signers: tuple[Signer, Signer]
    data: str  # which numbers were shown

    @property
    def dated(self) -> str:
        return f"{self.head.town}, {formats.day(self.meeting.held_on)}"

    @property
    def present(self) -> list[str]:
        return [line.strip() for line in self.meeting.attendants.splitlines() if line.strip()]


def minutes(*, meeting: Meeting, today: date) -> Minutes:
    """Eight queries at most. It is signed by who was head on the day, and by who wrote it."""
    place, day = meeting.facility, meeting.held_on
    order = {code: at for at, code in enumerate(meeting.codes)}
    rows = sorted(agreed(meeting=meeting), key=lambda row: order.get(row.indicator, len(order)))
    complete = [row for row in rows if row.state != State.DRAFT]
    earlier = last_meeting(place=place, before=day)
    past = FollowUp.objects.agreed().filter(meeting=earlier) if earlier else ()
    writer = meeting.opened_by.called if meeting.opened_by else ""
    head, _officer = signers(place=place, programme="", on=day)
    return Minutes(
        meeting=meeting,
        head=head_of(place=place, on=day),
        rows=tuple(named(complete)),
        unfinished=len(rows) - len(complete),
        past=outcome(past, meeting=earlier, today=today),
        signers=(head, Signer(_("Notulis"), writer)),
        data=stamp_of(meeting.release).sentence if meeting.release else _("Data sementara"),
    )


def indicators_of(sitting: Sitting, book: Book) -> list[Indicator]:
    """What the slides are about, in their order."""
    found = []
    for code in sitting.codes:
        try:
            found.append(book.find(code, sitting.month.last_day))
        except NoIndicator:  # ended since the meeting
            continue
    return found

"""A place assesses itself, its Dinas verifies or returns; what was verified is locked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from facilities.access import require
from facilities.models import Assessment, AssessmentRow, Facility, StandardItem
from facilities.roles import Permission
from facilities.selectors.assessments import asked, first_year
from ilp.core import audit
from ilp.core.counting import counted_lazy
from ilp.core.errors import DomainError
from ilp.core.models import User

State = Assessment.State
NUMBERS = ("present", "good", "light", "heavy")
NAMED = 3  # items that a sentence names


class NotAssessed(DomainError):
    code = "assessment-not-asked"
    text = _("%(place)s tidak punya standar yang dinilai pada %(year)s. Minta Dinas mengisinya.")


class YearClosed(DomainError):
    code = "assessment-year"
    text = _("Penilaian dapat diisi untuk tahun %(first)s sampai %(last)s. Pilih tahun lain.")


class AssessmentLocked(DomainError):
    code = "assessment-locked"
    text = _("Penilaian ini %(state)s, jadi terkunci. Minta Dinas mengembalikannya bila keliru.")


class AssessmentChanged(DomainError):
    code = "assessment-changed"
    text = _(
        "Penilaian ini baru saja disimpan orang lain. Isian Anda tidak hilang: bandingkan, lalu "
        "ulangi."
    )


class AssessmentIncomplete(DomainError):
    code = "assessment-incomplete"
    text = counted_lazy(
        "%(count)s baris belum lengkap (%(names)s). Isi ada, baik, dan rusak; nihil ditulis 0."
    )


class DoesNotAddUp(DomainError):
    code = "assessment-does-not-add-up"
    text = counted_lazy(
        "%(count)s baris tidak cocok (%(names)s): baik + rusak ringan + rusak berat harus sama "
        "dengan ada."
    )


class NotSent(DomainError):
    code = "assessment-not-sent"
    text = _("Penilaian ini %(state)s, jadi belum dapat diperiksa. Muat ulang halaman.")


class NoReason(DomainError):
    code = "assessment-no-reason"
    text = _("Tulis komentar pada paling sedikit satu baris, atau catatan di bawah.")


@dataclass(frozen=True)
class Entry:
    """What was said of one item; None is not filled in yet."""

    present: int | None
    good: int | None
    light: int | None
    heavy: int | None
    note: str = ""


@transaction.atomic
def save_assessment(
    *, facility: Facility, year: int, entries: Mapping[int, Entry], version: int, by: User | None
) -> Assessment:
    """Keep what was typed, by id of the item; numbers need not add up before it is sent.

    `version`: the one that was read, 0 where there was none.
    """
    require(by, Permission.KEEP_REGISTERS, facility)
    today = timezone.localdate()
    first, last = first_year(today), today.year
    if not first <= year <= last:
        raise YearClosed(first=first, last=last)
    items = {item.pk: item for item in asked(place=facility, year=year, today=today)}
    if not items:
        raise NotAssessed(place=facility, year=year)
    Assessment.objects.get_or_create(facility=facility, year=year)
    row = Assessment.objects.select_for_update(of=("self",)).get(facility=facility, year=year)
    _require_editable(row)
    _require_unchanged(row, version)
    _write(row, items, entries)
    row.version += 1
    row.save(update_fields=["version"])
    filled = sum(entry.present is not None for entry in entries.values())
    audit.record("assessment.saved", by=by, subject=row, year=year, filled=filled)
    return row


@transaction.atomic
def send_assessment(*, assessment: Assessment, by: User | None) -> Assessment:
    """Hand it to the Dinas: every item whole, and every row adding up."""
    require(by, Permission.KEEP_REGISTERS, assessment.facility)
    row = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    _require_editable(row)
    items = asked(place=assessment.facility, year=row.year, today=timezone.localdate())
    said = {one.item_id: one for one in row.rows.filter(item__in=items)}
    blank = [item for item in items if not is_whole(said.get(item.pk))]
    if blank:
        raise AssessmentIncomplete(count=len(blank), names=_names(blank))
    wrong = [item for item in items if not adds_up(said[item.pk])]
    if wrong:
        raise DoesNotAddUp(count=len(wrong), names=_names(wrong))
    row.rows.exclude(item__in=items).delete()  # of items that are asked no more
    row.rows.update(settled=True)
    row.state, row.sent_at = State.SENT, timezone.now()
    row.version += 1
    row.save(update_fields=["state", "sent_at", "version"])
    audit.record("assessment.sent", by=by, subject=row, year=row.year, rows=len(items))
    return row


@transaction.atomic
def verify_assessment(*, assessment: Assessment, version: int, by: User | None) -> Assessment:
    """The Dinas finds right what it read, which is `version`; from now on it is locked."""
    row = _checked(assessment, (State.SENT,), version, by)
    row.state, row.remark = State.VERIFIED, ""
    row.rows.update(comment="")
    _keep(row)
    audit.record("assessment.verified", by=by, subject=row, year=row.year)
    return row


@transaction.atomic
def return_assessment(
    *,
    assessment: Assessment,
    comments: Mapping[int, str],
    remark: str,
    version: int,
    by: User | None,
) -> Assessment:
    """Back to the place with what is to be put right, by id of the item; a verified one too."""
    row = _checked(assessment, (State.SENT, State.VERIFIED), version, by)
    said = {item: text.strip()[:200] for item, text in comments.items() if text.strip()}
    row.remark = remark.strip()[:300]
    if not (said or row.remark):
        raise NoReason
    for one in row.rows.all():
        one.comment, one.settled = said.get(one.item_id, ""), False
        one.save(update_fields=["comment", "settled"])
    row.state = State.RETURNED
    _keep(row)
    audit.record("assessment.returned", by=by, subject=row, year=row.year, rows=len(said))
    return row


def is_whole(row: AssessmentRow | Entry | None) -> bool:
    return row is not None and all(getattr(row, name) is not None for name in NUMBERS)


def adds_up(row: AssessmentRow | Entry) -> bool:
    return row.present == (row.good or 0) + (row.light or 0) + (row.heavy or 0)


def _write(
    row: Assessment, items: Mapping[int, StandardItem], entries: Mapping[int, Entry]
) -> None:
    rows = [
        AssessmentRow(
            assessment=row, item=items[pk], standard=items[pk].number,
            **(asdict(entry) | {"note": entry.note.strip()[:200]}),
        )
        for pk, entry in entries.items()
        if pk in items
    ]  # fmt: skip
    AssessmentRow.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["assessment", "item"],
        update_fields=["standard", *NUMBERS, "note"],
    )


def _require_editable(row: Assessment) -> None:
    if not row.is_editable:
        raise AssessmentLocked(state=str(row.get_state_display()).lower())


def _require_unchanged(row: Assessment, version: int) -> None:
    if row.version != version:
        raise AssessmentChanged


def _checked(
    assessment: Assessment, states: tuple[str, ...], version: int, by: User | None
) -> Assessment:
    require(by, Permission.APPROVE, assessment.facility)
    row = Assessment.objects.select_for_update(of=("self",)).get(pk=assessment.pk)
    if row.state not in states:
        raise NotSent(state=str(row.get_state_display()).lower())
    _require_unchanged(row, version)
    return row


def _keep(row: Assessment) -> None:
    row.checked_at = timezone.now()
    row.version += 1
    row.save(update_fields=["state", "checked_at", "remark", "version"])


def _names(items: list[StandardItem]) -> str:
    named = ", ".join(item.name for item in items[:NAMED])
    return f"{named}, …" if len(items) > NAMED else named

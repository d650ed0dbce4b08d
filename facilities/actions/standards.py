"""What kinds of places shall have: added and ended with a day, never rewritten."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from facilities import registry
from facilities.access import require
from facilities.actions.letterheads import one_line
from facilities.models import Facility, Group, StandardItem, Worker
from facilities.roles import Permission
from ilp.core import audit
from ilp.core.errors import DomainError
from ilp.core.languages import in_indonesian
from ilp.core.models import User


class StandardIncomplete(DomainError):
    code = "standard-incomplete"
    text = _("Isi nama, satuan, dan sumber standar. Sumber membuat orang percaya angkanya.")


class NotAWorker(DomainError):
    code = "standard-not-a-worker"
    text = _("Pilih jenis tenaga untuk kelompok SDM, dan hanya untuk kelompok itu.")


class StandardTaken(DomainError):
    code = "standard-taken"
    text = _("%(name)s sudah mempunyai standar pada tanggal itu. Akhiri dahulu yang lama.")


class StandardEnded(DomainError):
    code = "standard-ended"
    text = _("%(name)s sudah berakhir. Muat ulang halaman.")


class EndsBeforeItBegan(DomainError):
    code = "standard-ends-before"
    text = _("Tanggal berakhir harus sesudah %(since)s, hari standar ini mulai berlaku.")


@dataclass(frozen=True)
class NewStandard:
    """One item as it is written down; `worker` is given for staff alone, and names it."""

    kind: str
    beds: str
    group: str
    name: str
    unit: str
    number: int
    price: int | None
    source: str
    certainty: str
    since: date
    worker: str = ""


@transaction.atomic
def add_standard(*, district: Facility, new: NewStandard, by: User | None) -> StandardItem:
    """Say what a kind of place shall have from a day on."""
    require(by, Permission.MANAGE_TARGETS, district)
    if (new.group == Group.STAFF) != (new.worker in Worker.values):
        raise NotAWorker
    name = _called(new.worker) if new.worker else one_line(new.name)
    unit, source = one_line(new.unit), one_line(new.source)
    code = new.worker or slugify(name)[:32]
    if not (code and unit and source):
        raise StandardIncomplete
    given = asdict(new) | {"name": name, "unit": unit, "source": source}
    del given["worker"]
    item = StandardItem(district=district, code=code, recorded_by=by, **given)
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as clash:
        raise StandardTaken(name=name) from clash
    _note("standard.added", item, by)
    return item


@in_indonesian
def _called(worker: str) -> str:
    return str(Worker(worker).label)


@transaction.atomic
def end_standard(*, item: StandardItem, until: date, by: User | None) -> StandardItem:
    """Say from which day on an item is asked no more; assessments that were sent keep it."""
    require(by, Permission.MANAGE_TARGETS, item.district)
    row = StandardItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if row.until is not None:
        raise StandardEnded(name=row.name)
    if until < row.since:
        raise EndsBeforeItBegan(since=row.since)
    row.until = until
    row.save(update_fields=["until"])
    _note("standard.ended", row, by, until=str(until))
    return row


@transaction.atomic
def load_standards(*, district: Facility, since: date, by: User | None) -> int:
    """Take over what the reference gives, once; how many are new. Ended ones stay ended."""
    require(by, Permission.MANAGE_TARGETS, district)
    Facility.objects.select_for_update(of=("self",)).get(pk=district.pk)  # one after the other
    held = set(district.standard_items.values_list("kind", "beds", "code"))
    new = [
        StandardItem(district=district, since=since, recorded_by=by, **asdict(one))
        for one in registry.known_standards()
        if (one.kind, one.beds, one.code) not in held
    ]
    StandardItem.objects.bulk_create(new)
    if new:
        audit.record("standard.loaded", by=by, subject=district, new=len(new), since=str(since))
    return len(new)


def _note(event: str, item: StandardItem, by: User | None, **more: str) -> None:
    audit.record(
        event, by=by, subject=item, code=item.code, kind=item.kind, number=item.number,
        since=str(item.since), **more,
    )  # fmt: skip

"""Uploads as the pages show them: what is under way, what was wrong, what was sent before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, F, Min, Q, QuerySet, Value, When
from django.utils import timezone

from clusters.models import PartialUpload, Upload, UploadIssue
from facilities.access import posts
from facilities.models import Facility
from facilities.roles import Permission
from ilp.core.models import User
from ilp.core.months import Month

SHOWN = 50
BY_VALUE = ("unknown-home", "ambiguous-home", "unknown-place")  # each means another place
EXAMPLES = 5
Status = Upload.Status


@dataclass(frozen=True)
class IssueGroup:
    """Rows of an upload that are wrong in the same way, put right in the same way."""

    code: str
    column: str
    name: str
    value: str  # of them all, where each value is put right by itself; else ""
    reason: str
    rows: int
    examples: tuple[int, ...]
    values: tuple[str, ...]  # some of what the cells hold, as far as it may be shown


def unfinished(stale: timedelta) -> list[tuple[int, str]]:
    """Uploads that wait for a worker, or whose worker has not been heard of for that long."""
    old = timezone.now() - stale
    waiting = Q(status__in=(Status.WAITING, Status.ACCEPTED), claimed_at=None)
    left = Q(status__in=(Status.CHECKING, Status.ACCEPTED), claimed_at__lt=old)
    return list(Upload.objects.filter(waiting | left).order_by("pk").values_list("pk", "status"))


def past_keeping(before: datetime) -> QuerySet[Upload]:
    """Uploads at rest since before that time whose original is still kept, the oldest first."""
    working = (Status.WAITING, Status.CHECKING, Status.ACCEPTED)
    old = Upload.objects.filter(created_at__lt=before, file_deleted_at=None)
    old = old.filter(Q(finished_at=None) | Q(finished_at__lt=before))
    return old.exclude(status__in=working).exclude(file="").order_by("pk")


def uploads_of(user: User) -> QuerySet[Upload]:
    """Uploads of the places where the user records, newest first."""
    mine = Upload.objects.visible_to(user, Permission.RECORD)
    return mine.select_related("facility", "created_by").order_by("-created_at", "-pk")


def received(user: User, key: str) -> int:
    """How many bytes of a file have come from the user."""
    found = PartialUpload.objects.filter(created_by=user, key=key).values_list(
        "received", flat=True
    )
    return found.first() or 0


def ahead_of(upload: Upload) -> int:
    """How many uploads wait or are worked on before this one."""
    busy = (Status.WAITING, Status.CHECKING, Status.ACCEPTED)
    return Upload.objects.filter(status__in=busy, pk__lt=upload.pk).count()


def effect_of(upload: Upload) -> list[tuple[Month, int, int, int]]:
    """What accepting a preview comes to: months with visits before, after, and how many differ."""
    found = upload.headers.get("months", ()) if upload.status == Status.PREVIEWED else ()
    return [(Month.parse(month), *counts) for month, *counts in found]


def sent_before(upload: Upload) -> Upload | None:
    """The last upload that brought the very same file for the same place, if it was accepted."""
    same = Upload.objects.filter(
        sha256=upload.sha256, facility=upload.facility, service=upload.service, status=Status.DONE
    )
    return same.filter(pk__lt=upload.pk).select_related("created_by").order_by("-pk").first()


def issue_groups(upload: Upload, *, warnings: bool) -> list[IssueGroup]:
    """What is wrong by kind and remedy, the most frequent first; the reason is that of one row."""
    each = Case(When(code__in=BY_VALUE, then=F("value")), default=Value(""))
    rows = (
        upload.issues.filter(is_warning=warnings)
        .annotate(each=each)
        .values("code", "column", "name", "each")
        .annotate(
            rows=Count("pk"),
            numbers=ArrayAgg("row", order_by=[F("row")]),
            values_=ArrayAgg("value", distinct=True),
            said=Min("reason"),
        )
        .order_by("-rows", "code", "column", "each")
    )
    return [
        IssueGroup(
            r["code"],
            r["column"],
            r["name"],
            r["each"],
            r["said"],
            r["rows"],
            tuple(r["numbers"][:EXAMPLES]),
            tuple(r["values_"][:SHOWN]),
        )
        for r in rows[:SHOWN]
    ]


def issues_like(
    upload: Upload, *, code: str, column: str, name: str, value: str, warnings: bool
) -> QuerySet[UploadIssue]:
    """The issues of one of the groups above."""
    found = upload.issues.filter(code=code, column=column, name=name, is_warning=warnings)
    return found.filter(value=value) if code in BY_VALUE else found


def first_issues(upload: Upload) -> QuerySet[UploadIssue]:
    """The first fifty cells to look at, refused ones before odd ones."""
    return upload.issues.order_by("is_warning", "sheet", "row", "pk")[:SHOWN]


def recording_places(user: User) -> QuerySet[Facility]:
    """Places that the user may upload for: those that supervise or give care, still open.

    Puskesmas before what they supervise, each kind by name.
    """
    kinds = (Facility.Kind.DESA, Facility.Kind.KECAMATAN, Facility.Kind.PROVINCE)
    mine = Facility.objects.visible_to(user, Permission.RECORD).exclude(kind__in=kinds)
    rank = Case(*(When(kind=kind, then=n) for n, kind in enumerate(Facility.Kind.values)))
    return mine.open_on(timezone.localdate()).order_by(rank, "name")


def own_place(user: User) -> Facility | None:
    """Where the user is posted and records: what a form begins with."""
    return recording_places(user).filter(pk__in=posts(user).values("facility")).first()

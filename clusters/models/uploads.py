"""Workbooks of visits on their way in, and what was wrong in them."""

from __future__ import annotations

import hashlib
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusters.services import SERVICES
from facilities.access import ScopedQuerySet
from facilities.models import Facility
from ilp.core.references import NEVER_DELETED


class Upload(models.Model):
    """A workbook of visits on its way in. Resumable: what it did is known by its status."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Menunggu")
        CHECKING = "checking", _("Diperiksa")
        ASKING = "asking", _("Perlu dicocokkan")
        PREVIEWED = "previewed", _("Siap diterima")
        ACCEPTED = "accepted", _("Sedang diterima")
        DONE = "done", _("Selesai")
        FAILED = "failed", _("Tidak dapat dibaca")
        CANCELLED = "cancelled", _("Dibatalkan")

    facility = models.ForeignKey(Facility, models.PROTECT)
    service = models.CharField(max_length=20)  # empty until the file was read, if nobody said it
    file = models.CharField(max_length=200)  # sealed, below MEDIA_ROOT
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    failure = models.CharField(max_length=300, blank=True, default="")
    progress = models.PositiveSmallIntegerField(default=0)  # percent
    read = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    headers = models.JSONField(default=dict)  # recognised, unknown and guessed column titles
    # Accepted only if every row is good: then either all of the file is written or nothing.
    whole = models.BooleanField(default=False, db_default=False)
    told = models.BinaryField(null=True)  # sealed: how a person said that the file is to be read
    claimed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    # The last time that it was taken back, and that it was put back after that.
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    redone_at = models.DateTimeField(null=True)
    redone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    file_deleted_at = models.DateTimeField(null=True)  # when its time to be kept was over

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["facility", "-created_at"], name="upload_recent")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="done")
                | Q(read=F("new") + F("changed") + F("same") + F("rejected")),
                name="upload_counts_add_up",
            ),
            models.CheckConstraint(
                condition=~Q(status="done", whole=True) | Q(rejected=0),
                name="upload_whole_or_not_at_all",
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="upload_progress_percent"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, redone_at=None)
                | Q(
                    finished_at__isnull=False,
                    undone_at__isnull=False,
                    undone_at__gte=F("finished_at"),
                ),
                name="upload_undone_after_it_was_done",
            ),
            models.CheckConstraint(
                condition=Q(redone_at=None, redone_by=None)
                | Q(redone_at__isnull=False, redone_at__gte=F("undone_at")),
                name="upload_redone_after_it_was_undone",
            ),
            models.CheckConstraint(  # undone and redone are two states, told by the status
                condition=Q(undone_at=None)
                | Q(status="cancelled", redone_at=None)
                | Q(status="done", redone_at__isnull=False),
                name="upload_undone_or_redone",
            ),
            models.CheckConstraint(
                condition=Q(file_deleted_at=None) | Q(file=""), name="upload_file_deleted"
            ),
        ]
        triggers: ClassVar = [NEVER_DELETED]

    def __str__(self) -> str:
        return f"upload#{self.pk} {self.service} {self.status}"

    @property
    def label(self) -> str:
        if not self.service:
            return str(_("Jenis layanan belum dikenali"))
        return str(SERVICES[self.service].label)

    @property
    def told_digest(self) -> str:
        """By which it is seen whether somebody said more of the file; "" where nothing was said."""
        return "" if self.told is None else hashlib.sha256(self.told).hexdigest()[:16]

    @property
    def said(self) -> tuple[str, str]:
        """What people said of how it is read."""
        return self.service, self.told_digest

    @property
    def preview(self) -> str:
        """By which a preview is told from another: what was said, and what accepting would do."""
        counts = (self.read, self.new, self.changed, self.same, self.rejected)
        return "-".join([self.service, *map(str, counts), self.told_digest])


class PartialUpload(models.Model):
    """A file that is still coming, piece by piece; its pieces lie sealed below MEDIA_ROOT."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    key = models.CharField(max_length=64)  # by which its sender's browser knows it again
    file_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["created_by", "key"], name="pieces_of_one_file"),
            models.CheckConstraint(
                condition=Q(received__lte=F("size")), name="no_more_received_than_there_is"
            ),
        ]

    def __str__(self) -> str:
        return f"pieces#{self.pk}"


class RememberedLayout(models.Model):
    """Which column of a layout holds what, as somebody said who sent it for a place.

    A layout is known by its row of titles; `columns` maps positions to names of columns.
    """

    facility = models.ForeignKey(Facility, models.CASCADE)
    service = models.CharField(max_length=20)
    titles = models.CharField(max_length=64)  # SHA-256 of the titles at their positions
    columns = models.JSONField()
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    told_at = models.DateTimeField(auto_now=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facility", "service", "titles"], name="layout_remembered_once"
            )
        ]

    def __str__(self) -> str:
        return f"layout#{self.pk} {self.service}"


class UploadIssue(models.Model):
    """What is wrong in one row of an upload, in the words the user reads. NIK masked."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="issues")
    sheet = models.CharField(max_length=64)
    row = models.PositiveIntegerField()  # as Excel numbers it
    column = models.CharField(max_length=80)  # its title in the file
    name = models.CharField(max_length=60, default="", db_default="")  # as columns.py calls it
    value = models.CharField(max_length=80)
    code = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    is_warning = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["upload", "is_warning", "row"], name="issue_of_upload")]

    def __str__(self) -> str:
        return f"{self.code} row {self.row}"

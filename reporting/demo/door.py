"""Hands workbooks in by the same door as people do, and accepts their good rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, Sum

from clusters.actions.uploads import accept_upload, claim_upload, fail_upload, receive_upload
from clusters.excel.imports import content, run_import
from clusters.models import Upload
from clusters.tasks import check_upload, write_upload
from facilities.models import Facility
from ilp.celery import app
from ilp.core.errors import DomainError
from reporting.demo.workbooks import Book

Status = Upload.Status
UNDER_WAY = (Status.WAITING, Status.CHECKING, Status.PREVIEWED, Status.ACCEPTED)
ANSWER_WITHIN = 1.5  # seconds in which a worker says that it is there
PATIENCE = 60.0  # seconds without any progress before a worker is asked again
LOOK_EVERY = 0.25


@dataclass(frozen=True)
class Handed:
    files: int
    failed: int
    visits: int
    rejected: int


def worker_answers() -> bool:
    """Whether a Celery worker is there to do the work."""
    if not settings.CELERY_BROKER_URL:
        return False
    try:
        return bool(app.control.ping(timeout=ANSWER_WITHIN))
    except OSError:  # no broker either
        return False


class Door:
    """One run's uploads. With a worker the work is left to it; without, it is done here."""

    def __init__(self, places: Mapping[str, Facility]) -> None:
        self.places = places
        self.has_worker = worker_answers()
        self.uploads = Upload.objects.filter(facility__in=places.values(), created_by=None)
        self.known = set(self.uploads.values_list("file_name", flat=True))

    def hand_in(self, book: Book) -> None:
        """Upload the file, unless an earlier run did."""
        if book.path.name in self.known:
            return
        upload = receive_upload(
            service=book.service,
            facility=self.places[book.puskesmas],
            file_name=book.path.name,
            content=book.path.read_bytes(),
            by=None,
        )
        if self.has_worker:
            check_upload.delay(upload.pk)
        else:
            _work(upload.pk, Status.WAITING)

    def wait(self, tell: Callable[[int, int], None]) -> Handed:
        """Accept each preview as it comes, until all files are done; `tell` gets done and all."""
        total, before, since = self.uploads.count(), -1, time.monotonic()
        while left := self.uploads.filter(status__in=UNDER_WAY).count():
            tell(total - left, total)
            if self._accept() or left != before:
                before, since = left, time.monotonic()
            if not self.has_worker or time.monotonic() - since > PATIENCE:
                self._take_over()
                before, since = -1, time.monotonic()
            time.sleep(LOOK_EVERY)
        tell(total, total)
        return self.handed()

    def handed(self) -> Handed:
        found = self.uploads.aggregate(
            files=Count("pk"),
            failed=Count("pk", filter=Q(status=Status.FAILED)),
            visits=Sum("new", default=0),
            rejected=Sum("rejected", default=0),
        )
        return Handed(**found)

    def _accept(self) -> int:
        """Say yes to every preview."""
        previewed = list(self.uploads.filter(status=Status.PREVIEWED))
        for upload in previewed:
            accept_upload(upload=upload, by=None)
            if self.has_worker:
                write_upload.delay(upload.pk)
        return len(previewed)

    def _take_over(self) -> None:
        """Do here what lies waiting, if nobody answers."""
        self.has_worker = self.has_worker and worker_answers()
        if self.has_worker:
            return
        for pk, status in self.uploads.filter(status__in=UNDER_WAY).values_list("pk", "status"):
            if status in (Status.WAITING, Status.ACCEPTED):
                _work(pk, status)


def _work(upload_id: int, status: str) -> None:
    """Check and write in one go, what a worker does in two."""
    upload = claim_upload(upload_id=upload_id, status=status, by=None)
    if upload is None:
        return
    try:
        run_import(
            path=content(upload),
            file_name=upload.file_name,
            service=upload.service,
            facility=upload.facility,
            by=None,
            upload=upload,
            keep=True,
        )
    except DomainError as error:
        fail_upload(upload=upload, reason=str(error.sentence), by=None)

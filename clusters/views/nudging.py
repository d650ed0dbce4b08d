"""Waking a worker; if that fails, the schedule will."""

from __future__ import annotations

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from clusters.models import Upload

log = logging.getLogger(__name__)


def nudge(task: str, one: Upload | None = None) -> None:
    """Wake a worker once everything is committed."""
    args = [one.pk] if one else []

    def send() -> None:
        try:
            current_app.send_task(task, args=args, retry=False)
        except OperationalError:
            log.warning("queue not reached for %s; the schedule will resume", task)

    transaction.on_commit(send)


def nudge_roll_up() -> None:
    """The same for the roll-up; with nothing to do it costs one query."""
    nudge("reporting.tasks.roll_up")

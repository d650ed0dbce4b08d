"""Nudges from the queue: each calls one action that may run twice or be killed."""

from celery import shared_task
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from clusters.tasks import ROLL_UP_NUDGED
from reporting.actions.reminders import send_reminders, write_reminders
from reporting.actions.roll_up import roll_up_changed


@shared_task
def roll_up() -> None:
    """Bring the totals up to date. The to-do list says what; running it idle costs one query."""
    cache.delete(ROLL_UP_NUDGED)  # before the list is read, so that later changes nudge again
    roll_up_changed()


@shared_task
def remind() -> None:
    """Write down who is to be reminded today, then send it. Without a mail server: nothing."""
    if settings.EMAIL_HOST:
        write_reminders(today=timezone.localdate(), by=None)
        send_reminders()


@shared_task
def send_waiting_reminders() -> None:
    """Try again what could not be sent, and what a worker that died left."""
    if settings.EMAIL_HOST:
        send_reminders()

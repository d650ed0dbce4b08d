"""Nudges from the queue: each calls one action that may run twice or be killed."""

from celery import shared_task
from django.core.cache import cache

from clusters.tasks import ROLL_UP_NUDGED
from reporting.actions.roll_up import roll_up_changed


@shared_task
def roll_up() -> None:
    """Bring the totals up to date. The to-do list says what; running it idle costs one query."""
    cache.delete(ROLL_UP_NUDGED)  # before the list is read, so that later changes nudge again
    roll_up_changed()

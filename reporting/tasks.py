"""Nudges from the queue: each calls one action that may run twice or be killed."""

from celery import shared_task

from reporting.actions.roll_up import roll_up_changed


@shared_task
def roll_up() -> None:
    """Bring the totals up to date. The to-do list says what; running it idle costs one query."""
    roll_up_changed()

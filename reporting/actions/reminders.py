"""Reminders: written once a day as rows, sent one by one, each once.

A worker takes a row for itself before it writes the letter, so that no other sends it too, and in
a transaction of its own, so that no connection to the mail server holds one open.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from ilp.core.models import User
from reporting.models import Reminder
from reporting.models.reminders import MOST_TRIES
from reporting.selectors.form_book import refresh
from reporting.selectors.reminders import items_of, letter, to_remind

log = logging.getLogger(__name__)
# After each try: a busy server answers in minutes, one that is down is put right within hours.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 180, 180))


@transaction.atomic
def write_reminders(*, today: date, by: User | None) -> int:
    """A row for each person and place with something due; how many rows there were to write.

    A row that is there already stays as it is, so to run twice sends nothing twice.
    """
    del by  # nobody asks for it; the schedule does
    refresh()
    rows = [
        Reminder(user=user, place_id=place, day=today, items=items)
        for user in to_remind(today)
        for place, items in items_of(user=user, today=today).items()
    ]
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def send_reminders(*, by: User | None = None) -> int:
    """Send what waits, until nothing does; how many letters went."""
    refresh()
    sent = 0
    while (reminder := claim_reminder(now=timezone.now(), by=by)) is not None:
        failure = _send(reminder)
        note_outcome(reminder=reminder, failure=failure, by=by)
        sent += not failure
    return sent


@transaction.atomic
def claim_reminder(*, now: datetime, by: User | None) -> Reminder | None:
    """The next letter of today, ours to send; nobody else tries it before its next try.

    Who switched reminders off in the meantime gets none.
    """
    del by
    waiting = Reminder.objects.wanted().filter(
        day=timezone.localdate(now), tries__lt=MOST_TRIES, next_try_at__lte=now
    )
    locked = waiting.select_for_update(of=("self",), skip_locked=True)
    reminder = locked.select_related("user", "place").order_by("pk").first()
    if reminder is None:
        return None
    reminder.next_try_at = now + WAITS[reminder.tries]
    reminder.tries += 1
    reminder.save(update_fields=["tries", "next_try_at"])
    return reminder


@transaction.atomic
def note_outcome(*, reminder: Reminder, failure: str, by: User | None) -> None:
    """It went, or why not; after the last try the home page of those who run the system says so."""
    del by
    if not failure:
        reminder.sent_at = timezone.now()
    reminder.failure = failure[:80]
    reminder.save(update_fields=["sent_at", "failure"])


def _send(reminder: Reminder) -> str:
    """What kind of failure there was; "" for none. The answer of a mail server names the address,
    so only its kind is kept and logged."""
    text = letter(reminder)
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    message = EmailMessage(
        text.subject,
        text.body,
        to=[reminder.user.email],
        # The same at every try: what did arrive in spite of all is recognised as the same letter.
        headers={
            "Message-ID": f"<reminder-{reminder.pk}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    try:
        message.send()
    except (OSError, ValueError) as error:  # smtplib's errors are OSErrors; ValueError: the address
        log.warning("reminder %s, try %s: %s", reminder.pk, reminder.tries, type(error).__name__)
        return type(error).__name__
    return ""

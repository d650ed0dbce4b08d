"""Failed logins slow down the next try, for every username alike, known or not."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from ilp.core import audit
from ilp.core.models import LoginFailures, User

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


def tries_left(*, username: str) -> int:
    """How many more failures go without a wait."""
    failures = LoginFailures.objects.filter(username=_key(username)).first()
    return max(FREE_TRIES - (failures.count if failures else 0), 0)


def wait_left(*, username: str, now: datetime) -> timedelta:
    """How long the username has to wait: 30 s after 5 failures, then twice as long each time."""
    failures = LoginFailures.objects.filter(username=_key(username)).first()
    if failures is None or failures.count < FREE_TRIES:
        return timedelta(0)
    doublings = min(failures.count - FREE_TRIES, 16)
    wait = min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
    return max(failures.last_at + wait - now, timedelta(0))


@transaction.atomic
def note_failed_login(*, username: str, now: datetime, by: None = None) -> LoginFailures:
    """Count a failure. The row is named as typed, in small letters; the log gets only its id."""
    failures, _new = LoginFailures.objects.get_or_create(
        username=_key(username), defaults={"last_at": now}
    )
    LoginFailures.objects.filter(pk=failures.pk).update(count=F("count") + 1, last_at=now)
    failures.refresh_from_db()
    audit.record("login.failed", by=by, subject=failures, count=failures.count)
    return failures


@transaction.atomic
def clear_failures(*, user: User, by: User | None) -> None:
    """A login that worked, or a helping hand, lets the username start afresh."""
    deleted, _rows = LoginFailures.objects.filter(username=_key(user.username)).delete()
    if deleted:
        audit.record("login.failures-cleared", by=by, subject=user)


@transaction.atomic
def note_login(*, user: User, by: User) -> None:
    """Remember that the user signed in, and forget the failures before it."""
    clear_failures(user=user, by=by)
    audit.record("login.succeeded", by=by, subject=user)


def _key(username: str) -> str:
    return username.strip().casefold()[:150]

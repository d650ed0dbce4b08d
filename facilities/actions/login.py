"""Failed logins slow down the next try, for every username alike, known or not."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from facilities.selectors.login import login_key
from ilp.core import audit
from ilp.core.models import LoginFailures, User


@transaction.atomic
def note_failed_login(*, username: str, now: datetime, by: None = None) -> LoginFailures:
    """Count a failure. The row is named as typed, in small letters; the log gets only its id."""
    failures, _new = LoginFailures.objects.get_or_create(
        username=login_key(username), defaults={"last_at": now}
    )
    LoginFailures.objects.filter(pk=failures.pk).update(count=F("count") + 1, last_at=now)
    failures.refresh_from_db()
    audit.record("login.failed", by=by, subject=failures, count=failures.count)
    return failures


@transaction.atomic
def clear_failures(*, user: User, by: User | None) -> None:
    """A login that worked, or a helping hand, lets the username start afresh."""
    deleted, _rows = LoginFailures.objects.filter(username=login_key(user.username)).delete()
    if deleted:
        audit.record("login.failures-cleared", by=by, subject=user)


@transaction.atomic
def note_login(*, user: User, by: User) -> None:
    """Remember that the user signed in, and forget the failures before it."""
    clear_failures(user=user, by=by)
    audit.record("login.succeeded", by=by, subject=user)

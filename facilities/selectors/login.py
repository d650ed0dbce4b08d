"""What a login needs to know before it is allowed."""

from datetime import datetime, timedelta

import pyotp

from ilp.core.models import LoginFailures, User

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


def tries_left(*, username: str) -> int:
    """How many more failures go without a wait."""
    failures = LoginFailures.objects.filter(username=login_key(username)).first()
    return max(FREE_TRIES - (failures.count if failures else 0), 0)


def wait_left(*, username: str, now: datetime) -> timedelta:
    """How long the username has to wait: 30 s after 5 failures, then twice as long each time."""
    failures = LoginFailures.objects.filter(username=login_key(username)).first()
    if failures is None or failures.count < FREE_TRIES:
        return timedelta(0)
    doublings = min(failures.count - FREE_TRIES, 16)
    wait = min(FIRST_WAIT * 2**doublings, LONGEST_WAIT)
    return max(failures.last_at + wait - now, timedelta(0))


def login_key(username: str) -> str:
    """The name under which failures are counted: as typed, whatever its case."""
    return username.strip().casefold()[:150]


def registered_name(username: str) -> str:
    """The username as it was registered, or as it was typed when nobody has it."""
    typed = username.strip()
    found = User.objects.filter(username__iexact=typed).values_list("username", flat=True)
    return found.first() or typed


def totp_matches(secret: str, code: str) -> bool:
    """Whether the code is right now; half a minute of difference between clocks is forgiven."""
    return bool(secret) and pyotp.TOTP(secret).verify(code.replace(" ", ""), valid_window=1)

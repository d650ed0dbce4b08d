"""Follow-ups and meetings of a small district, for tests."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone

from ilp.core.months import Month
from reporting.actions.follow_ups import Wish, make_follow_up
from reporting.actions.meetings import Cell, keep_typed
from reporting.models import FollowUp
from reporting.selectors.book import CATALOGUE
from reporting.selectors.meetings import sitting_of

MAY = Month(2025, 5)
HELD = date(2025, 6, 12)
CODE = "SPM04"


def soon(days=14):
    return timezone.localdate() + timedelta(days=days)


def wish(owner="Kepala Puskesmas", due_on=None, **more):
    typed = {"problem": "Dua desa tertinggal", "action": "Sweeping ibu hamil"}
    return Wish(owner=owner, due_on=due_on or soon(), **(typed | more))


def make(place, by=None, code=CODE, month=MAY, **typed):
    return make_follow_up(place=place, indicator=code, month=month, wish=wish(**typed), by=by)


def late(place, days=3, **more):
    """One whose day is over."""
    made = make(place, **more)
    over = timezone.localdate() - timedelta(days=days)
    FollowUp.objects.filter(pk=made.pk).update(due_on=over, made_on=over)
    made.refresh_from_db()
    return made


def sitting(place, month=MAY, held_on=HELD, asked=(CODE,)):
    return sitting_of(place=place, month=month, held_on=held_on, asked=asked, book=CATALOGUE)


def typed(key=None, code=CODE, seen=None, **texts):
    """Cells of one row; `seen` names what stood in some of them."""
    shown = seen or {}
    key = key or uuid4()
    return [Cell(key, code, name, text, shown.get(name, "")) for name, text in texts.items()]


FULL = {"problem": "Dua desa tertinggal", "action": "Sweeping", "owner": "Bidan desa",
        "due": "2025-06-30"}  # fmt: skip


def keep(place, cells, by=None, **more):
    return keep_typed(sitting=sitting(place, **more), cells=cells, release=None, by=by)


def agreed(place, by=None, held_on=HELD, **texts):
    """A complete agreement of a meeting."""
    key = uuid4()
    keep(place, typed(key, **(FULL | texts)), by=by, held_on=held_on)
    return FollowUp.objects.get(key=key)


def row(key: UUID):
    return FollowUp.objects.get(key=key)


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def text(answer):
    return " ".join(answer.content.decode().split())

"""Who is to be reminded of what today, in which words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from facilities.access import posts
from facilities.models import Ancestry, Facility
from facilities.roles import Permission, roles_with
from ilp.core import formats
from ilp.core.languages import in_indonesian
from ilp.core.models import User
from ilp.core.months import Month
from ilp.core.weeks import Period, Week
from reporting.catalogue import FORMS
from reporting.models import Reminder
from reporting.models.reminders import MOST_TRIES
from reporting.selectors.due import Due
from reporting.selectors.owing import owing
from reporting.workflow import Status

# Before the last day. Each district sets that day itself (ADR 21); three days before it are enough
# to ask a Pustu for its numbers and too few for the letter to be forgotten: ux.md S02.
DAYS_BEFORE = 3
RECENT = timedelta(days=7)
Item = dict[str, Any]


@dataclass(frozen=True)
class Letter:
    """What is sent, as plain text."""

    subject: str
    body: str


@dataclass(frozen=True)
class Unsent:
    """Letters that are under way, and those of the last days that never went."""

    waiting: int
    given_up: int


def to_remind(today: date) -> QuerySet[User]:
    """Who fills in reports somewhere today, has an address, and wants to be reminded."""
    held = Q(assignments__ends_on=None) | Q(assignments__ends_on__gt=today)
    return (
        User.objects.filter(
            held,
            is_active=True,
            wants_reminders=True,
            assignments__starts_on__lte=today,
            assignments__role__in=roles_with(Permission.FILL),
        )
        .exclude(email="")
        .distinct()
        .order_by("pk")
    )


def items_of(*, user: User, today: date) -> dict[int, list[Item]]:
    """Place of the user's post -> what is due within days, overdue, or came back. Seven queries.

    What lies below several posts is named at the first of them only.
    """
    asked = owing(user=user, permission=Permission.FILL, today=today)
    pressing = [due for due in asked if _presses(due, today)]
    held = posts(user).filter(role__in=roles_with(Permission.FILL)).order_by("-pk")
    below = Ancestry.objects.filter(
        ancestor__in=held.values("facility"), descendant__in={due.place.pk for due in pressing}
    ).values_list("ancestor", "descendant")
    order = list(held.values_list("facility", flat=True))
    above = dict(sorted(((low, up) for up, low in below), key=lambda pair: order.index(pair[1])))
    found: dict[int, list[Item]] = {}
    for due in sorted(pressing, key=lambda one: (one.due_on, one.form_code, one.place.name)):
        found.setdefault(above.get(due.place.pk, order[-1]), []).append(_item(due))
    return found


def _presses(due: Due, today: date) -> bool:
    if due.is_voluntary:
        return False
    return _came_back(due) or (due.due_on - today).days <= DAYS_BEFORE


def _came_back(due: Due) -> bool:
    return due.report is not None and due.report.status == Status.RETURNED


def _item(due: Due) -> Item:
    return {
        "place": due.place.code,
        "form": due.form_code,
        "period": str(due.month),
        "until": due.due_on.isoformat(),
        "came_back": _came_back(due),
    }


@in_indonesian
def letter(reminder: Reminder) -> Letter:
    """The words of a reminder, with a link to each report. No names of people."""
    codes = {item["place"] for item in reminder.items}
    names = {place.code: str(place) for place in Facility.objects.filter(code__in=codes)}
    lines = [_line(item, names, reminder.day) for item in reminder.items]
    subject = _("ILP: %(count)s laporan perlu dikirim, %(place)s") % {
        "count": len(lines),
        "place": reminder.place,
    }
    end = _(
        "Surel ini dikirim otomatis, paling banyak sekali sehari. Untuk menghentikannya, buka %s"
    ) % _link("facilities:contact")
    opening = _("Yang perlu dikirim per %s:") % formats.day(reminder.day)
    return Letter(subject, "\n\n".join([opening, *lines, end]) + "\n")


def _line(item: Item, names: Mapping[str, str], today: date) -> str:
    period, until = _period(item["period"]), date.fromisoformat(item["until"])
    form = FORMS.get(item["form"])
    said = {
        "form": form.label if form else item["form"],
        "month": formats.month(period),
        "place": names.get(item["place"], item["place"]),
        "when": _("dikembalikan, perlu diperbaiki") if item["came_back"] else _due(until, today),
        "link": _link("reporting:report", item["form"], item["place"], period),
    }
    return _("- %(form)s, %(month)s, %(place)s: %(when)s\n  %(link)s") % said


def _due(until: date, today: date) -> str:
    days = (until - today).days
    if days < 0:
        return _("terlambat %s hari") % -days
    if days == 0:
        return _("batas hari ini")
    said = {"day": formats.day(until), "days": days}
    return _("batas %(day)s (%(days)s hari lagi)") % said


def _period(text: str) -> Period:
    return Week.parse(text) if "W" in text else Month.parse(text)


def _link(name: str, *args: object) -> str:
    return settings.SITE_URL.rstrip("/") + reverse(name, args=args)


def unsent(*, today: date) -> Unsent:
    """For those who run the installation. Two queries."""
    wanted = Reminder.objects.wanted().filter(day__gt=today - RECENT)
    waiting = Q(day=today, tries__lt=MOST_TRIES)
    return Unsent(wanted.filter(waiting).count(), wanted.exclude(waiting).count())

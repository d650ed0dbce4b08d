"""Uploads of made-up rows, written as a worker writes them, and what stands afterwards."""

from dataclasses import dataclass, field
from datetime import date

from clusters.actions.issues import Issue
from clusters.actions.uploads import Checked, finish_upload, receive_upload
from clusters.models import VISITS, Person
from ilp.core.months import Month
from reporting.actions.roll_up import roll_up_changed
from reporting.models import Total
from tests.reporting.rows import incoming

BORN = date(2023, 11, 2)
DAY = date(2025, 5, 6)


@dataclass
class Tally:
    """Every row was good."""

    read: int
    same: int = 0
    refused: set = field(default_factory=set)
    issues: list = field(default_factory=list)


def weighed(tree, number, weight, *, day=DAY, at="melati", home="melati", **values):
    """A checked row: child number so and so was weighed."""
    return incoming(
        "growth", nik=f"99010102112{number:05d}", born_on=BORN, sex="L", seen_on=day,
        facility=tree[at], home=tree[home] if home else None, weight=weight, measured="h", **values,
    )  # fmt: skip


def _refused(mismatch):
    return Issue("Data", mismatch.ordinal, "", "", mismatch.field, "")


def uploaded(tree, rows, *, service="growth", at="first", by=None):
    """An upload whose rows were written."""
    upload = receive_upload(
        service=service, facility=tree[at], file_name="uji.xlsx", content=b"uji", by=by
    )
    checked = Checked(service, iter(rows), Tally(len(rows)), _refused)
    finish_upload(upload=upload, checked=checked, by=by, seconds=0)
    upload.refresh_from_db()
    return upload


def standing(service="growth"):
    """(identity, place, day) of what stands, with its weight, home, upload and row."""
    found = VISITS[service].objects.standing().select_related("person")
    return {
        (bytes(v.person.identity), v.facility_id, v.seen_on): (
            v.weight, v.home_id, v.upload_id, v.row
        )
        for v in found
    }  # fmt: skip


def homes():
    return {bytes(p.identity): (p.home_id, p.home_since) for p in Person.objects.all()}


def totals():
    """All totals as they are once everything was counted; rows of nothing but zeros left out."""
    roll_up_changed()
    return {
        (t.place_id, Month.of(t.month) if isinstance(t.month, date) else t.month, t.programme): (
            t.own, t.total
        )
        for t in Total.objects.all()
        if any(t.own or ()) or any(t.total or ())
    }  # fmt: skip

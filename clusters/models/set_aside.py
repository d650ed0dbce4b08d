"""What was said of a visit and no longer shows, kept so that an upload can be taken back."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models.functions import Now

from clusters.models.uploads import Upload
from clusters.services import SERVICES
from ilp.core.references import NEVER_DELETED, reference

GIVING_BACK = "ilp.giving_back"  # set to on while values are given back
# Columns of a visit that no writer of its values changes, or that follow from other visits.
_NOT_SAID = (
    "id", "person_id", "facility_id", "seen_on", "recorded_by_id", "recorded_at", "cancelled_at",
    "extra",
)  # fmt: skip


class SetAside(models.Model):
    """What an upload (or, without one, a form) said of a visit until another writer said otherwise.

    Rows of a visit lie in the order in which they were written, so what shows is the last of them
    whose upload was not taken back. `said` holds the columns as the table did, no name, no NIK.
    """

    service = models.CharField(max_length=20)
    visit_id = models.BigIntegerField()
    upload = reference(Upload, null=True)
    said = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(
                fields=["upload"], condition=models.Q(upload__isnull=False), name="set_aside_upload"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "visit_id", "upload"], name="set_aside_once_an_upload"
            )
        ]
        triggers: ClassVar = [NEVER_DELETED]

    def __str__(self) -> str:
        return f"{self.service}#{self.visit_id} of upload#{self.upload_id}"


def not_said(service: str) -> str:
    """The columns that are no part of what is set aside, as an array of PostgreSQL."""
    linked = [one.name for one in SERVICES[service].derived if one.linked]
    return f"ARRAY[{', '.join(repr(name) for name in (*_NOT_SAID, *linked))}]"


def set_aside(service: str) -> pgtrigger.Trigger:
    """Set aside what shows when another writer takes the row over; new rows cost nothing.

    In a trigger, because only there the row is surely the one that is replaced. Of what a form says
    over an upload it also notes that it came after that; not so when values are given back.
    """
    of_visit = f"kept.service = '{service}' AND kept.visit_id = OLD.id"
    return pgtrigger.Trigger(
        name="set_aside",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.upload_id IS DISTINCT FROM NEW.upload_id OR NEW.upload_id IS NULL"
        ),
        declare=[
            ("was", f"jsonb := to_jsonb(OLD) - {not_said(service)}"),
            ("becomes", f"jsonb := to_jsonb(NEW) - {not_said(service)}"),
        ],
        func=f"""
            IF OLD.upload_id IS DISTINCT FROM NEW.upload_id THEN
                INSERT INTO clusters_setaside (service, visit_id, upload_id, said)
                SELECT '{service}', OLD.id, OLD.upload_id, was
                WHERE OLD.upload_id IS NOT NULL OR was IS DISTINCT FROM (
                    SELECT kept.said FROM clusters_setaside AS kept
                    WHERE {of_visit} AND kept.upload_id IS NULL ORDER BY kept.id DESC LIMIT 1
                )
                ON CONFLICT (service, visit_id, upload_id) DO NOTHING;
            END IF;
            IF NEW.upload_id IS NULL AND becomes IS DISTINCT FROM was
               AND current_setting('{GIVING_BACK}', true) IS DISTINCT FROM 'on'
               AND EXISTS (SELECT FROM clusters_setaside AS kept WHERE {of_visit})
            THEN
                INSERT INTO clusters_setaside (service, visit_id, said)
                VALUES ('{service}', OLD.id, becomes);
            END IF;
            RETURN NULL;
        """,  # noqa: S608 the service's code is our own
    )

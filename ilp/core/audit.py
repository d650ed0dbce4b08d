"""The audit trail: one line for each thing done, whoever did it and however it came in."""

from django.db import models

from ilp.core.models import AuditEvent, User


def record(event: str, *, by: User | None, subject: models.Model, **detail: object) -> AuditEvent:
    """Write one line of the audit log, in the caller's transaction.

    `by` is None for the system itself (a schedule, a command run by IT staff). Detail must hold
    no personal data: codes and counts, never names or NIK.
    """
    return AuditEvent.objects.create(
        event=event,
        actor=by,
        subject=subject._meta.label,
        subject_id=str(subject.pk),
        facility_id=getattr(subject, "facility_id", None),
        detail=detail,
    )

"""Who signs in, and what they did."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower

from ilp.core.references import NEVER_DELETED


class User(AbstractUser):
    """A person who signs in. What they may do, and where: facilities.Assignment."""

    phone = models.CharField(max_length=20, blank=True)
    totp_secret = models.CharField(max_length=64, blank=True)
    must_change_password = models.BooleanField(default=False)
    wants_reminders = models.BooleanField(default=True)  # by e-mail, where there is an address

    class Meta(AbstractUser.Meta):  # type: ignore[name-defined,misc]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="username_once_whatever_case")
        ]
        triggers: ClassVar = [NEVER_DELETED]  # an account is closed

    def __str__(self) -> str:
        return self.username

    @property
    def called(self) -> str:
        """The name of who holds the account; the account's where none was given."""
        return self.get_full_name() or self.username


class LoginFailures(models.Model):
    """How often a username failed to sign in since it last did; what slows the next try."""

    username = models.CharField(max_length=150, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.username} x{self.count}"


class AuditEvent(models.Model):
    """Who did what, to what, when. Written once, by `audit.record`, never changed.

    It holds no foreign key but the actor's, so it never stops a row being deleted.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    event = models.CharField(max_length=64)
    subject = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    facility_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="audit_subject"),
            models.Index(fields=["at"], name="audit_at"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete | pgtrigger.Update)
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject}#{self.subject_id} at {self.at:%F %T}"

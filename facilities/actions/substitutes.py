"""Somebody absent is stood in for: same role, same place, some days, all on record."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from facilities.access import posts
from facilities.models import Assignment
from facilities.roles import GRANTS, Permission, Role
from facilities.selectors.substitutes import colleagues
from ilp.core import audit, formats
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import User

LONGEST = 90  # days; who is away longer is replaced, not stood in for


class NotAColleague(DomainError):
    code = "not-a-colleague"
    text = _(
        "%(username)s tidak dapat menggantikan Anda. Tulis nama pengguna seorang petugas yang "
        "bertugas di kabupaten yang sama dan akunnya aktif."
    )


class RoleNotPassedOn(DomainError):
    code = "role-not-passed-on"
    text = _("Peran %(role)s tidak dapat digantikan. Minta Admin Dinkes memberi peran itu.")


class WrongDays(DomainError):
    code = "wrong-days"
    text = _(
        "Hari pertama paling awal hari ini, hari terakhir tidak sebelum hari pertama, dan paling "
        "lama %(days)s hari. Perbaiki tanggalnya."
    )


class OutlastsPost(DomainError):
    code = "outlasts-post"
    text = _("Peran Anda sendiri berlaku sampai %(day)s. Pilih hari terakhir sebelum itu.")


class SubstitutedAlready(DomainError):
    code = "substituted-already"
    text = _("Pada hari-hari itu sudah ada yang menggantikan Anda. Akhiri dahulu yang lama.")


class SubstituteGone(DomainError):
    code = "substitute-gone"
    text = _("Penggantian ini sudah berakhir. Muat ulang halaman.")


@transaction.atomic
def name_substitute(
    *, post: Assignment, username: str, first: date, last: date, by: User
) -> Assignment:
    """Let a colleague fill one's own post from the first day to the last, both included.

    Role and place are those of the post, never more; what is stood in for is not passed on.
    """
    own = posts(by).select_related("facility").filter(pk=post.pk, stands_for=None).first()
    if own is None:
        raise Forbidden("a substitute is named by who holds the post")
    if Permission.SYSTEM in GRANTS[Role(own.role)]:
        raise RoleNotPassedOn(role=own.get_role_display())
    if not (timezone.localdate() <= first <= last < first + timedelta(days=LONGEST)):
        raise WrongDays(days=LONGEST)
    if own.ends_on is not None and last >= own.ends_on:
        raise OutlastsPost(day=formats.day(own.ends_on))
    other = colleagues(post=own).filter(username__iexact=username.strip()).first()
    if other is None:
        raise NotAColleague(username=username.strip()[:150])
    try:
        with transaction.atomic():
            made = Assignment.objects.create(
                user=other, facility=own.facility, role=own.role, starts_on=first,
                ends_on=last + timedelta(days=1), stands_for=own,
            )  # fmt: skip
    except IntegrityError as taken:
        raise SubstitutedAlready from taken
    noted = {"user": other.pk, "role": own.role, "since": str(first), "until": str(last)}
    audit.record("substitute.named", by=by, subject=made, **noted)
    return made


@transaction.atomic
def end_substitute(*, substitute: Assignment, by: User) -> None:
    """The absent person is back; today the substitute still did what was done."""
    held = Assignment.objects.select_for_update(of=("self",))
    row = held.filter(pk=substitute.pk, stands_for__user=by).first()
    if row is None:
        raise Forbidden("a substitute is sent home by who named one")
    if not _end(Assignment.objects.filter(pk=row.pk), by):
        raise SubstituteGone


@transaction.atomic
def end_all(*, posts: list[int], by: User | None) -> None:
    """Whoever stands in for one of these posts, or was to, does so no longer."""
    _end(Assignment.objects.filter(stands_for__in=posts), by)


def _end(substitutes: QuerySet[Assignment], by: User | None) -> int:
    """How many of them had not ended before."""
    today = timezone.localdate()
    standing = list(substitutes.filter(ends_on__gt=today))
    for one in standing:
        one.ends_on = max(today, one.starts_on)
        one.save(update_fields=["ends_on"])
        audit.record("substitute.ended", by=by, subject=one, user=one.user_id, role=one.role)
    return len(standing)

"""Accounts and what their holders are: who works where, in which role."""

import secrets
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from facilities.access import assignable_roles, manages, of_roles, posts, require
from facilities.actions.substitutes import end_all
from facilities.models import Assignment, Facility
from facilities.roles import Permission
from facilities.selectors.login import totp_matches
from ilp.core import audit
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import User

# Easy to read out and to type: no 0/o, 1/l/i.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 4  # 79 bits


class UsernameTaken(DomainError):
    code = "username-taken"
    text = _("Nama pengguna %(username)s sudah dipakai. Pilih nama lain.")


class RoleNotAssignable(DomainError):
    code = "role-not-assignable"
    text = _("Anda tidak dapat memberi peran ini di %(place)s. Mintalah admin Dinkes.")


class AlreadyAssigned(DomainError):
    code = "already-assigned"
    text = _("%(username)s sudah mempunyai peran ini di %(place)s.")


class WrongSecondFactor(DomainError):
    code = "wrong-second-factor"
    text = _("Kode 6 angka tidak cocok. Periksa jam HP Anda, lalu masukkan kode yang terbaru.")


@dataclass(frozen=True)
class NewUser:
    """An account just made, with the password that is shown once and kept nowhere."""

    user: User
    password: str


def _random_password() -> str:
    groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


@transaction.atomic
def create_user(
    *,
    username: str,
    name: str,
    phone: str,
    role: str,
    facility: Facility,
    by: User | None,
    email: str = "",
) -> NewUser:
    """Make an account with one role and a random password, to be changed at the first login."""
    password = _random_password()
    user = User(
        username=username.strip(), first_name=name, phone=phone, email=email.strip(),
        must_change_password=True,
    )  # fmt: skip
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as taken:
        raise UsernameTaken(username=username) from taken
    audit.record("user.created", by=by, subject=user)
    assign_role(user=user, facility=facility, role=role, starts_on=timezone.localdate(), by=by)
    return NewUser(user, password)


@transaction.atomic
def assign_role(
    *, user: User, facility: Facility, role: str, starts_on: date, by: User | None
) -> Assignment:
    """Give the user a role at a place. Nobody gives a role to themselves."""
    require(by, Permission.MANAGE_USERS, facility)
    if by is not None and (user == by or role not in assignable_roles(by, facility)):
        raise RoleNotAssignable(place=facility)
    if by is not None and posts(user).exists() and not manages(by, user):
        raise RoleNotAssignable(place=facility)
    try:
        with transaction.atomic():
            assignment = Assignment.objects.create(
                user=user, facility=facility, role=role, starts_on=starts_on
            )
    except IntegrityError as taken:
        raise AlreadyAssigned(username=user.username, place=facility) from taken
    _open_admin(user)
    audit.record("role.assigned", by=by, subject=assignment, user=user.pk, role=role)
    return assignment


@transaction.atomic
def end_role(*, assignment: Assignment, by: User | None) -> Assignment:
    """End a role today. What its holder did stays in their name."""
    require(by, Permission.MANAGE_USERS, assignment.facility)
    _require_manages(by, assignment.user)
    assignment.ends_on = max(timezone.localdate(), assignment.starts_on)
    assignment.save(update_fields=["ends_on"])
    end_all(posts=[assignment.pk], by=by)
    _open_admin(assignment.user)
    audit.record("role.ended", by=by, subject=assignment, role=assignment.role)
    return assignment


@transaction.atomic
def set_active(*, user: User, active: bool, by: User | None) -> User:
    """Let a user sign in, or no longer. Open sessions end with the next request."""
    _require_manages(by, user)
    user.is_active = active
    user.save(update_fields=["is_active"])
    if not active:
        end_all(posts=list(user.assignments.values_list("pk", flat=True)), by=by)
    audit.record("user.switched-on" if active else "user.switched-off", by=by, subject=user)
    return user


@transaction.atomic
def set_details(*, user: User, name: str, phone: str, by: User | None) -> User:
    """What the holder of an account is called and where they are rung up."""
    _require_manages(by, user)
    user.first_name, user.phone = name, phone
    user.save(update_fields=["first_name", "phone"])
    audit.record("user.details-set", by=by, subject=user)
    return user


@transaction.atomic
def take_registry(*, kind: str, rows: int, by: User) -> None:
    """The list of accounts or places is handed out as a workbook."""
    audit.record("registry.taken", by=by, subject=by, kind=kind, rows=rows)


@transaction.atomic
def reset_password(*, user: User, by: User | None) -> str:
    """A new random password, shown once; the second factor is switched off with the old one."""
    _require_manages(by, user)
    password = _random_password()
    user.set_password(password)
    user.must_change_password = True
    user.totp_secret = ""
    user.save(update_fields=["password", "must_change_password", "totp_secret"])
    audit.record("user.password-reset", by=by, subject=user)
    return password


@transaction.atomic
def change_password(*, user: User, password: str, by: User) -> User:
    """The user's own choice of password; ValidationError where it is too weak."""
    if by != user:
        raise Forbidden("a password is changed by its owner")
    validate_password(password, user)
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    audit.record("user.password-changed", by=by, subject=user)
    return user


@transaction.atomic
def set_contact(*, user: User, email: str, wants_reminders: bool, by: User | None) -> User:
    """Where reminders go, and whether any do: told by the user or by who manages the account."""
    if by != user:
        _require_manages(by, user)
    user.email, user.wants_reminders = email.strip(), wants_reminders
    user.save(update_fields=["email", "wants_reminders"])
    audit.record("user.contact-set", by=by, subject=user)  # the address itself is nobody's business
    return user


@transaction.atomic
def set_totp(*, user: User, secret: str, code: str, by: User) -> User:
    """Switch the second factor on, once the user's app shows the right code; "" switches it off.

    To switch it off, too, the code of the secret in use is asked for.
    """
    if by != user:
        raise Forbidden("a second factor is set by its owner")
    if not totp_matches(secret or user.totp_secret, code):
        raise WrongSecondFactor
    user.totp_secret = secret
    user.save(update_fields=["totp_secret"])
    audit.record("user.totp-on" if secret else "user.totp-off", by=by, subject=user)
    return user


def _require_manages(by: User | None, user: User) -> None:
    if by is not None and not manages(by, user):
        raise Forbidden(f"{by} does not manage this account")


def _open_admin(user: User) -> None:
    """Django's admin is for those who run the system, for as long as they do."""
    staff = user.is_superuser or Permission.SYSTEM in of_roles(
        posts(user).values_list("role", flat=True)
    )
    if user.is_staff != staff:
        user.is_staff = staff
        user.save(update_fields=["is_staff"])

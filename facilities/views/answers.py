"""What the views of this app have in common."""

from collections.abc import Callable

from django import forms
from django.contrib.auth.models import AnonymousUser

from facilities.access import has_anywhere
from facilities.roles import Permission
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import User


def applied(form: forms.Form, action: Callable[[], object]) -> bool:
    """Whether the action went through; what it refuses stands in the form."""
    try:
        action()
    except DomainError as broken:
        form.add_error(None, broken)
    return not form.errors


def require_anywhere(user: User | AnonymousUser, permission: Permission) -> None:
    """For pages about no single place: the permission must be held somewhere."""
    if not isinstance(user, User) or not has_anywhere(user, permission):
        raise Forbidden(f"needs {permission}")

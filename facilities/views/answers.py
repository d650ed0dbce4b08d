"""What the views of this app have in common."""

from collections.abc import Callable

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from facilities.access import has_anywhere
from facilities.roles import Permission
from ilp.core.errors import DomainError, Forbidden
from ilp.core.models import User


def accepted(request: HttpRequest, form: forms.Form, action: Callable[[], object]) -> bool:
    """Whether the form was sent, valid, and its action done; what was refused stands in it."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        action()
    except DomainError as broken:
        form.add_error(None, broken)
    return not form.errors


def require_anywhere(user: User | AnonymousUser, permission: Permission) -> None:
    """For pages about no single place: the permission must be held somewhere."""
    if not isinstance(user, User) or not has_anywhere(user, permission):
        raise Forbidden(f"needs {permission}")

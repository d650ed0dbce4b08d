"""What the views of this app have in common."""

from facilities.access import has_anywhere
from facilities.roles import Permission
from ilp.core.errors import Forbidden
from ilp.core.models import User


def require_anywhere(user: User, permission: Permission) -> None:
    """For pages about no single place: the permission must be held somewhere."""
    if not has_anywhere(user, permission):
        raise Forbidden(f"needs {permission}")

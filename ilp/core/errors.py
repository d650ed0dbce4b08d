"""What can go wrong that a person can put right."""

from django.core.exceptions import PermissionDenied, ValidationError
from django_stubs_ext import StrOrPromise


class DomainError(ValidationError):
    """A rule of the work was broken, and here is what to do about it.

    It is a ValidationError, so forms, the admin and imports already know how to show it.
    A subclass sets `code` and `text`, whose blanks are filled from keyword arguments:
    `raise WrongStep(step=..., status=...)`.
    """

    code = "domain-error"
    text: StrOrPromise = ""

    def __init__(self, **params: object) -> None:
        super().__init__(self.text, code=self.code, params=params)

    @property
    def sentence(self) -> str:
        """The text with its blanks filled."""
        return str(self.messages[0])


class Forbidden(PermissionDenied):
    """The user may not do this here. Django answers 403."""

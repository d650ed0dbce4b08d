"""Sentences with a count, of which English has one for 1 and another for the rest."""

from django.utils.translation import ngettext, ngettext_lazy
from django_stubs_ext import StrPromise

from ilp.core import formats


def counted(text: str, number: int, **more: object) -> str:
    """The text with the number in its blank `count`: "1 row", "1.234 rows".

    Indonesian says one as it says many, so its text stands here once.
    """
    return ngettext(text, text, number) % {"count": formats.whole(number), **more}


def counted_lazy(text: str) -> StrPromise:
    """For the text of a DomainError, whose `count` is then the bare number."""
    return ngettext_lazy(text, text, "count")

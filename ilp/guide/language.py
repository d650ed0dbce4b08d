"""What a page of help is made of."""

from __future__ import annotations

from dataclasses import dataclass

from django_stubs_ext import StrOrPromise as Text

from facilities.roles import Permission


@dataclass(frozen=True)
class Topic:
    """The help of one kind of page, or of a few that belong together.

    `pages`: the names of the addresses it is about; the one where the work begins first, and it
    takes no arguments where `opens`. `who`: any of these permissions; empty for everybody.
    """

    slug: str
    title: Text
    what: Text
    how: tuple[Text, ...]
    questions: tuple[tuple[Text, Text], ...]
    pages: tuple[str, ...]
    who: frozenset[Permission] = frozenset()
    opens: bool = True
